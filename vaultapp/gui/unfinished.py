"""File work that somebody wanted and that is not done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is offered again once the vault is open.

    Attributes:
        dropped: Files and folders to encrypt or decrypt: told apart by their content when they are offered.
        rewraps: Sealed files and folders that were to be re-wrapped, which their content does not tell.
    """

    dropped: tuple[bytes, ...] = ()
    rewraps: tuple[bytes, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.dropped or self.rewraps)

    def __add__(self, other: Unfinished) -> Unfinished:
        """Return both, each path once."""
        return Unfinished(
            tuple(dict.fromkeys(self.dropped + other.dropped)), tuple(dict.fromkeys(self.rewraps + other.rewraps))
        )
