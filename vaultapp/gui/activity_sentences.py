"""What people read of an entry of the activity log, in the desktop's language, and the icons beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.contracts.activity_sentences import ActivitySentences, result_code
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


def icon_of(entry: Entry) -> str:
    """Return the name of the icon of an entry's action."""
    return ICONS.get(entry.action, "activity")


def group_of(entry: Entry) -> Group:
    """Return what an entry is about."""
    match entry.action.partition(".")[0]:
        case "file" | "text":
            return Group.FILES
        case "key":
            return Group.KEYS
        case _:
            return Group.VAULT


def what_of(entry: Entry, times: int) -> str:
    """Return the first line. Times: how many equal calls it stands for."""
    return _SPEAK.what_of(entry, times)


def detail_of(entry: Entry) -> str:
    """Return the second line: what the facts say, or what did not work; empty when there is nothing to add."""
    return _SPEAK.detail_of(entry)


def problem_of(entry: Entry) -> Sentence:
    """Return the sentences of what did not work."""
    return _SPEAK.problem_of(entry)


def who_of(actor: Actor) -> str:
    """Return who asked."""
    return _SPEAK.who_of(actor)


def used_of(entry: Entry, vault: str) -> Used:
    """Return what it was done with: a key, a passphrase, or the vault, which is called so."""
    if entry.subject_kind == "key":
        return Used(printable(entry.subject), "key-round", plate=entry.outcome not in _NO_SUCH_KEY)
    if entry.subject_kind == "credential":
        return Used(printable(entry.subject), "rectangle-ellipsis")
    if entry.subject_kind == "passphrase":
        return Used(_SPEAK.phrase("passphrase"), "rectangle-ellipsis")
    return Used(vault, "vault")


def result_of(entry: Entry) -> Result:
    """Return how it ended."""
    kind, icon = _BADGES[result_code(entry)]
    return Result(_SPEAK.result_of(entry), kind, icon)


def fact_name(name: str) -> str:
    """Return what a fact is called."""
    return _SPEAK.fact_name(name)


def fact_value(name: str, value: str | int) -> str:
    """Return a fact as people read it; nothing of it is left out."""
    return _SPEAK.fact_value(name, value)


_SPEAK = ActivitySentences(
    lambda text: translate("Activity", text), quantities.count, quantities.size, messages.message
)

_BADGES = {
    "done": ("ok", "check"),
    "begun": ("info", "clock"),
    "cancelled": ("mute", "ban"),
    "refused": ("bad", "x"),
    "failed": ("bad", "x"),
}

ICONS: Mapping[str, str] = {
    "file.seal": "file-lock",
    "file.open": "lock-open",
    "file.rewrap": "refresh-cw",
    "text.encrypt": "letter-text",
    "text.decrypt": "letter-text",
    "key.create": "key-round",
    "key.rename": "pencil",
    "key.alias": "pencil",
    "key.describe": "pencil",
    "key.tag": "pencil",
    "key.rotate": "rotate-cw",
    "key.schedule_rotation": "clock",
    "key.enable": "circle-check",
    "key.disable": "ban",
    "key.delete": "trash-2",
    "key.undelete": "undo-2",
    "key.export": "upload",
    "key.destroy": "trash-2",
    "credential.create": "plus",
    "credential.read": "eye",
    "credential.code": "clock",
    "credential.put": "pencil",
    "credential.edit": "pencil",
    "credential.promote": "undo-2",
    "credential.enable_version": "circle-check",
    "credential.disable_version": "ban",
    "credential.delete": "trash-2",
    "credential.restore": "undo-2",
    "credential.destroy": "trash-2",
    "credential.attach": "paperclip",
    "credential.detach": "paperclip",
    "credential.attachment": "paperclip",
    "credential.import": "download",
    "credential.export": "upload",
    "credential.rotate": "rotate-cw",
    "credential.retire": "hourglass",
    "credential.schedule": "clock",
    "credential.check": "shield-check",
    "trigger.watch": "bell",
    "trigger.unwatch": "bell",
    "trigger.call": "siren",
    "slot.remove": "x",
    "passphrase.change": "rectangle-ellipsis",
    "passphrase.reset": "rectangle-ellipsis",
    "recovery.new": "life-buoy",
    "recovery.drill": "life-buoy",
    "vault.create": "vault",
    "vault.unlock": "lock-open",
    "vault.admit": "lock-open",
    "vault.lock": "lock",
    "window.lock": "lock",
    "window.unlock": "lock-open",
    "setting.locking": "settings-2",
    "setting.plugins": "settings-2",
    "vault.accept_older": "history",
    "vault.backup": "history",
    "vault.restore": "history",
    "vault.verify": "shield-check",
}
