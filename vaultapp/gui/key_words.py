"""What people read of a key: its state, its versions, when it rotates."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.printable import printable
from vaultapp.gui import moments, quantities
from vaultapp.gui.models.cells import Cell

translate = QCoreApplication.translate

CREATED = "created"
PERIODS = (30, 90, 180, 365)
_YEAR = 365
_SHORT = 40


def used(key: Key, now: int) -> str:
    """Return the line under a key's name: v4 · used just now."""
    if key.last_used is not None:
        what = translate("KeyWords", "used {when}").format(when=moments.ago(key.last_used, now))
    else:
        what = translate("KeyWords", "not used yet") if key.origin == CREATED else translate("KeyWords", "imported")
    return translate("KeyWords", "v{n} · {what}").format(n=key.primary_number, what=what)


def state(key: Key, now: int) -> Cell:
    """Return the badge of a key's state."""
    match key.state:
        case KeyState.ENABLED:
            return Cell(translate("KeyWords", "Enabled"), badge="ok", icon="check")
        case KeyState.DISABLED:
            return Cell(translate("KeyWords", "Disabled"), badge="mute", icon="ban")
        case KeyState.PENDING_IMPORT:
            return Cell(translate("KeyWords", "Waits for material"), badge="warn", icon="clock")
        case KeyState.PENDING_DELETION:
            left = moments.days_until(key.deletes_at or now, now)
            text = (
                translate("KeyWords", "Deletes in {days}").format(days=moments.days(left))
                if left
                else translate("KeyWords", "Deletes now")
            )
            return Cell(text, badge="bad", icon="trash-2")


def rotation(key: Key, now: int) -> Cell:
    """Return when a key rotates next, and how often."""
    if key.rotation_days is None or key.next_rotation is None:
        return Cell(translate("KeyWords", "Off"), tone="text3")
    every = period(key.rotation_days)
    if key.state is not KeyState.ENABLED:
        return Cell(translate("KeyWords", "Paused"), second=every, tone="text3")
    left = moments.days_until(key.next_rotation, now)
    if not left:
        return Cell(translate("KeyWords", "Due now"), second=every, tone="warn", icon="clock")
    return Cell(translate("KeyWords", "in {days}").format(days=moments.days(left)), second=every)


def period(days: int) -> str:
    """Return how often a key rotates."""
    if days == _YEAR:
        return translate("KeyWords", "Every year")
    return quantities.counted(days, translate("KeyWords", "Every day"), translate("KeyWords", "Every {n} days"))


def next_time(key: Key, now: int) -> str:
    """Return the sentence beside the period."""
    if key.next_rotation is None:
        return ""
    if key.state is not KeyState.ENABLED:
        return translate("KeyWords", "paused until the key is enabled")
    if key.next_rotation <= now:
        return translate("KeyWords", "due now, within the hour")
    return translate("KeyWords", "next on {day}").format(day=moments.date(key.next_rotation))


def version_line(key: Key, version: KeyVersion) -> str:
    """Return what a version may be used for, and since when it is there."""
    since = moments.date(version.created)
    if version.state is not KeyState.ENABLED:
        return translate("KeyWords", "Disabled: what it encrypted stays closed · made {day}").format(day=since)
    if key.state is not KeyState.ENABLED:
        return translate("KeyWords", "Made {day}").format(day=since)
    if version.version_id == key.primary:
        return translate("KeyWords", "Encrypts and decrypts · since {day}").format(day=since)
    return translate("KeyWords", "Decrypts · made {day}").format(day=since)


def known_files(number: int) -> str:
    """Return how many files are known to need a key. Below 0: they are being counted."""
    if number < 0:
        return translate("KeyWords", "Counting the files that need it…")
    if number == 0:
        return translate("KeyWords", "No known file needs this key")
    one = translate("KeyWords", "1 known file needs this key")
    return quantities.counted(number, one, translate("KeyWords", "{n} known files need this key"))


def older_files(key: Key) -> str:
    """Return how many of the known files need an older version of a key; empty for none, or while they are counted."""
    if key.older_files <= 0:
        return ""
    if key.older_files == key.known_files:
        return (
            translate("KeyWords", "It needs an older version")
            if key.known_files == 1
            else translate("KeyWords", "All of them need an older version")
        )
    one = translate("KeyWords", "1 of them needs an older version")
    return quantities.counted(key.older_files, one, translate("KeyWords", "{n} of them need an older version"))


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
