"""The list of file work with its head, and what stands there without work."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from vaultapp.contracts.files import OnExist
from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import ENDED, Question, RowState
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Badge, Glyph, Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.work_view import WorkView
from vaultapp.gui.work_queue import WorkQueue

_MOST = 16_777_215
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class WorkSection(QWidget):
    """Head, list, empty state.

    Args:
        look: Colours and fonts.
        queue: Whose work is shown.
    """

    answered_all = Signal(object)  # OnExist

    def __init__(self, look: Look, queue: WorkQueue) -> None:
        super().__init__()
        self._look = look
        self._queue = queue
        self.view = WorkView(look, queue.rows, lambda: queue.current_name)
        self.running = Badge(look, "", "info")
        self.asking = Badge(look, "", "warn")
        self.waiting = Badge(look, "", "mute")
        self.answer_all = Button(look, self.tr("Answer all…"), "ghost")
        self.answer_all.clicked.connect(self._open_answers)
        self.clear = Button(look, self.tr("Clear finished"), "ghost")
        self.clear.clicked.connect(queue.clear_ended)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._full())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        queue.changed.connect(self.sync)
        self.sync()

    def sync(self) -> None:
        """Show the counts."""
        rows = self._queue.rows
        running, asking = rows.count(RowState.RUNNING), rows.count(RowState.ASKS)
        waiting = rows.count(RowState.WAITING)
        self.running.setVisible(running > 0)
        self.running.set_text(self.tr("{n} running").format(n=quantities.count(running)))
        self.asking.setVisible(asking > 0)
        one = self.tr("1 needs an answer")
        self.asking.set_text(one if asking == 1 else self.tr("{n} need an answer").format(n=quantities.count(asking)))
        self.waiting.setVisible(waiting > 0)
        self.waiting.set_text(self.tr("{n} waiting").format(n=quantities.count(waiting)))
        self.answer_all.setVisible(asking > 1 and self._questions() > 1)
        self.clear.setVisible(rows.count(*ENDED) > 0)
        # The card is as high as its rows, or as the room there is.
        self._card.setMaximumHeight(min(_MOST, self.view.sizeHint().height() + 2))
        self._stack.setCurrentIndex(1 if rows.rowCount() else 0)

    def _questions(self) -> int:
        rows = self._queue.rows
        asking = rows.rows[: rows.count(RowState.ASKS)]
        return sum(row.question is Question.EXISTS for row in asking)

    def _full(self) -> QWidget:
        look = self._look
        title = Text(look, self.tr("Work"), Style.STRONG)
        head = row(title, self.running, self.waiting, self.asking, None, self.answer_all, self.clear)
        head.setContentsMargins(0, 0, 0, 0)
        self._card = frame(column(self.view), card="1")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._card, 1)
        layout.addStretch(0)
        return page

    def _empty(self) -> QWidget:
        look = self._look
        page = QWidget()
        page.setLayout(
            column(
                None,
                (Glyph(look, "inbox", 36, "text3", 1.4), _CENTRE),
                10,
                (Text(look, self.tr("Nothing in work"), Style.HEADING), _CENTRE),
                self._line(
                    self.tr("Files that you encrypt or decrypt are listed here until you clear them."), Style.BODY
                ),
                self._line(
                    self.tr(
                        "Encrypted files keep their name and gain .sealed; any AWS Encryption SDK with the key can "
                        "open them."
                    ),
                    Style.CAPTION,
                ),
                None,
                None,
                gap=4,
            )
        )
        return page

    def _line(self, text: str, style: Style) -> Text:
        line = Text(self._look, text, style, "secondary" if style is Style.BODY else "hint", wrap=True)
        line.setAlignment(_CENTRE)
        return line

    def _open_answers(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, how in (
            (self.tr("Keep both for all"), OnExist.KEEP),
            (self.tr("Replace all"), OnExist.REPLACE),
            (self.tr("Skip all"), OnExist.SKIP),
        ):
            menu.addAction(text).triggered.connect(lambda _on=False, how=how: self.answered_all.emit(how))
        menu.popup(self.answer_all.mapToGlobal(QPoint(0, self.answer_all.height())))
