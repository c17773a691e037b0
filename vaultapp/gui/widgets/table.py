"""A table of rows: one stop for the keyboard, one rounded bar a row."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.models.cell_model import CellModel, Index
from vaultapp.gui.models.cells import Cell
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.cell_delegate import INSET, PAD, CellDelegate
from vaultapp.gui.widgets.menu_place import menu_by_key, menu_place
from vaultapp.gui.widgets.row_grounds import RowGrounds

R = TypeVar("R")
TWO_LINES = 50
_ARROW = 16
_HEAD = 32
_NAME_KEEPS = 200
_ADDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Table(QTableView, Generic[R]):
    """Shows a model. Columns of little weight go where there is little room; the one that grows keeps 200 pixels.

    Args:
        look: Colours and fonts.
        model: The rows.
        name: For screen readers.
        row: Height of a row at the usual text size.
        many: Several rows can be selected, with Ctrl and Shift.
    """

    selection_changed = Signal()
    opened = Signal(object)  # the row that was clicked, or on which Enter was pressed
    moved = Signal(object)  # the row that became current; None when there is none
    menu_wanted = Signal(object, QPoint)  # a row, and where on the screen

    def __init__(self, look: Look, model: CellModel[R], name: str, row: int = TWO_LINES, *, many: bool = False) -> None:
        super().__init__()
        self._look = look
        self._rows = model
        self.grounds = RowGrounds(look, self)
        self.setModel(model)
        # Kept here as well: what Qt's side alone holds, Python's collector was seen to take, and the table crashed.
        self._delegate = CellDelegate(look, model, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self._adding = False  # with Ctrl or Shift, to what is selected
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self._head = head = _Head(look, self)
        self.setHorizontalHeader(head)
        head.setVisible(True)
        self.setSortingEnabled(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(look.px(row))
        self.clicked.connect(self._click)
        model.layoutChanged.connect(self._keep_current)
        look.theme.changed.connect(self.viewport().update)

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    @property
    def selected(self) -> list[R]:
        """The rows that are selected, from the top."""
        ranges = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        return [self._rows.row(self._rows.index(at, 0)) for top, bottom in ranges for at in range(top, bottom + 1)]

    @property
    def current(self) -> R | None:
        """The row of the keyboard and the panel."""
        index = self.currentIndex()
        return self._rows.row(index) if index.isValid() else None

    def go_to(self, key: Any) -> bool:
        """Make the row with a key the current one; False when it is not shown."""
        index = self._rows.find(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, the menu with Shift+F10; everything else moves."""
        self._ring(True)
        row = self.current
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row is not None:
                self.opened.emit(row)
            case Qt.Key.Key_F10 if (wish := menu_by_key(event)) is not None:
                self.contextMenuEvent(wish)
            case Qt.Key.Key_Home if self._rows.rowCount():
                self.setCurrentIndex(self._rows.index(0, 0))
            case Qt.Key.Key_End if self._rows.rowCount():
                self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, 0))
            case _:
                super().keyPressEvent(event)
        self._ring(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse needs no ring."""
        self._ring(False)
        self._adding = bool(event.modifiers() & _ADDS)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one when a key was pressed."""
        index, place = menu_place(self, event)
        if index.isValid():
            if self.selected_count < 2 or not self.selectionModel().isRowSelected(index.row()):
                self.setCurrentIndex(index)
            self.menu_wanted.emit(self._rows.row(index), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row when the keyboard comes."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        # Qt has made the first row current, but selected nothing.
        if by_keyboard and self._rows.rowCount() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex() if self.currentIndex().isValid() else self._rows.index(0, 0))
        self._ring(by_keyboard)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ring(False)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        self.moved.emit(self._rows.row(current) if current.isValid() else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected now."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tooltip what was cut; mark no row once the pointer is on none, as on the head."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            cell = self._rows.cell(index) if index.isValid() else None
            text = "" if cell is None else "\n".join(filter(None, (cell.text, cell.second)))
            cut = cell is not None and self._needs(cell) > self.visualRect(index).width()
            QToolTip.showText(event.globalPos(), text if cut else "", self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows' grounds, and the cells on them."""
        self.grounds.paint(event, self._rows.band)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths."""
        super().resizeEvent(event)
        self._spread()

    def _click(self, index: Index) -> None:
        if not self._adding:
            self.opened.emit(self._rows.row(index))

    def _needs(self, cell: Cell) -> int:
        first = self._look.type.metrics(Style.STRONG if cell.strong else Style.BODY).horizontalAdvance(cell.text)
        under = Style.IDENTIFIER if cell.code else Style.CAPTION
        second = self._look.type.metrics(under).horizontalAdvance(cell.second)
        return max(first, second) + 2 * PAD + (34 if cell.hue else 24 if cell.icon or cell.ring >= 0 else 0)

    def _spread(self) -> None:
        columns = self._rows.columns
        titles = [self._look.type.metrics(Style.HEAD).horizontalAdvance(column.title) for column in columns]
        # The arrow of the sorted column stands after its title.
        least = [title + 2 * PAD + _ARROW for title in titles]
        widths = [
            max(self._look.px(column.width), title) if column.width else 0
            for column, title in zip(columns, least, strict=True)
        ]
        grows = next((at for at, column in enumerate(columns) if not column.width), 0)
        widths[grows] = 0
        room = self.viewport().width()
        shown = [True] * len(widths)
        for weight in sorted({column.drops for column in columns} - {0}, reverse=True):
            taken = sum(width for width, on in zip(widths, shown, strict=True) if on)
            if room - taken >= self._look.px(_NAME_KEEPS):
                break
            shown = [on and column.drops != weight for on, column in zip(shown, columns, strict=True)]
        widths[grows] = max(1, room - sum(width for width, on in zip(widths, shown, strict=True) if on))
        for at, on in enumerate(shown):
            self.setColumnHidden(at, not on)
            self.setColumnWidth(at, widths[at])

    def _keep_current(self) -> None:
        if not self.currentIndex().isValid():
            self.clearSelection()
        # The ring goes with the row that it was round.
        self._ring(self.grounds.ringed >= 0)

    def _hover(self, row: int) -> None:
        old, self.grounds.hovered = self.grounds.hovered, row
        for number in {old, row} - {-1}:
            self._repaint(number)

    def _ring(self, on: bool) -> None:
        row = self.currentIndex().row() if on and self.hasFocus() else -1
        old, self.grounds.ringed = self.grounds.ringed, row
        for number in {old, row} - {-1}:
            self._repaint(number)

    def _repaint(self, row: int) -> None:
        rect = self.visualRect(self._rows.index(row, 0))
        self.viewport().update(QRect(0, rect.top(), self.viewport().width(), rect.height()))


class _Head(QHeaderView):
    """Titles with a hairline under them; the sorted column has an arrow after its title."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortIndicatorClearable(True)
        self.setFixedHeight(look.px(_HEAD))
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        """Return the height of a head."""
        return QSize(100, self._look.px(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title."""
        look = self._look
        painter.save()
        place = QRectF(rect)
        painter.fillRect(place, look.colour("window"))
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        words = place.adjusted(PAD if section else PAD + INSET, 0, -PAD, 0)
        shapes.write(painter, look, words, title, Style.HEAD, "text3")
        if section == self.sortIndicatorSection():
            width = look.type.metrics(Style.HEAD).horizontalAdvance(title)
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            mark = QRectF(words.left() + width + 4, place.center().y() - 6, 12, 12)
            look.icons.draw(painter, "chevron-up" if up else "chevron-down", mark, "text3", 2.2)
        shapes.hairline(painter, look.colour("line"), place.left(), place.right() + 1, place.bottom())
        painter.restore()

    def paintEvent(self, event: Any) -> None:
        """Carry the hairline through to the end."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        rect = QRectF(self.viewport().rect())
        shapes.hairline(painter, self._look.colour("line"), rect.left(), rect.right(), rect.bottom())
        painter.end()
