"""What every page of the way has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text


class Step(QScrollArea):
    """A page under a title. It scrolls where the window is low.

    Args:
        look: Colours and fonts.
        title: Sentence case, no full stop.
        width: Of the content; 0 for all there is.
    """

    changed = Signal()

    def __init__(self, look: Look, title: str, width: int = 560) -> None:
        super().__init__()
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(40, 24, 32, 20)
        holder = QWidget()
        if width:
            holder.setMaximumWidth(look.px(width))
        self.content = QVBoxLayout(holder)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self.content.addWidget(Text(look, title, Style.DISPLAY, wrap=True))
        outer.addWidget(holder)
        outer.addStretch(1)
        self.setWidget(inner)

    @property
    def ready(self) -> bool:
        """True when one may go on."""
        return True

    def begin(self) -> None:
        """The page is shown."""
