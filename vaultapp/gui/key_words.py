"""What people read of a key: its state, its versions, when it rotates."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.printable import printable
from vaultapp.gui import moments, quantities
from vaultapp.gui.models.cells import Cell

CREATED = "created"
PERIODS = (30, 90, 180, 365)
_YEAR = 365
_SHORT = 40


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyWords", text)


def used(key: Key, now: int) -> str:
    """Return the line under a key's name: v4 · used just now."""
    if key.last_used is not None:
        what = _tr("used {when}").format(when=moments.ago(key.last_used, now))
    else:
        what = _tr("not used yet") if key.origin == CREATED else _tr("imported")
    return _tr("v{n} · {what}").format(n=key.primary_number, what=what)


def state(key: Key, now: int) -> Cell:
    """Return the badge of a key's state."""
    match key.state:
        case KeyState.ENABLED:
            return Cell(_tr("Enabled"), badge="ok", icon="check")
        case KeyState.DISABLED:
            return Cell(_tr("Disabled"), badge="mute", icon="ban")
        case KeyState.PENDING_IMPORT:
            return Cell(_tr("Waits for material"), badge="warn", icon="clock")
        case KeyState.PENDING_DELETION:
            left = moments.days_until(key.deletes_at or now, now)
            text = _tr("Deletes in {days}").format(days=moments.days(left)) if left else _tr("Deletes now")
            return Cell(text, badge="bad", icon="trash-2")


def rotation(key: Key, now: int) -> Cell:
    """Return when a key rotates next, and how often."""
    if key.rotation_days is None or key.next_rotation is None:
        return Cell(_tr("Off"), tone="text3")
    every = period(key.rotation_days)
    if key.state is not KeyState.ENABLED:
        return Cell(_tr("Paused"), second=every, tone="text3")
    left = moments.days_until(key.next_rotation, now)
    if not left:
        return Cell(_tr("Due now"), second=every, tone="warn", icon="clock")
    return Cell(_tr("in {days}").format(days=moments.days(left)), second=every)


def period(days: int) -> str:
    """Return how often a key rotates."""
    if days == _YEAR:
        return _tr("Every year")
    return _tr("Every day") if days == 1 else _tr("Every {n} days").format(n=quantities.count(days))


def next_time(key: Key, now: int) -> str:
    """Return the sentence beside the period."""
    if key.next_rotation is None:
        return ""
    if key.state is not KeyState.ENABLED:
        return _tr("paused until the key is enabled")
    if key.next_rotation <= now:
        return _tr("due now, within the hour")
    return _tr("next on {day}").format(day=moments.date(key.next_rotation))


def version_line(key: Key, version: KeyVersion) -> str:
    """Return what a version may be used for, and since when it is there."""
    since = moments.date(version.created)
    if version.state is not KeyState.ENABLED:
        return _tr("Disabled: what it encrypted stays closed · made {day}").format(day=since)
    if key.state is not KeyState.ENABLED:
        return _tr("Made {day}").format(day=since)
    if version.version_id == key.primary:
        return _tr("Encrypts and decrypts · since {day}").format(day=since)
    return _tr("Decrypts · made {day}").format(day=since)


def known_files(number: int) -> str:
    """Return how many files are known to need a key. Below 0: they are being counted."""
    if number < 0:
        return _tr("Counting the files that need it…")
    if number == 0:
        return _tr("No known file needs this key")
    one = _tr("1 known file needs this key")
    return one if number == 1 else _tr("{n} known files need this key").format(n=quantities.count(number))


def short(name: str) -> str:
    """Return a name for a sentence in one line: a long one loses its middle."""
    shown = printable(name)
    half = _SHORT // 2
    return shown if len(shown) <= _SHORT else f"{shown[: half - 1]}…{shown[-half:]}"


def tag(name: str, value: str) -> str:
    """Return a tag as people write it."""
    return printable(f"{name}={value}") if value else printable(name)


def tag_of(text: str) -> tuple[str, str]:
    """Return the name and value of a tag as it was typed; without ``=`` it has no value."""
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def searched(key: Key) -> str:
    """Return what the filter looks at."""
    tags = (f"{name}={value}" for name, value in key.tags.items())
    return "\n".join((key.name, *key.aliases, *tags, str(key.key_id)))
