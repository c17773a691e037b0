"""Numbers as people read them, in the desktop's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_MINUTE = 60
_HOUR = 3600
_DAY = 24 * _HOUR
_YEAR = 365.25 * _DAY


# Up to this many seconds, in this unit, in words.
LONG_TIMES = (
    (1, 1, "less than a second", "less than a second"),
    (_MINUTE, 1, "about a second", "about {n} seconds"),
    (_HOUR, _MINUTE, "about a minute", "about {n} minutes"),
    (_DAY, _HOUR, "about an hour", "about {n} hours"),
    (_YEAR, _DAY, "about a day", "about {n} days"),
    (1e6 * _YEAR, _YEAR, "about a year", "about {n} years"),
    (1e9 * _YEAR, 1e6 * _YEAR, "about a million years", "about {n} million years"),
)


def locale() -> QLocale:
    """Return the desktop's language; without one, English, because the C locale groups no digits."""
    found = QLocale()
    return found if found.language() != QLocale.Language.C else QLocale(QLocale.Language.English)


def count(number: int) -> str:
    """Return a whole number with its groups: 1,284."""
    return locale().toString(number)


def counted(number: int, one: str, many: str) -> str:
    """Return a number of things, in the words for one or for ``{n}`` of them."""
    return one if number == 1 else many.format(n=count(number))


def size(number: int) -> str:
    """Return bytes in decimal units: 9.1 GB."""
    amount, unit = _scaled(number)
    return f"{amount} {unit}"


def size_of(done: int, total: int) -> str:
    """Return how much of it is done, in one unit: 9.1 of 21.6 GB."""
    whole, unit = _scaled(total)
    return translate("Quantities", "{done} of {total} {unit}").format(
        done=_scaled(done, unit)[0], total=whole, unit=unit
    )


def speed(rate: float) -> str:
    """Return bytes a second: 412 MB/s."""
    amount, unit = _scaled(int(rate))
    return f"{amount} {unit}/s"


def duration(seconds: float) -> str:
    """Return a time still to go: 31 s, 4 min, 2 h 10 min."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return translate("Quantities", "{n} s").format(n=whole)
    if whole < _HOUR:
        return translate("Quantities", "{n} min").format(n=round(whole / _MINUTE))
    return translate("Quantities", "{hours} h {minutes} min").format(
        hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE
    )


def countdown(whole: int) -> str:
    """Return whole seconds as a clock that runs down: 14:12, 1:04:12."""
    minutes, rest = divmod(whole, _MINUTE)
    if whole < _HOUR:
        return f"{minutes}:{rest:02}"
    return f"{minutes // _MINUTE}:{minutes % _MINUTE:02}:{rest:02}"


def seconds(amount: float) -> str:
    """Return a short time with one decimal: 1.0 s."""
    return translate("Quantities", "{n} s").format(n=locale().toString(amount, "f", 1))


def long_time(amount: float) -> str:
    """Return a time of any length in one word and number, cautious: less than a second … about 3,000 years."""
    for limit, unit, one, many in LONG_TIMES:
        if amount < limit:
            number = _two_figures(amount / unit)
            return (
                translate("Quantities", one) if number == 1 else translate("Quantities", many).format(n=count(number))
            )
    return translate("Quantities", "more than a billion years")


def memory(kib: int) -> str:
    """Return an amount of memory as it was chosen, in binary MiB written MB: 256 MB."""
    return translate("Quantities", "{n} MB").format(n=count(kib // 1024))


def binary(number: int) -> str:
    """Return a size that is a power of two as such: 256 KiB."""
    for unit, bytes_each in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if number >= bytes_each and number % bytes_each == 0:
            return f"{count(number // bytes_each)} {unit}"
    return f"{count(number)} B"


def day(date: QDate) -> str:
    """Return a date: 24 November 2026."""
    return locale().toString(date, translate("Quantities", "d MMMM yyyy"))


def clock_time(micros: int) -> str:
    """Return a time of day, with the date unless it is today: 13:40, 12 Nov 13:40."""
    from datetime import datetime

    when = datetime.fromtimestamp(micros / 1e6).astimezone()
    today = datetime.now().astimezone()
    text = when.strftime("%H:%M")
    if when.date() == today.date():
        return text
    date = QDate(when.year, when.month, when.day)
    day = locale().toString(date, translate("Quantities", "d MMM"))
    return translate("Quantities", "{day} {time}").format(day=day, time=text)


def _two_figures(number: float) -> int:
    whole = max(1, int(number))
    magnitude = int(10 ** max(0, len(str(whole)) - 2))
    return whole // magnitude * magnitude


def _scaled(number: int, unit: str = "") -> tuple[str, str]:
    power = _UNITS.index(unit) if unit else min(len(_UNITS) - 1, max(0, (len(str(abs(number))) - 1) // 3))
    amount = number / 1000**power
    decimals = 0 if power == 0 or amount >= 100 else 1
    return locale().toString(amount, "f", decimals), _UNITS[power]
