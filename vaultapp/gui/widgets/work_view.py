"""The list of file work on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QSizePolicy, QToolTip

from vaultapp.gui.look import Look
from vaultapp.gui.models.work_list import Index, WorkList
from vaultapp.gui.models.work_row import RowState, WorkRow
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.menu_place import menu_by_key, menu_place
from vaultapp.gui.widgets.work_actions import Act, Action, actions_of
from vaultapp.gui.widgets.work_delegate import ROW, WorkDelegate
from vaultapp.gui.work_sentences import sentence_of

_SPIN_MS = 60


class WorkView(QListView):
    """One stop for the keyboard: up and down between rows, left and right between a row's buttons.

    The buttons are painted, so that ten thousand rows cost nothing; the same acts are in a row's menu (the
    menu key, or the right button), which screen readers can walk.

    Args:
        look: Colours and fonts.
        rows: What is shown.
        waiting_for: Tells the name of what is worked on now.
    """

    acted = Signal(object, object)  # WorkRow, Act

    def __init__(self, look: Look, rows: WorkList, waiting_for: Callable[[], str]) -> None:
        super().__init__()
        self._look = look
        self._rows = rows
        self._delegate = WorkDelegate(look, waiting_for, self)
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Work"))
        self._by_keyboard = False
        self._marked_state: RowState | None = None
        self._pressed: tuple[WorkRow, Act] | None = None
        self._spin = QTimer(self)
        self._spin.setInterval(_SPIN_MS)
        self._spin.timeout.connect(self._turn)
        rows.layoutChanged.connect(self._changed)
        rows.modelReset.connect(self._changed)
        rows.rowsInserted.connect(self._changed)
        look.theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Return the height of all rows, so that a short list is a short card."""
        return QSize(400, self._rows.rowCount() * self._look.px(ROW))

    def minimumSizeHint(self) -> QSize:
        """Return room for one row."""
        return QSize(200, self._look.px(ROW))

    def row_at(self, point: QPoint) -> tuple[WorkRow | None, QRect]:
        """Return the row under a point of the viewport, and its rectangle."""
        index = self.indexAt(point)
        return self._rows.row(index), self.visualRect(index)

    def place_of(self, row: WorkRow, act: Act) -> QRect:
        """Return where a row's button is in the viewport."""
        rect = QRectF(self.visualRect(self._rows.index(row.at, 0)))
        places = self._delegate.places(row, rect)
        return next((place.toRect() for action, place in places if action.act is act), QRect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the button under the pointer."""
        super().mouseMoveEvent(event)
        self._point(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing."""
        super().leaveEvent(event)
        self._point(QPoint(-1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the button that was pressed."""
        self._by_keyboard = False
        self._mark(-1)
        self._pressed = self._button(event) if event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act if the button is let go where it was pressed."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._button(event) == pressed:
            self.acted.emit(*pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the details of a row; a quick second click on a button is a click."""
        self._pressed = self._button(event)
        row, _ = self.row_at(event.position().toPoint())
        if self._pressed is None and row is not None:
            self.acted.emit(row, Act.DETAILS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between rows and buttons, and act."""
        row = self._rows.row(self.currentIndex())
        pointed = self._delegate.pointed
        self._by_keyboard = True
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Left if row is not None:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                actions = actions_of(row)
                self._mark(max(-1, min(len(actions) - 1, pointed.key_act + step)))
                if pointed.key_act >= 0:
                    self._announce(actions[pointed.key_act].text)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if row is not None:
                actions = actions_of(row)
                marked = pointed.key_act
                self.acted.emit(row, actions[marked].act if 0 <= marked < len(actions) else Act.DETAILS)
            case Qt.Key.Key_Delete if row is not None:
                self.acted.emit(row, Act.REMOVE if row.ended else Act.CANCEL)
            case Qt.Key.Key_F10 if (wish := menu_by_key(event)) is not None:
                self.contextMenuEvent(wish)
            case _:
                super().keyPressEvent(event)
                self._mark(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row when the keyboard comes by Tab."""
        super().focusInEvent(event)
        self._by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._by_keyboard and not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))
        self._mark(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away."""
        super().focusOutEvent(event)
        self._mark(-1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Move the mark with the current row."""
        super().currentChanged(current, previous)
        self._mark(-1)

    def menu_of(self, row: WorkRow) -> QMenu:
        """Return the menu of a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions_of(row):
            self._add(menu, row, action)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the row under the pointer, or of the current one when a key was pressed."""
        index, place = menu_place(self, event)
        row = self._rows.row(index)
        if row is not None:
            self.menu_of(row).popup(place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a button does, or a sentence that was cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, rect = self.row_at(event.pos())
            if row is not None:
                action = self._delegate.action_at(row, rect, event.pos())
                QToolTip.showText(event.globalPos(), action.text if action else self._cut_sentence(row, rect), self)
                return True
        return super().viewportEvent(event)

    def _cut_sentence(self, row: WorkRow, rect: QRect) -> str:
        places = self._delegate.places(row, QRectF(rect))
        room = (places[0][1].left() if places else rect.right()) - rect.left() - 74
        sentence = sentence_of(row)
        return sentence if self._look.type.metrics(Style.CAPTION).horizontalAdvance(sentence) > room else ""

    def _add(self, menu: QMenu, row: WorkRow, action: Action) -> None:
        entry = menu.addAction(action.text)
        if action.icon:
            entry.setIcon(self._look.icons.icon(action.icon))
        entry.triggered.connect(lambda: self.acted.emit(row, action.act))

    def _button(self, event: QMouseEvent) -> tuple[WorkRow, Act] | None:
        row, rect = self.row_at(event.position().toPoint())
        action = self._delegate.action_at(row, rect, event.position().toPoint()) if row is not None else None
        return (row, action.act) if row is not None and action is not None else None

    def _point(self, point: QPoint) -> None:
        row, rect = self.row_at(point)
        action = self._delegate.action_at(row, rect, point) if row is not None else None
        pointed = self._delegate.pointed
        at, act = (row.at if row is not None else -1), (action.act if action is not None else None)
        if (at, act) == (pointed.row, pointed.act):
            return
        old, pointed.row, pointed.act = pointed.row, at, act
        for number in {old, at} - {-1}:
            self.update(self._rows.index(number, 0))

    def _mark(self, act: int) -> None:
        pointed = self._delegate.pointed
        row = self._rows.row(self.currentIndex())
        pointed.key_act = act
        pointed.key_row = row.at if row is not None and self._by_keyboard and self.hasFocus() else -1
        self._marked_state = row.state if row is not None else None
        self.viewport().update()

    def _changed(self) -> None:
        self.updateGeometry()
        pointed = self._delegate.pointed
        row = self._rows.row(self.currentIndex())
        if pointed.key_row >= 0:
            pointed.key_row = row.at if row is not None else -1
            if row is None or row.state is not self._marked_state:
                # Another state has other buttons: the mark must not slip from Cancel to Remove.
                self._mark(-1)
        running = self._rows.count(RowState.RUNNING) > 0
        if running and not self._look.still:
            self._spin.start()
        elif not running:
            self._spin.stop()

    def _turn(self) -> None:
        first = self._rows.count(RowState.ASKS)
        for number in range(first, first + self._rows.count(RowState.RUNNING)):
            rect = self.visualRect(self._rows.index(number, 0))
            if rect.top() > self.viewport().height():
                break
            self.viewport().update(self._delegate.glyph_place(QRectF(rect)).toAlignedRect())

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
