from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import GivenClock, GivenVault
from vaultapp.agent.lock_guard import LockGuard
from vaultapp.agent.locking import AgentLocking, watch
from vaultapp.contracts.locking import AutoLock, LockSettings
from vaultapp.core.errors import HostError, VaultDamaged, VaultLocked, VaultTampered
from vaultapp.services.lock_settings import LockSettingsService


@pytest.fixture
def guard(tmp_path: Path) -> Iterator[LockGuard]:
    nowhere = f"unix:path={tmp_path / 'none'}"
    environment = {"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere}
    found = LockGuard(GivenClock(), environment, lambda _reason: None, lambda _due: None, 0.02)
    yield found
    found.stop()


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


def test_a_vault_that_was_opened_is_guarded_by_its_settings(guard: LockGuard, given: GivenVault) -> None:
    unlocked = given.created().unlocked
    service = LockSettingsService(unlocked.vault, given.pen(unlocked), given.random)
    service.change(LockSettings(5))
    watch(lambda: service, guard)
    assert guard.due() == AutoLock(300)


@pytest.mark.parametrize(
    "error", [VaultDamaged(reason="description"), VaultTampered(), HostError(reason="io"), RuntimeError()]
)
def test_a_vault_whose_settings_cannot_be_read_is_guarded_by_the_defaults(guard: LockGuard, error: Exception) -> None:
    def service() -> LockSettingsService:
        raise error

    watch(service, guard)
    assert guard.due() == AutoLock(900)


def test_a_vault_that_is_locked_again_is_not_guarded(guard: LockGuard) -> None:
    def service() -> LockSettingsService:
        raise VaultLocked

    watch(service, guard)
    assert guard.due() == AutoLock(None)


@pytest.mark.parametrize("asks", [True, False])
def test_only_for_whom_it_may_the_desktop_is_asked(
    guard: LockGuard, monkeypatch: pytest.MonkeyPatch, asks: bool
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(guard, "triggers", lambda *, ask: asked.append(ask))

    def service() -> LockSettingsService:
        raise VaultLocked

    AgentLocking(service, guard, asks=asks).triggers()
    assert asked == [asks]
