"""Parts that are shown when somebody asks for them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.layouts import column, row


class Fold(QWidget):
    """A title that is pressed, and the parts under it.

    Args:
        look: Colours and fonts.
        title: What they are about.
        parts: Folded away at first.
    """

    def __init__(self, look: Look, title: str, *parts: QWidget) -> None:
        super().__init__()
        self.button = Button(look, title, "link", "chevron-down")
        self.button.setCheckable(True)
        self._inner = QWidget()
        self._inner.setLayout(column(*parts, gap=8))
        self._inner.hide()
        self.setLayout(column(row(self.button, None), self._inner, gap=8))
        self.button.toggled.connect(self._turn)

    @property
    def unfolded(self) -> bool:
        """True while the parts are shown."""
        return self.button.isChecked()

    def unfold(self) -> None:
        """Show the parts."""
        self.button.setChecked(True)

    def _turn(self, on: bool) -> None:
        self._inner.setVisible(on)
        self.button.set_icon("chevron-up" if on else "chevron-down")
