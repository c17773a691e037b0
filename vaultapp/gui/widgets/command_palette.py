"""Find anything by name: a field over the window with what fits under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from vaultapp.gui.commands import Command, CommandIndex
from vaultapp.gui.look import Look
from vaultapp.gui.models.named_list import Index, NamedList, ThingRole
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.labels import Glyph, Text, rule
from vaultapp.gui.widgets.layouts import column, frame, row

_WIDTH = 580
_TOP = 110
_FIELD = 56
_ROW = 42
_FOOT = 38
_MOST = 9
_SCRIM = 0.28


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, self._look.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        command: Command = index.data(ThingRole)
        painter.save()
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            shapes.rounded(painter, rect.adjusted(6, 1, -6, -1), 6, look.colour("select"))
        middle = rect.center().y()
        if command.hue:
            shapes.plate(painter, look, QRectF(rect.left() + 17, middle - 10, 20, 20), command.title, command.hue)
        else:
            look.icons.draw(painter, command.icon, QRectF(rect.left() + 19, middle - 8, 16, 16))
        right = command.keys.replace("+", " ") if command.keys else command.kind
        width = look.type.metrics(Style.CAPTION).horizontalAdvance(right) + 4
        place = QRectF(rect.right() - 24 - width, rect.top(), width, rect.height())
        shapes.write(painter, look, place, right, Style.CAPTION, "accent_text" if chosen else "text3", shapes.RIGHT)
        words = QRectF(rect.left() + 48, rect.top(), place.left() - rect.left() - 60, rect.height())
        shapes.write(painter, look, words, command.title, Style.MEDIUM)
        painter.restore()


class CommandPalette(QWidget):
    """Covers the window; closes itself when something is chosen, or a click falls beside it.

    Args:
        look: Colours and fonts.
        commands: What can be found.
        window: Is covered.
    """

    closed = Signal()

    def __init__(self, look: Look, commands: Sequence[Command], window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._index = CommandIndex(commands)
        self._covered = window
        self._back = window.focusWidget()
        self.setAccessibleName(self.tr("Find anything"))
        self._model: NamedList[Command] = NamedList(
            self, lambda command: command.title, lambda command: f"{command.title}, {command.kind}"
        )
        self.field = QLineEdit()
        self.field.setProperty("flat", "1")
        self.field.setFont(look.font(Style.FIELD))
        self.field.setPlaceholderText(self.tr("Find a key, a page or an action"))
        self.field.setAccessibleName(self.tr("Find anything"))
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._choose)
        self._nothing = Text(look, self.tr("Nothing here is called that."), tone="secondary")
        self._nothing.setContentsMargins(20, 14, 20, 14)
        self._box = self._build()
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self._narrow("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self, *, give_back: bool = True) -> None:
        """Go away; the focus returns to where it was."""
        self._covered.removeEventFilter(self)
        self.hide()
        # What had the focus may be gone with its screen.
        if give_back and self._back is not None and isValid(self._back):
            self._back.setFocus()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move and choose from the field; follow the window's size."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the box."""
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the window."""
        painter = QPainter(self)
        scrim = QColor(self._look.colour("scrim"))
        scrim.setAlphaF(_SCRIM)
        painter.fillRect(self.rect(), scrim)
        painter.end()

    def _build(self) -> QFrame:
        look = self._look
        head = frame(row(Glyph(look, "search", 18), (self.field, 1), gap=12, margins=(20, 0, 20, 0)))
        head.setFixedHeight(look.px(_FIELD))
        words = (self.tr("↑↓ move"), self.tr("↵ choose"), self.tr("Esc close"))
        keys = [Text(look, text, Style.CAPTION, "secondary") for text in words]
        foot = frame(row(*keys, None, gap=18, margins=(20, 0, 20, 0)))
        foot.setFixedHeight(look.px(_FOOT))
        box = frame(
            column(head, rule(), self.list, self._nothing, rule(), foot, gap=0, margins=(1, 1, 1, 1)), "palette"
        )
        box.setParent(self)
        return box

    def _narrow(self, typed: str) -> None:
        self._model.show(self._index.find(typed))
        found = self._model.rowCount()
        self._nothing.setVisible(found == 0)
        self.list.setVisible(found > 0)
        self.list.setFixedHeight(min(_MOST, max(1, found)) * self._look.px(_ROW) + 4)
        self._select(0)
        self._place()

    def _place(self) -> None:
        width = min(max(_WIDTH, self._look.px(_WIDTH)), self.width() - 40)
        self._box.setFixedWidth(width)
        self._box.adjustSize()
        self._box.move((self.width() - width) // 2, min(_TOP, max(10, self.height() - self._box.height() - 10)))

    def _key(self, key: int) -> bool:
        at = self.list.currentIndex().row()
        match key:
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._select(at + 1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._select(at - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.list.currentIndex())
            case _:
                return False
        return True

    def _select(self, at: int) -> None:
        found = self._model.rowCount()
        if found:
            index = self._model.index(at % found, 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, spoken))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            command: Command = index.data(ThingRole)
            self.close_palette()
            command.call()
