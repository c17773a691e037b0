"""Days and times of the activity log as people read them, beside a given now."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate

from vaultapp.core.clock import MICROS
from vaultapp.gui.quantities import locale

translate = QCoreApplication.translate


def day_title(ordinal: int, now: int) -> str:
    """Return the title over a day: Today, 24 November; Yesterday, 23 November; Sunday, 22 November.

    Args:
        ordinal: Of the local day, as ``date.toordinal``.
        now: Microseconds UTC.
    """
    then, today = date.fromordinal(ordinal), _local(now).date()
    shown = QDate(then.year, then.month, then.day)
    text = locale().toString(
        shown, translate("Activity", "d MMMM") if then.year == today.year else translate("Activity", "d MMMM yyyy")
    )
    if then == today:
        return translate("Activity", "Today, {date}").format(date=text)
    if then == today - timedelta(days=1):
        return translate("Activity", "Yesterday, {date}").format(date=text)
    return translate("Activity", "{weekday}, {date}").format(weekday=locale().toString(shown, "dddd"), date=text)


def time_of_day(micros: int) -> str:
    """Return a time to the second: 14:02:13."""
    return _local(micros).strftime("%H:%M:%S")


def in_full(micros: int) -> str:
    """Return a time with its day and zone: Tuesday, 24 November 2026, 14:02:13 (UTC+01:00)."""
    when = _local(micros)
    day = locale().toString(QDate(when.year, when.month, when.day), translate("Activity", "dddd, d MMMM yyyy"))
    zone = when.strftime("%z")
    return translate("Activity", "{day}, {time} (UTC{zone})").format(
        day=day, time=when.strftime("%H:%M:%S"), zone=f"{zone[:3]}:{zone[3:5]}" if zone.strip("+-0") else ""
    )


def _local(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICROS).astimezone()
