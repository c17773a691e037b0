"""The head of a page: title, count, filter, buttons, always in this order."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.latest_text import LatestText
from vaultapp.gui.widgets.layouts import row

_HEIGHT = 60
_FILTER = 170
_ICON = 16


class FilterField(QLineEdit):
    """Narrows a list while it is typed in. Escape empties it, Down goes to the list.

    Args:
        look: Colours and fonts.
        hint: What it filters: "Filter keys".
        icon: Name of its icon.

    Attributes:
        latest: Tells what the list is to be narrowed to.
    """

    list_wanted = Signal()

    def __init__(self, look: Look, hint: str, icon: str = "list-filter") -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setProperty("quiet", "1")
        self.setClearButtonEnabled(False)
        self.setAcceptDrops(False)
        # Painted here: Qt's own leading action is a button that nothing happens by.
        self.setTextMargins(_ICON + 8, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(look.px(_FILTER))
        self.latest = LatestText(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon into the field."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(9, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._look.icons.draw(painter, self._icon, place)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape or Down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.latest.tell_now()
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes to the list finds it narrowed."""
        self.latest.tell_now()
        super().focusOutEvent(event)


class PageHead(QWidget):
    """One line over a page.

    Args:
        look: Colours and fonts.
        title: The page's name.
        filter_hint: Placeholder of a filter; empty for none.
        filter_icon: Its icon.
    """

    def __init__(self, look: Look, title: str, filter_hint: str = "", filter_icon: str = "list-filter") -> None:
        super().__init__()
        self.title = Text(look, title, Style.TITLE)
        self.count = Text(look, tone="hint")
        self.filter = FilterField(look, filter_hint, filter_icon) if filter_hint else None
        self.setFixedHeight(look.px(_HEIGHT))
        self._row = row(self.title, 4, self.count, None, margins=(24, 0, 20, 0))
        if self.filter is not None:
            self._row.addWidget(self.filter)
        self.setLayout(self._row)

    def add(self, *parts: QWidget) -> None:
        """Add buttons at the right; the main one comes last."""
        for part in parts:
            self._row.addWidget(part)
