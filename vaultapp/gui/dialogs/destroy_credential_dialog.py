"""Deleting a credential for good."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.message_bar import MessageBar

translate = QCoreApplication.translate


class DestroyCredentialDialog(Form):
    """Says that there is no way back.

    Args:
        look: Colours and fonts.
        name: Of the credential, short.
    """

    confirmed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        title = translate("DestroyCredentialDialog", "Delete “{name}” for good").format(name=name)
        super().__init__(look, title, translate("DestroyCredentialDialog", "Delete for good"), parent, "danger")
        head = self.tr("All its values are gone at once, with its attachments.")
        body = self.tr("The target is not asked: what is valid there stays valid.")
        backups = self.tr("Backups of the vault keep it for up to four weeks longer.")
        self.add(MessageBar(look, "warn", head, body), 10)
        self.add(Text(look, backups, tone="secondary", wrap=True), 12)
        self.go_button.clicked.connect(self._go)
        self.cancel_button.setFocus()

    def _go(self) -> None:
        self.confirmed.emit()
        self.accept()
