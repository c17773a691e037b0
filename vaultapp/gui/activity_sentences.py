"""What people read of an entry of the activity log: what was done, by whom, with what, and how it ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.errors import OperationCancelled, UserError, by_code
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages, quantities

translate = QCoreApplication.translate

_NO_SUCH_KEY = frozenset({"not_found", "key_not_here"})


class Group(StrEnum):
    """What an action is about."""

    FILES = "files"
    KEYS = "keys"
    VAULT = "vault"


@dataclass(frozen=True, slots=True)
class Action:
    """The words of one action.

    Attributes:
        icon: Name of its icon.
        done: Said when it went well.
        tried: Said when it did not, or has only begun.
        detail: Returns a second line from the facts, when it went well.
        many: ``done`` for several at once, where the number belongs into the words.
        tried_many: ``tried`` for several at once.
    """

    icon: str
    done: str
    tried: str
    detail: Callable[[Entry], str] = lambda _entry: ""
    many: str = ""
    tried_many: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """How it ended: a word, the kind of its badge, and the badge's icon."""

    word: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Used:
    """What something was done with.

    Attributes:
        name: What it is called.
        icon: Name of its icon, where it has no plate.
        plate: It is, or was, a key of this vault.
    """

    name: str
    icon: str
    plate: bool = False


def action_of(entry: Entry) -> Action:
    """Return the words of an entry's action; one that is not known is called by its code."""
    found = ACTIONS.get(entry.action)
    return found or Action("activity", printable(entry.action), printable(entry.action))


def group_of(entry: Entry) -> Group:
    """Return what an entry is about."""
    match entry.action.partition(".")[0]:
        case "file" | "text":
            return Group.FILES
        case "key":
            return Group.KEYS
        case _:
            return Group.VAULT


def is_problem(entry: Entry) -> bool:
    """True for what was refused or failed."""
    return entry.outcome not in ("ok", "begun")


def what_of(entry: Entry, times: int) -> str:
    """Return the first line. Times: how many equal calls it stands for."""
    action = action_of(entry)
    well = entry.outcome == "ok"
    if entry.outcome == "begun" and isinstance(entry.facts.get("files"), int):
        times = int(entry.facts["files"])
    many = action.many if well else action.tried_many
    if times > 1 and many and "path" not in entry.facts:
        return translate("Activity", many).format(n=quantities.count(times))
    one = translate("Activity", action.done if well else action.tried)
    return one if times == 1 or entry.outcome == "begun" else f"{one} ×{quantities.count(times)}"


def detail_of(entry: Entry) -> str:
    """Return the second line: what the facts say, or what did not work; empty when there is nothing to add."""
    if entry.outcome == "begun":
        amount = entry.facts.get("bytes")
        return quantities.size(amount) if isinstance(amount, int) and amount else ""
    if is_problem(entry):
        return problem_of(entry).what
    return action_of(entry).detail(entry)


def problem_of(entry: Entry) -> Sentence:
    """Return the sentences of what did not work."""
    facts: dict[str, str | int] = dict(entry.facts)
    if entry.subject_kind == "key":
        facts |= {"kind": "key", "name": entry.subject, "key": entry.subject}
    about = {"file": "file", "text": "text"}.get(entry.action.partition(".")[0])
    return messages.message(entry.outcome, facts | {"of": about} if about else facts)


def who_of(actor: Actor) -> str:
    """Return who asked."""
    if actor.role == "window":
        return translate("Activity", "You")
    if actor.role == "agent":
        return translate("Activity", "The vault itself")
    return printable(actor.application or actor.program) or translate("Activity", "A program")


def used_of(entry: Entry, vault: str) -> Used:
    """Return what it was done with: a key, a passphrase, or the vault, which is called so."""
    if entry.subject_kind == "key":
        return Used(printable(entry.subject), "key-round", plate=entry.outcome not in _NO_SUCH_KEY)
    if entry.subject_kind == "passphrase":
        return Used(translate("Activity", "A passphrase"), "rectangle-ellipsis")
    return Used(vault, "vault")


