"""Rotation in a real agent: what a lock, a client that leaves, and what is watched do to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.processes import wait_until
from tests.promises.guarded_agent import PASSPHRASE
from tests.promises.rotating_agent import RotatingAgent
from tests.servers.keeper import Keeper
from vaultapp.contracts.rotation import RotationApi, RotationOutcome, RotationReason, RotationStep, WatchedTrigger
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.credential_errors import RotationUnderWay
from vaultapp.core.errors import AgentGone, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch

OLD = "the-Old-1-password"
WAIT_S = 20


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path, OLD)


@pytest.fixture
def agent(keeper: Keeper, tmp_path: Path) -> Iterator[RotatingAgent]:
    with RotatingAgent(tmp_path) as started:
        started.add("app", "command", keeper.value, keeper.settings)
        yield started


def rotate_in_background(agent: RotatingAgent, work: WorkContext[object]) -> threading.Thread:
    def rotate() -> None:
        try:
            agent.rotation.rotate(("app",), work)  # type: ignore[arg-type]
        except (AgentGone, OperationCancelled):
            return

    thread = threading.Thread(target=rotate)
    thread.start()
    return thread


def test_a_rotation_that_a_lock_interrupts_is_brought_to_its_end_by_the_next_unlock(
    agent: RotatingAgent, keeper: Keeper
) -> None:
    keeper.hold()
    rotating = rotate_in_background(agent, WorkContext())
    wait_until(lambda: keeper.was_asked, "the change to begin", WAIT_S)
    agent.vault.lock()
    rotating.join(WAIT_S)
    agent.client.close()
    keeper.let_go()
    agent.client = launch.start_for_window(agent.places, agent.vault_file)
    agent.take_apis()
    agent.vault.unlock(bytearray(PASSPHRASE), WorkContext())
    assert agent.password("app") in keeper.passwords
    assert agent.password("app") != OLD
    state = agent.credentials.show("app").rotation
    assert state is not None
    assert state.outcome is RotationOutcome.SUCCEEDED
    assert len(agent.credentials.show("app").versions) == 2


def test_two_clients_cannot_rotate_one_credential(agent: RotatingAgent, keeper: Keeper) -> None:
    keeper.hold()
    rotating = rotate_in_background(agent, WorkContext())
    wait_until(lambda: keeper.was_asked, "the change to begin", WAIT_S)
    other = launch.connect(agent.places, agent.vault_file)
    assert other is not None
    try:
        other.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
        with pytest.raises(RotationUnderWay):
            other.api(RotationApi, "rotation").rotate(("app",), WorkContext())
        with pytest.raises(RotationUnderWay):
            agent.credentials.put("app", agent.credentials.read("app"))
    finally:
        other.close()
    keeper.let_go()
    rotating.join(WAIT_S)
    assert agent.password("app") in keeper.passwords


def test_a_client_that_leaves_loses_no_rotation(agent: RotatingAgent, keeper: Keeper) -> None:
    keeper.hold()
    other = launch.connect(agent.places, agent.vault_file)
    assert other is not None
    other.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())

    def rotate() -> None:
        with pytest.raises(AgentGone):
            other.api(RotationApi, "rotation").rotate(("app",), WorkContext())

    rotating = threading.Thread(target=rotate)
    rotating.start()
    wait_until(lambda: keeper.was_asked, "the change to begin", WAIT_S)
    other.close()
    rotating.join(WAIT_S)
    keeper.let_go()

    def ended() -> bool:
        state = agent.credentials.show("app").rotation
        return state is not None and state.outcome is RotationOutcome.SUCCEEDED

    wait_until(ended, "the rotation to end", WAIT_S)
    assert agent.password("app") in keeper.passwords


@pytest.mark.parametrize("how", ["file", "command"])
def test_what_is_watched_rotates(agent: RotatingAgent, keeper: Keeper, tmp_path: Path, how: str) -> None:
    alarm = tmp_path / "alarm"
    credential_id = agent.credentials.show("app").credential_id
    if how == "file":
        trigger = WatchedTrigger("ids", (credential_id,), path=bytes(alarm))
    else:
        trigger = WatchedTrigger("ids", (credential_id,), command=("test", "-e", str(alarm)), every_s=5)
    agent.rotation.watch(trigger)
    assert agent.rotation.triggers() == (trigger,)
    alarm.touch()

    def rotated() -> bool:
        state = agent.credentials.show("app").rotation
        return state is not None and state.step is RotationStep.DONE

    wait_until(rotated, "the trigger to be seen", WAIT_S)
    state = agent.credentials.show("app").rotation
    assert state is not None
    assert (state.reason, state.outcome) == (RotationReason.TRIGGER, RotationOutcome.SUCCEEDED)
    assert keeper.passwords == [agent.password("app")]
