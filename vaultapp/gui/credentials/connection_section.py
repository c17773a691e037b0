"""How a credential is rotated at its target, and whether that could work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.gui import joining, messages
from vaultapp.gui.credentials.credential_rotations import CredentialRotations
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.field_words import field_name, is_unsafe, shown_setting
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text, breakable
from vaultapp.gui.widgets.layouts import empty, row
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.problem_bar import ProblemBar
from vaultapp.gui.widgets.side_panel import TOP

_LABEL = 104


class ConnectionSection(PanelSection):
    """The settings that are not empty; what is unsafe is said in red.

    Args:
        look: Colours and fonts.
        rotations: Tries the connection.
        shelf: Knows the kinds.
    """

    edit_clicked = Signal()

    def __init__(self, look: Look, rotations: CredentialRotations, shelf: CredentialShelf) -> None:
        super().__init__(look)
        self.edit_button = Button(look, self.tr("Change…"), "link")
        self.begin(self.tr("Connection"), self.edit_button)
        self._rotations = rotations
        self._shelf = shelf
        self._credential: Credential | None = None
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.check_button = Button(look, self.tr("Check the connection"), icon="check", size="sm")
        self.result = ProblemBar(look)
        self.add(self._rows, 8)
        self.add(row(self.check_button, None), 10)
        self.add(self.result, 8)
        self.check_button.clicked.connect(self._check)
        self.edit_button.clicked.connect(self.edit_clicked)

    def show_credential(self, credential: Credential) -> None:
        """Show a credential's connection."""
        old = self._credential
        if old is None or old.credential_id != credential.credential_id:
            self.result.solved()
            self.check_button.set_busy(False)
        elif _tried(old) != _tried(credential):
            # What was found out was about something else.
            self.result.solved()
        self._credential = credential
        kind = self._shelf.kind(credential)
        shown = [(field.name, credential.settings.get(field.name) or field.default) for field in kind.settings]
        settings = (("target", credential.target), *shown)
        if settings == self._shown:
            return
        self._shown = settings
        empty(self._rows)
        if credential.target:
            self._rows.addWidget(self._line(self.tr("Target"), credential.target))
        for field in kind.settings:
            value = credential.settings.get(field.name) or field.default
            if value:
                unsafe = is_unsafe(field.name, value)
                self._rows.addWidget(self._line(field_name(field.name), shown_setting(field, value), unsafe=unsafe))
        if kind.untried:
            self._rows.addWidget(self._line(self.tr("Not tried against"), joining.names(kind.untried)))

    def _line(self, label: str, value: str, *, unsafe: bool = False) -> QWidget:
        look = self._look
        line = QWidget()
        name = Text(look, label, tone="secondary", wrap=True)
        name.setFixedWidth(_LABEL)
        text = Text(look, breakable(value), tone="bad" if unsafe else "", wrap=True)
        text.setMinimumWidth(1)
        marks = ((Glyph(look, "triangle-alert", 16, "bad"), TOP),) if unsafe else ()
        line.setLayout(row((name, TOP), *marks, (text, 1)))
        return line

    def _check(self) -> None:
        credential = self._credential
        if credential is None:
            return
        self.result.solved()
        self.check_button.set_busy(True)
        asked = credential.credential_id

        def here() -> bool:
            return self._credential is not None and self._credential.credential_id == asked

        def done(_none: object) -> None:
            if here():
                what = self.tr("The current value logs in. A rotation could work.")
                self.result.tell(messages.sentence(what), "ok")

        def failed(error: BaseException) -> None:
            if here():
                self.result.tell(messages.sentence(*map(breakable, messages.message_of(error))))

        def ended() -> None:
            if here():
                self.check_button.set_busy(False)

        self._rotations.check(credential).tell(self, done=done, failed=failed, ended=ended)


def _tried(credential: Credential) -> tuple[object, ...]:
    """Return what a check is about."""
    return credential.changed, credential.settings, credential.rotation
