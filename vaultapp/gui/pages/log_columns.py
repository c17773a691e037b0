"""What the table of the activity log shows of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from vaultapp.gui import activity_days
from vaultapp.gui import activity_sentences as words
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.log_rows import LogRow


def log_columns(vault: str, hue_of: Callable[[str], str]) -> Sequence[Column[LogRow]]:
    """Return the columns.

    Args:
        vault: What the vault is called.
        hue_of: Returns a key's hue by its name.
    """

    def with_what(row: LogRow) -> Cell:
        used = words.used_of(row.entry, vault)
        if used.plate:
            return Cell(used.name, hue=hue_of(used.name), tone="text2")
        return Cell(used.name, icon=used.icon, tone="text2")

    return (
        _column(_tr("Time"), lambda row: Cell(activity_days.time_of_day(row.entry.time), mono=True), 88),
        _column(_tr("What"), _what, 0),
        _column(_tr("Who"), lambda row: Cell(words.who_of(row.entry.actor), tone="text2"), 120, 1),
        _column(_tr("With"), with_what, 164, 2),
        _column(_tr("Result"), _result, 110),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivityPage", text)


def _column(title: str, cell: Callable[[LogRow], Cell], width: int, drops: int = 0) -> Column[LogRow]:
    # The log is neither filtered nor sorted by its model.
    return Column(title, cell, lambda row: row.sought, lambda row: row.newest, width, drops)


def _what(row: LogRow) -> Cell:
    entry = row.entry
    return Cell(words.what_of(entry, row.times), words.detail_of(entry), icon=words.action_of(entry).icon, strong=True)


def _result(row: LogRow) -> Cell:
    result = words.result_of(row.entry)
    return Cell(result.word, icon=result.icon, badge=result.kind)
