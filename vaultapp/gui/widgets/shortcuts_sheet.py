"""The keys of the window, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import dialog_button
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import frame, row

_WIDTH = 460


class ShortcutsSheet(QDialog):
    """Two columns: what, and by which keys.

    Args:
        look: Colours and fonts.
        shortcuts: Words, and keys as Qt writes them.
    """

    def __init__(self, look: Look, shortcuts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for at, (what, keys) in enumerate(shortcuts):
            grid.addWidget(Text(look, what), at, 0)
            caps = frame(row(None, *(KeyCap(look, key) for key in keys.split("+")), gap=4))
            caps.setAccessibleName(keys)
            grid.addWidget(caps, at, 1)
        close = dialog_button(look, self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(Text(look, self.tr("Keyboard shortcuts"), Style.HEADING))
        layout.addLayout(grid)
        layout.addLayout(row(None, close))
        self.setFixedWidth(look.px(_WIDTH))
        close.setFocus()
