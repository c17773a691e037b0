"""Days and times as people read them, beside a given now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QTime

from vaultapp.core.clock import DAY, MICROS
from vaultapp.gui.quantities import counted, locale

translate = QCoreApplication.translate
# Qt's words for a date bring these with them: named here, because lists are made ready in workers, and a class that
# PySide makes there may be made by the window at the same moment.
_BROUGHT = (QDateTime, QTime)

_JUST = 5 * 60 * MICROS
_NEAR = 300 * DAY


def date(micros: int) -> str:
    """Return a day: 6 Dec 2026."""
    return locale().toString(_day(micros), translate("Moments", "d MMM yyyy"))


def short_date(micros: int, now: int) -> str:
    """Return a day, with its year where that is another one: 8 Jan, 8 Jan 2028."""
    then, today = _day(micros), _day(now)
    return locale().toString(
        then, translate("Moments", "d MMM") if then.year() == today.year() else translate("Moments", "d MMM yyyy")
    )


def near_date(micros: int, now: int) -> str:
    """Return a day that is the only one of its name within months: 8 Jan; else with its year."""
    return date(micros) if abs(micros - now) > _NEAR else locale().toString(_day(micros), translate("Moments", "d MMM"))


def ago(micros: int, now: int) -> str:
    """Return when something was: just now, today 09:41, yesterday, 18 Sep, 18 Sep 2025."""
    if 0 <= now - micros < _JUST:
        return translate("Moments", "just now")
    then, today = _day(micros), _day(now)
    match then.daysTo(today):
        case 0:
            return translate("Moments", "today {time}").format(time=_local(micros).strftime("%H:%M"))
        case 1:
            return translate("Moments", "yesterday")
    return short_date(micros, now)


def clock(micros: int, now: int) -> str:
    """Return a time of today with its seconds, or of another day: 14:02:11, 18 Sep 09:41."""
    if _day(micros) == _day(now):
        return _local(micros).strftime("%H:%M:%S")
    return at(micros, now)


def at(micros: int, now: int) -> str:
    """Return a day and its time: Today 09:41, Yesterday 21:05, 18 Sep 09:41, 18 Sep 2025 09:41."""
    then, today = _day(micros), _day(now)
    match then.daysTo(today):
        case 0:
            day = translate("Moments", "Today")
        case 1:
            day = translate("Moments", "Yesterday")
        case _:
            day = short_date(micros, now)
    return translate("Moments", "{day} {time}").format(day=day, time=_local(micros).strftime("%H:%M"))


def days_until(micros: int, now: int) -> int:
    """Return how many days are left, counting one that has begun; 0 when the time has come."""
    return max(0, -((now - micros) // DAY))


def days(number: int) -> str:
    """Return a number of days."""
    return counted(number, translate("Moments", "1 day"), translate("Moments", "{n} days"))


def _local(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICROS).astimezone()


def _day(micros: int) -> QDate:
    when = _local(micros)
    return QDate(when.year, when.month, when.day)
