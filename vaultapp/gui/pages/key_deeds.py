"""What can be done with one key now: its menu and the command palette offer the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.core.printable import printable
from vaultapp.gui import deeds, key_words
from vaultapp.gui.commands import Command
from vaultapp.gui.deeds import Deed
from vaultapp.gui.key_actions import KeyActions

translate = QCoreApplication.translate


class Desk(Protocol):
    """Where people are asked about a key."""

    def rename(self, key: Key) -> None:
        """Begin to change the name."""

    def copy_id(self, key: Key) -> None:
        """Put the id on the clipboard."""

    def ask_export(self, key: Key) -> None:
        """Ask, then take the material out."""

    def ask_delete(self, key: Key) -> None:
        """Ask, then schedule the deletion."""


def deeds_of(key: Key, actions: KeyActions, desk: Desk) -> Sequence[Deed]:
    """Return what can be done with a key, in the order of its menu.

    Args:
        key: As it is now.
        actions: Changes keys.
        desk: Asks.
    """
    words = _words()
    leaves = key.state is KeyState.PENDING_DELETION
    enabled = key.state is KeyState.ENABLED
    rotates = enabled and key.origin == key_words.CREATED and not actions.is_rotating(key)
    rename = Deed(1, "pencil", *words["rename"], lambda: desk.rename(key), "F2")
    copy_id = Deed(1, "copy", *words["copy"], lambda: desk.copy_id(key))
    if leaves:
        return Deed(0, "undo-2", *words["undelete"], lambda: actions.take_back(key, enable=False)), rename, copy_id
    icon, turn = ("ban", "disable") if enabled else ("check", "enable")
    return (
        Deed(0, "rotate-cw", *words["rotate"], lambda: actions.rotate(key), allowed=rotates),
        Deed(0, icon, *words[turn], lambda: actions.turn(key, on=not enabled)),
        rename,
        copy_id,
        Deed(1, "upload", *words["export"], lambda: desk.ask_export(key)),
        Deed(2, "trash-2", *words["delete"], lambda: desk.ask_delete(key), "Del"),
    )


def commands_of(key: Key, actions: KeyActions, desk: Desk) -> Sequence[Command]:
    """Return what can be done with a key now, for the command palette."""
    return deeds.commands_of(deeds_of(key, actions, desk), translate("KeyMenu", "Action"), printable(key.name))


def verbs() -> frozenset[str]:
    """Return the words of all titles but the keys' names, case folded: how people ask for what can be done."""
    return deeds.verbs_of(title for _, title in _words().values())


def _words() -> dict[str, tuple[str, str]]:
    return {
        "rotate": (translate("KeyMenu", "Rotate now"), translate("KeyMenu", "Rotate {name}")),
        "disable": (translate("KeyMenu", "Disable"), translate("KeyMenu", "Disable {name}")),
        "enable": (translate("KeyMenu", "Enable"), translate("KeyMenu", "Enable {name}")),
        "rename": (translate("KeyMenu", "Rename"), translate("KeyMenu", "Rename {name}")),
        "copy": (translate("KeyMenu", "Copy the id"), translate("KeyMenu", "Copy the id of {name}")),
        "export": (translate("KeyMenu", "Export…"), translate("KeyMenu", "Export {name}…")),
        "delete": (translate("KeyMenu", "Schedule deletion…"), translate("KeyMenu", "Delete {name}…")),
        "undelete": (translate("KeyMenu", "Take back"), translate("KeyMenu", "Take back the deletion of {name}")),
    }
