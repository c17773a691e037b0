"""The desktop's clipboard as any other program sees it."""

from __future__ import annotations

from typing import Protocol

# For a clipboard manager that keeps nothing empty; some of them take no notice of blanks.
FILLER = "-"


class ForeignClipboard(Protocol):
    """Reads and clears what any program put there. Blocks; what fails shows at the next reading."""

    def read(self) -> bytes | None:
        """Return the text as UTF-8, nothing where there is none; None where it cannot be read."""

    def clear(self) -> None:
        """Take away what is there."""

    def overwrite(self) -> None:
        """Put the filler there."""
