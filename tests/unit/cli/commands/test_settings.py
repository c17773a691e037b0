from __future__ import annotations

import pytest

from tests.unit.cli.fakes import User
from vaultapp.contracts.locking import LockSettings, LockTrigger, TriggerState
from vaultapp.contracts.plugins import PluginState
from vaultapp.core.errors import NotFound, WrongPassphrase

PLUGINS = (
    PluginState("acme", "acme-vault", "1.0", allowed=True, kind="acme-thing"),
    PluginState("broken", "broken", "2", allowed=True, error="ZeroDivisionError: division by zero"),
    PluginState("notebook", "notes", "1.1"),
)

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
    assert lines[5].endswith("  everything is locked")
    assert lines[6] == "It is changed by the options of this command, or in the window under Settings."


def test_programs_get_codes(user: User) -> None:
    user.unlocked(lock_settings=LockSettings(idle_minutes=0), lock_triggers=STATES[:2])
    assert user.json("settings", "lock") == {
        "idle_minutes": 0,
        "on_sleep": True,
        "on_session_lock": True,
        "on_screen_saver": True,
        "on_user_switch": True,
        "programs_go_on": False,
        "triggers": [
            {"trigger": "idle", "available": True, "note": "windows_only"},
            {"trigger": "sleep", "available": True, "note": None},
        ],
    }


def test_what_is_given_is_changed_and_nothing_else_and_takes_the_passphrase_again(user: User) -> None:
    kept = LockSettings(on_screen_saver=False)
    wished = LockSettings(5, on_sleep=False, on_screen_saver=False, programs_go_on=True)
    user.unlocked(lock_settings=kept, lock_triggers=STATES, lock_change_with=wished)
    user.terminal.lines = ["correct horse"]
    options = ("--idle-minutes", "5", "--on-sleep", "off", "--programs-go-on", "on")
    lines = user.run("settings", "lock", *options).stdout.splitlines()
    assert user.agent.called("lock.change_with") == [{"settings": wished, "passphrase": b"correct horse"}]
    assert user.agent.called("vault.unlock") == []
    assert lines[-1].endswith("  programs go on")


def test_a_change_with_a_wrong_passphrase_is_refused(user: User) -> None:
    user.unlocked(lock_settings=LockSettings(), lock_triggers=STATES, lock_change_with=WrongPassphrase())
    user.terminal.lines = ["wrong"]
    assert user.error("settings", "lock", "--idle-minutes", "0")[1]["code"] == "wrong_passphrase"


def test_what_cannot_be_is_said_before_anything_is_asked(user: User) -> None:
    assert user.run("settings", "lock", "--idle-minutes", "1441").exit_code == 2
    assert user.run("settings", "lock", "--on-sleep", "perhaps").exit_code == 2
    assert user.agent.calls == []


def test_plug_ins_are_shown_with_what_is_wrong_with_them(user: User) -> None:
    user.unlocked(plugins_plugins=PLUGINS)
    assert user.run("settings", "plugins").stdout.splitlines() == [
        "NAME      FROM            STATE                                                ROTATES",
        "acme      acme-vault 1.0  on                                                   acme-thing",
        "broken    broken 2        cannot be used: ZeroDivisionError: division by zero",
        "notebook  notes 1.1       off",
    ]
    assert user.json("settings", "plugins")["plugins"][2] == {
        "name": "notebook",
        "distribution": "notes",
        "version": "1.1",
        "allowed": False,
        "kind": "",
        "error": "",
    }


def test_without_plug_ins_that_is_said(user: User) -> None:
    user.unlocked(plugins_plugins=())
    assert user.run("settings", "plugins").stdout == "No plug-ins are installed.\n"


@pytest.mark.parametrize(("option", "allowed"), [("--allow", True), ("--refuse", False)])
def test_a_plug_in_is_let_in_and_put_out(user: User, option: str, allowed: bool) -> None:
    user.unlocked(plugins_allow_plugin=PLUGINS)
    assert user.run("settings", "plugins", option, "notebook").exit_code == 0
    assert user.agent.called("plugins.allow_plugin") == [{"name": "notebook", "allowed": allowed}]


def test_one_that_is_not_installed_is_told(user: User) -> None:
    user.unlocked(plugins_allow_plugin=NotFound(kind="plugin", name="zebra"))
    result = user.run("settings", "plugins", "--allow", "zebra")
    assert result.exit_code == 2
    assert result.stderr.startswith("vaultapp: No plug-in “zebra” is installed.")


def test_both_at_once_are_a_mistake(user: User) -> None:
    assert user.run("settings", "plugins", "--allow", "a", "--refuse", "b").exit_code == 2
    assert user.agent.calls == []
