"""Locks the window of an open vault and nothing else: programs that were let in and due rotations go on.

The process keeps the keys. The window loses its role at once, its work is stopped, and it goes on, as a fresh process,
at the end of a new socket where it may do what anybody may: the passphrase, which is looked at like any other caller's,
gives the role back. Some cases that are not plain:

- Without a window there is none to lock: then everything is locked, as where programs do not go on.
- A window that is locked stays so whatever else calls for a lock; only sleep, ``vault.lock`` without ``window``, a
  restore, the end of the session and the like lock everything, then or in the middle of it.
- A window that is closed while it is locked ends an agent that ends with its window. Where the agent stays, the window
  that comes next gives the passphrase, also one that is begun in a terminal which was let in.
- File work of the window stops and is offered again; that of terminals goes on, and so does a rotation that the window
  began: what is left of it is due.
- A vault whose whole check has not ended takes no entry; the lock screen says that the log does not tell of the lock.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable

from vaultapp.agent.connection import Connection
from vaultapp.agent.server import Server
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.agent.window_parting import part_from_window
from vaultapp.contracts.vault import VaultLocking
from vaultapp.core.clock import Clock
from vaultapp.ipc.wire import Call
from vaultapp.services.window_activity import WindowActivity

_STOP_CALLS_S = 3.0
# For all windows that are told, together.
_TELL_S = 1.0


class WindowLock:
    """Takes the role from all windows at a lock, and notices when one has it again. Any thread.

    Args:
        server: Knows who is there.
        delay: Keeps the computer awake; every window gets a copy.
        applies: True while the vault is open and its settings let programs go on.
        paused: Told true when the window is locked, false when it is open again.
        activity: Writes down what happened.
        lock_everything: Called with the reason when locking the window did not go well.
        clock: Source of time.
    """

    def __init__(
        self,
        server: Server,
        delay: SleepDelay,
        applies: Callable[[], bool],
        paused: Callable[[bool], None],
        activity: WindowActivity,
        lock_everything: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self._server = server
        self._delay = delay
        self._applies = applies
        self._paused = paused
        self._activity = activity
        self._lock_everything = lock_everything
        self._clock = clock
        # Held for moments: who waits for work to stop does not hold it.
        self._changing = threading.Lock()
        self._since: int | None = None

    @property
    def since(self) -> int | None:
        """When the window was locked, microseconds UTC; None while it is not."""
        return self._since

    def lock(self, reason: str, asked: tuple[Connection, Call] | None = None) -> bool:
        """Take the window's role; False when everything is to be locked in place of that.

        What is left to do is done before it returns for who asked, else in a thread of its own: a trigger comes from
        who tells of sleep as well, and the computer waits a few seconds for all that is to be locked then.

        Args:
            reason: Told to the window and the activity log.
            asked: The call that asked for it: a window's is answered before its connection is closed.
        """
        with self._changing:
            if not self._applies():
                return False
            windows = self._server.dismiss_windows()
            if not windows:
                # Locked already, or there is none.
                return self._since is not None
            if self._since is None:
                self._since = self._clock.now()
                self._paused(True)
        if asked is not None:
            self._finish(windows, reason, asked)
        else:
            self._finish_aside(windows, reason)
        return True

    def settle(self) -> None:
        """A client was let in: see whether that was a window, and with it the window is open again."""
        with self._changing:
            if self._since is None or self._server.window_locked:
                return
            self._since = None
            self._paused(False)
        self._activity.opened()

    def _finish_aside(self, windows: tuple[Connection, ...], reason: str) -> None:
        finishing = threading.Thread(target=self._finish, args=(windows, reason, None), name="window-lock", daemon=True)
        try:
            finishing.start()
        except RuntimeError:
            # No thread is to be had. Nobody would ever tell the window, which shows what it showed.
            self._finish(windows, reason, None)

    def _finish(self, windows: tuple[Connection, ...], reason: str, asked: tuple[Connection, Call] | None) -> None:
        try:
            self._part_from_all(windows, reason, asked)
        except Exception:  # noqa: BLE001 - whatever could not be done, nothing may stay open for it
            traceback.print_exc(file=sys.stderr)
            self._lock_everything(reason)

    def _part_from_all(
        self, windows: tuple[Connection, ...], reason: str, asked: tuple[Connection, Call] | None
    ) -> None:
        not_done: tuple[str, ...] = ()
        try:
            stopped = _stop_calls(windows)
            written = self._activity.locked(reason)
            not_done = tuple(code for code, done in (("stopping", stopped), ("activity", written)) if not done)
        finally:
            event = VaultLocking(reason, not_done, programs_go_on=True)
            until = time.monotonic() + _TELL_S
            for window in windows:
                self._part(window, event, asked, until)

    def _part(
        self, window: Connection, event: VaultLocking, asked: tuple[Connection, Call] | None, until: float
    ) -> None:
        try:
            if asked is not None and asked[0] is window:
                window.answer_now(asked[1], None, until=until)
            ours = part_from_window(window, event, self._delay, until)
            # Before the old one is closed: without any window the agent might end.
            again = self._server.add(ours, locked_window=True)
            if again is not None:
                again.goes_on = window.goes_on
        finally:
            window.close()


def _stop_calls(windows: tuple[Connection, ...]) -> bool:
    """Have the windows' work stopped; False when some of it goes on to its next step."""
    until = time.monotonic() + _STOP_CALLS_S
    for window in windows:
        window.cancel_calls()
    # Each of them is waited for, also when one before it goes on.
    ended = [window.wait_calls(until) for window in windows]
    return all(ended)
