"""What people read of a credential in lists: its kind, age, next rotation, status."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import SCHEME, Credential
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan, RotationStep
from vaultapp.core.clock import DAY, MICROS
from vaultapp.core.printable import printable
from vaultapp.gui import moments, quantities
from vaultapp.gui.models.cells import Cell

translate = QCoreApplication.translate

PERIODS = (7, 30, 60, 90, 180, 365)
STEPS = (RotationStep.CREATE, RotationStep.SET, RotationStep.TEST, RotationStep.FINISH)
_MINUTE = 60 * MICROS
_HOUR = 60 * _MINUTE
_YEAR = 365
# What nothing rotates is to be changed by hand before it is a year old.
_OLD = 300 * DAY
_SOON = 14 * DAY
_WEAK = 2
_SHORT = 40


def kind_name(kind: str) -> str:
    """Return what a kind is called; a plug-in's by its own name."""
    names = {
        "mysql": translate("CredentialWords", "MySQL"),
        "postgresql": translate("CredentialWords", "PostgreSQL"),
        "redis": translate("CredentialWords", "Redis"),
        "aws": translate("CredentialWords", "AWS key"),
        "command": translate("CredentialWords", "Command"),
        "login": translate("CredentialWords", "Login"),
        "token": translate("CredentialWords", "API token"),
        "certificate": translate("CredentialWords", "Certificate"),
        "note": translate("CredentialWords", "Note"),
    }
    return names.get(kind) or printable(kind)


def kind_line(kind: CredentialKind) -> str:
    """Return one line about a kind, for who chooses it."""
    lines = {
        "mysql": translate("CredentialWords", "A user of MySQL or MariaDB. Rotated while programs keep running."),
        "postgresql": translate("CredentialWords", "A role of PostgreSQL. Rotated while programs keep running."),
        "redis": translate("CredentialWords", "A user of Redis or Valkey. Rotated on every node."),
        "aws": translate("CredentialWords", "An AWS access key. Replaced by a second key, then retired."),
        "command": translate("CredentialWords", "Anything that a program of yours can change."),
        "login": translate("CredentialWords", "A user and a password for a website, with one-time codes."),
        "token": translate("CredentialWords", "A key for an API. Kept and versioned."),
        "certificate": translate("CredentialWords", "A certificate and its private key."),
        "note": translate("CredentialWords", "A text that nobody else is to read."),
    }
    other = translate("CredentialWords", "Rotated by a plug-in.") if kind.rotates else ""
    return lines.get(kind.name) or other


def kind_icon(kind: str) -> str:
    """Return the name of a kind's icon."""
    icons = {
        "mysql": "database",
        "postgresql": "database",
        "redis": "database",
        "aws": "cloud",
        "command": "terminal",
        "login": "globe",
        "token": "key",
        "certificate": "file-badge",
        "note": "notebook-tabs",
    }
    return icons.get(kind, "rectangle-ellipsis")


def address(credential: Credential) -> str:
    """Return what programs hold: vault://prod/mysql/app."""
    return SCHEME + printable(credential.identifier)


def short(name: str) -> str:
    """Return a name for a sentence in one line: a long one loses its middle."""
    shown = printable(name)
    half = _SHORT // 2
    return shown if len(shown) <= _SHORT else f"{shown[: half - 1]}…{shown[-half:]}"


