"""The canonical bytes of everything that is authenticated and is not laid down by another format."""

from __future__ import annotations

from functools import lru_cache
from struct import Struct
from struct import error as struct_error

from vaultapp.crypto.aead import Buffer

Part = Buffer | str | int | None

_LENGTH = Struct(">I")
_INTEGER = Struct(">Iq")
_ABSENT = b"\xff\xff\xff\xff"


def canonical(purpose: str, *parts: Part) -> bytes:
    """Join parts so that no two lists of parts of the same types give the same bytes.

    Layout: the domain string ``vaultapp/1/<purpose>``, then every part, each as u32 big-endian length ‖ bytes.
    Integers are 8 bytes, two's complement, big endian; text is UTF-8; an absent part is the length FFFFFFFF
    without bytes.

    Raises:
        ValueError: An integer of more than 64 bits; a caller's bug.
    """
    pieces: list[Buffer] = [_domain(purpose)]
    for part in parts:
        if part is None:
            pieces.append(_ABSENT)
        elif isinstance(part, int):
            try:
                pieces.append(_INTEGER.pack(8, part))
            except struct_error:
                raise ValueError("an integer of more than 64 bits") from None
        else:
            data = part.encode() if isinstance(part, str) else part
            pieces.append(_LENGTH.pack(len(data)))
            pieces.append(data)
    return b"".join(pieces)


@lru_cache(maxsize=64)
def _domain(purpose: str) -> bytes:
    name = f"vaultapp/1/{purpose}".encode()
    return _LENGTH.pack(len(name)) + name
