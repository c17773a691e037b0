"""Two panes side by side, or in a narrow window one above the other, and a card under them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.layouts import column, row

_MARGIN = 24
_EDIT = 170
_EDIT_NARROW = 104


class TextDesk(QScrollArea):
    """Scrolls where the window is too low for all of it.

    Args:
        look: Colours and fonts.
        panes: What is read first, first.
        under: Spans both.
    """

    def __init__(self, look: Look, panes: tuple[QWidget, QWidget], under: QWidget) -> None:
        super().__init__()
        self._panes = panes
        self._heights = {narrow: look.px(height) for narrow, height in ((True, _EDIT_NARROW), (False, _EDIT))}
        self._both = row((panes[0], 1), (panes[1], 1), gap=16)
        content = QWidget()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(content)
        # Only now: of what it is given, a scroll area asks the size at once, for which all of it is styled, and with
        # every step up to its place in the window that is done again.
        content.setLayout(column((self._both, 1), under, gap=14, margins=(_MARGIN, 0, _MARGIN, 20)))
        self.setFocusProxy(panes[0])
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put the panes one above the other."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(way)
        self._both.setSpacing(12 if narrow else 16)
        for pane in self._panes:
            pane.setMinimumHeight(self._heights[narrow] + 96)
