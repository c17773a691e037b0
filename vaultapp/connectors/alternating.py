"""Two accounts that take turns: what the second one is called."""

from __future__ import annotations

CLONE = "_clone"
"""What the second one is called besides the first one's name."""


def first_of(name: str) -> str:
    """Return the name of the first of two accounts, given either's."""
    return name.removesuffix(CLONE)


def other_of(name: str) -> str:
    """Return the name of the account that takes turns with this one."""
    return first_of(name) if name.endswith(CLONE) else name + CLONE
