"""Recognises a secret without holding it."""

from __future__ import annotations

import os
from typing import NamedTuple, Self

_KEY_BYTES = 32
_DIGEST_BYTES = 32


class Fingerprint(NamedTuple):
    """A keyed hash of one text as clipboards give it back.

    The key is made for it, so that two of the same text have nothing in common.

    Attributes:
        key: 32 random bytes.
        digest: BLAKE2b-256 of the text's normal form, as UTF-8, under the key.

    Source:
        RFC 7693, section 2.9, keyed hashing.
    """

    key: bytes
    digest: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Take the fingerprint of a text."""
        key = os.urandom(_KEY_BYTES)
        return cls(key, _digest(key, as_bytes(text)))

    def fits(self, data: bytes) -> bool:
        """True for the text that it was taken of, as UTF-8, also if a clipboard took from it what it takes."""
        return self.digest == _digest(self.key, data)

    def __repr__(self) -> str:
        return "Fingerprint()"


def as_bytes(text: str) -> bytes:
    """Return a text as UTF-8; halves of characters, which Qt hands on, are kept as they are."""
    return text.encode("utf-8", "surrogatepass")


def _digest(key: bytes, data: bytes) -> bytes:
    # It brings the whole of OpenSSL, which nothing needs before something is copied.
    import hashlib

    return hashlib.blake2b(_normal(data), key=key, digest_size=_DIGEST_BYTES).digest()


def _normal(data: bytes) -> bytes:
    """Leave out what Qt, or the program that has read from it, may leave out: byte order marks before, NULs behind.

    Halves of characters, too, for which other versions give a replacement character.
    """
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return whole.replace("\ufffd", "").lstrip("\ufeff").rstrip("\0").encode()
