"""The signature behind the body of a signed message."""

from __future__ import annotations

from struct import Struct

from vaultapp.core.errors import Damaged
from vaultapp.crypto.aead import Buffer

_U16 = Struct(">H")
_DER_SEQUENCE = 0x30
_DER_INTEGER = 0x02
# Two integers of at most 49 bytes (a sign byte and 384 bits), each with two bytes of head, in a sequence with two.
_SIGNATURE_LIMIT = 2 + 2 * (2 + 49)
_SIGNATURE_MINIMUM = 2 + 2 * (2 + 1)

FOOTER_LIMIT = _U16.size + _SIGNATURE_LIMIT
"""The longest footer, bytes; read so many from a message's end for :func:`footer_length`."""


def parse_signature(data: Buffer) -> bytes:
    """Return the DER signature of a footer: u16 length ‖ signature, and nothing after it.

    Raises:
        Damaged: Cut, too long, bytes after it, or not a signature of P-384.
    """
    raw = bytes(data)
    if len(raw) < _U16.size:
        raise Damaged(reason="footer")
    (length,) = _U16.unpack_from(raw)
    signature = raw[_U16.size :]
    if length != len(signature) or not _is_signature(signature):
        raise Damaged(reason="footer")
    return signature


def footer_length(tail: Buffer) -> int:
    """Find how long the footer at the end of a signed message is.

    Its length stands at its begin, so each possible one is tried; a signature's own form leaves one.

    Args:
        tail: The last bytes of the message, :data:`FOOTER_LIMIT` of them where there are so many.

    Raises:
        Damaged: The message does not end with a signature.
    """
    raw = bytes(tail[-FOOTER_LIMIT:])
    for length in range(min(_SIGNATURE_LIMIT, len(raw) - _U16.size), _SIGNATURE_MINIMUM - 1, -1):
        begin = len(raw) - length
        if _U16.unpack_from(raw, begin - _U16.size)[0] == length and _is_signature(raw[begin:]):
            return _U16.size + length
    raise Damaged(reason="footer")


def _is_signature(der: bytes) -> bool:
    """Tell whether these are a DER sequence of two integers and nothing else; the lengths of P-384 need one byte."""
    if not _SIGNATURE_MINIMUM <= len(der) <= _SIGNATURE_LIMIT or der[0] != _DER_SEQUENCE or der[1] != len(der) - 2:
        return False
    at = 2
    for _ in range(2):
        if at + 2 > len(der) or der[at] != _DER_INTEGER or der[at + 1] == 0:
            return False
        at += 2 + der[at + 1]
    return at == len(der)
