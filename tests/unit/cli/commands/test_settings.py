from __future__ import annotations

from tests.unit.cli.fakes import User
from vaultapp.contracts.locking import LockSettings, LockTrigger, TriggerState

STATES = (
    TriggerState(LockTrigger.IDLE, True, "windows_only"),
    TriggerState(LockTrigger.SLEEP, True),
    TriggerState(LockTrigger.SESSION_LOCKED, False, "no_session"),
    TriggerState(LockTrigger.USER_SWITCHED, True),
    TriggerState(LockTrigger.SCREEN_SAVER, False, "no_screen_saver"),
)


def test_what_locks_the_vault_is_shown_with_what_this_desktop_does_not_tell(user: User) -> None:
    user.unlocked(lock_settings=LockSettings(on_user_switch=False), lock_triggers=STATES)
    lines = user.run("settings", "lock").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines[:5]] == [
        "After no input",
        "When the computer sleeps",
        "When the screen is locked",
        "When someone else logs in",
        "When the screen saver comes on",
    ]
    told = [line.split("  ")[-1].strip() for line in lines[:5]]
    assert told == [
        "15 minutes. This desktop does not tell when it is used: only input to this app counts.",
        "yes",
        "yes. This system does not tell of it: logind knows no session of yours.",
        "no",
        "yes. This desktop has no screen saver that tells of it.",
    ]
    assert lines[5] == "It is changed in the window, under Settings."


def test_programs_get_codes(user: User) -> None:
    user.unlocked(lock_settings=LockSettings(idle_minutes=0), lock_triggers=STATES[:2])
    assert user.json("settings", "lock") == {
        "idle_minutes": 0,
        "on_sleep": True,
        "on_session_lock": True,
        "on_screen_saver": True,
        "on_user_switch": True,
        "triggers": [
            {"trigger": "idle", "available": True, "note": "windows_only"},
            {"trigger": "sleep", "available": True, "note": None},
        ],
    }
