"""Passwords by rules, each that keeps them as likely as any other."""

from __future__ import annotations

import string

from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.core.errors import InvalidValue
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe

LENGTHS = range(4, 1025)
AMBIGUOUS = "0O1lI|"
_BYTE = 256


class PasswordGenerator:
    """Draws every character from all that are allowed, and draws anew until every set that is on has given one.

    To put one of each set at a chosen place would make some passwords likelier than others.

    Args:
        random: The kernel's generator, or a test's.
    """

    def __init__(self, random: Random) -> None:
        self._random = random

    def __call__(self, rules: PasswordRules) -> bytearray:
        """Return a password of ASCII characters, which the caller overwrites.

        Raises:
            InvalidValue: No set is on, a set has nothing left, or the length is not 4 to 1,024.
        """
        sets = _sets(rules)
        if rules.length not in LENGTHS:
            raise InvalidValue(field="length", reason="bounds")
        allowed = b"".join(sets)
        while True:
            made = self._draw(allowed, rules.length)
            if all(any(character in one for character in made) for one in sets):
                return made
            wipe(made)

    def _draw(self, allowed: bytes, length: int) -> bytearray:
        # A byte beyond the last whole multiple would favour the first characters.
        fair = _BYTE - _BYTE % len(allowed)
        made = bytearray()
        while len(made) < length:
            drawn = self._random.bytes(length)
            made += bytes(allowed[byte % len(allowed)] for byte in drawn if byte < fair)
        del made[length:]
        return made


def _sets(rules: PasswordRules) -> tuple[bytes, ...]:
    """Return the sets that are on without what never comes; letters are two."""
    named: list[str] = []
    if rules.letters:
        named += [string.ascii_lowercase, string.ascii_uppercase]
    if rules.digits:
        named.append(string.digits)
    if rules.symbols:
        named.append(string.punctuation)
    if not named:
        raise InvalidValue(field="rules", reason="no_set")
    never = rules.excluded + ("" if rules.ambiguous else AMBIGUOUS)
    sets = tuple("".join(one for one in named_set if one not in never).encode() for named_set in named)
    if not all(sets):
        raise InvalidValue(field="excluded", reason="whole_set")
    return sets
