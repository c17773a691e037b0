"""How hard a passphrase is to guess, and what guessing costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.vault import KdfCost

translate = QCoreApplication.translate

# zxcvbn looks at no more; a passphrase that is longer is at least as strong as its beginning.
_LONGEST = 72
_CARDS = 100
# What a large graphics card moves in a second. Argon2id fills memory, so this is what bounds its guesses.
_CARD_BYTES_PER_S = 1e12
# Each pass reads two blocks and writes one for every block of memory (RFC 9106, section 3.4).
_MOVES = 3
_SUGGESTED_WORDS = 6


class Grade(IntEnum):
    """Bars of five."""

    NONE = 0
    VERY_WEAK = 1
    WEAK = 2
    FAIR = 3
    STRONG = 4
    VERY_STRONG = 5


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate.

    Attributes:
        grade: In bars.
        log10: Power of ten of the guesses that find it.
        found: A name, word or date that it leans on; empty if none does.
    """

    grade: Grade
    log10: float
    found: str = ""


_LIMITS = ((6, Grade.VERY_WEAK), (9, Grade.WEAK), (12, Grade.FAIR), (16, Grade.STRONG))


def estimate(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Estimate a passphrase. Takes up to some 50 ms: not for the window's thread.

    Args:
        passphrase: As typed.
        known: Words that a guesser of this vault would try, such as its name.
    """
    if not passphrase:
        return Strength(Grade.NONE, 0)
    from zxcvbn import zxcvbn

    told = zxcvbn(passphrase[:_LONGEST], user_inputs=list(known))
    power = float(told["guesses_log10"])
    grade = next((grade for limit, grade in _LIMITS if power < limit), Grade.VERY_STRONG)
    return Strength(grade, power, _found(told["sequence"], grade))


def words_of(grade: Grade) -> str:
    """Return a grade's name."""
    return {
        Grade.NONE: "",
        Grade.VERY_WEAK: translate("Strength", "Very weak"),
        Grade.WEAK: translate("Strength", "Weak"),
        Grade.FAIR: translate("Strength", "Fair"),
        Grade.STRONG: translate("Strength", "Strong"),
        Grade.VERY_STRONG: translate("Strength", "Very strong"),
    }[grade]


def tone_of(grade: Grade) -> str:
    """Return a grade's colour."""
    if grade >= Grade.STRONG:
        return "ok"
    return "warn" if grade is Grade.FAIR else "bad"


def guesses(strength: Strength) -> str:
    """Return the estimate in words: about 10¹⁴ guesses."""
    power = str(round(strength.log10)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return translate("Strength", "about 10{power} guesses").format(power=power)


def attack_seconds(strength: Strength, cost: KdfCost) -> float:
    """Return how long a hundred graphics cards guess, on average, at this key derivation."""
    moved = _MOVES * cost.memory_kib * 1024 * cost.passes
    return float(10**strength.log10) / 2 * moved / (_CARDS * _CARD_BYTES_PER_S)


def suggested(words: str) -> str:
    """Return a passphrase of six of the vault's 24 fresh random words: 66 bits."""
    return " ".join(words.split()[:_SUGGESTED_WORDS])


def _found(sequence: Sequence[dict[str, object]], grade: Grade) -> str:
    patterns = {str(part.get("pattern")) for part in sequence}
    names = {str(part.get("dictionary_name")) for part in sequence}
    if "user_inputs" in names:
        return translate("Strength", "holds the vault’s name")
    if "date" in patterns:
        return translate("Strength", "holds a date")
    if {"repeat", "sequence"} & patterns and grade < Grade.STRONG:
        return translate("Strength", "holds a repetition or a row")
    if "spatial" in patterns and grade < Grade.STRONG:
        return translate("Strength", "holds neighbouring keys")
    if "passwords" in names and grade < Grade.STRONG:
        return translate("Strength", "holds a common password")
    if {"male_names", "female_names", "surnames"} & names and grade < Grade.STRONG:
        return translate("Strength", "holds a name")
    return ""
