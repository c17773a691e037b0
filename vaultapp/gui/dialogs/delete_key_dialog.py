"""Scheduling a key's deletion."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.keys import Key
from vaultapp.core.clock import DAY
from vaultapp.core.printable import printable
from vaultapp.gui import key_words, moments, quantities
from vaultapp.gui.dialogs.form import Form
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.message_bar import MessageBar

translate = QCoreApplication.translate

DAYS = range(7, 31)
_USUAL = 30


class DeleteKeyDialog(Form):
    """Says what becomes unreadable, and asks how long there is to change one's mind.

    Args:
        look: Colours and fonts.
        key: What is to go.
        now: Microseconds UTC.
    """

    confirmed = Signal(int)  # days

    def __init__(self, look: Look, key: Key, now: int, parent: QWidget) -> None:
        title = translate("DeleteKeyDialog", "Delete the key “{name}”").format(name=key_words.short(key.name))
        super().__init__(look, title, translate("DeleteKeyDialog", "Schedule deletion"), parent, "danger")
        self._name = printable(key.name)
        self._now = now
        self.line = Text(look, tone="secondary", wrap=True)
        self.files = MessageBar(look, "info", key_words.known_files(-1), icon="hourglass")
        self.days = Chooser(look, self.tr("Deleted for good"))
        self.days.picked.connect(self._offer)
        backups = self.tr("Backups of the vault keep the key for up to four weeks longer.")
        self.add(self.line, 4)
        self.add(self.files, 14)
        self.add_field(self.tr("Deleted for good"), self.days)
        self.add(Text(look, backups, tone="secondary", wrap=True), 12)
        self.go_button.clicked.connect(self._go)
        self._offer(_USUAL)
        self.days.setFocus()

    def tell_files(self, key: Key) -> None:
        """Say how many files are known to need the key."""
        number = key.known_files
        if number > 0:
            one = self.tr("1 known file becomes unreadable.")
            many = self.tr("{n} known files become unreadable.").format(n=quantities.count(number))
            head = one if number == 1 else many
            body = self.tr("So does everything else that only this key opens.")
            self.files.show_kind("warn", "triangle-alert")
        else:
            head = self.tr("No known file needs this key.")
            body = self.tr("Files that were sealed or opened elsewhere are not known here.")
            self.files.show_kind("info", "info")
        self.files.say(head, body)

    def _offer(self, days: int) -> None:
        choices = [Choice(n, self._in(n)) for n in DAYS]
        self.days.offer(choices, days)
        when = moments.date(self._now + days * DAY)
        text = self.tr("From now on nothing encrypts or opens with it. Until {day} the deletion can be taken back.")
        self.line.setText(text.format(day=when))

    def _in(self, days: int) -> str:
        when = moments.date(self._now + days * DAY)
        return self.tr("In {days}, on {day}").format(days=moments.days(days), day=when)

    def _go(self) -> None:
        chosen = self.days.current
        if chosen is not None:
            self.confirmed.emit(chosen.value)
            self.accept()
