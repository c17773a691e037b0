"""A page of the gallery: specimens with their captions, in groups."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.flow import Flow
from vaultapp.gui.widgets.labels import Text, rule
from vaultapp.gui.widgets.layouts import column

Specimen = tuple[str, QWidget]  # its state in words, and the component in it
_LEFT = Qt.AlignmentFlag.AlignLeft


class Sheet(QWidget):
    """Groups one below the other.

    Args:
        look: Colours and fonts.
        title: Of the page.

    Attributes:
        focused: Gets the keyboard when the page is shown.
    """

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.title = title
        self.focused: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 24)
        self._layout.setSpacing(12)
        self._layout.addWidget(Text(look, title, Style.TITLE))
        self._layout.addStretch(1)

    def group(self, title: str, *specimens: Specimen) -> None:
        """Add small components, side by side."""
        parts = [self._captioned(words, part) for words, part in specimens]
        self._add(title)
        holder = QWidget()
        holder.setLayout(Flow(*parts, gap=16))
        self._insert(holder)

    def wide(self, title: str, *specimens: Specimen) -> None:
        """Add components that take the whole width."""
        self._add(title)
        for words, part in specimens:
            box = QWidget()
            box.setLayout(column(part, Text(self._look, words, Style.CAPTION, "hint"), gap=4))
            self._insert(box)

    def _captioned(self, words: str, part: QWidget) -> QWidget:
        box = QWidget()
        box.setLayout(column((part, _LEFT), Text(self._look, words, Style.CAPTION, "hint"), None, gap=4))
        return box

    def _add(self, title: str) -> None:
        if self._layout.count() > 2:
            self._insert(rule())
        self._insert(Text(self._look, title, Style.HEADING))

    def _insert(self, part: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, part)


def fixed(part: QWidget, width: int, height: int = 0) -> QWidget:
    """Give a component that fills its page a size of its own."""
    part.setFixedWidth(width)
    if height:
        part.setFixedHeight(height)
    return part


def held(part: QWidget) -> QWidget:
    """Put a component that shows itself into a holder first: without one it would be shown as a window."""
    holder = QWidget()
    holder.setLayout(column(part))
    return holder
