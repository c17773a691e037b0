from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn, cast

import pytest

from vaultapp.agent import lifecycle
from vaultapp.agent.lifecycle import Lifecycle
from vaultapp.agent.roles import Role
from vaultapp.agent.server import Stay
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.vault import VaultLocking


class Replaced(BaseException):
    """Stands for the exec, which never returns."""


class Window:
    """A connection of the window's, whose work stops or does not."""

    role = Role.WINDOW
    locked_window = dismissed = goes_on = False

    def __init__(self, *, stops: bool = True) -> None:
        self._stops = stops
        self.until = 0.0
        self.closed = False
        self.on_told: Callable[[], None] = lambda: None
        self.told: list[VaultLocking] = []
        self.descriptors: list[int] = []

    def cancel_calls(self) -> None: ...

    def wait_calls(self, until: float) -> bool:
        return self._stops

    def tell(self, event: VaultLocking, *descriptors: int, until: float) -> None:
        self.on_told()
        self.until = until
        self.told.append(event)
        self.descriptors = [os.dup(descriptor) for descriptor in descriptors]

    def close(self) -> None:
        self.closed = True


class Stranger(Window):
    """Nobody that was admitted."""

    role = Role.ANYBODY


class LockedWindow(Window):
    """A window that was locked while programs go on."""

    role = Role.ANYBODY
    locked_window = goes_on = True


class LeavingWindow(Window):
    """A window that is being locked while programs go on."""

    role = Role.ANYBODY
    dismissed = goes_on = True


class Terminal(Window):
    """A command's connection."""

    role = Role.TERMINAL


class Unreachable(Window):
    """Whatever is asked of it fails."""

    @property
    def role(self) -> Role:  # type: ignore[override]
        raise ZeroDivisionError


class Bench:
    """A lifecycle whose process is replaced by an exception."""

    def __init__(self, close_vault: Callable[[str], bool], *, stops: bool = True) -> None:
        self.window = Window(stops=stops)
        self.commands: list[list[str]] = []
        self.delay = SleepDelay()
        self.listening = socket.socket(socket.AF_UNIX)
        server = SimpleNamespace(connections=(self.window,), stay=Stay.WITH_WINDOW, pause=lambda: None)
        self.server = server
        locks = SimpleNamespace(descriptors=(), release=lambda: None)
        self.lifecycle = Lifecycle(
            Path("/x.vault"),
            cast("Any", server),
            cast("Any", locks),
            self.listening,
            close_vault,
            lambda: None,
            self.delay,
            self._replace,
        )

    def lock(self, reason: str = "sleep") -> None:
        with pytest.raises(Replaced):
            self.lifecycle.lock(reason)

    def close(self) -> None:
        for command in self.commands:
            for option, value in pairwise(command):
                if option == "--window-fd":
                    os.close(int(value))
        for descriptor in self.window.descriptors:
            os.close(descriptor)
        self.delay.release()
        self.listening.close()

    def _replace(self, program: str, command: list[str]) -> NoReturn:
        self.commands.append(command)
        raise Replaced(program)


@pytest.fixture
def made() -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(close_vault: Callable[[str], bool] = lambda _reason: True, *, stops: bool = True) -> Bench:
        benches.append(Bench(close_vault, stops=stops))
        return benches[-1]

    yield make
    for bench in benches:
        bench.close()


def fail(*_: object) -> bool:
    raise ZeroDivisionError


def test_the_vault_is_closed_for_its_reason_and_the_process_replaced(made: Callable[..., Bench]) -> None:
    reasons: list[str] = []

    def close_vault(reason: str) -> bool:
        reasons.append(reason)
        return True

    bench = made(close_vault)
    assert not bench.lifecycle.begun
    bench.lock("idle")
    assert bench.lifecycle.begun
    assert reasons == ["idle"]
    assert bench.window.told == [VaultLocking("idle")]
    assert len(bench.commands) == 1


def test_what_did_not_stop_and_what_was_not_written_is_named(made: Callable[..., Bench]) -> None:
    bench = made(lambda _reason: False, stops=False)
    bench.lock()
    assert bench.window.told == [VaultLocking("sleep", ("work", "activity"))]


