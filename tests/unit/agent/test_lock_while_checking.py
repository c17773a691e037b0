"""A lock does not wait until the whole vault is read, whoever wished the check."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn, cast

import pytest

from tests.given_vault import PASSPHRASE, GivenVault, secret
from vaultapp.agent.lifecycle import Lifecycle
from vaultapp.agent.roles import Role
from vaultapp.agent.server import Stay
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.vault import VaultChecked, VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.store import check
from vaultapp.store.sealing import Row, RowSealer

KEYS = 20


class Replaced(BaseException):
    """Stands for the exec, which never returns."""


class Terminal:
    """A connection that has one call running, or none."""

    role = Role.TERMINAL
    goes_on = False

    def __init__(self, work: WorkContext[None], call: Callable[[], object] | None = None) -> None:
        self.told: list[VaultLocking] = []
        self._work = work
        self._thread = threading.Thread(target=call)
        if call is not None:
            self._thread.start()

    def cancel_calls(self) -> None:
        self._work.cancel()

    def wait_calls(self, until: float) -> bool:
        if self._thread.ident is not None:
            self._thread.join(until - time.monotonic())
        return not self._thread.is_alive()

    def tell(self, event: VaultLocking, *, until: float) -> None:
        self.told.append(event)

    def close(self) -> None: ...


class SlowReading:
    """The rows of a vault, one at a time: the first of them takes until somebody stops the check.

    Attributes:
        begun: The first row is being read.
        stopped: Set by whoever stops it.
        rows: How many were read.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.stopped = threading.Event(), threading.Event()
        self.rows = 0
        real = RowSealer.sum_of

        def slow(sealer: RowSealer, rows: Sequence[Row]) -> int:
            self._read(len(rows))
            return real(sealer, rows)

        monkeypatch.setattr(check, "_ROWS_AT_ONCE", 1)
        monkeypatch.setattr(RowSealer, "sum_of", slow)

    def _read(self, rows: int) -> None:
        self.rows += rows
        self.begun.set()
        if not self.stopped.wait(20):
            raise TimeoutError("nobody stopped the check")


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    keeper = found.created()
    for number in range(KEYS):
        found.keys(keeper.unlocked).create(NewKey(f"key {number}"))
    keeper.close()
    yield found
    found.close()


def lock(keeper: VaultKeeper, terminal: Terminal) -> None:
    def replace(_program: str, _command: list[str]) -> NoReturn:
        raise Replaced

    with socket.socket(socket.AF_UNIX) as listening:
        lifecycle = Lifecycle(
            keeper.path,
            cast("Any", SimpleNamespace(connections=(terminal,), stay=Stay.WITH_WINDOW, pause=lambda: None)),
            cast("Any", SimpleNamespace(descriptors=(), release=lambda: None)),
            listening,
            keeper.close,
            lambda: None,
            SleepDelay(),
            replace,
        )
        with pytest.raises(Replaced):
            lifecycle.lock("sleep")


def test_the_check_behind_an_unlock_is_given_up(given: GivenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = SlowReading(monkeypatch)
    told = given.heard(VaultChecked)
    keeper = given.keeper(checked_at_opening=5)
    keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert reading.begun.wait(20)
    keeper.vault._gate._work.when_cancelled(reading.stopped.set)
    terminal = Terminal(WorkContext())
    lock(keeper, terminal)
    assert reading.rows == 1
    # Nothing may be written before the check has passed, not even that it was locked.
    assert terminal.told == [VaultLocking("sleep", ("activity",))]
    assert keeper.base_status().state is VaultState.LOCKED
    assert told == []


def test_a_check_that_somebody_asked_for_is_given_up(given: GivenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = given.unlocked()
    reading = SlowReading(monkeypatch)
    work: WorkContext[None] = WorkContext()
    work.when_cancelled(reading.stopped.set)
    ended: list[BaseException] = []

    def verify() -> None:
        try:
            given.service(keeper).verify(work)
        except OperationCancelled as exc:
            ended.append(exc)

    terminal = Terminal(work, verify)
    assert reading.begun.wait(20)
    lock(keeper, terminal)
    assert len(ended) == 1
    assert reading.rows == 1
    assert terminal.told == [VaultLocking("sleep")]
    assert keeper.base_status().state is VaultState.LOCKED
