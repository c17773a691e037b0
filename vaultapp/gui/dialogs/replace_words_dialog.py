"""Whether the recovery words are to be replaced."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.labels import Text

translate = QCoreApplication.translate


class ReplaceWordsDialog(Form):
    """Says what becomes of the words that there are.

    Args:
        look: Colours and fonts.
        made: When they were made, for people.
    """

    confirmed = Signal()

    def __init__(self, look: Look, made: str, parent: QWidget) -> None:
        super().__init__(
            look,
            translate("ReplaceWordsDialog", "Replace the recovery words"),
            translate("ReplaceWordsDialog", "Show new words"),
            parent,
            "danger",
        )
        line = translate(
            "ReplaceWordsDialog",
            "The sheet of {made} stops opening this vault: destroy it afterwards. Copies of the vault made before are "
            "still opened by it.",
        )
        later = translate("ReplaceWordsDialog", "Nothing is changed before you have typed three of the new words back.")
        self.add(Text(look, line.format(made=made), tone="secondary", wrap=True), 6)
        self.add(Text(look, later, tone="secondary", wrap=True), 8)
        self.go_button.clicked.connect(self._go)
        self.cancel_button.setFocus()

    def _go(self) -> None:
        self.accept()
        self.confirmed.emit()
