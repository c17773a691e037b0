"""A part of a side panel that can be hidden as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text, rule
from vaultapp.gui.widgets.layouts import row


class PanelSection(QWidget):
    """A hairline, a title with a control at its right, and parts below.

    Args:
        look: Colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 18, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(rule())

    def begin(self, title: str, control: QWidget | None = None) -> None:
        """Say what it is about. Control: at the right of the title."""
        controls = (control,) if control is not None else ()
        self.add(row((Text(self._look, title, Style.STRONG, wrap=True), 1), *controls), 14)

    def add(self, part: QWidget | QLayout, above: int = 8) -> None:
        """Add a part at the end, with a gap above it."""
        self._parts.addSpacing(above)
        if isinstance(part, QLayout):
            self._parts.addLayout(part)
        else:
            self._parts.addWidget(part)
