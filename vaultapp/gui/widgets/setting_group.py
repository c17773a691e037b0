"""Settings that belong together, in a card under their name."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Text, rule
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.setting_row import SettingRow


class SettingGroup(QWidget):
    """Rows with hairlines between them. Can be narrowed to those that hold some words.

    Args:
        look: Colours and fonts.
        title: Its name.
        rows: From the top.
    """

    def __init__(self, look: Look, title: str, *rows: SettingRow) -> None:
        super().__init__()
        self._title = title
        self._needle = ""
        self._lines: dict[SettingRow, QFrame] = {}
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(1, 2, 1, 2)
        self._rows.setSpacing(0)
        self.setLayout(column(Text(look, title, Style.STRONG), frame(self._rows, card="1"), gap=8))
        self.show_rows(rows)

    @property
    def rows(self) -> tuple[SettingRow, ...]:
        """All rows, from the top."""
        return tuple(self._lines)

    def show_rows(self, rows: tuple[SettingRow, ...]) -> None:
        """Show these; those that are no more are deleted."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in rows:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        for one in rows:
            line = frame(row(rule(), margins=(16, 0, 0, 0)))
            self._rows.addWidget(line)
            self._rows.addWidget(one)
            self._lines[one] = line
        self.narrow(self._needle)

    def narrow(self, needle: str) -> bool:
        """Show the rows that hold some words, all of them where the name does; False when none is left."""
        self._needle = needle
        wanted = needle.casefold()
        whole = wanted in self._title.casefold()
        first = True
        for one, line in self._lines.items():
            shown = whole or wanted in one.words.casefold()
            one.setVisible(shown)
            line.setVisible(shown and not first)
            first = first and not shown
        # A group that has no place yet is shown with it; by itself it would be a window.
        if first or self.parentWidget() is not None:
            self.setVisible(not first)
        return not first
