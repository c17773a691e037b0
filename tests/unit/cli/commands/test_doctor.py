from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import User
from vaultapp.cli.doctor import desktop, memory, process
from vaultapp.contracts.locking import LockTrigger, TriggerState


@pytest.fixture(autouse=True)
def _no_buses(user: User, tmp_path: Path) -> None:
    """Let the buses of this machine have no say."""
    for bus in ("SESSION", "SYSTEM"):
        user.environment[f"DBUS_{bus}_BUS_ADDRESS"] = f"unix:path={tmp_path}/no bus"


def findings(user: User) -> dict[str, str]:
    return {one["subject"]: one["state"] for one in user.json("doctor")["findings"]}


def texts(user: User) -> dict[str, tuple[str, str, str]]:
    found = user.json("doctor")["findings"]
    assert len({one["subject"] for one in found}) == len(found)
    return {one["subject"]: (one["state"], one["text"], one["todo"]) for one in found}


def test_nothing_is_started_asked_or_made(user: User) -> None:
    found = findings(user)
    assert found["agent"] == "ok"
    assert {"version", "runtime folder", "vault file", "memory", "locked memory", "swap", "debugging"} <= set(found)
    assert (user.agents.started, user.terminal.asked) == ([], [])
    assert not user.places.runtime.exists()


def test_rights_of_the_vault_file_are_looked_at(user: User) -> None:
    user.vault.chmod(0o600)
    assert findings(user)["vault file"] == "ok"
    user.vault.chmod(0o644)
    assert findings(user)["vault file"] == "warn"


def test_a_folder_where_anybody_may_replace_the_vault_is_bad(user: User) -> None:
    user.vault.parent.chmod(0o777)
    result = user.run("doctor")
    assert result.exit_code == 5
    assert "anybody may replace files" in result.stdout
    user.vault.parent.chmod(0o1777)
    assert user.run("doctor").exit_code == 0


def test_a_runtime_folder_that_is_a_link_is_bad(user: User, tmp_path: Path) -> None:
    user.places.runtime.symlink_to(tmp_path)
    assert findings(user)["runtime folder"] == "bad"


def test_an_open_runtime_folder_is_told(user: User) -> None:
    user.places.runtime.mkdir(mode=0o755)
    assert findings(user)["runtime folder"] == "warn"


def test_an_agent_that_is_not_hardened_is_bad(user: User) -> None:
    user.unlocked()
    user.agent.status = replace(user.agent.status, pid=os.getpid())
    found = user.run("doctor")
    assert found.exit_code == 5
    assert "other programs of this user can read the agent's memory" in found.stdout


def test_an_agent_of_another_version_is_told(user: User) -> None:
    user.unlocked()
    user.agent.status = replace(user.agent.status, version="9.9.9", pid=2**22 + 1)
    found = findings(user)
    assert (found["agent"], found["hardening"]) == ("warn", "warn")


@pytest.mark.parametrize(("mib", "state"), [(32, "bad"), (128, "warn"), (8000, "ok")])
def test_memory_for_unlocking(user: User, monkeypatch: pytest.MonkeyPatch, mib: int, state: str) -> None:
    monkeypatch.setattr(memory, "meminfo", lambda name: mib * 1024 * 1024 if name == "MemAvailable" else 0)
    assert findings(user)["memory"] == state


@pytest.mark.parametrize(("free", "state"), [(1_000, "bad"), (50_000_000, "warn"), (10**10, "ok")])
def test_room_for_the_vault(user: User, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    assert findings(user)["free space"] == state


@pytest.mark.parametrize(
    ("pattern", "limit", "state"),
    [
        ("core", 0, "ok"),
        ("core", resource.RLIM_INFINITY, "warn"),
        ("|/usr/lib/systemd/systemd-coredump %P", 0, "warn"),
        ("", 0, "ok"),
    ],
)
def test_what_becomes_of_a_crashed_windows_memory(
    user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pattern: str, limit: int, state: str
) -> None:
    (tmp_path / "pattern").write_text(pattern + "\n")
    monkeypatch.setattr(process, "_PATTERN", tmp_path / "pattern")
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (limit, limit))
    assert findings(user)["core dumps"] == state


@pytest.mark.parametrize(("screen", "state", "code"), [("", "warn", 0), (":7", "bad", 5)])
def test_a_missing_library_breaks_the_window_where_there_is_a_screen(
    user: User, monkeypatch: pytest.MonkeyPatch, screen: str, state: str, code: int
) -> None:
    monkeypatch.setattr(desktop, "_LIBRARIES", {"libno-such-thing.so.0": "libno-such0"})
    user.environment["DISPLAY"] = screen
    assert texts(user)["window libraries"] == (
        state,
        "libno-such-thing.so.0 missing; the window may not open",
        "On Debian: apt install libno-such0.",
    )
    assert user.run("doctor").exit_code == code


@pytest.mark.parametrize(
    ("variable", "program", "state"),
    [
        ("DISPLAY", "xclip", "ok"),
        ("DISPLAY", "wl-copy", "warn"),
        ("WAYLAND_DISPLAY", "wl-copy", "ok"),
        ("WAYLAND_DISPLAY", "xclip", "warn"),
    ],
)
def test_a_program_for_the_clipboard(user: User, tmp_path: Path, variable: str, program: str, state: str) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / program).touch(0o755)
    user.environment |= {variable: ":7", "PATH": str(tmp_path / "bin")}
    assert findings(user)["clipboard"] == state


def test_without_a_screen_nobody_misses_a_clipboard(user: User) -> None:
    assert "clipboard" not in findings(user)


def test_a_bus_that_does_not_answer_is_told_once_and_for_each_trigger(user: User) -> None:
    found = texts(user)
    assert found["session bus"][0] == "warn"
    assert "tray" not in found
    assert found["lock with the screen saver"][:2] == (
        "warn",
        "This desktop does not tell of it: its message bus does not answer",
    )
    assert found["lock when idle"][0] == "warn"
    assert user.run("doctor").exit_code == 0


def test_an_agent_that_runs_says_what_it_hears(user: User) -> None:
    user.unlocked(
        lock_triggers=(
            TriggerState(LockTrigger.SLEEP, available=True, note="no_delay"),
            TriggerState(LockTrigger.USER_SWITCHED, available=True),
        )
    )
    user.agent.status = replace(user.agent.status, pid=2**22 + 1)
    found = texts(user)
    assert found["lock at sleep"][:2] == (
        "warn",
        "The computer does not wait for it here: it may lock only when it wakes",
    )
    assert found["lock at user switch"] == ("ok", "it is heard here", "")
    assert "lock with the screen saver" not in found


def test_the_entry_in_the_menu_is_looked_for(user: User) -> None:
    assert texts(user)["menu"][2] == "`vaultapp desktop install` adds it."
    user.run("desktop", "install")
    assert texts(user)["menu"] == ("ok", "there is an entry for it that starts this vaultapp", "")


def test_people_read_what_to_do_under_each_line_and_the_sum(user: User) -> None:
    user.vault.chmod(0o644)
    lines = user.run("doctor").stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if "others may read" in line)
    assert lines[at].startswith("warn  vault file ")
    assert lines[at + 1] == "      chmod 600 closes it."
    assert lines[-1].startswith("Nothing is bad; ")
