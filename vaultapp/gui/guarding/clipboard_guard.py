"""The process that outlives the window, to clear what was copied there."""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress

import msgspec

from vaultapp.core.clock import Clock
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.words import MESSAGE_LIMIT, Clear, Message, Release, Sweep, Watch

# The window clears first, if it lives.
_GRACE_S = 0.3
_SWEEP_S = 60


class ClipboardGuard:
    """Waits for the end of the time, of the window, or for its word; then clears, and is done.

    It never reads the clipboard: sweepers do, which end at once, so that nothing but the fingerprint is ever in
    this process. One is started in advance, because clearing is not to wait for a start.

    Args:
        link: To the window, of sequenced packets.
        stop: Readable when the process was told to end, which clears too.
        start_sweeper: Starts one for a platform, with pipes; it waits for a :class:`Sweep`.
        clock: Source of time.
    """

    def __init__(
        self,
        link: socket.socket,
        stop: socket.socket,
        start_sweeper: Callable[[str], subprocess.Popen[bytes]],
        clock: Clock,
    ) -> None:
        self._link = link
        self._stop = stop
        self._start_sweeper = start_sweeper
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._spare: subprocess.Popen[bytes] | None = None
        self._active: subprocess.Popen[bytes] | None = None
        self._until = 0.0
        self._sweeping = False
        self._refused = False
        self._done = False

    def run(self) -> None:
        """Guard one secret to its end."""
        watch = self._receive()
        if not isinstance(watch, Watch):
            return
        self._until = self._clock.monotonic() + watch.seconds + _GRACE_S
        self._selector.register(self._link, selectors.EVENT_READ, self._heard)
        self._selector.register(self._stop, selectors.EVENT_READ, self._told_to_stop)
        try:
            self._begin(watch, clear=False)
            while not self._done:
                self._step(watch)
        except OSError:
            # No process could be started.
            self._tell(Outcome.BLIND)
        finally:
            self._kill(self._active)
            self._kill(self._spare)

    def _step(self, watch: Watch) -> None:
        ready = self._selector.select(max(0.0, self._until - self._clock.monotonic()))
        if not ready:
            self._time_is_over(watch)
        for key, _ in ready:
            # What came before may have put another sweeper in the place of this one, and closed its pipe.
            if self._selector.get_map().get(key.fd) == key:
                key.data(watch)
        if self._active is None and self._spare is None and not self._done:
            self._spare = self._start_sweeper(watch.platform)

    def _time_is_over(self, watch: Watch) -> None:
        if self._sweeping:
            self._tell(Outcome.BLIND)
            self._done = True
        else:
            self._sweep(watch)

    def _heard(self, watch: Watch) -> None:
        message = self._receive()
        if isinstance(message, Release):
            self._done = True
            return
        if not isinstance(message, Clear):
            # The window is gone.
            self._selector.unregister(self._link)
        self._sweep(watch)

    def _told_to_stop(self, watch: Watch) -> None:
        self._selector.unregister(self._stop)
        self._sweep(watch)

    def _sweep(self, watch: Watch) -> None:
        if self._sweeping:
            return
        self._sweeping = True
        self._until = self._clock.monotonic() + _SWEEP_S
        if self._active is not None:
            self._forget_active()
        self._begin(watch, clear=True)

    def _begin(self, watch: Watch, *, clear: bool) -> None:
        sweeper, self._spare = self._spare or self._start_sweeper(watch.platform), None
        self._active = sweeper
        if sweeper.stdout is not None and sweeper.stdin is not None:
            self._selector.register(sweeper.stdout, selectors.EVENT_READ, self._swept)
            with suppress(BrokenPipeError):
                sweeper.stdin.write(msgspec.msgpack.encode(Sweep(watch.fingerprint, clear, self._refused)))
                sweeper.stdin.close()

    def _swept(self, _watch: Watch) -> None:
        if self._active is None or self._active.stdout is None:
            return
        said = os.read(self._active.stdout.fileno(), MESSAGE_LIMIT).decode()
        for word in said.split():
            outcome = Outcome(word)
            self._refused = self._refused or outcome is Outcome.REFUSED
            self._tell(outcome)
        if not said:
            if self._active.wait() != 0:
                self._tell(Outcome.BLIND)
            self._done = self._done or self._sweeping
            self._forget_active()

    def _forget_active(self) -> None:
        if self._active is not None and self._active.stdout is not None:
            self._selector.unregister(self._active.stdout)
        self._kill(self._active)
        self._active = None

    @staticmethod
    def _kill(sweeper: subprocess.Popen[bytes] | None) -> None:
        if sweeper is not None:
            sweeper.kill()
            with suppress(BrokenPipeError), sweeper:
                pass

    def _receive(self) -> Message | None:
        """Return what the window says; None at its end."""
        try:
            data = self._link.recv(MESSAGE_LIMIT)
            return msgspec.msgpack.decode(data, type=Message) if data else None
        except (OSError, msgspec.MsgspecError):
            return None

    def _tell(self, outcome: Outcome) -> None:
        with suppress(OSError):
            self._link.send(outcome.value.encode())
