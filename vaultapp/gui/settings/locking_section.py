"""When the vault locks by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker

from vaultapp.contracts.locking import LockSettings, LockTrigger, TriggerState
from vaultapp.core.trigger_words import NOTES, TRIGGERS
from vaultapp.gui import joining, quantities
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.widgets.switch import Switch

translate = QCoreApplication.translate

MINUTES = (1, 2, 5, 10, 15, 30, 60, 120)
_WIDTH = 130
# The setting that each trigger's switch is for.
_FIELDS: Mapping[LockTrigger, str] = {
    LockTrigger.SLEEP: "on_sleep",
    LockTrigger.SESSION_LOCKED: "on_session_lock",
    LockTrigger.SCREEN_SAVER: "on_screen_saver",
    LockTrigger.USER_SWITCHED: "on_user_switch",
}


class LockingSection(Section):
    """The vault's own settings, kept in it, and beneath them the window's. What cannot be heard here is said."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        super().__init__(look, parts, translate("LockingSection", "Locking"), "lock")
        self._settings: LockSettings | None = None
        # What was chosen here and not yet kept, by the names of the settings.
        self._wanted: dict[str, int | bool] = {}
        self._changes = 0
        self.minutes = Chooser(look, _title(LockTrigger.IDLE))
        self.minutes.setFixedWidth(look.px(_WIDTH))
        self.switches = {trigger: Switch(look, _title(trigger)) for trigger in _FIELDS}
        self._lines = {
            LockTrigger.IDLE: self.tr("Time asleep counts. While files are encrypted or decrypted it does not lock."),
            LockTrigger.SLEEP: self.tr("The computer waits until the keys are gone from memory."),
            LockTrigger.SESSION_LOCKED: self.tr("By you, or by the desktop after a while."),
            LockTrigger.SCREEN_SAVER: self.tr("Also where it asks for no password."),
            LockTrigger.USER_SWITCHED: self.tr("Their session comes to the front, and yours goes on behind it."),
        }
        self.rows = {LockTrigger.IDLE: self._row(LockTrigger.IDLE, self.minutes)}
        self.rows |= {trigger: self._row(trigger, switch) for trigger, switch in self.switches.items()}
        self.minimised = Switch(look, self.tr("When the window is minimised"))
        self.minimised.setChecked(parts.settings.choices.lock_minimised)
        line = self.tr("For all vaults of this user. The others are settings of this vault.")
        window = SettingRow(look, self.minimised.accessibleName(), line, self.minimised)
        self.add(SettingGroup(look, self.tr("Lock the vault"), *self.rows.values(), window))
        self.programs = Switch(look, self.tr("Programs go on while the window is locked"))
        self._programs_line = line = self.tr(
            "Terminals that were let in and due rotations use the vault until the computer sleeps or you quit. "
            "Its keys stay in memory while the window is locked."
        )
        self.programs_row = SettingRow(look, self.programs.accessibleName(), line, self.programs)
        self.add(SettingGroup(look, self.tr("While it is locked"), self.programs_row))
        self.programs.toggled.connect(partial(self._switch, "programs_go_on"))
        self.minutes.picked.connect(lambda minutes: self._change(idle_minutes=minutes))
        for trigger, switch in self.switches.items():
            switch.toggled.connect(partial(self._switch, _FIELDS[trigger]))
        self.minimised.toggled.connect(lambda on: parts.settings.choose(lock_minimised=on))
        self._states: dict[LockTrigger, TriggerState] = {}
        self._show()

    def entered(self) -> None:
        """Ask what is set, and what can be heard here."""
        lock, tasks = self.parts.session.lock, self.parts.tasks
        take = partial(self._take, self._changes)
        tasks.run(lambda _work: lock.settings()).tell(self, done=take, failed=self.error_raised.emit)
        tasks.run(lambda _work: lock.triggers()).tell(self, done=self._take_states, failed=self.error_raised.emit)

    def event(self, event: QEvent) -> bool:
        """Ask again when the person comes back to the window: in a terminal they may have changed it."""
        if event.type() == QEvent.Type.WindowActivate:
            self.entered()
        return super().event(event)

    def _row(self, trigger: LockTrigger, control: Chooser | Switch) -> SettingRow:
        return SettingRow(self.look, _title(trigger), self._lines[trigger], control)

    def _switch(self, field: str, on: bool) -> None:
        self._change(**{field: on})

    def _change(self, **changed: int | bool) -> None:
        """Keep a change; one call at a time, so that the last wish is the last that the agent hears."""
        if self._settings is None:
            return
        busy = bool(self._wanted)
        self._changes += 1
        self._wanted |= changed
        self._show()
        if not busy:
            self._send()

    def _send(self) -> None:
        lock, sent = self.parts.session.lock, dict(self._wanted)
        # Only what was chosen here: a terminal may have changed the rest since it was shown.
        task = self.parts.tasks.run(lambda _work: lock.change(structs.replace(lock.settings(), **sent)))
        task.tell(self, done=partial(self._sent, sent), failed=self._failed)

    def _sent(self, sent: Mapping[str, int | bool], kept: LockSettings) -> None:
        self._settings = kept
        self._wanted = {name: value for name, value in self._wanted.items() if sent.get(name) != value}
        if self._wanted:
            self._send()
        self._show()

    def _failed(self, error: BaseException) -> None:
        self._wanted = {}
        self._show()
        self.error_raised.emit(error)

    def _take(self, asked: int, settings: LockSettings) -> None:
        if asked == self._changes:  # Else the answer may be from before the last change.
            self._settings = settings
            self._show()

    def _take_states(self, states: Sequence[TriggerState]) -> None:
        self._states = {state.trigger: state for state in states}
        self._show()

    def _show(self) -> None:
        settings = None if self._settings is None else structs.replace(self._settings, **self._wanted)
        for trigger, switch in self.switches.items():
            state = self._states.get(trigger)
            switch.setEnabled(settings is not None and (state is None or state.available))
            with QSignalBlocker(switch):
                available = state is None or state.available
                switch.setChecked(settings is not None and available and bool(getattr(settings, _FIELDS[trigger])))
            switch.update()
        self.programs.setEnabled(settings is not None)
        with QSignalBlocker(self.programs):
            self.programs.setChecked(settings is not None and settings.programs_go_on)
        self.programs.update()
        self.minutes.setEnabled(settings is not None)
        if settings is not None:
            self._offer(settings.idle_minutes)
        for trigger, row in self.rows.items():
            self._say(row, trigger)
        sleep = self._states.get(LockTrigger.SLEEP)
        if sleep is None or sleep.available:
            self.programs_row.say(self._programs_line)
        else:
            note = self.tr("This system does not tell when it sleeps: then all is locked when it wakes.")
            self.programs_row.say(joining.sentences((self._programs_line, note)), icon="info")

    def _offer(self, minutes: int) -> None:
        amounts = sorted({*MINUTES, minutes} - {0})
        choices = [Choice(n, _minutes(n)) for n in amounts]
        self.minutes.offer([*choices, Choice(0, self.tr("Never"))], minutes)

    def _say(self, row: SettingRow, trigger: LockTrigger) -> None:
        state = self._states.get(trigger)
        note = NOTES.get((trigger.value, state.note)) if state is not None else None
        if state is None or note is None:
            row.say(self._lines[trigger])
        elif trigger is LockTrigger.IDLE:
            row.say(f"{self._lines[trigger]} {translate('Triggers', note)}", icon="info")
        else:
            row.say(translate("Triggers", note), "warn", "triangle-alert")


def _title(trigger: LockTrigger) -> str:
    return translate("Triggers", TRIGGERS[trigger.value])


def _minutes(number: int) -> str:
    if number % 60 == 0:
        one, many = translate("LockingSection", "1 hour"), translate("LockingSection", "{n} hours")
        return quantities.counted(number // 60, one, many)
    return quantities.counted(
        number, translate("LockingSection", "1 minute"), translate("LockingSection", "{n} minutes")
    )
