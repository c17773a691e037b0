from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from vaultapp.agent.connection import Connection
from vaultapp.agent.vault import AgentState, AgentVault
from vaultapp.agent.window_lock import WindowLock
from vaultapp.contracts.vault import RestoreReport, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import SpaceMissing, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call, pack


class WindowOnly(WindowLock):
    """Locks the window where a process lets programs go on."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def lock(self, reason: str, asked: object = None) -> bool:
        if self._process.programs_go_on:
            self._process.told.append(("window", reason))
        return self._process.programs_go_on


class Process:
    """What the agent's process would do, written down."""

    def __init__(self, state: VaultState) -> None:
        self.state = state
        self.programs_go_on = False
        self.told: list[object] = []

    def status(self) -> VaultStatus:
        return VaultStatus(self.state, b"/x.vault", "x", "1", 1)

    def lock(self, reason: str, asked: object = None, *, quit_agent: bool = False) -> None:
        self.told.append((reason, quit_agent))

    def answer_now(self, _call: Call, value: object) -> None:
        self.told.append(value)

    def fail_now(self, _call: Call, error: VaultError) -> None:
        self.told.append(error.code)

    def vault(self, service: object) -> AgentVault:
        agent = cast("Any", self)
        state = AgentState(cast("Any", None), agent, cast("Any", None), WindowOnly(self), lambda: 0, self.status)
        return AgentVault(cast("Any", service), state, cast("Connection", self), Call(1, "vault", "restore", pack({})))


@pytest.mark.parametrize("state", [VaultState.UNLOCKED, VaultState.UNLOCKING])
def test_an_agent_that_has_or_is_getting_the_keys_locks(state: VaultState) -> None:
    process = Process(state)
    process.vault(None).lock()
    assert process.told == [("asked", False)]


@pytest.mark.parametrize("state", [VaultState.LOCKED, VaultState.MISSING])
def test_a_locked_agent_stays_as_it_is_and_quits_when_told_to(state: VaultState) -> None:
    process = Process(state)
    process.vault(None).lock()
    assert process.told == []
    process.vault(None).lock(quit_agent=True)
    assert process.told == [("asked", True)]


def test_only_the_window_is_locked_for_who_wishes_that_where_programs_go_on() -> None:
    process = Process(VaultState.UNLOCKED)
    process.vault(None).lock(window=True)
    assert process.told == [("asked", False)]
    process.programs_go_on = True
    process.vault(None).lock(window=True)
    process.vault(None).lock()
    process.vault(None).lock(window=True, quit_agent=True)
    assert process.told[1:] == [("window", "asked"), ("asked", False), ("asked", True)]


def test_a_restore_answers_and_then_locks() -> None:
    process = Process(VaultState.UNLOCKED)
    report = RestoreReport(b"/x.vault", None, 3)
    process.vault(SimpleNamespace(restore=lambda *_: report)).restore(b"/y", bytearray(), WorkContext())
    assert process.told == [report, ("restored", False)]


def test_a_restore_that_fails_before_it_closed_the_vault_leaves_it_open() -> None:
    process = Process(VaultState.UNLOCKED)

    def fail(*_: object) -> RestoreReport:
        raise SpaceMissing(path="/x")

    with pytest.raises(SpaceMissing):
        process.vault(SimpleNamespace(restore=fail)).restore(b"/y", bytearray(), WorkContext())
    assert process.told == []


def test_a_restore_that_fails_with_the_vault_closed_replaces_the_process() -> None:
    process = Process(VaultState.UNLOCKED)

    def fail(*_: object) -> RestoreReport:
        process.state = VaultState.LOCKED
        raise SpaceMissing(path="/x")

    with pytest.raises(SpaceMissing):
        process.vault(SimpleNamespace(restore=fail)).restore(b"/y", bytearray(), WorkContext())
    assert process.told == ["space_missing", ("restored", False)]
