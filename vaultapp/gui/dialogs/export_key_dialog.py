"""Taking a key's material out of the vault, asked twice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vaultapp.contracts.keys import Key, KeyVersion
from vaultapp.core.printable import printable
from vaultapp.gui import key_words
from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Text, breakable
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.message_bar import MessageBar

translate = QCoreApplication.translate


class ExportKeyDialog(Form):
    """First whether it is meant and which version, then the key's name. Where the file goes is asked after that.

    Args:
        look: Colours and fonts.
        key: Whose material.
    """

    confirmed = Signal(object)  # KeyVersion

    def __init__(self, look: Look, key: Key, parent: QWidget) -> None:
        title = translate("ExportKeyDialog", "Export the key “{name}”").format(name=key_words.short(key.name))
        super().__init__(look, title, translate("ExportKeyDialog", "Go on"), parent)
        self._key = key
        line = self.tr("The raw key leaves the vault: its 32 bytes in Base64, in a JSON file for other programs.")
        head = self.tr("Whoever has the file can open everything that this version encrypted, for ever.")
        body = self.tr("No passphrase guards it, and what it opens cannot be taken back.")
        self.version = Chooser(look, self.tr("Version"))
        self.version.picked.connect(self._offer)
        self.name = QLineEdit()
        self.name.setAcceptDrops(False)
        self.name.setAccessibleName(self.tr("The key's name"))
        self.name.textChanged.connect(self._typed)
        name = self.tr("To go on, type its name: {name}").format(name=breakable(printable(key.name)))
        self._name_part = QWidget()
        self._name_part.setLayout(column(Text(look, name, wrap=True), self.name, gap=6))
        self._name_part.hide()
        self.add(Text(look, line, tone="secondary", wrap=True), 4)
        self.add(MessageBar(look, "warn", head, body), 14)
        self.add_field(self.tr("Version"), self.version)
        self.add(self._name_part, 14)
        self.go_button.clicked.connect(self._go)
        self._offer(key.primary)
        self.cancel_button.setFocus()

    @property
    def chosen(self) -> KeyVersion:
        """The version that was chosen."""
        wanted = self.version.current.value if self.version.current is not None else self._key.primary
        return next(version for version in self._key.versions if version.version_id == wanted)

    def _offer(self, version_id: bytes) -> None:
        choices = [Choice(v.version_id, self._title(v)) for v in reversed(self._key.versions)]
        self.version.offer(choices, version_id)

    def _title(self, version: KeyVersion) -> str:
        text = self.tr("Version {n}").format(n=version.number)
        return self.tr("{version}, primary").format(version=text) if version.version_id == self._key.primary else text

    def _typed(self) -> None:
        self.go_button.setEnabled(self.name.text().strip() == self._key.name)

    def _go(self) -> None:
        if self._name_part.isHidden():
            self._name_part.show()
            self.version.setEnabled(False)
            self.go_button.setText(self.tr("Choose where to save…"))
            self.go_button.setAccessibleName(self.go_button.text())
            self._typed()
            self.name.setFocus()
        else:
            self.confirmed.emit(self.chosen)
            self.accept()