def age(micros: int, now: int) -> str:
    """Return how old something is: 5 min, 12 h, 29 d."""
    old = max(0, now - micros)
    if old < _HOUR:
        return translate("CredentialWords", "{n} min").format(n=old // _MINUTE)
    if old < DAY:
        return translate("CredentialWords", "{n} h").format(n=quantities.count(old // _HOUR))
    return translate("CredentialWords", "{n} d").format(n=quantities.count(old // DAY))


def next_rotation(credential: Credential, now: int) -> Cell:
    """Return when a credential rotates next, or else when it expires."""
    due = credential.plan.next_due
    if due is None:
        if credential.expires is None:
            return Cell(translate("CredentialWords", "By hand"), tone="text2")
        if credential.expires <= now:
            return Cell(translate("CredentialWords", "expired"), tone="bad")
        day = moments.near_date(credential.expires, now)
        return Cell(translate("CredentialWords", "expires {day}").format(day=day))
    if due <= now:
        late = (now - due) // DAY
        if not late:
            return Cell(translate("CredentialWords", "due now"), tone="warn")
        overdue = translate("CredentialWords", "overdue {n} d").format(n=quantities.count(late))
        return Cell(overdue, tone="bad")
    left = moments.days_until(due, now)
    if left == 1:
        return Cell(translate("CredentialWords", "tomorrow"))
    return Cell(translate("CredentialWords", "in {days}").format(days=moments.days(left)))


def status(credential: Credential, now: int) -> Cell:
    """Return how it stands with a credential: what needs the person first."""
    if credential.deletes_at is not None:
        left = moments.days_until(credential.deletes_at, now)
        text = translate("CredentialWords", "Gone in {days}").format(days=moments.days(left))
        return Cell(text, badge="bad", icon="trash-2")
    return _rotation(credential) or _times(credential, now) or _quality(credential, now)


def step_number(step: RotationStep) -> int:
    """Return a step's number, 1 to 4."""
    return STEPS.index(step) + 1 if step in STEPS else len(STEPS)


def period(days: int) -> str:
    """Return how often a credential rotates."""
    if days == _YEAR:
        return translate("CredentialWords", "Every year")
    return quantities.counted(
        days, translate("CredentialWords", "Every day"), translate("CredentialWords", "Every {n} days")
    )


def plan(told: RotationPlan) -> str:
    """Return how a plan says when; a cron line as it is."""
    if told.days:
        return period(told.days)
    return translate("CredentialWords", "By “{line}”").format(line=printable(told.cron)) if told.cron else ""


def is_weak(credential: Credential) -> bool:
    """Tell whether the current secret is easily guessed."""
    return credential.strength is not None and 0 < credential.strength <= _WEAK


def searched(credential: Credential) -> str:
    """Return what the filter looks at besides what the columns show."""
    tags = (f"{name}={value}" for name, value in credential.tags.items())
    return "\n".join((credential.name, credential.identifier, credential.description, *tags))


def _rotation(credential: Credential) -> Cell | None:
    """Return how it stands with the rotation, where that is what counts."""
    told = credential.rotation
    if told is None:
        return None
    match told.outcome:
        case RotationOutcome.RUNNING:
            at = step_number(told.step)
            text = translate("CredentialWords", "Rotating {n} of {all}").format(n=at, all=len(STEPS))
            return Cell(text, tone="accent_text", ring=at / len(STEPS))
        case RotationOutcome.STUCK:
            return Cell(translate("CredentialWords", "Stuck"), badge="bad", icon="circle-alert")
        case RotationOutcome.UNFINISHED:
            return Cell(translate("CredentialWords", "Unfinished"), badge="warn", icon="clock")
        case RotationOutcome.FAILED if told.started >= credential.changed:
            return Cell(translate("CredentialWords", "Failed, old kept"), badge="bad", icon="x")
    return None


def _times(credential: Credential, now: int) -> Cell | None:
    """Return what has come or comes soon."""
    due, expires, remind = credential.plan.next_due, credential.expires, credential.remind_at
    if expires is not None and expires <= now:
        return Cell(translate("CredentialWords", "Expired"), badge="bad", icon="x")
    if due is not None and due <= now:
        return Cell(translate("CredentialWords", "Due now"), badge="warn", icon="clock")
    if due is not None and due <= now + DAY:
        return Cell(translate("CredentialWords", "Due tomorrow"), badge="warn", icon="clock")
    if remind is not None and remind <= now:
        return Cell(translate("CredentialWords", "Reminder"), badge="warn", icon="bell")
    if expires is not None and expires <= now + _SOON:
        return Cell(translate("CredentialWords", "Expires soon"), badge="warn", icon="clock")
    return None


def _quality(credential: Credential, now: int) -> Cell:
    """Return what is to be said of the secret itself."""
    if is_weak(credential):
        return Cell(translate("CredentialWords", "Weak"), badge="warn", icon="triangle-alert")
    if credential.kind == "login" and now - credential.changed >= _OLD:
        return Cell(translate("CredentialWords", "Old"), badge="warn", icon="triangle-alert")
    return Cell(translate("CredentialWords", "Current"), badge="ok", icon="check")
