"""Files and commands outside the vault that rotate a credential, as when a server reports a break-in."""

from __future__ import annotations

import shlex

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import WatchedTrigger
from vaultapp.core.printable import printable
from vaultapp.gui import quantities
from vaultapp.gui.credentials.credential_watches import CredentialWatches
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.home_path import home_path
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import column, empty, row
from vaultapp.gui.widgets.panel_section import PanelSection

_INDENT = 24


class WatchesSection(PanelSection):
    """Each with what it watches and how it rotates; a file is added here, a command on the command line.

    Args:
        look: Colours and fonts.
        watches: Asks for them, and changes them.
        folders: Where files were chosen last.
    """

    failed = Signal(object)

    def __init__(self, look: Look, watches: CredentialWatches, folders: LastFolders) -> None:
        super().__init__(look)
        self.watch_button = Button(look, self.tr("Watch a file…"), "link")
        self.begin(self.tr("Break-in alarms"), self.watch_button)
        self._watches = watches
        self._folders = folders
        self._credential: Credential | None = None
        self._shown: tuple[WatchedTrigger, ...] | None = None
        self._lines: list[QWidget] = []
        line = self.tr("It can rotate at once when a file appears or changes, as when a server reports a break-in.")
        self.none = Text(look, line, Style.CAPTION, "hint", wrap=True)
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(8)
        self.add(self.none, 6)
        self.add(self.rows, 2)
        watches.changed.connect(self._show)
        watches.failed.connect(self._not_changed)
        self.watch_button.clicked.connect(self._choose)

    def show_credential(self, credential: Credential) -> None:
        """Show what rotates a credential; asked for when it is another one than before."""
        other = self._credential is None or self._credential.credential_id != credential.credential_id
        self._credential = credential
        if other:
            self._show()
            self._watches.ask()

    def _not_changed(self, error: BaseException) -> None:
        # A check shows what was asked for: all is to be shown as it is.
        self._shown = None
        self.failed.emit(error)

    def _show(self) -> None:
        credential = self._credential
        found = self._watches.of(credential) if credential is not None else ()
        if found == self._shown:
            return
        self._shown = found
        now = self.window().focusWidget()
        held = next((at for at, line in enumerate(self._lines) if now is not None and line.isAncestorOf(now)), None)
        empty(self.rows)
        self._lines = [self._row(trigger) for trigger in found]
        for line in self._lines:
            self.rows.addWidget(line)
        self.none.setVisible(not found)
        if held is not None:
            # Who works by keyboard goes on with what stands in its place.
            checks = [line.findChild(Check) for line in self._lines[held : held + 1]]
            (checks[0] if checks and checks[0] is not None else self.watch_button).setFocus()

    def _row(self, trigger: WatchedTrigger) -> QWidget:
        look, name = self._look, printable(trigger.name)
        what = home_path(trigger.path) if trigger.path else printable(shlex.join(trigger.command))
        remove = Button(
            look, kind="ghost", icon="x", size="sm", name=self.tr("Rotate no more by {name}").format(name=name)
        )
        remove.clicked.connect(lambda: self._leave(trigger))
        check = Check(look, self.tr("Without grace, and end open sessions"))
        check.setAccessibleName(f"{name}: {check.text()}")
        check.setChecked(trigger.emergency)
        check.clicked.connect(lambda on: self._watches.set_emergency(trigger, emergency=on))
        parts: list[QWidget] = [Elided(look, what, Style.IDENTIFIER, "secondary")]
        others = len(trigger.credentials) - 1
        if others:
            many = self.tr("Rotates {n} others too").format(n=quantities.count(others))
            words = self.tr("Rotates 1 other too") if others == 1 else many
            parts.append(Text(look, words, Style.CAPTION, "hint", wrap=True))
        icon = "file" if trigger.path else "terminal"
        head = row(Glyph(look, icon, 16), (Elided(look, name), 1), remove, gap=8)
        rest = column(*parts, check, gap=3, margins=(_INDENT, 0, 0, 0))
        line = QWidget()
        line.setLayout(column(head, rest, gap=0))
        return line

    def _leave(self, trigger: WatchedTrigger) -> None:
        if self._credential is not None:
            self._watches.leave(self._credential, trigger)

    def _choose(self) -> None:
        credential = self._credential
        if credential is not None:
            choose(
                self,
                self.tr("Watch a file"),
                ANY_FILE,
                lambda paths: self._watches.watch_file(credential, paths[0]),
                self._folders.start("watch"),
                writes=False,
            )
