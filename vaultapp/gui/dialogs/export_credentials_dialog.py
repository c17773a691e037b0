"""Taking credentials out in a sealed file: who may open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair

translate = QCoreApplication.translate


class ExportCredentialsDialog(Form):
    """A key of the vault, a passphrase, or both. Where the file goes is asked after that.

    Args:
        look: Colours and fonts.
        what: What is exported, for people.
        keys: That can encrypt.
        tasks: For the estimate of a passphrase.
        suggest: Returns fresh words; blocks.
    """

    confirmed = Signal(object, object)  # key id or empty, passphrase as a bytearray or None

    def __init__(
        self,
        look: Look,
        what: str,
        keys: Sequence[Choice],
        tasks: TaskRunner,
        suggest: Callable[[], str],
        parent: QWidget,
    ) -> None:
        title = translate("ExportCredentialsDialog", "Export {what}").format(what=what)
        super().__init__(look, title, translate("ExportCredentialsDialog", "Choose where to save…"), parent)
        line = self.tr("All their versions and attachments go into one encrypted file. Only an import reads it.")
        self.key = Chooser(look, self.tr("Opened by the key"))
        self._keys = (*keys, Choice("", self.tr("No key"), icon="ban", ruled=True))
        self.with_passphrase = Check(look, self.tr("With a passphrase, which opens it anywhere"))
        self.pair = PassphrasePair(look, tasks, suggest)
        self.pair.hide()
        self.add(Text(look, line, tone="secondary", wrap=True), 4)
        self.add_field(self.tr("Opened by the key"), self.key)
        self.add(self.with_passphrase, 12)
        self.add(self.pair, 10)
        self.key.picked.connect(self._offer)
        self.with_passphrase.toggled.connect(self._turn)
        self.pair.changed.connect(self._sync)
        self.go_button.clicked.connect(self._go)
        self._offer(self._keys[0].value)
        self.key.setFocus()

    def _offer(self, key: str) -> None:
        self.key.offer(self._keys, key)
        self._sync()

    def _turn(self, on: bool) -> None:
        self.pair.setVisible(on)
        if on:
            self.pair.first.setFocus()
        self._sync()

    def _sync(self) -> None:
        chosen = self.key.current
        key = bool(chosen is not None and chosen.value)
        typed = self.with_passphrase.isChecked()
        self.go_button.setEnabled((key or typed) and (self.pair.ready or not typed))

    def _go(self) -> None:
        chosen = self.key.current
        secret = self.pair.secret() if self.with_passphrase.isChecked() else None
        self.confirmed.emit(chosen.value if chosen is not None else "", secret)
        self.accept()
