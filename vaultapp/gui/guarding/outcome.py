"""What came of a copied secret."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """How it stands with the copied secret.

    HELD and REFUSED are said after the copy, GONE and KEPT after clearing; BLIND after either.
    """

    HELD = "held"  # another program can read it from the clipboard
    REFUSED = "refused"  # the clipboard holds something else, or nothing
    GONE = "gone"  # it is not there any more, whoever cleared it
    KEPT = "kept"  # it comes back whatever is done, or is perhaps what is there
    BLIND = "blind"  # this desktop does not let the clipboard be read
