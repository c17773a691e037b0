"""Days and times as people read them, beside a given now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate

from vaultapp.core.clock import DAY, MICROS
from vaultapp.gui.quantities import counted, locale

translate = QCoreApplication.translate

_JUST = 5 * 60 * MICROS


def date(micros: int) -> str:
    """Return a day: 6 Dec 2026."""
    return locale().toString(_day(micros), translate("Moments", "d MMM yyyy"))


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
    return locale().toString(
        then, translate("Moments", "d MMM") if then.year() == today.year() else translate("Moments", "d MMM yyyy")
    )


def at(micros: int, now: int) -> str:
    """Return a day and its time: Today 09:41, Yesterday 21:05, 18 Sep 09:41, 18 Sep 2025 09:41."""
    then, today = _day(micros), _day(now)
    match then.daysTo(today):
        case 0:
            day = translate("Moments", "Today")
        case 1:
            day = translate("Moments", "Yesterday")
        case _:
            day = locale().toString(
                then,
                translate("Moments", "d MMM") if then.year() == today.year() else translate("Moments", "d MMM yyyy"),
            )
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
