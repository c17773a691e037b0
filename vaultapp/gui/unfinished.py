"""File work that somebody wanted and that is not done, and how much of it is."""

from __future__ import annotations

from typing import NamedTuple


class Unfinished(NamedTuple):
    """What is offered again once the vault is open.

    Attributes:
        dropped: Files and folders to encrypt or decrypt: told apart by their content when they are offered.
        rewraps: Sealed files and folders that were to be re-wrapped, which their content does not tell.
        done: How many stood in the list as done; their names go with it.
        failed: How many stood there as failed.
    """

    dropped: tuple[bytes, ...] = ()
    rewraps: tuple[bytes, ...] = ()
    done: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.dropped or self.rewraps)

    def and_of(self, other: Unfinished) -> Unfinished:
        """Return both, each path once. Numbers are of one list, which may be counted twice: the higher one holds."""
        return Unfinished(
            tuple(dict.fromkeys(self.dropped + other.dropped)),
            tuple(dict.fromkeys(self.rewraps + other.rewraps)),
            max(self.done, other.done),
            max(self.failed, other.failed),
        )
