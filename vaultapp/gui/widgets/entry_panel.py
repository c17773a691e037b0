"""All that the log knows of a row, in the side panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from vaultapp.contracts.activity import Entry
from vaultapp.contracts.activity_sentences import is_problem
from vaultapp.core.printable import printable
from vaultapp.gui import activity_days, quantities
from vaultapp.gui import activity_sentences as words
from vaultapp.gui.look import Look
from vaultapp.gui.models.log_rows import LogRow
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Badge, Glyph, Plate, Text
from vaultapp.gui.widgets.layouts import row as side_by_side
from vaultapp.gui.widgets.problem_bar import ProblemBar
from vaultapp.gui.widgets.side_panel import TOP, SidePanel
from vaultapp.gui.widgets.whole_text import WholeText

_LISTED = 200
_NUMBER = 72


class EntryPanel(SidePanel):
    """Shows an entry, and of equal ones each with its time and number.

    Args:
        look: Colours and fonts.
        row: What is shown.
        vault: What the vault is called.
        hue_of: Returns the hue of the key that an entry tells of.
    """

    def __init__(self, look: Look, row: LogRow, vault: str, hue_of: Callable[[Entry], str]) -> None:
        entry = row.entry
        tile = QFrame()
        tile.setProperty("card", "sunken")
        tile.setFixedSize(36, 36)
        tile.setLayout(side_by_side(Glyph(look, words.icon_of(entry), 18), margins=(8, 8, 8, 8)))
        what = words.what_of(entry, row.times)
        accessible = QCoreApplication.translate("EntryPanel", "Details of {what}").format(what=what)
        super().__init__(look, tile, what, _numbers(row), accessible)
        self.row = row
        self._vault = vault
        self._hue_of = hue_of
        self._say_what()
        self._say_facts()
        self._say_log()
        if len(row.entries) > 1:
            self._say_each()

    def _say_what(self) -> None:
        entry = self.row.entry
        result = words.result_of(entry)
        if is_problem(entry):
            told = words.problem_of(entry)
            self.add(ProblemBar(self.look, told, result.kind if result.kind == "bad" else "info"), above=16)
        elif words.detail_of(entry):
            self.add(Text(self.look, words.detail_of(entry), tone="secondary", wrap=True), above=12)
        badge = Badge(self.look, result.word, result.kind, result.icon)
        self.add_labelled(self.tr("Result"), side_by_side(badge, None), above=16)
        self.add_pair(self.tr("Time"), activity_days.in_full(entry.time))
        self.add_pair(self.tr("Who"), words.who_of(entry.actor))
        used = words.used_of(entry, self._vault)
        plate = Plate(self.look, used.name, self._hue_of(entry), 20) if used.plate else None
        mark = plate or Glyph(self.look, used.icon, 16)
        name = WholeText(self.look, used.name, self.tr("With"), Style.BODY)
        self.add_labelled(self.tr("With"), side_by_side((mark, TOP), (name, 1)))

    def _say_facts(self) -> None:
        facts = self.row.entry.facts
        if facts:
            self.add_section(self.tr("What is known of it"))
        for name, value in facts.items():
            self._add(words.fact_name(name), words.fact_value(name, value))

    def _say_log(self) -> None:
        entry = self.row.entry
        actor = entry.actor
        self.add_section(self.tr("In the log"))
        for label, value in (
            (self.tr("Number"), quantities.count(entry.sequence)),
            (self.tr("Action"), printable(entry.action)),
            (self.tr("Outcome"), printable(entry.outcome)),
            (self.tr("Role"), printable(actor.role)),
            (self.tr("Program"), printable(actor.program)),
            (self.tr("Process"), str(actor.pid) if actor.pid else ""),
            (self.tr("Application"), printable(actor.application)),
            (self.tr("Subject"), " ".join(map(printable, filter(None, (entry.subject_kind, entry.subject))))),
            (self.tr("Equal calls"), quantities.count(entry.count)),
        ):
            if value:
                self._add(label, value)

    def _say_each(self) -> None:
        entries = self.row.entries
        self.add_section(self.tr("Each of them"), self.tr("{n} entries").format(n=quantities.count(len(entries))))
        for entry in entries[:_LISTED]:
            number = Text(self.look, quantities.count(entry.sequence), Style.MONO, "hint")
            time = Text(self.look, activity_days.time_of_day(entry.time), Style.MONO)
            times = Text(
                self.look, f"×{quantities.count(entry.count)}" if entry.count > 1 else "", Style.CAPTION, "hint"
            )
            process = self.tr("Process {pid}").format(pid=entry.actor.pid) if entry.actor.pid else ""
            number.setMinimumWidth(_NUMBER)
            self.add(side_by_side(number, time, times, None, Text(self.look, process, Style.CAPTION, "hint")), above=6)
        left = len(entries) - _LISTED
        if left > 0:
            text = self.tr("and {n} more, down to number {last}").format(
                n=quantities.count(left), last=quantities.count(self.row.oldest)
            )
            self.add(Text(self.look, text, Style.CAPTION, "hint", wrap=True), above=8)

    def _add(self, label: str, value: str) -> None:
        self.add_labelled(label, WholeText(self.look, value, label, Style.BODY))


def _numbers(row: LogRow) -> str:
    newest, oldest = quantities.count(row.newest), quantities.count(row.oldest)
    if row.newest == row.oldest:
        return QCoreApplication.translate("EntryPanel", "Entry {n}").format(n=newest)
    return QCoreApplication.translate("EntryPanel", "Entries {first} to {last}").format(first=oldest, last=newest)
