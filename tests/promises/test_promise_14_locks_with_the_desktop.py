"""14. Locks on sleep (with a delay inhibitor that is let go once the keys are gone), session lock, screen saver, user
switch.

The desktop is a stand-in: message buses of our own, with a logind and screen savers that say what the test wants. The
agent is the real one.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import MANAGER, NAME, SESSION, FakeLogind
from tests.buses.screen_saver import FakeSaver
from tests.buses.stand_in import StandIn
from tests.desktop.processes import wait_until
from tests.ended import wait_gone
from tests.promises.guarded_agent import PASSPHRASE, GuardedAgent
from tests.promises.memory import memory_of
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.locking import LockApi, LockSettings, LockTrigger
from vaultapp.contracts.vault import VaultApi
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.buses import SCREEN_SAVERS
from vaultapp.core.work import WorkContext


@pytest.fixture
def agent(logind: FakeLogind) -> Iterator[GuardedAgent]:
    found = GuardedAgent()
    yield found
    found.close()


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (FakeLogind.sleep, "sleep"),
        (FakeLogind.lock_session, "session_locked"),
        (lambda logind: logind.session_changes(LockedHint=True), "session_locked"),
        (lambda logind: logind.session_changes(Active=False), "user_switched"),
    ],
)
def test_promise_14_locks_on_sleep_session_lock_and_user_switch(
    agent: GuardedAgent, logind: FakeLogind, happens: Callable[[FakeLogind], None], reason: str
) -> None:
    happens(logind)
    again = agent.wait_locked(reason)
    assert again.status.pid != agent.pid
    wait_gone(agent.pid)
    vault = again.api(VaultApi, "vault")
    vault.unlock(bytearray(PASSPHRASE), WorkContext())
    entries = again.api(ActivityApi, "activity").list().entries
    locked = next(entry for entry in entries if entry.action == "vault.lock")
    print("locked:", locked.facts, "by", locked.actor)
    assert locked.facts == {"reason": reason}
    again.close()


@pytest.mark.parametrize("name", SCREEN_SAVERS)
def test_promise_14_locks_on_every_screen_saver(
    agent: GuardedAgent, buses: DesktopBuses, logind: FakeLogind, name: str
) -> None:
    # It comes after the agent, as it does where a session starts.
    with FakeSaver(buses.session.address, name) as saver:
        agent.wait_hears(LockTrigger.SCREEN_SAVER)
        saver.comes_on()
        agent.wait_locked("screen_saver").close()


def test_promise_14_what_opens_again_locks_nothing(
    agent: GuardedAgent, logind: FakeLogind, buses: DesktopBuses
) -> None:
    logind.sleep(begins=False)
    logind.session_changes(Active=True, LockedHint=False, IdleHint=True)
    logind.wait_heard()
    with FakeSaver(buses.session.address) as saver:
        agent.wait_hears(LockTrigger.SCREEN_SAVER)
        saver.comes_on(active=False)
        saver.flush()
    agent.wait_hears(LockTrigger.SCREEN_SAVER, False)
    agent.stays_open()


def test_promise_14_sleep_waits_while_the_vault_is_open_and_until_the_keys_are_gone(logind: FakeLogind) -> None:
    agent = GuardedAgent(role="persistent")
    # What was exported is gone there; what a key was used for keeps it at hand.
    agent.text.decrypt(agent.text.encrypt("Personal", bytearray(b"tide pool"), {}), {})
    material = bytes(agent.keys.export("Personal").material)
    wait_until(lambda: logind.delays == 1, "the delay")
    assert logind.inhibited == [("sleep", "vaultapp", "Lock the vault first", "delay")]
    # Root alone may look into another process; for others the end of the process that had the keys has to do.
    root = os.getuid() == 0
    assert not root or material in memory_of(agent.pid)
    logind.sleep()
    wait_until(lambda: logind.delays == 0, "the delay's end")
    left = memory_of(agent.pid) if root else b""
    print(f"searched {len(left):,} bytes the moment the computer could sleep")
    assert [secret for secret in (material, PASSPHRASE) if secret in left] == []
    again = agent.wait_locked("sleep")
    assert logind.delays == 0
    logind.sleep(begins=False)
    again.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
    wait_until(lambda: logind.delays == 1, "the delay after the next unlock")
    again.close()
    agent.close()
    wait_until(lambda: logind.delays == 0, "the end of the agent")


def test_promise_14_sleep_waits_for_the_window_too(agent: GuardedAgent, logind: FakeLogind) -> None:
    """What was shown and typed is in the window's process: its copy of the delay goes with its own replacement."""
    wait_until(lambda: logind.delays == 1, "the delay")
    logind.sleep()
    agent.wait_locked("sleep").close()
    wait_gone(agent.pid)
    assert logind.delays == 1
    # Not inherited by what replaces this process, nor by anything that it starts.
    assert agent.client._delays
    assert not any(os.get_inheritable(descriptor) for descriptor in agent.client._delays)
    agent.client.close()
    assert logind.delays == 0


