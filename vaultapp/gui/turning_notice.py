"""Says which vault is being turned to, while that takes time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vaultapp.core.printable import printable
from vaultapp.gui.look import Look
from vaultapp.gui.screen import Screen
from vaultapp.gui.vault_turn import VaultTurn

if TYPE_CHECKING:
    from vaultapp.gui.widgets.message_bar import MessageBar
    from vaultapp.gui.widgets.notices import Notices


class TurningNotice(QObject):
    """Stands on whichever screen is shown, above every page: it concerns the vault as a whole.

    Args:
        look: Colours and fonts.
        turn: The way to another vault.
    """

    def __init__(self, look: Look, turn: VaultTurn) -> None:
        super().__init__(turn)
        self._look = look
        self._turn = turn
        self._screen: Screen | None = None
        self._shown: tuple[Notices, MessageBar] | None = None
        turn.shown_changed.connect(self._show)

    def show_on(self, screen: Screen) -> None:
        """Say it there and nowhere else; nothing while no other vault is waited for."""
        self._screen = screen
        self._show()

    def _show(self) -> None:
        if self._shown is not None:
            notices, bar = self._shown
            notices.remove(bar)
            self._shown = None
        path = self._turn.shown
        if path is not None and self._screen is not None:
            from vaultapp.gui.widgets.message_bar import MessageBar

            text = self.tr("Turning to “{name}”…").format(name=printable(path.stem))
            self._shown = self._screen.notices, MessageBar(self._look, "info", text)
            self._screen.notices.add(self._shown[1])
