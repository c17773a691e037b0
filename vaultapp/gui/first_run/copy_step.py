"""The last page of the way back from a backup: what is restored, and its passphrase."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from vaultapp.core.printable import printable_path
from vaultapp.gui import messages
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.home_path import home_path
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.copy_passphrase import CopyPassphrase
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.problem_bar import ProblemBar


class CopyStep(Step):
    """Names the copy and where it goes, and asks for its passphrase.

    Args:
        look: Colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, QCoreApplication.translate("CopyStep", "Open the copy"))
        self.source = b""
        self.passphrase = CopyPassphrase(look)
        self.problem = ProblemBar(look)
        self._room = column(self.problem)
        self._copy = Elided(look, "", Style.STRONG)
        self._copy_at = Elided(look, "", Style.CAPTION, "secondary")
        self._target = Elided(look, "", Style.STRONG)
        self._target_at = Elided(look, "", Style.CAPTION, "secondary")
        line = self.tr("The copy is read whole and checked before anything is written. It stays where it is.")
        content = self.content
        content.addSpacing(6)
        content.addWidget(Text(look, line, tone="secondary", wrap=True))
        content.addSpacing(22)
        content.addLayout(self._room)
        where = column(
            row(Glyph(look, "history", 20), (column(self._copy, self._copy_at, gap=2), 1), gap=12),
            row(Glyph(look, "vault", 20), (column(self._target, self._target_at, gap=2), 1), gap=12),
            gap=14,
            margins=(16, 14, 16, 14),
        )
        content.addWidget(frame(where, card="1"))
        content.addSpacing(22)
        content.addWidget(self.passphrase)
        self.passphrase.changed.connect(self._typed)

    @property
    def ready(self) -> bool:
        """True when a passphrase is typed."""
        return self.passphrase.ready

    def begin(self) -> None:
        """Begin with the passphrase."""
        self.passphrase.setFocus()

    def prepare(self, source: bytes, target: bytes) -> None:
        """Say what is restored, and where it goes."""
        self.source = source
        self._copy.setText(printable_path(os.path.basename(source)))
        self._copy_at.setText(home_path(os.path.dirname(source)))
        self._target.setText(self.tr("becomes {name}").format(name=printable_path(os.path.basename(target))))
        self._target_at.setText(home_path(os.path.dirname(target)))

    def refuse(self, error: BaseException) -> None:
        """Say what did not work."""
        self._take_problem_away()
        if not self.passphrase.refuse(error):
            self._room.setContentsMargins(0, 0, 0, 16)
            self.problem.tell(messages.message_of(error))

    def _typed(self) -> None:
        self._take_problem_away()
        self.changed.emit()

    def _take_problem_away(self) -> None:
        self._room.setContentsMargins(0, 0, 0, 0)
        self.problem.solved()
