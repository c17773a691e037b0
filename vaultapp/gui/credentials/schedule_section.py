"""When a credential rotates by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.gui import moments
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.credentials.credential_rotations import CredentialRotations
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.edit_field import EditField
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.switch import Switch

_USUAL = RotationPlan(days=30)
_HOUR = 60
# From which minute of the day, and for how many: night, morning, afternoon, evening.
_WINDOWS = ((0, 0), (60, 4 * _HOUR), (6 * _HOUR, 6 * _HOUR), (12 * _HOUR, 6 * _HOUR), (18 * _HOUR, 6 * _HOUR))
_OWN = "own"


class ScheduleSection(PanelSection):
    """A switch, a period or a cron line, and the hours in which it may begin.

    Args:
        look: Colours and fonts.
        rotations: Sets the plan.
    """

    def __init__(self, look: Look, rotations: CredentialRotations) -> None:
        super().__init__(look)
        self.switch = Switch(look, self.tr("Automatic rotation"))
        self.begin(self.tr("Automatic rotation"), self.switch)
        self._rotations = rotations
        self._credential: Credential | None = None
        self._last = _USUAL
        self.period = Chooser(look, self.tr("Rotation period"))
        self.window_of_day = Chooser(look, self.tr("Time of day"))
        self.cron = EditField(look, self.tr("Cron line"), self.tr("Save"), "0 3 * * 1")
        self.when = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self._on = QWidget()
        self._on.setLayout(column(row((self.period, 1), (self.window_of_day, 1)), self.cron, gap=8))
        self.add(column(self._on, self.when, gap=6), 8)
        self.switch.clicked.connect(self._turn)
        self.period.picked.connect(self._pick)
        self.window_of_day.picked.connect(self._pick_window)
        self.cron.entered.connect(self._enter)
        self.cron.left.connect(self.period.setFocus)

    def show_credential(self, credential: Credential, now: int) -> None:
        """Show how a credential is set."""
        if self._credential is None or self._credential.credential_id != credential.credential_id:
            self.cron.finish()
            self._last = _USUAL
        self._credential = credential
        plan = credential.plan
        on = bool(plan.days or plan.cron)
        self._last = plan if on else self._last
        self.switch.setChecked(on)
        self._on.setVisible(on)
        days = sorted({*words.PERIODS, plan.days} - {0})
        choices = [Choice(number, words.period(number)) for number in days]
        if plan.cron:
            choices.append(Choice(plan.cron, words.plan(plan)))
        choices.append(Choice(_OWN, self.tr("By a cron line…"), ruled=True))
        self.period.offer(choices, plan.days or plan.cron)
        window = (plan.window_start, plan.window_minutes)
        windows = [*_WINDOWS, *((window,) if window not in _WINDOWS and plan.window_minutes else ())]
        shown = window if plan.window_minutes else (0, 0)
        self.window_of_day.offer([Choice(each, self._hours(*each)) for each in windows], shown)
        self.when.setText(self._next(plan, now) if on else self.tr("It rotates only when asked."))

    def _hours(self, start: int, minutes: int) -> str:
        if not minutes:
            return self.tr("At any time")
        end = (start + minutes) % (24 * _HOUR)
        first, last = (f"{at // _HOUR:02}:{at % _HOUR:02}" for at in (start, end))
        return self.tr("{first} to {last}").format(first=first, last=last)

    def _next(self, plan: RotationPlan, now: int) -> str:
        if plan.next_due is None:
            return ""
        if plan.next_due <= now:
            return self.tr("Due now; it rotates while the vault is unlocked.")
        return self.tr("Next on {when}, while the vault is unlocked.").format(when=moments.at(plan.next_due, now))

    def _turn(self, on: bool) -> None:
        self._schedule(self._last if on else RotationPlan())

    def _pick(self, value: int | str) -> None:
        if value == _OWN:
            self.cron.begin(self._last.cron)
        elif isinstance(value, int):
            self._schedule(self._plan(days=value))
        else:
            self._schedule(self._plan(cron=value))

    def _pick_window(self, window: tuple[int, int]) -> None:
        start, minutes = window
        plan = self._last
        self._schedule(RotationPlan(plan.days, plan.cron, start, minutes))

    def _plan(self, *, days: int = 0, cron: str = "") -> RotationPlan:
        return RotationPlan(days, cron, self._last.window_start, self._last.window_minutes)

    def _enter(self, line: str) -> None:
        credential = self._credential
        if credential is not None:
            # A line that is refused stands there to be changed; the plan is as it was.
            self._rotations.schedule(credential, self._plan(cron=line.strip()), self._refuse)

    def _refuse(self, error: BaseException) -> None:
        self.cron.refuse(message_of(error))

    def _schedule(self, plan: RotationPlan) -> None:
        self.cron.finish()
        if self._credential is not None:
            self._rotations.schedule(self._credential, plan)