def result_of(entry: Entry) -> Result:
    """Return how it ended."""
    if entry.outcome == "ok":
        return Result(translate("Activity", "Done"), "ok", "check")
    if entry.outcome == "begun":
        return Result(translate("Activity", "Begun"), "info", "clock")
    error = by_code(entry.outcome, {})
    if isinstance(error, OperationCancelled):
        return Result(translate("Activity", "Cancelled"), "mute", "ban")
    if isinstance(error, UserError):
        return Result(translate("Activity", "Refused"), "bad", "x")
    return Result(translate("Activity", "Failed"), "bad", "x")


def fact_name(name: str) -> str:
    """Return what a fact is called."""
    return translate("Activity", FACTS[name]) if name in FACTS else printable(name)


def fact_value(name: str, value: str | int) -> str:
    """Return a fact as people read it; nothing of it is left out."""
    if isinstance(value, str):
        return translate("Activity", VALUES[value]) if name in _CODED and value in VALUES else printable(value)
    return quantities.size(value) if name == "bytes" else quantities.count(value)


def _version(entry: Entry) -> str:
    number = entry.facts.get("version")
    return translate("Activity", "Version {n}").format(n=number) if number else ""


def _file(entry: Entry) -> str:
    path, number = entry.facts.get("path"), entry.facts.get("version")
    if not path:
        return _version(entry)
    name = printable(os.path.basename(str(path).rstrip("/")) or str(path))
    return translate("Activity", "{name}, version {n}").format(name=name, n=number) if number else name


def _text(entry: Entry) -> str:
    names = entry.facts.get("context")
    return _joined(
        _version(entry),
        translate("Activity", "context names {names}").format(names=printable(str(names))) if names else "",
    )


def _renamed(entry: Entry) -> str:
    name = entry.facts.get("name")
    return translate("Activity", "Now called “{name}”").format(name=printable(str(name))) if name else ""


def _rotated(entry: Entry) -> str:
    return _joined(_version(entry), _coded("reason")(entry))


def _period(entry: Entry) -> str:
    days = entry.facts.get("days")
    if not days:
        return translate("Activity", "Never by itself")
    return (
        translate("Activity", "Every day")
        if days == 1
        else translate("Activity", "Every {n} days").format(n=quantities.count(int(days)))
    )


def _deletion(entry: Entry) -> str:
    days = entry.facts.get("days")
    return translate("Activity", "In {n} days; until then it can be taken back").format(n=days) if days else ""


def _unlocked(entry: Entry) -> str:
    words = entry.facts.get("by") == "recovery_words"
    how = translate("Activity", "With the recovery words") if words else translate("Activity", "With the passphrase")
    failed = int(entry.facts.get("failed") or 0)
    if not failed:
        return how
    tries = (
        translate("Activity", "after a wrong try")
        if failed == 1
        else translate("Activity", "after {n} wrong tries").format(n=quantities.count(failed))
    )
    return _joined(how, tries)


def _counted(fact: str, one: Callable[[], str], many: Callable[[], str]) -> Callable[[Entry], str]:
    def detail(entry: Entry) -> str:
        number = entry.facts.get(fact)
        if not isinstance(number, int):
            return ""
        return one() if number == 1 else many().format(n=quantities.count(number))

    return detail


def _coded(fact: str) -> Callable[[Entry], str]:
    return lambda entry: fact_value(fact, entry.facts[fact]) if fact in entry.facts else ""


def _always(text: Callable[[], str]) -> Callable[[Entry], str]:
    return lambda _entry: text()


def _slot(entry: Entry) -> str:
    return fact_value("by", entry.subject)


def _joined(*parts: str) -> str:
    return translate("Activity", ", ").join(part for part in parts if part)


