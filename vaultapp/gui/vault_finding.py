"""What the check of the whole vault found, until the vault is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultapp.gui.screen import Screen

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultChecked

_FAILED = "failed"


class VaultFinding:
    """Kept over screens and pages: the check ends at any time, and once only."""

    def __init__(self) -> None:
        self._found: VaultChecked | None = None

    def begin(self) -> None:
        """Nothing is known of the vault that is turned to now."""
        self._found = None

    def take(self, checked: VaultChecked) -> None:
        """Keep the outcome of the check."""
        if checked.code:
            self._found = checked

    def take_state(self, checked: str) -> None:
        """Keep what the status says of a check whose outcome was told before anybody listened."""
        if checked == _FAILED and self._found is None:
            from vaultapp.contracts.vault import VaultChecked

            # The agent says later only that the check failed, which it does for a vault that is not as it was written.
            self.take(VaultChecked("vault_tampered"))

    def show_on(self, screen: Screen) -> None:
        """Say it there, if there is something to say."""
        if self._found is not None:
            from vaultapp.gui import messages

            screen.notices.tell("bad", messages.message(self._found.code, self._found.facts))
