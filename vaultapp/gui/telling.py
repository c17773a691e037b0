"""What is said on the screen that is shown, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vaultapp.gui.screen import Screen
from vaultapp.gui.vault_finding import VaultFinding

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultChecked
    from vaultapp.core.sentences import Sentence


class Telling(QObject):
    """Says what went wrong, and what the check of the whole vault found.

    Args:
        shown: Returns the screen of now; None while there is none.
    """

    def __init__(self, shown: Callable[[], Screen | None], parent: QObject) -> None:
        super().__init__(parent)
        self._shown = shown
        self._finding = VaultFinding()

    def begin(self) -> None:
        """Nothing is known of the vault that is turned to now."""
        self._finding.begin()

    def tell(self, words: Callable[[], Sentence]) -> None:
        """Say that something went wrong. Words: returns it in the language of now."""
        screen = self._shown()
        if screen is not None:
            from vaultapp.gui.widgets.notices import Told

            screen.message_place.tell_by(Told("bad", words))

    def tell_error(self, error: BaseException) -> None:
        """Say what went wrong."""
        from vaultapp.gui import messages

        self.tell(lambda: messages.message_of(error))

    def tell_kept(self) -> None:
        """Say that a secret could not be taken off the clipboard."""
        from vaultapp.gui import messages

        self.tell(messages.clipboard_kept)

    def take_finding(self, checked: VaultChecked) -> None:
        """Say what the check of the whole vault found, for as long as the vault is shown."""
        self._finding.take(checked)
        self.tell_finding()

    def take_state(self, checked: str) -> None:
        """Keep what the status says of a check whose outcome was told before anybody listened."""
        self._finding.take_state(checked)

    def tell_finding(self) -> None:
        """Say it on a screen that is shown now."""
        screen = self._shown()
        if screen is not None and screen.tells_findings:
            self._finding.show_on(screen)
