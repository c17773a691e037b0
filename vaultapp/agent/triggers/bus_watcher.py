"""A thread that keeps a connection to one message bus."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
import traceback
from typing import Protocol

from vaultapp.agent.triggers.bus import Bus, Signal
from vaultapp.contracts.locking import TriggerState
from vaultapp.core.errors import HostError

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 60.0
_ANSWER_S = 5.0


class Listener(Protocol):
    """What is to be heard on a bus; called by the watcher's thread alone, but for ``states``."""

    def attached(self, bus: Bus) -> None:
        """There is a connection: say what is to be heard, and look how things stand."""

    def heard(self, bus: Bus, signal: Signal) -> None:
        """Somebody told something."""

    def settle(self, bus: Bus) -> None:
        """The settings may have changed."""

    def last_input(self, bus: Bus) -> float | None:
        """Return how many seconds ago the person was there; None where that is not told here."""

    def lost(self) -> None:
        """There is no connection; also told when none is to be had."""

    def states(self) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard; from any thread."""


class BusWatcher:
    """Connects, listens, and comes back when the bus went away or was not there yet. Never ends by itself.

    Nothing that happens on the bus, and no bus that is slow, holds anybody else up.

    Args:
        address: Of the bus.
        listener: Hears.
        name: Of the thread.

    Attributes:
        tells: Whoever was asked last when the person was there knew it.
    """

    def __init__(self, address: str, listener: Listener, name: str) -> None:
        self._address = address
        self._listener = listener
        self._wake_read, self._wake_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._settled = threading.Event()
        self._asking = threading.Lock()
        self._asked = False
        self._answer: float | None = None
        self._answered = threading.Event()
        self._stopped = False
        self.tells = False
        self._pause = _FIRST_PAUSE_S
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and wait for it. The product has no need of it: its process ends."""
        self._stopped = True
        self.wake()
        if self._thread.ident is not None:
            self._thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def wake(self) -> None:
        """Have the listener look at the settings again."""
        try:
            os.write(self._wake_write, b"\0")
        except BlockingIOError:
            return  # It is about to wake anyway.

    def last_input(self) -> float | None:
        """Ask the desktop now how many seconds ago the person was there; None when it does not tell in time."""
        if not self._settled.is_set() or threading.current_thread() is self._thread:
            return None
        with self._asking:
            self._answered.clear()
            self._asked = True
            self.wake()
            return self._answer if self._answered.wait(_ANSWER_S) else None

    def states(self, timeout_s: float) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard, once it was tried to connect, or after some time."""
        self._settled.wait(timeout_s)
        return self._listener.states()

    def _run(self) -> None:
        while not self._stopped:
            try:
                self._serve()
            except HostError:
                pass  # It went away, or is not there: both are ordinary.
            except Exception:  # noqa: BLE001 - a bug with one message must not leave the vault unguarded
                traceback.print_exc(file=sys.stderr)
            self.tells = False
            self._listener.lost()
            self._settled.set()
            self._wait(self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_S)

    def _serve(self) -> None:
        bus = Bus(self._address)
        try:
            self._listener.attached(bus)
            self.tells = self._listener.last_input(bus) is not None
            self._settled.set()
            self._pause = _FIRST_PAUSE_S
            while not self._stopped:
                signal = bus.take()
                if signal is not None:
                    self._listener.heard(bus, signal)
                # However much is told, who asks gets a turn.
                patience = None if signal is None else 0
                if self._wake_read in select.select([bus.fileno(), self._wake_read], [], [], patience)[0]:
                    self._woken(bus)
        finally:
            bus.close()

    def _woken(self, bus: Bus) -> None:
        os.read(self._wake_read, 4096)
        self._listener.settle(bus)
        if self._asked:
            self._asked = False
            self._answer = self._listener.last_input(bus)
            self.tells = self._answer is not None
            self._answered.set()

    def _wait(self, seconds: float) -> None:
        """Wait without a bus; who asks meanwhile learns that nothing is known."""
        until = time.monotonic() + seconds
        while not self._stopped and (left := until - time.monotonic()) > 0:
            if select.select([self._wake_read], [], [], left)[0]:
                os.read(self._wake_read, 4096)
                self._asked, self._answer = False, None
                self._answered.set()


def looked_at(address: str, listener: Listener) -> tuple[tuple[TriggerState, ...], bool]:
    """Connect once, in the calling thread; return which triggers could be heard, and whether idle times are told."""
    tells = False
    try:
        bus = Bus(address)
        try:
            listener.attached(bus)
            tells = listener.last_input(bus) is not None
        finally:
            bus.close()
    except HostError:
        listener.lost()
    return listener.states(), tells
