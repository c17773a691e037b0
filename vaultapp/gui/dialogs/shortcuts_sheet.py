"""The keys of the window, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from vaultapp.gui.commands import Shortcut
from vaultapp.gui.dialogs.fitted_dialog import FittedDialog
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import dialog_button
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, frame, row

_COLUMN = 352


class ShortcutsSheet(FittedDialog):
    """What, and by which keys: those of the window at the left, those of single pages beside them.

    Args:
        look: Colours and fonts.
        groups: Where they are listened to, and the keys there; the first group is the window's own.
    """

    def __init__(self, look: Look, groups: Sequence[tuple[str, Sequence[Shortcut]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = dialog_button(look, self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        columns = [column(*(self._group(*group) for group in some), None, gap=16) for some in (groups[:1], groups[1:])]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(Text(look, self.tr("Keyboard shortcuts"), Style.HEADING))
        layout.addLayout(row(*((part, 1) for part in columns[: len(groups)]), gap=32))
        layout.addLayout(row(None, close))
        self.setFixedWidth(look.px(_COLUMN) * min(2, len(groups)) + 48)
        close.setFocus()

    def _group(self, title: str, shortcuts: Sequence[Shortcut]) -> QLayout:
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(look, title, Style.STRONG), 0, 0)
        for at, (what, keys) in enumerate(shortcuts, 1):
            grid.addWidget(Text(look, what, wrap=True), at, 0)
            caps = frame(row(None, *(KeyCap(look, key) for key in keys.split("+")), gap=4))
            caps.setAccessibleName(keys)
            grid.addWidget(caps, at, 1)
        return grid
