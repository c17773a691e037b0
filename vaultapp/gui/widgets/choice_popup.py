"""The list that a chooser opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.models.named_list import Index, NamedList, ThingRole
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.latest_text import LatestText

ROW = 34
_FILTER_FROM = 12
_SHOWN = 9
_MEASURED = 200
_MOVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)
_MOST = 1000  # nobody reads further, and a view lays out all that it is given


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen.

    Attributes:
        value: What the chooser answers.
        text: What people read.
        hue: Of a key's plate; empty for none.
        icon: Name of an icon, where there is no plate.
        ruled: A line is drawn above it.
        sought: What is searched. Folded once: of very many choices that is done off the window's thread.
    """

    value: Any
    text: str
    hue: str = ""
    icon: str = ""
    ruled: bool = False
    sought: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold the text."""
        object.__setattr__(self, "sought", self.text.casefold())


class _Choices(NamedList[Choice]):
    """The first of those that fit. Found: how many fit."""

    def __init__(self, choices: Sequence[Choice], current: Any, parent: QObject) -> None:
        super().__init__(parent, lambda choice: choice.text)
        self._all = choices
        self.found = len(choices)
        at = next((at for at, choice in enumerate(choices) if choice.value == current), 0)
        self.current_row = at if at < _MOST else 0
        # What is chosen now is always shown.
        self.show(choices[:_MOST] if at < _MOST else [choices[at], *choices[: _MOST - 1]])

    def narrow(self, needle: str) -> None:
        needle = needle.casefold()
        fitting = [choice for choice in self._all if needle in choice.sought]
        self.found = len(fitting)
        self.show(fitting[:_MOST])


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, current: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._current = current

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        choice: Choice = index.data(ThingRole)
        painter.save()
        rect = QRectF(option.rect)
        state = option.state
        if choice.ruled and index.row():
            shapes.hairline(painter, look.colour("line"), rect.left() + 8, rect.right() - 8, rect.top() + 1)
        if state & QStyle.StateFlag.State_Selected:
            shapes.rounded(painter, rect.adjusted(4, 2, -4, -1), 6, look.colour("select"))
        mark = QRectF(rect.left() + 12, rect.center().y() - 9, 18, 18)
        if choice.hue:
            shapes.plate(painter, look, mark, choice.text, choice.hue)
        elif choice.icon:
            look.icons.draw(painter, choice.icon, mark.adjusted(1, 1, -1, -1))
        text = rect.adjusted(40 if choice.hue or choice.icon else 14, 0, -32, 0)
        chosen = choice.value == self._current
        shapes.write(painter, look, text, choice.text, Style.STRONG if chosen else Style.BODY)
        if chosen:
            tick = QRectF(rect.right() - 28, rect.center().y() - 7, 14, 14)
            look.icons.draw(painter, "check", tick, "accent_text", 2.2)
        painter.restore()


class ChoicePopup(QFrame):
    """A list under a chooser; long ones can be narrowed by typing. Closes itself when something is chosen.

    Args:
        look: Colours and fonts.
        choices: What there is.
        current: The value chosen now.
        title: For screen readers.
        hint: Placeholder of the filter.
        parent: The chooser.
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, choices: Sequence[Choice], current: Any, title: str, hint: str, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look = look
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._model = _Choices(choices, current, self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(look, current, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(title)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._choose)
        self.filter: QLineEdit | None = None
        self._typed: LatestText | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 5, 1, 5)
        layout.setSpacing(4)
        # A list asks for three rows at the least, also where there are fewer.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        if len(choices) >= _FILTER_FROM:
            self.filter = QLineEdit(self)
            self.filter.setPlaceholderText(hint)
            self.filter.setAccessibleName(hint)
            self._typed = LatestText(self.filter)
            self._typed.changed.connect(self._narrow)
            self.filter.installEventFilter(self)
            layout.addWidget(self.filter)
        self.list.installEventFilter(self)
        layout.addWidget(self.list)
        self.rest = Text(look, "", Style.CAPTION, "hint")
        self.rest.setContentsMargins(14, 0, 14, 4)
        layout.addWidget(self.rest)
        self._say_rest()
        self._select(self._model.current_row)

    def open_under(self, anchor: QWidget) -> None:
        """Show the list under a widget, above it where the screen ends."""
        rows = min(_SHOWN, max(1, self._model.rowCount()))
        head = 0 if self.filter is None else self.filter.sizeHint().height() + 4
        metrics = self._look.type.metrics(Style.STRONG)
        widest = max((metrics.horizontalAdvance(choice.text) for choice in self._model.shown[:_MEASURED]), default=0)
        foot = 0 if self.rest.isHidden() else self.rest.sizeHint().height() + 4
        self.resize(min(420, max(anchor.width(), widest + 88)), rows * self._look.px(ROW) + head + foot + 12)
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 3))
        screen = anchor.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place = anchor.mapToGlobal(QPoint(0, -self.height() - 3))
        place.setX(min(place.x(), screen.right() - self.width()))
        self.move(place)
        self.show()
        (self.filter or self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter choose and the arrows move, wherever the focus is."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if self._typed is not None and key in _MOVES:
                self._typed.tell_now()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (key == Qt.Key.Key_Space and watched is self.list):
                self._choose(self.list.currentIndex())
                return True
            if watched is self.filter and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._select(self.list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, needle: str) -> None:
        self._model.narrow(needle)
        self._say_rest()
        self._select(0)

    def _say_rest(self) -> None:
        shown, found = len(self._model.shown), self._model.found
        self.rest.setVisible(found > shown)
        words = self.tr("The first {n} of {all}. Type to narrow.")
        self.rest.setText(words.format(n=quantities.count(shown), all=quantities.count(found)))

    def _select(self, row: int) -> None:
        index = self._model.index(max(0, min(row, self._model.rowCount() - 1)), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            choice: Choice = index.data(ThingRole)
            self.close()
            self.chosen.emit(choice.value)
