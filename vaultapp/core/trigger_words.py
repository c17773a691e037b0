"""The words for what locks a vault by itself, in English; the faces speak from these tables."""

from __future__ import annotations

from collections.abc import Mapping

# By the trigger's code.
TRIGGERS: Mapping[str, str] = {
    "idle": "After no input",
    "sleep": "When the computer sleeps",
    "session_locked": "When the screen is locked",
    "screen_saver": "When the screen saver comes on",
    "user_switched": "When someone else logs in",
}

# By the note on a trigger; some notes say different things of different triggers.
NOTES: Mapping[tuple[str, str], str] = {
    ("idle", "windows_only"): "This desktop does not tell when it is used: only input to this app counts.",
    ("sleep", "no_delay"): "The computer does not wait for it here: it may lock only when it wakes.",
    ("sleep", "no_bus"): "This system does not tell when it sleeps: its message bus does not answer.",
    ("sleep", "no_logind"): "This system does not tell when it sleeps: logind is not there.",
    ("sleep", "no_listener"): "Not available: the part of this app that listens for it could not be loaded.",
    ("session_locked", "no_bus"): "This system does not tell of it: its message bus does not answer.",
    ("session_locked", "no_logind"): "This system does not tell of it: logind is not there.",
    ("session_locked", "no_session"): "This system does not tell of it: logind knows no session of yours.",
    ("session_locked", "no_listener"): "Not available: the part of this app that listens for it could not be loaded.",
    ("user_switched", "no_bus"): "This system does not tell of it: its message bus does not answer.",
    ("user_switched", "no_logind"): "This system does not tell of it: logind is not there.",
    ("user_switched", "no_session"): "This system does not tell of it: logind knows no session of yours.",
    ("user_switched", "no_listener"): "Not available: the part of this app that listens for it could not be loaded.",
    ("screen_saver", "no_bus"): "This desktop does not tell of it: its message bus does not answer.",
    ("screen_saver", "no_screen_saver"): "This desktop has no screen saver that tells of it.",
    ("screen_saver", "no_listener"): "Not available: the part of this app that listens for it could not be loaded.",
}