ACTIONS: Mapping[str, Action] = {
    "file.seal": Action(
        "file-lock", "Encrypted a file", "Encrypt a file", _file, "Encrypted {n} files", "Encrypt {n} files"
    ),
    "file.open": Action(
        "lock-open", "Decrypted a file", "Decrypt a file", _file, "Decrypted {n} files", "Decrypt {n} files"
    ),
    "file.rewrap": Action(
        "refresh-cw", "Re-wrapped a file", "Re-wrap a file", _file, "Re-wrapped {n} files", "Re-wrap {n} files"
    ),
    "text.encrypt": Action("letter-text", "Encrypted a text", "Encrypt a text", _text),
    "text.decrypt": Action("letter-text", "Decrypted a text", "Decrypt a text", _text),
    "key.create": Action("key-round", "Made a key", "Make a key"),
    "key.rename": Action("pencil", "Renamed a key", "Rename a key", _renamed),
    "key.alias": Action("pencil", "Changed a key's aliases", "Change a key's aliases"),
    "key.describe": Action("pencil", "Changed a key's description", "Change a key's description"),
    "key.tag": Action("pencil", "Changed a key's tags", "Change a key's tags"),
    "key.rotate": Action("rotate-cw", "Rotated a key", "Rotate a key", _rotated),
    "key.schedule_rotation": Action("clock", "Set when a key is rotated", "Set when a key is rotated", _period),
    "key.enable": Action("circle-check", "Enabled a key", "Enable a key", _version),
    "key.disable": Action("ban", "Disabled a key", "Disable a key", _version),
    "key.delete": Action("trash-2", "Scheduled a key's deletion", "Schedule a key's deletion", _deletion),
    "key.undelete": Action("undo-2", "Took a key's deletion back", "Take a key's deletion back"),
    "key.export": Action("upload", "Exported a key's material", "Export a key's material", _version),
    "key.destroy": Action("trash-2", "Deleted a key for good", "Delete a key for good"),
    "slot.remove": Action("x", "Removed a way to unlock", "Remove a way to unlock", _slot),
    "passphrase.change": Action("rectangle-ellipsis", "Changed the passphrase", "Change the passphrase"),
    "passphrase.reset": Action(
        "rectangle-ellipsis",
        "Set a new passphrase",
        "Set a new passphrase",
        _always(lambda: translate("Activity", "With the recovery words")),
    ),
    "recovery.new": Action(
        "life-buoy",
        "Made new recovery words",
        "Make new recovery words",
        _always(lambda: translate("Activity", "Kits printed before no longer open the vault")),
    ),
    "recovery.drill": Action(
        "life-buoy",
        "Tried the recovery words",
        "Try the recovery words",
        _counted(
            "keys",
            lambda: translate("Activity", "1 key could be read"),
            lambda: translate("Activity", "{n} keys could be read"),
        ),
    ),
    "vault.create": Action("vault", "Made the vault", "Make the vault"),
    "vault.unlock": Action("lock-open", "Unlocked", "Unlock", _unlocked),
    "vault.admit": Action(
        "lock-open",
        "Checked a passphrase",
        "Check a passphrase",
        _always(lambda: translate("Activity", "The vault was open already")),
    ),
    "vault.lock": Action("lock", "Locked", "Lock"),
    "vault.accept_older": Action("history", "Accepted an older copy of the vault", "Accept an older copy of the vault"),
    "vault.backup": Action("history", "Made a backup", "Make a backup", _coded("kind")),
    "vault.restore": Action("history", "Restored a backup", "Restore a backup"),
    "vault.verify": Action(
        "shield-check",
        "Checked the whole vault",
        "Check the whole vault",
        _counted(
            "rows",
            lambda: translate("Activity", "1 row is sound"),
            lambda: translate("Activity", "{n} rows are sound"),
        ),
    ),
}

FACTS = {
    "path": "File",
    "files": "Files",
    "bytes": "Size",
    "version": "Version",
    "context": "Context names",
    "name": "New name",
    "key": "Key id",
    "days": "Days",
    "reason": "Reason",
    "by": "By",
    "failed": "Wrong tries before",
    "replaced": "Ways in replaced",
    "kind": "Kind",
    "keys": "Keys read",
    "rows": "Rows",
}
_CODED = frozenset({"reason", "by", "kind"})
VALUES = {
    "asked": "asked for",
    "schedule": "by its schedule",
    "wraps": "used as often as is safe",
    "passphrase": "The passphrase",
    "recovery_words": "The recovery words",
    "daily": "Daily copy",
    "weekly": "Weekly copy",
    "copy": "Copy in a place of your choice",
}