def test_whatever_fails_the_keys_go(made: Callable[..., Bench], capfd: pytest.CaptureFixture[str]) -> None:
    bench = made(fail)
    bench.window.wait_calls = fail  # type: ignore[assignment]
    bench.lock()
    assert bench.window.told == [VaultLocking("sleep", ("work", "activity"))]
    untold = made()
    untold.window.__class__ = Unreachable
    untold.lock()
    assert len(untold.commands) == 1
    assert capfd.readouterr().err.count("\nZeroDivisionError") == 4


def test_a_second_trigger_while_locking_does_nothing(made: Callable[..., Bench]) -> None:
    closing, released = threading.Event(), threading.Event()

    def close_vault(_reason: str) -> bool:
        closing.set()
        return released.wait(10)

    bench = made(close_vault)
    thread = threading.Thread(target=bench.lock)
    thread.start()
    assert closing.wait(10)
    bench.lifecycle.lock("session_locked")
    released.set()
    thread.join(10)
    assert bench.window.told == [VaultLocking("sleep")]
    assert len(bench.commands) == 1


def test_the_delay_of_sleep_is_inherited_by_nobody_and_copied_to_the_window(made: Callable[..., Bench]) -> None:
    bench = made()
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    bench.delay.hold(writing)
    bench.lock()
    assert not os.get_inheritable(writing)
    successor, copy = bench.window.descriptors
    assert os.fstat(copy).st_ino == os.fstat(reading).st_ino
    assert os.fstat(successor).st_ino != os.fstat(copy).st_ino
    os.close(reading)


def test_a_delay_that_is_let_go_meanwhile_is_passed_on_all_the_same(made: Callable[..., Bench]) -> None:
    bench = made()
    reading, writing = os.pipe()
    bench.delay.hold(writing)
    # As a thread of the bus may do when the bus is lost, between the look and the send.
    bench.window.on_told = bench.delay.release
    bench.lock()
    assert os.fstat(bench.window.descriptors[1]).st_ino == os.fstat(reading).st_ino
    os.close(bench.window.descriptors.pop())
    assert os.read(reading, 1) == b""
    os.close(reading)


def test_strangers_are_closed_before_any_work_is_waited_for_and_windows_are_told_first(
    made: Callable[..., Bench],
) -> None:
    bench = made()
    stranger, terminal, order = Stranger(), Terminal(), list[str]()

    def wait_calls(_until: float) -> bool:
        order.append("waits")
        assert stranger.closed
        return True

    terminal.wait_calls = wait_calls  # type: ignore[method-assign]
    for name, connection in (("stranger", stranger), ("terminal", terminal), ("window", bench.window)):
        connection.on_told = lambda name=name: order.append(name)  # type: ignore[misc]

    def leave() -> None:
        bench.server.connections = (terminal, bench.window)

    stranger.close = lambda: (setattr(stranger, "closed", True), leave())[0]  # type: ignore[method-assign]
    bench.server.connections = (stranger, terminal, bench.window)
    before = time.monotonic()
    bench.lock()
    assert order == ["stranger", "waits", "window", "terminal"]
    assert stranger.until <= time.monotonic()
    # One time for all of them together.
    assert before < terminal.until == bench.window.until <= before + 2


@pytest.mark.parametrize("kind", [LockedWindow, LeavingWindow])
def test_a_window_that_is_locked_already_is_no_stranger_and_goes_on_with_the_successor(
    made: Callable[..., Bench], kind: type[Window]
) -> None:
    bench = made()
    bench.window = kind()
    bench.server.connections = (bench.window,)
    bench.lock()
    assert bench.window.told == [VaultLocking("sleep")]
    assert len(bench.window.descriptors) == 1
    assert "--window-fd" in bench.commands[0]


def test_what_a_terminal_let_in_as_a_window_is_none_after_the_lock(made: Callable[..., Bench]) -> None:
    bench = made()
    bench.window = LockedWindow()
    bench.window.goes_on = False
    bench.server.connections = (bench.window,)
    bench.lock()
    assert bench.window.told[0] == VaultLocking("sleep")
    assert bench.window.closed
    assert bench.window.descriptors == []
    assert "--window-fd" not in bench.commands[0]


def test_an_agent_of_commands_ends(made: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(code: int) -> NoReturn:
        raise Replaced(code)

    monkeypatch.setattr(lifecycle.os, "_exit", leave)
    bench = made()
    bench.server.stay = Stay.WITH_CLIENTS
    bench.lock()
    assert bench.window.told == [VaultLocking("quit")]
    assert bench.commands == []
