"""Lines that fetch a credential, ready for a program."""

from __future__ import annotations

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.program_lines import environment_lines, shell_lines
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.segments import Segments
from vaultapp.gui.widgets.side_panel import TOP
from vaultapp.gui.widgets.whole_text import WholeText

_SHELL, _ENV = "shell", "env"


class ProgramSection(PanelSection):
    """For the shell, and for environment variables. None of them holds the value.

    Args:
        look: Colours and fonts.
        shelf: Knows the kinds.
        clipboard: Tells whether others see what is copied.
    """

    def __init__(self, look: Look, shelf: CredentialShelf, clipboard: SecretClipboard) -> None:
        super().__init__(look)
        choices = ((_SHELL, self.tr("Shell")), (_ENV, self.tr("Env")))
        self.ways = Segments(look, self.tr("For"), choices)
        self.begin(self.tr("Use in your program"), self.ways)
        self._shelf = shelf
        self._credential: Credential | None = None
        self.lines = WholeText(look, "", self.tr("Lines for your program"), Style.IDENTIFIER)
        self.copy_button = Button(look, kind="ghost", icon="copy", size="sm", name=self.tr("Copy these lines"))
        self.note = CopyNote(look, clipboard)
        box = frame(row((self.lines, 1), (self.copy_button, TOP), gap=4, margins=(12, 8, 6, 8)), card="sunken")
        self.add(column(box, self.note, gap=6), 10)
        self.ways.picked.connect(self._say)
        self.copy_button.clicked.connect(lambda: self.note.copy_plainly(self.lines.toPlainText()))

    def show_credential(self, credential: Credential) -> None:
        """Show the lines for a credential."""
        old = self._credential
        if old is None or (old.identifier, old.kind) != (credential.identifier, credential.kind):
            self._credential = credential
            self.note.calm()
            self._say()

    def _say(self) -> None:
        if self._credential is None:
            return
        kind = self._shelf.kind(self._credential)
        lines = shell_lines if self.ways.value == _SHELL else environment_lines
        text = lines(self._credential.identifier, kind)
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)
            self.lines.updateGeometry()
