"""What a page for credentials hands to the one that takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vaultapp.gui.credentials.form_drafts import Draft
from vaultapp.gui.credentials.rotation_news import Stopped


@dataclass(frozen=True, slots=True, repr=False)
class KeptCredentials:
    """Oldest first.

    Attributes:
        drafts: Of forms that are not saved.
        stopped: What is said of rotations that did not succeed.
    """

    drafts: Sequence[Draft]
    stopped: Sequence[Stopped]

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.drafts or self.stopped)
