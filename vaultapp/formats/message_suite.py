"""Which messages are read here, and what the others are called."""

from __future__ import annotations

import re
from enum import IntEnum

from vaultapp.core.errors import NotSealed, UnsupportedFormat
from vaultapp.crypto.aead import Buffer

VERSION = 2


class Suite(IntEnum):
    """Algorithm suites of the AWS Encryption SDK that are read; the committing one is written."""

    COMMITTING = 0x0478
    """AES-256-GCM, HKDF-SHA512, key commitment."""
    SIGNING = 0x0578
    """The same with an ECDSA P-384 signature behind the body."""


_SUITES = {suite.value: suite for suite in Suite}

# Ids of the family are one byte of derivation and signature, one byte of key length; nothing else begins a message.
_FAMILY_HEADS = range(0x10)
_FAMILY_TAILS = (0x14, 0x46, 0x78)

_VERSION_1 = 1
_VERSION_1_TYPE = 0x80

# Base64 of 02 0x and of 01 8x.
_BASE64_HEADS = (b"Ag", b"AY")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_=-]{4,16}")


def suite_of(head: Buffer) -> Suite:
    """Tell by the first bytes which suite a message uses.

    Args:
        head: At least 3 bytes; 16 tell base64 text from other text.

    Raises:
        NotSealed: Not a message; the reason is ``base64`` for one that was turned into text.
        UnsupportedFormat: A message of version 1 or of another suite.
    """
    first, second, third = head[0], head[1], head[2]
    if first == VERSION:
        suite = _SUITES.get(second << 8 | third)
        if suite is not None:
            return suite
        if second in _FAMILY_HEADS and third in _FAMILY_TAILS:
            raise UnsupportedFormat(found=f"suite 0x{second:02x}{third:02x}")
    if first == _VERSION_1 and second == _VERSION_1_TYPE and third in _FAMILY_HEADS:
        raise UnsupportedFormat(found="message version 1")
    text = bytes(head[:16])
    if text[:2] in _BASE64_HEADS and _BASE64.fullmatch(text):
        raise NotSealed(reason="base64")
    raise NotSealed(reason="other")


def looks_sealed(head: Buffer) -> bool:
    """Tell whether a file that begins so is one that can be opened here: 02 04 78 or 02 05 78."""
    return len(head) >= 3 and head[0] == VERSION and (head[1] << 8 | head[2]) in _SUITES
