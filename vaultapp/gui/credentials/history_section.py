"""What the log says of a credential."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.contracts.credential_history import entries_of
from vaultapp.contracts.credentials import Credential
from vaultapp.core.clock import Clock
from vaultapp.gui import activity_sentences, moments
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import column, empty, row
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.side_panel import TOP

_SHOWN = 10
# The newest ten thousand entries or so: a person waits for that.
_PAGES = 2


class HistorySection(PanelSection):
    """The last uses and changes, looked for when asked.

    Args:
        look: Colours and fonts.
        log: Reads pages; blocks.
        tasks: Runs its calls.
        clock: For when it was.
    """

    failed = Signal(object)

    def __init__(self, look: Look, log: ActivityApi, tasks: TaskRunner, clock: Clock) -> None:
        super().__init__(look)
        self.show_button = Button(look, self.tr("Show"), "link")
        self.show_button.setAccessibleName(self.tr("Show the history"))
        self.begin(self.tr("History"), self.show_button)
        self._log = log
        self._tasks = tasks
        self._clock = clock
        self._credential: Credential | None = None
        self.note = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.add(self.note, 6)
        self.add(self._rows, 2)
        self.show_button.clicked.connect(self._ask)

    def show_credential(self, credential: Credential) -> None:
        """Show a credential; what was listed of another one goes."""
        if self._credential is None or self._credential.credential_id != credential.credential_id:
            self._credential = credential
            empty(self._rows)
            self.note.setText(self.tr("Who used or changed it, and when."))
            self.note.show()
        self._credential = credential

    def _ask(self) -> None:
        credential = self._credential
        if credential is None:
            return
        asked = credential.credential_id
        self.show_button.set_busy(True)

        def done(found: list[Entry]) -> None:
            if self._credential is not None and self._credential.credential_id == asked:
                self._show(found)

        task = self._tasks.run(lambda _work: [*islice(entries_of(self._log, credential, _PAGES), _SHOWN)])
        task.tell(self, done=done, failed=self.failed.emit, ended=lambda: self.show_button.set_busy(False))

    def _show(self, found: list[Entry]) -> None:
        empty(self._rows)
        for entry in found:
            self._rows.addWidget(self._row(entry))
        self.note.setText(self.tr("Nothing is told of it in the newest part of the log."))
        self.note.setVisible(not found)

    def _row(self, entry: Entry) -> QWidget:
        look = self._look
        line = QWidget()
        what = Elided(look, activity_sentences.what_of(entry, entry.count))
        who = activity_sentences.who_of(entry.actor)
        when = moments.at(entry.time, self._clock.now())
        under = Text(look, self.tr("{who}, {when}").format(who=who, when=when), Style.CAPTION, "secondary", wrap=True)
        icon = Glyph(look, activity_sentences.icon_of(entry), 16)
        line.setLayout(row((icon, TOP), (column(what, under, gap=0), 1), gap=10))
        return line
