from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from vaultapp.core.errors import VaultLocked
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.services.window_activity import WindowActivity


def test_it_tells_when_the_window_was_locked_and_why_and_when_it_was_unlocked(
    given: GivenVault, unlocked: UnlockedVault
) -> None:
    activity = WindowActivity(lambda: unlocked, "personal")
    assert activity.locked("idle")
    assert activity.opened()
    told = [(entry.action, entry.actor.role, entry.subject, entry.facts) for entry in log(unlocked)]
    assert told == [
        ("window.lock", "agent", "personal", {"reason": "idle"}),
        ("window.unlock", "agent", "personal", {}),
    ]


def test_what_cannot_be_written_is_no_error(unlocked: UnlockedVault) -> None:
    def locked() -> UnlockedVault:
        raise VaultLocked

    assert not WindowActivity(locked, "personal").locked("idle")
    unlocked.vault.close()
    assert not WindowActivity(lambda: unlocked, "personal").opened()


def test_a_vault_that_is_not_checked_takes_no_entry_and_nobody_waits(
    unlocked: UnlockedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(unlocked.vault), "is_checked", False)
    assert not WindowActivity(lambda: unlocked, "personal").locked("idle")
    assert log(unlocked) == []
