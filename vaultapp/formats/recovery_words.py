"""Recovery words: 32 random bytes as 24 English words with a checksum."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache

from mnemonic import Mnemonic

from vaultapp.core.errors import WordsMistyped
from vaultapp.crypto.hkdf import hkdf

ENTROPY_BYTES = 32
WORD_COUNT = 24
CHECK_BYTES = 8

_WORD_BITS = 11
_CHECKSUM_BITS = 8
_INPUT_LIMIT = 4096


def words_of(entropy: bytes | bytearray) -> str:
    """Return 24 words, lower case, one space between them.

    Layout: 256 bits of entropy ‖ the first 8 bits of its SHA-256, in groups of 11 bits from the left.

    Args:
        entropy: 32 bytes.

    Source:
        BIP-39, English word list; the entropy itself is used, not the seed that BIP-39 derives for wallets.
    """
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"{len(entropy)} bytes of entropy")
    bits = int.from_bytes(entropy, "big") << _CHECKSUM_BITS | _checksum(entropy)
    words = _words()
    mask = (1 << _WORD_BITS) - 1
    return " ".join(words[bits >> (WORD_COUNT - 1 - at) * _WORD_BITS & mask] for at in range(WORD_COUNT))


def entropy_of(words: str | bytes | bytearray) -> bytearray:
    """Return the 32 bytes that 24 words stand for; case and white space do not matter.

    Args:
        words: Text, or its UTF-8 bytes.

    Raises:
        WordsMistyped: Reason ``count`` (position: how many words there are), ``word`` (position: the first one that
            is not in the list, from 1), ``checksum`` (position 0: every word exists, but one is another's place).
    """
    if len(words) > _INPUT_LIMIT:
        raise WordsMistyped(reason="count", position=0)
    try:
        text = words if isinstance(words, str) else str(words, "utf-8")
    except UnicodeDecodeError:
        raise WordsMistyped(reason="word", position=1) from None
    given = unicodedata.normalize("NFKD", text).lower().split()
    places = _places()
    bits = 0
    for position, word in enumerate(given, 1):
        place = places.get(word)
        if place is None:
            raise WordsMistyped(reason="word", position=position)
        bits = bits << _WORD_BITS | place
    if len(given) != WORD_COUNT:
        raise WordsMistyped(reason="count", position=len(given))
    entropy = bytearray((bits >> _CHECKSUM_BITS).to_bytes(ENTROPY_BYTES, "big"))
    if _checksum(entropy) != bits & 0xFF:
        raise WordsMistyped(reason="checksum", position=0)
    return entropy


def check_value(entropy: bytes | bytearray) -> bytes:
    """Return 8 bytes, kept in the slot's clear parameters, that tell another vault's words from mistyped ones.

    HKDF-SHA512 without salt, info ``vaultapp/1/recovery-check``: of 256 random bits they give nothing away.
    """
    return hkdf(entropy, salt=b"", info=b"vaultapp/1/recovery-check", length=CHECK_BYTES)


def _checksum(entropy: bytes | bytearray) -> int:
    return hashlib.sha256(entropy).digest()[0]


@cache
def _words() -> tuple[str, ...]:
    return tuple(Mnemonic("english").wordlist)


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(_words())}
