"""What can be done with one key, as a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.pages.key_deeds import Deed


class KeyMenu(QMenu):
    """The same by right click on a row and behind the panel's dots.

    Args:
        look: Colours and fonts.
        deeds: What can be done, in this order.
    """

    def __init__(self, look: Look, deeds: Sequence[Deed], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = deeds[0].group
        for deed in deeds:
            if deed.group != group:
                self.addSeparator()
                group = deed.group
            action = self.addAction(look.icons.icon(deed.icon), deed.words)
            action.setEnabled(deed.allowed)
            if deed.keys:
                # Shown only: the list itself listens to these keys.
                action.setShortcut(QKeySequence(deed.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _on=False, deed=deed: deed.call())
