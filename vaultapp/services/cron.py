"""Times by a line of five fields, as crontab(5) has them, in local time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from vaultapp.core.clock import MICROS
from vaultapp.core.errors import InvalidValue

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(\*|[0-9a-z]+)(?:-([0-9a-z]+))?(?:/([0-9]{1,2}))?")
# The 29th of February on a given day of the week comes once in 28 years, or 40 across a century.
_YEARS = 41


@dataclass(frozen=True, slots=True)
class CronLine:
    """Minutes at which something is due.

    Attributes:
        minutes, hours, days, months, weekdays: What each may be; Sunday is 0.
        any_day, any_weekday: The field begins with a star. With neither, a day counts that fits one of them.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    @classmethod
    @lru_cache(maxsize=256)
    def parse(cls, line: str) -> CronLine:
        """Read ``minute hour day-of-month month day-of-week``: stars, lists, ranges, steps, English names.

        Raises:
            InvalidValue: It is none, or no time fits it.

        Source:
            crontab(5), Debian's cron.
        """
        fields = line.lower().split()
        if len(fields) != 5:
            raise InvalidValue(field="cron", reason="fields")
        minute, hour, day, month, weekday = fields
        found = cls(
            minutes=_field(minute, 0, 59),
            hours=_field(hour, 0, 23),
            days=_field(day, 1, 31),
            months=_field(month, 1, 12, _MONTHS),
            weekdays=frozenset(number % 7 for number in _field(weekday, 0, 7, _DAYS)),
            any_day=day.startswith("*"),
            any_weekday=weekday.startswith("*"),
        )
        if found.after(0) is None:
            raise InvalidValue(field="cron", reason="never")
        return found

    def after(self, moment: int) -> int | None:
        """Return the first such minute after a moment, both in microseconds UTC; None when there is none.

        A minute that the clocks skip in spring counts as the one an hour later, one that comes twice in autumn as
        the first of the two.
        """
        start = datetime.fromtimestamp(moment / MICROS)  # noqa: DTZ006 - local time is what the line is about
        at = start.replace(second=0, microsecond=0)
        day = at.date()
        for _ in range(366 * _YEARS):
            if self._fits(day.month, day.day, (day.weekday() + 1) % 7):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        found = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local
                        due = round(found.timestamp() * MICROS)
                        if due > moment:
                            return due
            day += timedelta(days=1)
        return None

    def _fits(self, month: int, day: int, weekday: int) -> bool:
        if month not in self.months:
            return False
        fits_day, fits_weekday = day in self.days, weekday in self.weekdays
        if self.any_day or self.any_weekday:
            return fits_day and fits_weekday
        return fits_day or fits_weekday


def _field(text: str, low: int, high: int, names: Sequence[str] = ()) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        matched = _PART.fullmatch(part)
        if matched is None:
            raise InvalidValue(field="cron", reason="fields")
        first, last, step = matched.groups()
        if first == "*" and last is not None:
            raise InvalidValue(field="cron", reason="fields")
        begin = low if first == "*" else _number(first, low, names)
        end = high if first == "*" else begin
        if last is not None:
            end = _number(last, low, names)
        elif step is not None and first != "*":
            end = high
        width = int(step) if step else 1
        if not (low <= begin <= end <= high) or width < 1:
            raise InvalidValue(field="cron", reason="fields")
        found.update(range(begin, end + 1, width))
    return frozenset(found)


def _number(text: str, low: int, names: Sequence[str]) -> int:
    if text in names:
        # Months begin with 1, days of the week with 0.
        return names.index(text) + low
    if not text.isdecimal():
        raise InvalidValue(field="cron", reason="fields")
    return int(text)
