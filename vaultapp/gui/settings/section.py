"""What every section of the settings has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.widgets.section_item import SectionItem
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow


class Section(QWidget):
    """Groups of settings under one entry of the list at the left.

    Args:
        look: Colours and fonts.
        parts: As the page was given.
        title: Of the entry.
        icon: Of the entry.
    """

    error_raised = Signal(object)

    def __init__(self, look: Look, parts: PageParts, title: str, icon: str) -> None:
        super().__init__()
        self.look = look
        self.parts = parts
        self.item = SectionItem(look, title, icon)
        self.groups: list[SettingGroup] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)

    def add(self, group: SettingGroup) -> None:
        """Add a group below the others."""
        self.groups.append(group)
        self._layout.addWidget(group)

    @property
    def lines(self) -> Sequence[SettingRow]:
        """All lines, from the top."""
        return [row for group in self.groups for row in group.rows]

    def entered(self) -> None:
        """The page was turned to."""

    def narrow(self, needle: str) -> bool:
        """Show what holds some words, all of it where the section's name does; False when nothing is left."""
        whole = needle.casefold() in self.item.text().casefold()
        found = [group.narrow("" if whole else needle) for group in self.groups]
        self.setVisible(any(found))
        self.item.setVisible(any(found))
        return any(found)
