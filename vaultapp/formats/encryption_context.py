"""Encryption contexts: name and value pairs in clear, bound to a ciphertext."""

from __future__ import annotations

from collections.abc import Mapping
from struct import Struct

from vaultapp.contracts.text import RESERVED_NAMES
from vaultapp.core.errors import ContextReserved, Damaged, InvalidValue
from vaultapp.crypto.aead import Buffer

CONTEXT_LIMIT = 65_535
PUBLIC_KEY = "aws-crypto-public-key"
CONTENT = "vaultapp-content"
FOLDER = "folder"

_U16 = Struct(">H")


def serialise(context: Mapping[str, str]) -> bytes:
    """Return the pairs as the message header, every wrap and every blob authenticate them.

    Layout, big endian: u16 count, then for each pair u16 length ‖ name ‖ u16 length ‖ value, in UTF-8, sorted by the
    bytes of the name (not by code unit, which differs for astral characters). No Unicode normalisation.

    Returns:
        At most 65,535 bytes; none for an empty context.

    Raises:
        InvalidValue: Too long, or not representable in UTF-8.

    Source:
        AWS Encryption SDK message format, "AAD".
    """
    if not context:
        return b""
    try:
        pairs = sorted((name.encode(), value.encode()) for name, value in context.items())
    except UnicodeEncodeError:
        raise InvalidValue(field="context", reason="not_utf8") from None
    # Two for the count and two for each length; checked before the lengths are packed into 16 bits.
    if 2 + sum(4 + len(name) + len(value) for name, value in pairs) > CONTEXT_LIMIT:
        raise InvalidValue(field="context", reason="too_long")
    pieces = [_U16.pack(len(pairs))]
    for name, value in pairs:
        pieces += (_U16.pack(len(name)), name, _U16.pack(len(value)), value)
    return b"".join(pieces)


def parse(data: Buffer) -> dict[str, str]:
    """Read what :func:`serialise` or another writer wrote, in whatever order.

    Raises:
        Damaged: Cut short, bytes left over, a name twice, not UTF-8, or a count of zero (an empty context is no bytes).
    """
    if not data:
        return {}
    raw = bytes(data)
    context: dict[str, str] = {}
    if len(raw) < _U16.size or len(raw) > CONTEXT_LIMIT:
        raise Damaged(reason="context")
    (count,) = _U16.unpack_from(raw)
    at = _U16.size
    # The shortest pair takes four bytes, so the count cannot make this loop longer than the data.
    if count == 0 or count * 4 > len(raw) - at:
        raise Damaged(reason="context")
    try:
        for _ in range(count):
            name, at = _text(raw, at)
            value, at = _text(raw, at)
            if name in context:
                raise Damaged(reason="context")
            context[name] = value
    except UnicodeDecodeError:
        raise Damaged(reason="context") from None
    if at != len(raw):
        raise Damaged(reason="context")
    return context


def check_from_person(context: Mapping[str, str]) -> None:
    """Refuse what people may not put into a context; programs on the API and readers of files may.

    Raises:
        ContextReserved: A name that begins with ``aws-crypto-`` or ``vaultapp-``.
        InvalidValue: An empty name, too long, or not representable in UTF-8.
    """
    for name in context:
        if not name:
            raise InvalidValue(field="context", reason="empty_name")
        if name.startswith(RESERVED_NAMES):
            raise ContextReserved(name=name)
    serialise(context)


def _text(raw: bytes, at: int) -> tuple[str, int]:
    if at + _U16.size > len(raw):
        raise Damaged(reason="context")
    (length,) = _U16.unpack_from(raw, at)
    begin = at + _U16.size
    end = begin + length
    if end > len(raw):
        raise Damaged(reason="context")
    return raw[begin:end].decode(), end
