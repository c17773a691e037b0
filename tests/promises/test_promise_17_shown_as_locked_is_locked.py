"""17. What is shown as locked is locked: a state machine tested by random walks.

A real agent is asked to unlock, lock, check, restore and encrypt while the desktop sleeps, locks and switches users, up
to three of that at once, by chance that can be repeated. Whenever it says that it is locked, it refuses everything, and
neither key nor passphrase is in its memory. Whenever it says that only the window is, because programs go on, it
refuses the window everything, and gives somebody else who was let in what that one asks for.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.buses.logind import FakeLogind
from tests.desktop.processes import wait_until
from tests.ended import wait_gone
from tests.promises.guarded_agent import FLOOR, PASSPHRASE
from tests.promises.memory import memory_of
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.files import FilesApi, Place, SealRequest
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi, LockSettings
from vaultapp.contracts.vault import NewVault, VaultApi
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import (
    AgentGone,
    NotAllowed,
    OperationCancelled,
    TooManyAttempts,
    VaultBusy,
    VaultError,
    VaultLocked,
    WrongPassphrase,
)
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

STEPS = 14
OPEN, WINDOW_LOCKED, LOCKED = "open", "window locked", "locked"
# What a call may end with when it meets a lock, or another one. Anything else is a bug.
EXPECTED = (AgentGone, NotAllowed, OperationCancelled, TooManyAttempts, VaultBusy, VaultLocked, WrongPassphrase)


class Walk:
    """One agent, its window, and what may happen to them."""

    def __init__(self, logind: FakeLogind, chance: random.Random, folder: Path) -> None:
        self._logind = logind
        self._chance = chance
        self._places = Places.of_user(dict(os.environ))
        self._file = self._places.default_vault
        self._copy = os.fsencode(folder / "copy.vault")
        self._plain = folder / "plain"
        self._plain.write_bytes(bytes(4 * 1024 * 1024))
        self._failures: list[BaseException] = []
        self.locks = self.opens = self.window_locks = 0
        self.window = launch.start_for_window(self._places, self._file)
        new = NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR, first_key="Personal")
        vault = self.window.api(VaultApi, "vault")
        vault.create(new, WorkContext())
        self.window.api(LockApi, "lock").change(LockSettings(programs_go_on=True))
        vault.backup(WorkContext(), self._copy)
        self._material = bytes(self.window.api(KeysApi, "keys").export("Personal").material)
        self.window.api(LockApi, "lock").triggers()
        self._actions: tuple[Callable[[], None], ...] = (
            self.unlocks,
            self.unlocks,
            self.unlocks,
            self.mistypes,
            self.locks_by_hand,
            self.locks_the_window,
            self.unlocks_the_window,
            self.unlocks_the_window,
            self.lets_programs_go_on,
            self.sleeps,
            self.locks_the_screen,
            self.switches_user,
            self.checks,
            self.restores,
            self.encrypts,
        )

    def step(self) -> None:
        """Let some things happen at once, and look what came of them."""
        chosen = self._chance.choices(self._actions, k=self._chance.randint(1, 3))
        threads = [threading.Thread(target=self._try, args=(action,)) for action in chosen]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive(), "somebody waits for ever"
        assert self._failures == []
        print(", ".join(action.__name__ for action in chosen), "→", self._look())

    def unlocks(self) -> None:
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)

    def mistypes(self) -> None:
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(b"wrong"), WorkContext())

    def locks_by_hand(self) -> None:
        with self._client() as client:
            client.api(VaultApi, "vault").lock()

    def locks_the_window(self) -> None:
        self.window.api(VaultApi, "vault").lock(window=True)

    def unlocks_the_window(self) -> None:
        self.window.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)

    def lets_programs_go_on(self, *, go_on: bool | None = None) -> None:
        go_on = self._chance.random() < 0.7 if go_on is None else go_on
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
            client.api(LockApi, "lock").change_with(LockSettings(programs_go_on=go_on), bytearray(PASSPHRASE))

    def sleeps(self) -> None:
        self._logind.sleep()
        self._logind.sleep(begins=False)
        self._logind.flush()

    def locks_the_screen(self) -> None:
        self._logind.lock_session()
        self._logind.lock_session()
        self._logind.flush()

    def switches_user(self) -> None:
        self._logind.session_changes(Active=False)
        self._logind.flush()

    def checks(self) -> None:
        with self._client() as client:
            vault = client.api(VaultApi, "vault")
            vault.unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
            vault.verify(WorkContext())

    def restores(self) -> None:
        with self._client() as client:
            client.api(VaultApi, "vault").restore(self._copy, bytearray(PASSPHRASE), WorkContext())

    def encrypts(self) -> None:
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
            request = SealRequest((Place(os.fsencode(self._plain)),), keys=("Personal",))
            client.api(FilesApi, "files").seal(request, WorkContext())

    def end(self) -> None:
        """See that the log was never broken, and that nothing half made lies about; end the agent."""
        wait_until(self._window_alone_locked, "only the window to be locked", 60)
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
            report = client.api(ActivityApi, "activity").check(WorkContext())
            pid = client.status.pid
            client.api(VaultApi, "vault").lock(quit_agent=True)
        looks = f"{self.opens} times open, {self.window_locks} times the window locked, {self.locks} times locked"
        print(f"{looks}, {report.entries} entries of the log in one chain")
        wait_gone(pid)
        self.window.close()
        names = {path.name for path in self._plain.parent.iterdir()}
        assert not [name for name in names if name.endswith(".part")]

    def _window_alone_locked(self) -> bool:
        """Have only the window locked; False where wrong passphrases before have somebody wait."""
        self._opened()
        self._try(lambda: self.lets_programs_go_on(go_on=True))
        self._opened()
        self._try(self.unlocks_the_window)
        self._try(self.locks_the_window)
        return self._look() == WINDOW_LOCKED

    def _opened(self) -> None:
        """Unlock until the vault is open, if only for programs."""
        self._try(self.unlocks)
        wait_until(lambda: self._look() != LOCKED or self._try(self.unlocks), "the vault to be open", 30)

    def _look(self) -> str:
        """Return the state that the agent tells the window, once it is known whether that is true."""
        state = wait_until(self._checked, "the agent to be locked or open", 30)
        self.opens += state == OPEN
        self.window_locks += state == WINDOW_LOCKED
        self.locks += state == LOCKED
        return state

    def _checked(self) -> str | None:
        state = self._settled()
        try:
            if state == LOCKED:
                self._check_locked()
            elif state == WINDOW_LOCKED:
                self._check_window_locked()
        except AgentGone:
            return None  # It locked once more, because somebody asked for it while another one mistyped.
        return state

    def _check_window_locked(self) -> None:
        keys = self.window.api(KeysApi, "keys")
        for call in (keys.list, lambda: keys.export("Personal"), self.window.api(LockApi, "lock").due):
            with pytest.raises((NotAllowed, AgentGone)) as refused:
                call()
            if isinstance(refused.value, AgentGone):
                raise refused.value
        with self._client() as client:
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
            assert client.api(KeysApi, "keys").list().total == 1
            assert client.api(LockApi, "lock").due().seconds is None
        assert self.window.status.window_locked is not None

    def _check_locked(self) -> None:
        keys = self.window.api(KeysApi, "keys")
        for call in (keys.list, lambda: keys.export("Personal")):
            with pytest.raises((VaultLocked, AgentGone)) as refused:
                call()
            if isinstance(refused.value, AgentGone):
                raise refused.value
        if os.getuid() == 0:
            left = memory_of(self.window.status.pid)
            assert [secret for secret in (self._material, PASSPHRASE) if secret in left] == []

    def _settled(self) -> str | None:
        try:
            status = self.window.status
        except AgentGone:
            # It is locking: what comes after it is told before the connection ends.
            ended = threading.Event()
            self.window.on_event(lambda event: ended.set() if event is None else None)
            assert ended.wait(20)
            successor = self.window.successor
            self.window.close()
            self.window = self._successor(successor)
            return None
        if status.state is VaultState.UNLOCKED:
            return OPEN if status.window_locked is None else WINDOW_LOCKED
        return LOCKED if status.state is VaultState.LOCKED else None

    def _successor(self, descriptor: int | None) -> Client:
        if descriptor is not None:
            # A window that takes seconds to come back, as this one may, finds the door closed and takes the other one.
            with suppress(AgentGone):
                return launch.resume(descriptor)
        return launch.start_for_window(self._places, self._file)

    def _client(self) -> closing[Client]:
        found = launch.connect(self._places, self._file)
        if found is None:
            raise AgentGone
        return closing(found)

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except EXPECTED:
            pass
        except BaseException as exc:
            self._failures.append(exc)
            if not isinstance(exc, VaultError):
                raise


@pytest.mark.parametrize("seed", range(5))
def test_promise_17_what_is_shown_as_locked_is_locked(
    logind: FakeLogind, tmp_path: Path, capfd: pytest.CaptureFixture[str], seed: int
) -> None:
    walk = Walk(logind, random.Random(seed), tmp_path)
    for _ in range(STEPS):
        walk.step()
    walk.end()
    assert walk.locks > 0
    assert walk.opens > 0
    wait_until(lambda: logind.delays == 0, "the end of all delays")
    said = capfd.readouterr()
    print(said.out)
    assert "Traceback" not in said.err, said.err
