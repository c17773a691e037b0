"""HKDF with SHA-512 (RFC 5869)."""

from __future__ import annotations

import hmac

_HASH = "sha512"
_HASH_BYTES = 64


def hkdf_extract(salt: bytes, ikm: bytes | bytearray) -> bytes:
    """Return the 64-byte pseudorandom key; an empty salt is 64 zero bytes (RFC 5869, 2.2)."""
    return hmac.digest(salt or bytes(_HASH_BYTES), bytes(ikm), _HASH)


def hkdf_expand(prk: bytes, info: bytes, length: int) -> bytes:
    """Return ``length`` bytes, at most 255 x 64 (RFC 5869, 2.3)."""
    if not 0 < length <= 255 * _HASH_BYTES:
        raise ValueError(f"{length} bytes of key")
    block = out = b""
    counter = 0
    while len(out) < length:
        counter += 1
        block = hmac.digest(prk, block + info + bytes((counter,)), _HASH)
        out += block
    return out[:length]


def hkdf(ikm: bytes | bytearray, *, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """Extract and expand."""
    return hkdf_expand(hkdf_extract(salt, ikm), info, length)
