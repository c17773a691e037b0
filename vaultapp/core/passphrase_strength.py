"""How hard a passphrase is to guess, and the words for it that every face has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import log10

# zxcvbn looks at no more; a passphrase that is longer is at least as strong as its beginning.
_LONGEST = 72
_WORD_BITS = 11


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
    """An estimate, or what is known of one that was drawn at random.

    Attributes:
        grade: In bars.
        log10: Power of ten of the guesses that find it.
        found: What it leans on, a key of ``FOUND``; empty for nothing.
        bits: It is one of two to so many, each as likely as any other; 0 where that can only be estimated.
    """

    grade: Grade
    log10: float
    found: str = ""
    bits: int = 0

    @property
    def power(self) -> str:
        """The power as raised digits: of ten, ¹⁴, or of two where that is known."""
        return str(self.bits or round(self.log10)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


GRADES: Mapping[Grade, str] = {
    Grade.VERY_WEAK: "Very weak",
    Grade.WEAK: "Weak",
    Grade.FAIR: "Fair",
    Grade.STRONG: "Strong",
    Grade.VERY_STRONG: "Very strong",
}
FOUND: Mapping[str, str] = {
    "known": "holds the vault’s name",
    "date": "holds a date",
    "row": "holds a repetition or a row",
    "keyboard": "holds neighbouring keys",
    "password": "holds a common password",
    "name": "holds a name",
}
GUESSES = "about 10{power} guesses"
DRAWN = "one of 2{power}, drawn at random"

_LIMITS = ((6, Grade.VERY_WEAK), (9, Grade.WEAK), (12, Grade.FAIR), (16, Grade.STRONG))


def estimate(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Estimate a passphrase. Takes up to some 50 ms, and once as long to load: not for a window's thread.

    Args:
        passphrase: As typed.
        known: Words that a guesser of this vault would try, such as its name.
    """
    if not passphrase:
        return Strength(Grade.NONE, 0)
    from zxcvbn import zxcvbn

    told = zxcvbn(passphrase[:_LONGEST], user_inputs=list(known))
    power = float(told["guesses_log10"])
    grade = _grade(power)
    return Strength(grade, power, _found(told["sequence"], grade))


def drawn(words: int) -> Strength:
    """Return the strength of so many words drawn at random from the 2,048 of BIP 39: exact, whatever they look like."""
    bits = words * _WORD_BITS
    power = bits * log10(2)
    return Strength(_grade(power), power, bits=bits)


def _grade(power: float) -> Grade:
    return next((grade for limit, grade in _LIMITS if power < limit), Grade.VERY_STRONG)


def _found(sequence: Sequence[dict[str, object]], grade: Grade) -> str:
    patterns = {str(part.get("pattern")) for part in sequence}
    names = {str(part.get("dictionary_name")) for part in sequence}
    if "user_inputs" in names:
        return "known"
    if "date" in patterns:
        return "date"
    if grade >= Grade.STRONG:
        return ""
    leans = (
        ("row", {"repeat", "sequence"} & patterns),
        ("keyboard", {"spatial"} & patterns),
        ("password", {"passwords"} & names),
        ("name", {"male_names", "female_names", "surnames"} & names),
    )
    return next((code for code, parts in leans if parts), "")
