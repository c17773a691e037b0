"""Inputs for the fields of a value or a connection, drawn from what a kind consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from vaultapp.contracts.credential_kinds import Field
from vaultapp.gui.credentials.connection_inputs import ConnectionInputs
from vaultapp.gui.credentials.credential_chooser import CredentialChooser
from vaultapp.gui.credentials.field_words import choice_name, field_hint, field_name, is_unsafe
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Text, breakable
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.private_edit import PrivateEdit

Input = QLineEdit | QPlainTextEdit | Chooser | SecretMaker
_LINES = 4
# Says of which program the value is, for templates; nobody types it.
_FIXED = frozenset({"engine"})


class FieldForm(QWidget):
    """One input a field, each with its name over it and what is wrong under it.

    Args:
        look: Colours and fonts.
        fields: In their order.
        make: Returns an input that makes secrets, for the field of this name; None where it is only typed.
        choosing: Makes what chooses in place of typing.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        look: Look,
        fields: Sequence[Field],
        make: Callable[[Field], SecretMaker | None] = lambda _field: None,
        choosing: ConnectionInputs | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._choosing = choosing
        self._fields = tuple(field for field in fields if field.name not in _FIXED)
        self._fixed = {field.name: field.default for field in fields if field.name in _FIXED}
        self.inputs: dict[str, Input] = {}
        self.problems: dict[str, FieldNote] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for field in self._fields:
            self._add(layout, field, make(field))

    @property
    def values(self) -> dict[str, str]:
        """What was typed; what is empty has its default, or is left out."""
        found = dict(self._fixed)
        for field in self._fields:
            text = _text(self.inputs[field.name])
            text = text if field.secret or field.lines else text.strip()
            if text or field.default:
                found[field.name] = text or field.default
        return found

    @property
    def complete(self) -> bool:
        """True when nothing that is required is empty."""
        values = self.values
        return all(values.get(field.name) for field in self._fields if field.required)

    def fill(self, values: Mapping[str, str]) -> None:
        """Show a value."""
        self._fixed.update({name: values[name] for name in self._fixed if name in values})
        for field in self._fields:
            text = values.get(field.name, "")
            part = self.inputs[field.name]
            if isinstance(part, SecretMaker):
                part.field.setText(text)
            elif isinstance(part, QLineEdit):
                part.setText("" if text == field.default and not field.secret else text)
            elif isinstance(part, QPlainTextEdit):
                part.setPlainText(text)
            elif isinstance(part, CredentialChooser):
                part.show_value(text)
            else:
                self._offer(part, field, text or field.default)
                self._warn(field)

    def refuse(self, name: str, sentence: str) -> bool:
        """Say what is wrong with a field; False when it is none of these."""
        if name not in self.inputs:
            return False
        note, part = self.problems[name], self.inputs[name]
        note.setText(sentence)
        note.show()
        target = part.field if isinstance(part, SecretMaker) else part
        target.setAccessibleDescription(sentence)
        if not isinstance(target, Chooser):
            set_state(target, "state", "bad")
        target.setFocus()
        return True

    def _add(self, layout: QVBoxLayout, field: Field, maker: SecretMaker | None) -> None:
        name = field_name(field.name)
        part = maker or self._input(field, name)
        if maker is not None:
            maker.entered.connect(self.entered)
        note = FieldNote(self._look, tone="bad")
        note.hide()
        label = name if field.required or not field.secret else self.tr("{name}, optional").format(name=name)
        holder = QWidget()
        title = Text(self._look, breakable(label), Style.MEDIUM, wrap=True)
        holder.setLayout(column(title, self._beside(field, part), note, gap=5))
        layout.addWidget(holder)
        self.inputs[field.name], self.problems[field.name] = part, note

    def _beside(self, field: Field, part: Input) -> QWidget | QLayout:
        """Return an input with what chooses for it, where there is such a thing."""
        button = None
        if self._choosing is not None and isinstance(part, QLineEdit):
            button = self._choosing.button(field, part)
        return part if button is None else row((part, 1), button)

    def _input(self, field: Field, name: str) -> Input:
        choosing = self._choosing.chooser(field) if self._choosing is not None else None
        if choosing is not None:
            choosing.changed.connect(lambda: self._typed(field.name))
            return choosing
        if field.choices:
            chooser = Chooser(self._look, name)
            chooser.picked.connect(lambda value: self._pick(chooser, field, value))
            self._offer(chooser, field, field.default)
            return chooser
        part: QLineEdit | QPlainTextEdit
        if field.lines:
            part = PrivateEdit(secret=field.secret)
            part.setTabChangesFocus(True)
            part.setFixedHeight(part.fontMetrics().lineSpacing() * _LINES + 26)
            part.setAcceptDrops(False)
        elif field.secret:
            words = (self.tr("Show: {name}").format(name=name), self.tr("Hide: {name}").format(name=name))
            part = PassphraseField(self._look, name, words=words)
            part.setProperty("sz", "")
        else:
            part = QLineEdit()
            part.setAcceptDrops(False)
        part.setAccessibleName(name)
        part.setPlaceholderText(field_hint(field))
        part.textChanged.connect(lambda *_: self._typed(field.name))
        if isinstance(part, QLineEdit):
            part.returnPressed.connect(self.entered)
        return part

    def _offer(self, chooser: Chooser, field: Field, value: str) -> None:
        chooser.offer([Choice(each, choice_name(field.name, each)) for each in field.choices], value)

    def _pick(self, chooser: Chooser, field: Field, value: str) -> None:
        self._offer(chooser, field, value)
        self._typed(field.name)
        self._warn(field)

    def _warn(self, field: Field) -> None:
        """Say in red what is unsafe."""
        if is_unsafe(field.name, self.values.get(field.name, "")):
            words = self.tr("Passwords go over the network unencrypted: whoever is on the way can log in.")
            self.problems[field.name].setText(words)
            self.problems[field.name].show()

    def _typed(self, name: str) -> None:
        self.problems[name].hide()
        part = self.inputs[name]
        if not isinstance(part, Chooser | SecretMaker):
            part.setAccessibleDescription("")
            set_state(part, "state", "")
        self.changed.emit()


def _text(part: Input) -> str:
    if isinstance(part, SecretMaker):
        return part.field.text()
    if isinstance(part, QPlainTextEdit):
        return part.toPlainText()
    if isinstance(part, CredentialChooser):
        return part.value
    if isinstance(part, Chooser):
        return str(part.current.value) if part.current is not None else ""
    return part.text()
