"""A passphrase's strength in the desktop's language, and what guessing costs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.vault import KdfCost
from vaultapp.core.passphrase_strength import DRAWN, FOUND, GRADES, GUESSES, Grade, Strength

translate = QCoreApplication.translate

_CARDS = 100
# What a large graphics card moves in a second. Argon2id fills memory, so this is what bounds its guesses.
_CARD_BYTES_PER_S = 1e12
# Each pass reads two blocks and writes one for every block of memory (RFC 9106, section 3.4).
_MOVES = 3
SUGGESTED_WORDS = 6


def words_of(grade: Grade) -> str:
    """Return a grade's name; of none, nothing."""
    return translate("Strength", GRADES[grade]) if grade in GRADES else ""


def tone_of(grade: Grade) -> str:
    """Return a grade's colour."""
    if grade >= Grade.STRONG:
        return "ok"
    return "warn" if grade is Grade.FAIR else "bad"


def guesses(strength: Strength) -> str:
    """Return in words how many there are: about 10¹⁴ guesses; where it is known, one of 2⁶⁶."""
    return translate("Strength", DRAWN if strength.bits else GUESSES).format(power=strength.power)


def found_in(strength: Strength) -> str:
    """Return what it leans on in words; empty for nothing."""
    return translate("Strength", FOUND[strength.found]) if strength.found else ""


def attack_seconds(strength: Strength, cost: KdfCost) -> float:
    """Return how long a hundred graphics cards guess, on average, at this key derivation."""
    moved = _MOVES * cost.memory_kib * 1024 * cost.passes
    return float(10**strength.log10) / 2 * moved / (_CARDS * _CARD_BYTES_PER_S)


def suggested(words: str) -> str:
    """Return a passphrase of six of the vault's 24 fresh random words: 66 bits."""
    return " ".join(words.split()[:SUGGESTED_WORDS])
