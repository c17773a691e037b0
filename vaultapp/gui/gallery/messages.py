"""What the window says: bars, toasts, empty places."""

from __future__ import annotations

from collections.abc import Callable

from vaultapp.core.sentences import Sentence
from vaultapp.gui.gallery.sheet import Sheet, fixed, held
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.empty_state import EmptyState
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.toast import Toast

_BODY = "Nothing was written, and what was there before is untouched."


def _nothing() -> None:
    """Do nothing: the buttons here are to be looked at."""


def messages(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Messages")
    sheet.wide(
        "Message bars",
        *((kind, _bar(look, kind)) for kind in ("bad", "warn", "info", "ok")),
        ("one sentence", MessageBar(look, "info", "One sentence alone.")),
        ("actions, closable", _bar(look, "bad", "Show in folder", "Try again")),
        ("long, with an action", _long(look)),
    )
    notices = Notices(look)
    notices_held = held(notices)
    for at in (1, 2):
        notices.tell("bad", Sentence(f"Key {at} was not rotated.", "The old one still works.", "Try again."))
    sheet.wide("Notices of a page", ("two errors, the newer one first", notices_held))
    sheet.group(
        "Toasts",
        ("what was done", _toast(look, "“Personal” is enabled", "check")),
        ("with a way back", _toast(look, "“Staging” deletes on 4 Dec 2026", "trash-2", "Undo", "Ctrl Z")),
        ("with something to do", _toast(look, "All of the activity was exported", "check", "Show in folder")),
    )
    empty = EmptyState(look, "key-round", "Make a key")
    empty.say("No keys yet", "A key encrypts files and texts.")
    found = EmptyState(look, "list-filter", "Show all keys")
    found.say("No key matches “tundra”", "Names, aliases, tags and ids were looked at.")
    sheet.group("Empty places", ("at first", fixed(empty, 420, 220)), ("nothing found", fixed(found, 420, 220)))
    return sheet


def _bar(look: Look, kind: str, *actions: str) -> MessageBar:
    bar = MessageBar(look, kind, "This file was changed or cut short.", _BODY, closable=bool(actions))
    for action in actions:
        bar.add_action(action, _nothing)
    return bar


def _long(look: Look) -> MessageBar:
    bar = MessageBar(look, "warn", "A sentence of many words. " * 6, "And another one that is just as long. " * 6)
    bar.add_action("Look at it", _nothing)
    return bar


def _toast(look: Look, text: str, icon: str, action: str = "", keys: str = "") -> Toast:
    call: Callable[[], object] | None = _nothing if action else None
    return Toast(look, text, icon, action, call, keys=keys)
