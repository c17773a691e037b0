"""Putting a copy in the vault's place."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.vault import RestoreReport, VaultApi
from vaultapp.core.printable import printable, printable_path
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.home_path import home_path
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.session import Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.copy_passphrase import CopyPassphrase
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import column, frame, row

translate = QCoreApplication.translate

_WIDTH = 500


class RestoreDialog(WorkingForm):
    """Says what is replaced and what is kept, and asks for the copy's passphrase. It ends in the lock screen.

    Args:
        look: Colours and fonts.
        session: The vault's agent.
        locking: Makes the call, and knows that a lock follows.
        tasks: Runs calls.
        source: The copy.
        what: The copy for people, from when and of what kind; empty for a file of which nothing is known.
    """

    def __init__(
        self,
        look: Look,
        session: Session,
        locking: Locking,
        tasks: TaskRunner,
        source: bytes,
        what: str,
        parent: QWidget,
    ) -> None:
        name = printable(session.path.stem)
        super().__init__(
            look,
            tasks,
            translate("RestoreDialog", "Restore a copy"),
            translate("RestoreDialog", "Restore and lock"),
            parent,
            "danger",
        )
        self._vault: VaultApi = session.vault
        self._locking = locking
        self._source = source
        self.passphrase = CopyPassphrase(look)
        copy = Elided(look, what or printable_path(os.path.basename(source)), Style.STRONG)
        place = Elided(look, home_path(source), Style.CAPTION, "secondary")
        card = row(Glyph(look, "history", 20), (column(copy, place, gap=2), 1), gap=12, margins=(16, 12, 16, 12))
        line = translate(
            "RestoreDialog",
            "The copy takes the place of “{name}”, once it was read whole. What was changed since then is not in it. "
            "The vault as it is now is kept beside it under a name with “replaced”. Then the vault locks.",
        )
        self.add(frame(card, card="1"), 12)
        self.add(Text(look, line.format(name=name), tone="secondary", wrap=True), 12)
        self.add(self.passphrase, 16)
        self.setFixedWidth(look.px(_WIDTH))
        self.passphrase.changed.connect(self.sync)
        self.go_button.clicked.connect(self._go)
        self.sync()
        self.passphrase.setFocus()

    def sync(self) -> None:
        """Let the button be pressed when a passphrase is typed."""
        self.go_button.setEnabled(not self.working and self.passphrase.ready)

    def refuse(self, error: BaseException) -> None:
        """Say at the field when the passphrase is wrong."""
        if self.passphrase.refuse(error):
            self.fit()
        else:
            self.show_problem(error)

    def _go(self) -> None:
        if self.passphrase.ready and not self.working:
            secret = self.passphrase.field.secret()
            self.watch(self._locking.restore(self._vault, self._source, secret), self._restored)

    def _restored(self, _report: RestoreReport) -> None:
        # The window is replaced in a moment, and says on its lock screen where the old vault is kept.
        self.accept()
