"""Every use of the vault, newest first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from vaultapp.contracts.activity import ChainReport, Entry
from vaultapp.core.clock import MICROS
from vaultapp.core.errors import VaultTampered
from vaultapp.core.printable import printable
from vaultapp.core.work import WorkContext
from vaultapp.gui import activity_days, messages, quantities
from vaultapp.gui.activity_export import CSV, JSON_LINES, export
from vaultapp.gui.activity_feed import ActivityFeed
from vaultapp.gui.commands import Shortcut
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose, text_of
from vaultapp.gui.look import Look
from vaultapp.gui.models.log_model import LogModel
from vaultapp.gui.models.log_rows import LogRow, Sort, Wish
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.log_columns import log_columns
from vaultapp.gui.tasks import TaskHandle
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.chain_state import ChainState
from vaultapp.gui.widgets.empty_state import EmptyState
from vaultapp.gui.widgets.entry_panel import EntryPanel
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.log_table import LogTable
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.page_head import FilterField
from vaultapp.gui.widgets.segments import Segments
from vaultapp.gui.widgets.stoppable_button import StoppableButton

_ROW = 48
_POLL_MS = 5000
_REST_MS = 200
_SLOW_MS = 300
_FILTER = 200
_FILTER_LEAST = 110


class ActivityPage(Page):
    """Shows the log, checks its chain, writes it to a file."""

    _checked_so_far = Signal(object, object)
    _written_so_far = Signal(object)

    def __init__(self, look: Look, parts: PageParts, stack: QWidget) -> None:
        super().__init__(look, stack, QCoreApplication.translate("ActivityPage", "Activity"))
        self._parts = parts
        self._vault = printable(parts.session.path.stem)
        self._check: TaskHandle | None = None
        self._export: TaskHandle | None = None
        self._broken: MessageBar | None = None
        self.dialog: QFileDialog | None = None
        self.rows = LogModel(log_columns(self._vault, self._hue_of), self._day, self)
        self.feed = ActivityFeed(parts.session.activity, parts.tasks, self.rows, self._vault, self)
        self.chain = ChainState(look)
        self.check_button = StoppableButton(
            look, self.tr("Check the chain"), self.tr("Checking… {percent} %"), self.tr("Stop checking"), "ghost"
        )
        self.export_button = StoppableButton(
            look, self.tr("Export…"), self.tr("Exporting… {percent} %"), self.tr("Stop exporting"), "", "upload"
        )
        self.segments = Segments(
            look,
            self.tr("What is shown"),
            (
                (Sort.ALL, self.tr("All")),
                (Sort.FILES, self.tr("Files and text")),
                (Sort.KEYS, self.tr("Keys")),
                (Sort.VAULT, self.tr("Vault")),
                (Sort.PROBLEMS, self.tr("Problems")),
            ),
        )
        self.filter = FilterField(look, self.tr("Filter activity"))
        self.day = Text(look, style=Style.STRONG)
        self.table = LogTable(look, self.rows, self.tr("Activity"), _ROW)
        self.empty = EmptyState(look, "activity", self.tr("Show everything"))
        self.foot = Text(look, style=Style.CAPTION, tone="hint")
        self._rest = _timer(self, _REST_MS, self._want, once=True)
        self._poll = _timer(self, _POLL_MS, self._look_again)
        # What takes a moment only is not worth a word that comes and goes.
        self._slow = _timer(self, _SLOW_MS, self._show_search, once=True)
        self._build()
        self._connect()

    @property
    def panel(self) -> EntryPanel | None:
        """The open panel, if it is this page's."""
        panel = self._parts.panels.panel
        return panel if isinstance(panel, EntryPanel) else None

    def check(self) -> None:
        """Walk the chain; the button shows how far that is."""
        if self._check is not None:
            return
        log = self._parts.session.activity

        def walk(work: WorkContext[None]) -> ChainReport:
            inner: WorkContext[None] = WorkContext(self._checked_so_far.emit)
            work.when_cancelled(inner.cancel)
            return log.check(inner)

        self.check_button.start()
        task = self._check = self._parts.tasks.run(walk)
        task.tell(self, done=self._found_whole, failed=self._check_failed, ended=self._check_ended)

    def choose_export(self) -> None:
        """Ask where the log is to be written, and as what."""
        table, lines = self.tr("Table (*.csv)"), self.tr("JSON Lines (*.jsonl)")
        now = datetime.fromtimestamp(self._parts.clock.now() / MICROS).astimezone()
        dialog = choose(
            self,
            self.tr("Export all of the activity"),
            ANY_FILE,
            lambda paths: self.export(paths[0], as_table=dialog.selectedNameFilter() == table),
            self._parts.settings.folders.saving("activity", f"{self._parts.session.path.stem} {now:%Y-%m-%d}{CSV}"),
            filters=f"{table};;{lines}",
        )
        dialog.setDefaultSuffix(CSV[1:])

        def renamed(chosen: str) -> None:
            suffix = JSON_LINES if chosen == lines else CSV
            dialog.setDefaultSuffix(suffix[1:])
            for name in dialog.selectedFiles()[:1]:
                stem, old = os.path.splitext(os.path.basename(name))
                if old in (CSV, JSON_LINES):
                    dialog.selectFile(stem + suffix)

        dialog.filterSelected.connect(renamed)
        self.dialog = dialog

    def export(self, path: bytes, *, as_table: bool) -> None:
        """Write the log to a file, which is replaced when all is written.

        Args:
            path: Absolute.
            as_table: As a table where its name does not say what it is to be.
        """
        if self._export is not None:
            return
        log = self._parts.session.activity

        def write(work: WorkContext[tuple[int, int]]) -> bytes:
            export(log, Path(text_of(path)), work, as_table=as_table)
            return path

        self.export_button.start()
        task = self._export = self._parts.tasks.run(write, self._written_so_far.emit)
        task.tell(self, done=self._exported, failed=self.error_raised.emit, ended=self._export_ended)

    def search(self) -> None:
        """Ctrl+F: go to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the page and its list, or what stands in its place."""
        empty = self._stack.currentWidget() is self.empty
        return (self, self.filter), (self._stack, self.empty.button if empty else self.table)

    @property
    def start(self) -> QWidget:
        """The list."""
        return self.areas()[1][1]

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys of the list."""
        return (Shortcut(self.tr("Open the details"), "Enter"),)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the log while it is seen."""
        super().showEvent(event)
        self._poll.start()
        self.feed.resume()
        self._show_day()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing that nobody looks at."""
        super().hideEvent(event)
        self._poll.stop()
        self.feed.pause()

    def _build(self) -> None:
        self.head.add(self.chain, self.check_button, self.export_button)
        self.filter.setMaximumWidth(self.look.px(_FILTER))
        self.filter.setMinimumWidth(self.look.px(_FILTER_LEAST))
        self.body.addLayout(row(self.segments, None, (self.filter, _FILTER), margins=(24, 0, 20, 10)))
        self.body.addLayout(row(self.day, margins=(26, 4, 24, 2)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.body.addLayout(row(self._stack, margins=(12, 0, 10, 0)), 1)
        self._foot = frame(column(self.foot, margins=(26, 6, 24, 8)))
        self._foot.hide()
        self.body.addWidget(self._foot)

    def _connect(self) -> None:
        self.feed.changed.connect(self._feed_changed)
        self.feed.replaced.connect(self._feed_changed)
        self.feed.failed.connect(self._feed_failed)
        self._parts.shelf.changed.connect(self._shelf_changed)
        self.segments.picked.connect(self._want)
        self.filter.textChanged.connect(self._rest.start)
        self.filter.returnPressed.connect(self._want)
        self.filter.list_wanted.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.empty.button.clicked.connect(self._show_everything)
        self.table.end_near.connect(self._end_near)
        self.table.top_changed.connect(self._show_day)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self.check_button.clicked.connect(self.check)
        self.check_button.stopped.connect(self._stop_check)
        self.export_button.clicked.connect(self.choose_export)
        self.export_button.stopped.connect(self._stop_export)
        self._checked_so_far.connect(self.check_button.tell, Qt.ConnectionType.QueuedConnection)
        self._written_so_far.connect(self._tell_written, Qt.ConnectionType.QueuedConnection)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.table)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._parts.panels.close_panel)

    def _day(self, ordinal: int) -> str:
        return activity_days.day_title(ordinal, self._parts.clock.now())

    def _hue_of(self, entry: Entry) -> str:
        # By its id: a key may be called otherwise by now, and another one as it was.
        return self._parts.shelf.hue_of(str(entry.facts.get("key") or entry.subject))

    def _look_again(self) -> None:
        self.feed.refresh()
        self._show_day()

    def _want(self, *_: object) -> None:
        self._rest.stop()
        sort = self.segments.value
        self.feed.want(Wish(self.filter.text().strip().casefold(), Sort(str(sort))))

    def _show_everything(self) -> None:
        self.filter.clear()
        self.segments.buttons[Sort.ALL].setChecked(True)
        self._want()

    def _end_near(self) -> None:
        if self.isVisible():
            self.feed.more()

    def _feed_changed(self) -> None:
        feed = self.feed
        self.chain.tell(feed.total)
        searching = feed.looking and not feed.wish.everything
        if not searching:
            self._slow.stop()
            self._foot.hide()
        elif not self._slow.isActive() and self._foot.isHidden():
            self._slow.start()
        looked, total = quantities.count(feed.reached), quantities.count(feed.total)
        self.foot.setText(
            self.tr("Looking through older entries… {looked} of {total}").format(looked=looked, total=total)
        )
        nothing = feed.ended and not feed.looking and not self.rows.rowCount() and not feed.wish.everything
        if nothing:
            line = self.tr("All {n} entries were looked at.").format(n=total)
            self.empty.say(self.tr("Nothing like this is in the log"), line)
        self._stack.setCurrentWidget(self.empty if nothing else self.table)
        self._show_day()
        if not feed.looking and self.table.needs_more:
            self._end_near()

    def _show_search(self) -> None:
        self._foot.show()

    def _show_day(self) -> None:
        top = self.table.top
        self.day.setText(self._day(top.day) if top is not None else "")

    def _feed_failed(self, error: BaseException) -> None:
        self._poll.stop()
        self.error_raised.emit(error)

    def _shelf_changed(self) -> None:
        self.table.viewport().update()
        if self.isVisible():
            self.feed.refresh()

    def _open(self, entry: LogRow) -> None:
        if self.panel is None or self.panel.row is not entry:
            panel = EntryPanel(self.look, entry, self._vault, self._hue_of)
            panel.closed.connect(self._parts.panels.close_panel)
            self._parts.panels.open_panel(panel)

    def _moved(self, entry: LogRow | None) -> None:
        if entry is not None and self.panel is not None:
            self._open(entry)

    def _found_whole(self, report: ChainReport) -> None:
        if self._broken is not None:
            self.notices.remove(self._broken)
            self._broken = None
        time = activity_days.time_of_day(self._parts.clock.now())[:5]
        self.chain.found_whole(report, time)
        self.check_button.set_text(self.tr("Check again"))

    def _check_failed(self, error: BaseException) -> None:
        if not isinstance(error, VaultTampered):
            self.error_raised.emit(error)
            return
        self.chain.forget()
        if self._broken is not None:
            self.notices.remove(self._broken)
        self._broken = self.notices.tell("bad", messages.message_of(error))
        self._broken.dismissed.connect(self._forget_broken)

    def _forget_broken(self) -> None:
        self._broken = None

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.cancel()

    def _check_ended(self) -> None:
        self._check = None
        self.check_button.rest()

    def _tell_written(self, written: tuple[int, int]) -> None:
        self.export_button.tell(*written)

    def _exported(self, path: bytes) -> None:
        text = self.tr("All of the activity was exported")
        self._parts.toasts.say(text, "check", self.tr("Show in folder"), call=lambda: self._parts.shower.show(path))

    def _stop_export(self) -> None:
        if self._export is not None:
            self._export.cancel()

    def _export_ended(self) -> None:
        self._export = None
        self.export_button.rest()


def _timer(parent: QWidget, interval_ms: int, call: object, *, once: bool = False) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(interval_ms)
    timer.setSingleShot(once)
    timer.timeout.connect(call)
    return timer
