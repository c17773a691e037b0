from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import User
from vaultapp.cli.commands import doctor


def findings(user: User) -> dict[str, str]:
    return {one["subject"]: one["state"] for one in user.json("doctor")["findings"]}


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
    monkeypatch.setattr(doctor, "_meminfo", lambda name: mib * 1024 * 1024 if name == "MemAvailable" else 0)
    assert findings(user)["memory"] == state
