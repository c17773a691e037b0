"""What the table of the activity log shows of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.activity import Entry
from vaultapp.gui import activity_days
from vaultapp.gui import activity_sentences as words
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.log_rows import LogRow

translate = QCoreApplication.translate


def log_columns(vault: str, hue_of: Callable[[Entry], str]) -> Sequence[Column[LogRow]]:
    """Return the columns.

    Args:
        vault: What the vault is called.
        hue_of: Returns the hue of the key that an entry tells of.
    """

    def with_what(row: LogRow) -> Cell:
        used = words.used_of(row.entry, vault)
        if used.plate:
            return Cell(used.name, hue=hue_of(row.entry), tone="text2")
        return Cell(used.name, icon=used.icon, tone="text2")

    # The log is neither filtered nor sorted by its model.
    return (
        Column(
            translate("ActivityPage", "Time"),
            lambda row: Cell(activity_days.time_of_day(row.entry.time), mono=True),
            width=88,
        ),
        Column(translate("ActivityPage", "What"), _what, width=0),
        Column(
            translate("ActivityPage", "Who"),
            lambda row: Cell(words.who_of(row.entry.actor), tone="text2"),
            width=120,
            drops=1,
        ),
        Column(translate("ActivityPage", "With"), with_what, width=164, drops=2),
        Column(translate("ActivityPage", "Result"), _result, width=110),
    )


def _what(row: LogRow) -> Cell:
    entry = row.entry
    return Cell(words.what_of(entry, row.times), words.detail_of(entry), icon=words.icon_of(entry), strong=True)


def _result(row: LogRow) -> Cell:
    result = words.result_of(row.entry)
    return Cell(result.word, icon=result.icon, badge=result.kind)
