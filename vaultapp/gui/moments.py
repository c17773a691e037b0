"""Days and times as people read them, beside a given now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate

from vaultapp.core.clock import DAY, MICROS
from vaultapp.gui.quantities import count, locale

_JUST = 5 * 60 * MICROS


def _tr(text: str) -> str:
    return QCoreApplication.translate("Moments", text)


def date(micros: int) -> str:
    """Return a day: 6 Dec 2026."""
    return locale().toString(_day(micros), _tr("d MMM yyyy"))


def ago(micros: int, now: int) -> str:
    """Return when something was: just now, today 09:41, yesterday, 18 Sep, 18 Sep 2025."""
    if 0 <= now - micros < _JUST:
        return _tr("just now")
    then, today = _day(micros), _day(now)
    match then.daysTo(today):
        case 0:
            return _tr("today {time}").format(time=_local(micros).strftime("%H:%M"))
        case 1:
            return _tr("yesterday")
    return locale().toString(then, _tr("d MMM") if then.year() == today.year() else _tr("d MMM yyyy"))


def at(micros: int, now: int) -> str:
    """Return a day and its time: Today 09:41, Yesterday 21:05, 18 Sep 09:41, 18 Sep 2025 09:41."""
    then, today = _day(micros), _day(now)
    match then.daysTo(today):
        case 0:
            day = _tr("Today")
        case 1:
            day = _tr("Yesterday")
        case _:
            day = locale().toString(then, _tr("d MMM") if then.year() == today.year() else _tr("d MMM yyyy"))
    return _tr("{day} {time}").format(day=day, time=_local(micros).strftime("%H:%M"))


def days_until(micros: int, now: int) -> int:
    """Return how many days are left, counting one that has begun; 0 when the time has come."""
    return max(0, -((now - micros) // DAY))


def days(number: int) -> str:
    """Return a number of days."""
    return _tr("1 day") if number == 1 else _tr("{n} days").format(n=count(number))


def _local(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICROS).astimezone()


def _day(micros: int) -> QDate:
    when = _local(micros)
    return QDate(when.year, when.month, when.day)
