"""Offers at unlock to rotate what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject

from vaultapp.gui import quantities
from vaultapp.gui.credentials.credential_rotations import CredentialRotations
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices


class DueOffer(QObject):
    """One bar above every page; nothing where nothing is overdue.

    Args:
        look: Colours and fonts.
        rotations: Knows what is overdue, and rotates it.
        notices: Of the vault as a whole.
        show: Turns to the credentials.
    """

    def __init__(
        self, look: Look, rotations: CredentialRotations, notices: Notices, show: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._rotations = rotations
        self._notices = notices
        self._show = show
        self.bar: MessageBar | None = None
        rotations.overdue.connect(self._offer)
        rotations.ended.connect(self._look_again)
        rotations.look_for_due()

    def _offer(self, due: Sequence[UUID]) -> None:
        self._withdraw()
        if not due:
            return
        one = self.tr("1 credential is overdue for its rotation.")
        many = self.tr("{n} credentials are overdue for their rotation.")
        head = quantities.counted(len(due), one, many)
        body = self.tr("Credentials rotate while the vault is unlocked.")
        bar = MessageBar(self._look, "warn", head, body, "clock", closable=True)
        action = quantities.counted(len(due), self.tr("Rotate 1 due credential"), self.tr("Rotate {n} due credentials"))
        bar.add_action(self.tr("Show"), self._show)
        bar.add_action(action, self._rotate)
        self.bar = bar
        self._notices.add(bar)

    def _look_again(self) -> None:
        # What was dismissed is not offered again.
        if self.bar is not None and self.bar in self._notices.bars:
            self._rotations.look_for_due()

    def _rotate(self) -> None:
        self._withdraw()
        self._show()
        self._rotations.rotate_due()

    def _withdraw(self) -> None:
        bar, self.bar = self.bar, None
        if bar is not None:
            self._notices.remove(bar)
