"""The current value of a credential: hidden, shown for a short time, copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.credentials import Credential, Label, SecretFields
from vaultapp.core.passphrase_strength import Grade
from vaultapp.core.printable import printable
from vaultapp.gui import moments
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.credentials.credential_actions import CredentialActions
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.credential_words import is_weak
from vaultapp.gui.credentials.field_words import field_name
from vaultapp.gui.look import Look
from vaultapp.gui.strength import words_of
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.labels import Glyph, Text, breakable
from vaultapp.gui.widgets.layouts import column, empty, row
from vaultapp.gui.widgets.secret_label import SecretLabel
from vaultapp.gui.widgets.side_panel import TOP

_LABEL = 104
_LINE = 26


class ValueSection(QWidget):
    """The secret as dots; what else there is shows while the secret can be read.

    Args:
        look: Colours and fonts.
        actions: Reads values.
        shelf: Knows the kinds.
        clipboard: For what is copied.
    """

    failed = Signal(object)

    def __init__(
        self, look: Look, actions: CredentialActions, shelf: CredentialShelf, clipboard: SecretClipboard
    ) -> None:
        super().__init__()
        self._look = look
        self._actions = actions
        self._shelf = shelf
        self._credential: Credential | None = None
        self.version = Text(look, style=Style.CAPTION, tone="hint")
        self.label = SecretLabel(look, self.tr("Value"))
        self.account_line = QWidget()
        self._account = Text(look, wrap=True)
        self._account.setMinimumWidth(1)
        self._account_name = Text(look, tone="secondary", wrap=True)
        self._account_name.setFixedWidth(_LABEL)
        for text in (self._account_name, self._account):
            text.setMinimumHeight(look.px(_LINE))
        self.copy_account = Button(look, kind="ghost", icon="copy", size="sm", name=self.tr("Copy the account"))
        self.account_line.setLayout(row((self._account_name, TOP), (self._account, 1), (self.copy_account, TOP)))
        self.note = CopyNote(look, clipboard)
        self._mark = Glyph(look, "triangle-alert", 16, "warn")
        self.quality = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self._quality = QWidget()
        self._quality.setLayout(row((self._mark, TOP), (self.quality, 1)))
        self._fields = QWidget()
        self._rows = QVBoxLayout(self._fields)
        self._rows.setContentsMargins(0, 2, 0, 0)
        self._rows.setSpacing(8)
        head = row(Text(look, self.tr("Value"), Style.STRONG), None, self.version)
        parts = (self.account_line, self.label, self.note, self._quality, self._fields)
        self.setLayout(column(head, *parts, gap=8))
        self._fields.hide()
        self.label.reveal_wanted.connect(self._reveal)
        self.label.copy_wanted.connect(self._copy)
        self.label.copied.connect(self.note.copy_secret)
        self.label.hidden.connect(self._forget)
        self.copy_account.clicked.connect(lambda: self.note.copy_plainly(self._account.text().replace("\u200b", "")))

    def show_credential(self, credential: Credential, now: int) -> None:
        """Show a credential. What is revealed stays so while its value is the current one."""
        old = self._credential
        other = old is None or old.credential_id != credential.credential_id
        if other or old is None or old.changed != credential.changed:
            self.hide_value()
            self.note.calm()
        self._credential = credential
        kind = self._shelf.kind(credential)
        self._account_name.setText(field_name(kind.account) if kind.account else "")
        self._account.setText(breakable(printable(credential.account)))
        self.account_line.setVisible(bool(credential.account))
        current = next((v for v in credential.versions if Label.CURRENT in v.labels), None)
        since = current.created if current is not None else credential.changed
        self.version.setText(self.tr("version of {day}").format(day=moments.short_date(since, now)))
        self._say_quality(credential)

    def hide_value(self) -> None:
        """Hide what is shown."""
        self.label.hide_secret()
        self._forget()

    def _reveal(self) -> None:
        self._read(self._show)

    def _copy(self) -> None:
        self._read(self._to_clipboard)

    def _read(self, then: Callable[[Credential, SecretFields], object]) -> None:
        credential = self._credential
        if credential is None:
            return
        self.label.setEnabled(False)

        def done(value: SecretFields) -> None:
            if self._credential is not None and self._credential.credential_id == credential.credential_id:
                then(credential, value)

        task = self._actions.read(credential)
        task.tell(self, done=done, failed=self.failed.emit, ended=lambda: self.label.setEnabled(True))

    def _to_clipboard(self, credential: Credential, value: SecretFields) -> None:
        self.note.copy_secret(value.fields.get(self._shelf.kind(credential).secret, ""))
        self._actions.copied.emit(credential.credential_id)

    def _show(self, credential: Credential, value: SecretFields) -> None:
        kind = self._shelf.kind(credential)
        self.label.show_secret(value.fields.get(kind.secret, ""))
        empty(self._rows)
        secret = {field.name for field in kind.fields if field.secret}
        known = {field.name for field in kind.fields}
        for name, text in value.fields.items():
            if name not in (kind.secret, kind.account) and text:
                self._rows.addWidget(self._field(name, text, hidden=name in secret or name not in known))
        self._fields.setVisible(self._rows.count() > 0)

    def _field(self, name: str, text: str, *, hidden: bool) -> QWidget:
        look, shown_name = self._look, field_name(name)
        line = QWidget()
        label = Text(look, shown_name, tone="secondary", wrap=True)
        if hidden:
            part = SecretLabel(look, shown_name)
            part.reveal_wanted.connect(lambda: part.show_secret(text))
            part.copy_wanted.connect(lambda: self.note.copy_secret(text))
            part.copied.connect(self.note.copy_secret)
            line.setLayout(column(label, part, gap=4))
            return line
        label.setFixedWidth(_LABEL)
        words = Text(look, "\n".join(breakable(printable(each)) for each in text.split("\n")), wrap=True)
        words.setMinimumWidth(1)
        for each in (label, words):
            each.setMinimumHeight(look.px(_LINE))
        copy = Button(look, kind="ghost", icon="copy", size="sm", name=self.tr("Copy: {name}").format(name=shown_name))
        copy.clicked.connect(lambda: self.note.copy_plainly(text))
        line.setLayout(row((label, TOP), (words, 1), (copy, TOP)))
        return line

    def _forget(self) -> None:
        self._fields.hide()
        empty(self._rows)

    def _say_quality(self, credential: Credential) -> None:
        said = []
        if credential.strength is not None and is_weak(credential):
            said.append(self.tr("Strength: {grade}.").format(grade=words_of(Grade(credential.strength))))
        if credential.reused > 0:
            one = self.tr("1 other credential has the same secret.")
            many = self.tr("{n} other credentials have the same secret.").format(n=credential.reused)
            said.append(one if credential.reused == 1 else many)
        self.quality.setText("\n".join(said))
        self._quality.setVisible(bool(said))
