"""Tables and their rows."""

from __future__ import annotations

from vaultapp.contracts.keys import Key
from vaultapp.gui import activity_days, key_words
from vaultapp.gui.gallery import samples
from vaultapp.gui.gallery.sheet import Sheet
from vaultapp.gui.gallery.states import hover_row, when_shown
from vaultapp.gui.look import Look
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.log_model import LogModel
from vaultapp.gui.models.log_rows import LogRow, rows_of
from vaultapp.gui.models.rows import RowModel
from vaultapp.gui.widgets.log_table import LogTable
from vaultapp.gui.widgets.table import Table


def lists(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Tables")
    keys = _keys(look)
    sheet.wide("Two lines a row", ("the first row selected, the pointer over the third, every state of a key", keys))
    sheet.wide("A log with its days", ("monospaced times, badges, a day’s band", _log(look)))
    sheet.focused = keys
    when_shown(keys, lambda: _mark(keys))
    return sheet


def _mark(table: Table[Key]) -> None:
    table.selectRow(0)
    hover_row(table, 2)


def _keys(look: Look) -> Table[Key]:
    columns: tuple[Column[Key], ...] = (
        Column(
            "Key",
            lambda key: Cell(key.name, second=key_words.used(key, samples.NOW), hue=key.hue, strong=True),
            lambda key: key.name,
            lambda key: key.name,
            width=240,
        ),
        Column("State", lambda key: key_words.state(key, samples.NOW), _no_text, _no_text, width=172),
        Column("Next rotation", lambda key: key_words.rotation(key, samples.NOW), _no_text, _no_text, width=140),
        Column("Id", lambda key: Cell(str(key.key_id)[:8], mono=True, tone="text2"), _no_text, _no_text, width=110),
    )
    model: RowModel[Key] = RowModel(columns, lambda key: key.key_id)
    model.show(model.prepare(samples.keys()))
    table: Table[Key] = Table(look, model, "Keys")
    model.setParent(table)
    table.horizontalHeader().setSortIndicator(0, table.horizontalHeader().sortIndicatorOrder())
    table.setFixedHeight(look.px(300))
    return table


def _log(look: Look) -> LogTable:
    columns: tuple[Column[LogRow], ...] = (
        Column("Time", lambda row: Cell(activity_days.time_of_day(row.entry.time), mono=True), _no_line, _no_line, 88),
        Column(
            "What",
            lambda row: Cell(row.entry.action, row.entry.subject, icon="activity", strong=True),
            _no_line,
            _no_line,
            0,
        ),
        Column("Result", _result, _no_line, _no_line, 110),
    )
    model = LogModel(columns, lambda day: f"Day {day}")
    table = LogTable(look, model, "Activity", 48)
    model.setParent(table)
    model.replace(rows_of(samples.entries(), "Mara"))
    table.setFixedHeight(look.px(380))
    return table


def _result(row: LogRow) -> Cell:
    good = row.entry.outcome == "ok"
    return Cell("Done", badge="ok", icon="check") if good else Cell("Failed", badge="bad", icon="x")


def _no_text(_key: Key) -> str:
    return ""


def _no_line(_row: LogRow) -> str:
    return ""
