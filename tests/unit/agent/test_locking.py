from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import PASSPHRASE, GivenClock, GivenVault
from vaultapp.agent.lock_guard import LockGuard
from vaultapp.agent.locking import AgentLocking, watch
from vaultapp.contracts.locking import AutoLock, LockSettings
from vaultapp.core.errors import HostError, VaultDamaged, VaultLocked, VaultTampered, WrongPassphrase
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


def test_a_terminal_changes_nothing_without_the_passphrase(guard: LockGuard, given: GivenVault) -> None:
    keeper = given.created()
    unlocked = keeper.unlocked
    service = LockSettingsService(unlocked.vault, given.pen(unlocked), given.random)
    locking = AgentLocking(lambda: service, guard, keeper.admit, asks=True)
    wished = LockSettings(0, programs_go_on=True)
    wrong = bytearray(b"wrong")
    with pytest.raises(WrongPassphrase):
        locking.change_with(wished, wrong)
    assert wrong == bytes(5)
    assert service.settings() == LockSettings()
    right = bytearray(PASSPHRASE, "ascii")
    assert locking.change_with(wished, right) == wished
    assert right == bytes(len(PASSPHRASE))
    assert service.settings() == wished


@pytest.mark.parametrize("asks", [True, False])
def test_only_for_whom_it_may_the_desktop_is_asked(
    guard: LockGuard, monkeypatch: pytest.MonkeyPatch, asks: bool
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(guard, "triggers", lambda *, ask: asked.append(ask))

    def service() -> LockSettingsService:
        raise VaultLocked

    AgentLocking(service, guard, lambda _passphrase: None, asks=asks).triggers()
    assert asked == [asks]