def test_promise_14_an_unlock_while_the_computer_goes_to_sleep_locks_again(logind: FakeLogind) -> None:
    logind.properties["PreparingForSleep"] = ("b", True)
    agent = GuardedAgent(wait=False)
    agent.wait_locked("sleep").close()
    agent.close()


def test_promise_14_a_trigger_that_is_off_locks_nothing_and_delays_nothing(
    agent: GuardedAgent, logind: FakeLogind, buses: DesktopBuses
) -> None:
    wait_until(lambda: logind.delays == 1, "the delay")
    with closing(FakeSaver(buses.session.address)) as saver:
        agent.wait_hears(LockTrigger.SCREEN_SAVER)
        off = LockSettings(0, on_sleep=False, on_session_lock=False, on_screen_saver=False, on_user_switch=False)
        agent.lock.change(off)
        wait_until(lambda: logind.delays == 0, "the delay's end")
        logind.sleep()
        logind.lock_session()
        logind.session_changes(Active=False, LockedHint=True)
        saver.comes_on()
        saver.flush()
        logind.wait_heard()
        saver.close()
        agent.wait_hears(LockTrigger.SCREEN_SAVER, False)
        agent.stays_open()
        logind.sleep(begins=False)
        agent.lock.change(structs.replace(off, on_sleep=True))
        wait_until(lambda: logind.delays == 1, "the delay")
        logind.sleep()
        again = agent.wait_locked("sleep")
    # While it goes to sleep, an unlock would lock again.
    logind.sleep(begins=False)
    again.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
    # They are the vault's, so they are there again.
    assert again.api(LockApi, "lock").settings() == structs.replace(off, on_sleep=True)
    again.close()


def test_promise_14_who_only_says_to_be_logind_or_a_screen_saver_is_not_heard(
    agent: GuardedAgent, logind: FakeLogind, buses: DesktopBuses
) -> None:
    saver = FakeSaver(buses.session.address)
    agent.wait_hears(LockTrigger.SCREEN_SAVER)
    with StandIn(buses.system.address) as forger, StandIn(buses.session.address) as other:
        # To everybody, and to the agent alone, which no rule of the bus keeps away.
        for to in ("", logind.senders[-1]):
            forger.signal(MANAGER, f"{NAME}.Manager", "PrepareForSleep", "b", True, to=to)
            forger.signal(SESSION, f"{NAME}.Session", "Lock", to=to)
        other.signal("/ScreenSaver", saver.name, "ActiveChanged", "b", True)
        forger.flush()
        other.flush()
    logind.wait_heard()
    saver.close()
    agent.wait_hears(LockTrigger.SCREEN_SAVER, False)
    agent.stays_open()


def test_promise_14_a_bus_that_goes_away_and_comes_back_is_heard_again(
    agent: GuardedAgent, logind: FakeLogind, buses: DesktopBuses
) -> None:
    agent.wait_hears(LockTrigger.SLEEP)
    buses.system.end()
    agent.wait_hears(LockTrigger.SLEEP, False)
    assert agent.hears(LockTrigger.SLEEP).note == "no_bus"
    agent.stays_open()
    buses.system.begin()
    with FakeLogind(buses.system.address) as later:
        agent.wait_hears(LockTrigger.SLEEP)
        wait_until(lambda: later.delays == 1, "the delay")
        later.sleep()
        agent.wait_locked("sleep").close()


def test_promise_14_a_bus_that_never_answers_holds_nobody_up(
    buses: DesktopBuses, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(tmp_path / "s"))
    silent.listen(8)
    for name in ("SYSTEM", "SESSION"):
        monkeypatch.setenv(f"DBUS_{name}_BUS_ADDRESS", f"unix:path={tmp_path / 's'}")
    agent = GuardedAgent(wait=False)
    assert agent.client.status.state is VaultState.UNLOCKED
    assert agent.keys.list().total == 1
    assert {state.note for state in agent.lock.triggers() if state.trigger is not LockTrigger.IDLE} == {"no_bus"}
    agent.vault.lock()
    agent.wait_locked("asked").close()
    agent.close()
    silent.close()


def test_promise_14_noise_from_a_bus_ends_nothing(agent: GuardedAgent, logind: FakeLogind, buses: DesktopBuses) -> None:
    logind.signal(MANAGER, f"{NAME}.Manager", "PrepareForSleep", "s", "yes")
    logind.signal(MANAGER, f"{NAME}.Manager", "PrepareForSleep")
    logind.signal("/", "org.freedesktop.DBus.Properties", "PropertiesChanged", "s", "x")
    logind.signal(
        SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", f"{NAME}.Session", {}, ["Active"]
    )
    agent.stays_open()
    logind.lock_session()
    agent.wait_locked("session_locked").close()
