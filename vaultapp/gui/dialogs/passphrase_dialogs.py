"""Passphrases of sealed files: a new one for a recipient, and one that opens a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.dialogs.fitted_dialog import FittedDialog
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button, dialog_button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Text, breakable
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair

_WIDTH = 480


class NewPassphraseDialog(FittedDialog):
    """Asks for the passphrase that files are to be sealed with.

    Args:
        look: Colours and fonts.
        tasks: For the estimate and the suggestion.
        clipboard: Outlives the dialog.
        suggest: Returns fresh words; blocks.
        what: The files, for people: "3 files".
        key_name: A key that can open them too, if the person agrees; empty for none.
        one: It is one file or folder.
    """

    given = Signal(object, bool)  # passphrase as a bytearray, the key as well

    def __init__(
        self,
        look: Look,
        tasks: TaskRunner,
        clipboard: SecretClipboard,
        suggest: Callable[[], str],
        what: str,
        key_name: str,
        parent: QWidget,
        *,
        one: bool = False,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(self.tr("Encrypt with a passphrase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pair = PassphrasePair(look, tasks, suggest)
        self.pair.changed.connect(self._sync)
        self.copy_button = Button(look, self.tr("Copy for {n} seconds").format(n=clipboard.seconds), "link", "copy")
        self.copy_note = CopyNote(look, clipboard)
        self.copy_button.clicked.connect(lambda: self.copy_note.copy_secret(self.pair.first.text()))
        self.pair.first.copied.connect(self.copy_note.copy_secret)
        self.copy_button.hide()
        self.pair.suggested.connect(self.copy_button.show)
        too = self.tr("{key} can open it too") if one else self.tr("{key} can open them too")
        self.with_key = Check(look, too.format(key=key_name))
        self.with_key.setChecked(bool(key_name))
        self.encrypt = dialog_button(look, self.tr("Encrypt"), "primary", default=True)
        cancel = dialog_button(look, self.tr("Cancel"))
        head = Text(look, self.tr("Encrypt {what} with a passphrase").format(what=what), Style.HEADING, wrap=True)
        line = Text(
            look,
            self.tr("Whoever has the file and the passphrase can open it, without this vault. Pass it on another way."),
            tone="secondary",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addSpacing(4)
        layout.addWidget(line)
        layout.addSpacing(16)
        layout.addWidget(self.pair)
        layout.addLayout(row(None, self.copy_button))
        layout.addWidget(self.copy_note)
        layout.addSpacing(8)
        layout.addWidget(self.with_key)
        self.with_key.setVisible(bool(key_name))
        layout.addSpacing(20)
        layout.addLayout(row(None, cancel, self.encrypt))
        cancel.clicked.connect(self.reject)
        self.encrypt.clicked.connect(self._give)
        self.setFixedWidth(look.px(_WIDTH))
        self._sync()

    def _sync(self) -> None:
        self.encrypt.setEnabled(self.pair.ready)

    def _give(self) -> None:
        if self.pair.ready:
            self.given.emit(self.pair.secret(), self.with_key.isChecked())
            self.pair.clear()
            self.accept()


class FilePassphraseDialog(FittedDialog):
    """Asks for the passphrase of one sealed file.

    Args:
        look: Colours and fonts.
        name: The file's name.
        wrong: An earlier one did not open it.
    """

    given = Signal(object)  # bytearray

    def __init__(self, look: Look, name: str, parent: QWidget, *, wrong: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Passphrase of a file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        caps_lock = CapsLock()
        self.field = PassphraseField(look, self.tr("Passphrase of {name}").format(name=name), caps_lock=caps_lock)
        self.decrypt = dialog_button(look, self.tr("Decrypt"), "primary", default=True)
        cancel = dialog_button(look, self.tr("Cancel"))
        self._under = FieldNote(look, " ")
        if wrong:
            self.field.set_wrong(True)
            self._under.setText(self.tr("That passphrase does not open the file, or the file was changed."))
            self._under.set_tone("bad")
        self.field.caps_lock_changed.connect(self._caps)
        self.field.textChanged.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(0)
        layout.addWidget(
            Text(look, breakable(self.tr("Passphrase of {name}").format(name=name)), Style.HEADING, wrap=True)
        )
        layout.addSpacing(4)
        layout.addWidget(Text(look, self.tr("Whoever encrypted the file chose it."), tone="secondary", wrap=True))
        layout.addSpacing(16)
        layout.addWidget(self.field)
        layout.addSpacing(6)
        layout.addWidget(self._under)
        layout.addSpacing(16)
        layout.addLayout(row(None, cancel, self.decrypt))
        cancel.clicked.connect(self.reject)
        self.decrypt.clicked.connect(self._give)
        self.decrypt.setEnabled(False)
        self.setFixedWidth(look.px(_WIDTH))

    def _typed(self, text: str) -> None:
        self.decrypt.setEnabled(bool(text))
        self.field.set_wrong(False)
        self._caps(self.field.caps_lock_on)

    def _caps(self, on: bool) -> None:
        self._under.setText(self.tr("Caps Lock is on") if on else " ")
        self._under.set_tone(*(("warn", "arrow-big-up-dash") if on else ("secondary",)))

    def _give(self) -> None:
        if self.field.text():
            self.given.emit(self.field.secret())
            self.field.clear()
            self.accept()
