"""One client of the agent: its frames, its running calls, its role."""

from __future__ import annotations

import dataclasses
import os
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from vaultapp import __version__
from vaultapp.agent.outbox import Outbox
from vaultapp.agent.peer import Peer, peer_of, started_at
from vaultapp.agent.roles import NEVER_UNFINISHED, Role
from vaultapp.contracts.activity import Actor
from vaultapp.core.errors import AgentGone, Damaged, HostError, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import FRAME_LIMIT, Call, Cancel, Channel, Event, Failure, Hello, Item, Progress, Result, pack

_SEND_TIMEOUT_S = 5
_HELLO_TIMEOUT_S = 5
# A window that was locked replaces its process first, which takes a moment on a busy machine.
_LOCKED_WINDOW_TIMEOUT_S = 30
_NONCE_BYTES = 16
# Who gave no passphrase has nothing large to say, and many may come.
STRANGERS_LIMIT = 1024 * 1024
_PROGRESS_EVERY_S = 0.05
_CALL_LIMIT = 32

# Runs a call: (connection, call, work) -> encoded result.
Run = Callable[["Connection", Call, WorkContext[Any]], Any]


class Connection:
    """Reads calls in a thread of its own and runs each in another, so that status always answers.

    Args:
        sock: Connected; owned from now on.
        run: Makes a call's answer.
        on_greeted: Told once when it is known who the client is, before its first call.
        on_end: Told once when the client is gone.
        inherited_window: The client is the window by birth, over its socket pair.
        locked_window: The client is a window that was locked while programs go on: it may what anybody may until it
            gives the passphrase, but it still counts as a window.

    Attributes:
        dismissed: It was a window until that was locked, and is closed next: nothing admits it any more.
        goes_on: It was locked, and a window by birth or by its passphrase before: it stays one over the lock of
            everything. What its terminal let in does not, since any program there may say that it is a window.
    """

    def __init__(
        self,
        sock: socket.socket,
        run: Run,
        on_greeted: Callable[[Connection], None],
        on_end: Callable[[Connection], None],
        *,
        inherited_window: bool,
        locked_window: bool = False,
    ) -> None:
        # A client that stops reading must not hold a lock up.
        _set_timeout(sock, socket.SO_SNDTIMEO, _SEND_TIMEOUT_S)
        _set_timeout(sock, socket.SO_RCVTIMEO, _LOCKED_WINDOW_TIMEOUT_S if locked_window else _HELLO_TIMEOUT_S)
        self._channel = Channel(sock, STRANGERS_LIMIT, known=True)
        self._outbox = Outbox(self._channel)
        self.peer: Peer = peer_of(sock)
        self._role = Role.ANYBODY
        self.role = Role.WINDOW if inherited_window else Role.ANYBODY
        self._inherited = inherited_window
        self.locked_window = locked_window
        self.dismissed = self.goes_on = False
        self.wishes_window = inherited_window or locked_window
        self.wishes_persistence = False
        self.ended = False
        self._hello_sent = False
        self._run = run
        self._on_greeted = on_greeted
        self._on_end = on_end
        self._lock = threading.Lock()
        self._works: dict[int, WorkContext[Any]] = {}
        self._threads: set[threading.Thread] = set()

    @property
    def role(self) -> Role:
        """What the client is trusted with."""
        return self._role

    @role.setter
    def role(self, role: Role) -> None:
        self._role = role
        self._channel.limit = STRANGERS_LIMIT if role is Role.ANYBODY else FRAME_LIMIT

    @property
    def actor(self) -> Actor:
        """Who this is, for the activity log."""
        return Actor(role=self.role.name.lower(), program=self.peer.program, pid=self.peer.pid)

    @property
    def running(self) -> int:
        """Calls under way."""
        with self._lock:
            return len(self._works)

    def start(self, hello: Hello) -> None:
        """Greet, and begin to read."""
        threading.Thread(target=self._serve, args=(hello,), name="connection", daemon=True).start()

    def tell(self, event: object, *descriptors: int, until: float | None = None) -> None:
        """Have an event sent; a client that is gone is no error.

        Nobody waits for it, and whoever does not take what is sent is closed. With a monotonic time it goes at once,
        before what waits, and whoever has not read by then is closed; descriptors go only so.

        One that was not greeted yet would take it for the greeting, and is closed too.
        """
        if not self._hello_sent:
            self.close()
            return
        if until is None:
            self._outbox.tell(Event(pack(event)))
            return
        try:
            self._channel.send(Event(pack(event)), descriptors, until=until)
        except AgentGone:
            self.close()

    def refuse(self, error: VaultError) -> None:
        """Say why the whole connection cannot be served, and close it."""
        self._answer(Failure(0, error.code, error.facts, error.retryable))
        self.close()

    def cancel_calls(self) -> None:
        """Ask every running call to stop."""
        with self._lock:
            works = list(self._works.values())
        for work in works:
            work.cancel()

    def wait_calls(self, until: float) -> bool:
        """Wait for the calls of other threads to end, up to a monotonic time; True when none is left.

        A call that only looks is not waited for.
        """
        with self._lock:
            threads = [thread for thread in self._threads if thread is not threading.current_thread()]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def answer_now(self, call: Call, value: object, *, until: float | None = None) -> None:
        """Send a call's result before its method returns, because the method never will; ``until`` as for an event."""
        self._answer(Result(call.id, pack(value)), until=until)

    def fail_now(self, call: Call, error: VaultError) -> None:
        """Send a call's failure before its method returns, because the method never will."""
        self._answer(_failure(call, error))

    def close(self) -> None:
        """End the connection."""
        self._channel.close()

    def _serve(self, hello: Hello) -> None:
        try:
            greeting = self._greet(hello)
            self.wishes_window = self.wishes_window or greeting.role == "window"
            self.wishes_persistence = greeting.role == "persistent"
            self._on_greeted(self)
            while True:
                message, descriptors = self._channel.receive()
                if isinstance(message, Call):
                    self._begin(message, self._channel.take_frame(), descriptors)
                elif isinstance(message, Cancel):
                    _close(descriptors)
                    with self._lock:
                        work = self._works.get(message.id)
                    if work is not None:
                        work.cancel()
                else:
                    _close(descriptors)
                    raise Damaged(reason="message")
        except (AgentGone, Damaged):
            pass
        finally:
            self.ended = True
            self.cancel_calls()
            self.close()
            self._on_end(self)

    def _greet(self, hello: Hello) -> Hello:
        """Exchange greetings, and see that the client is the process that was looked at when it connected.

        One that ended at once may have left its number to a process of another terminal, and its socket to a third:
        the kernel names who sent the nonce back, and only one that has been there all the time can have.
        """
        nonce = os.urandom(_NONCE_BYTES)
        self._channel.send(replace(hello, nonce=nonce))
        self._hello_sent = True
        greeting, descriptors = self._channel.receive()
        _close(descriptors)
        if not isinstance(greeting, Hello) or greeting.protocol != hello.protocol:
            raise Damaged(reason="protocol")
        peer = self.peer
        if greeting.nonce != nonce or self._channel.sender != peer.pid or started_at(peer.pid) != peer.started:
            self.peer = dataclasses.replace(peer, terminal=None)
        _set_timeout(self._channel.socket, socket.SO_RCVTIMEO, 0)
        return greeting

    def _begin(self, call: Call, frame: bytearray, descriptors: list[int]) -> None:
        if (call.subject, call.method) == ("vault", "status"):
            self._finish(call, WorkContext(), frame, descriptors)
            return
        work: WorkContext[Any] = WorkContext(
            _Throttle(lambda done, total: self._answer(Progress(call.id, done, total))),
            lambda item: self._answer(Item(call.id, pack(item))),
            descriptors,
        )
        thread = threading.Thread(target=self._finish, args=(call, work, frame, descriptors), name="call", daemon=True)
        with self._lock:
            full = len(self._works) >= _CALL_LIMIT or call.id in self._works
            if not full:
                self._works[call.id] = work
                if (call.subject, call.method) not in NEVER_UNFINISHED:
                    self._threads.add(thread)
                # Here, so that whoever waits for it finds none that has not begun.
                thread.start()
        if full:
            _close(descriptors)
            self._answer(_failure(call, HostError(reason="too_many_calls")))

    def _finish(self, call: Call, work: WorkContext[Any], frame: bytearray, descriptors: list[int]) -> None:
        answer: Result | Failure
        try:
            answer = Result(call.id, self._run(self, call, work))
        except VaultError as exc:
            answer = _failure(call, exc)
        finally:
            # The call's arguments point into the frame, and may have held a passphrase.
            frame[:] = bytes(len(frame))
            _close(descriptors)
            # Before the answer: who has it may count on the call being over.
            with self._lock:
                self._works.pop(call.id, None)
        self._answer(answer)
        with self._lock:
            self._threads.discard(threading.current_thread())

    def _answer(self, message: Result | Failure | Progress | Item, *, until: float | None = None) -> None:
        try:
            self._outbox.send(message, until=until)
        except AgentGone:
            self._channel.close()
        except ValueError:
            # A bug: larger than a frame. A client without an answer would wait for ever; without a connection it knows.
            traceback.print_exc(file=sys.stderr)
            self._channel.close()


class _Throttle:
    """Pass progress on a few times a second, and always the last."""

    def __init__(self, send: Callable[[int, int], None]) -> None:
        self._send = send
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next or (total and done >= total):
            self._next = now + _PROGRESS_EVERY_S
            self._send(done, total)


def greeting(state: str, vault_id: Any = None) -> Hello:
    """Return the agent's hello."""
    return Hello(version=__version__, role="agent", state=state, vault_id=vault_id)


def _set_timeout(sock: socket.socket, option: int, seconds: int) -> None:
    try:
        sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))
    except OSError as exc:
        # Closed by another thread: the agent locks.
        raise AgentGone from exc


def _failure(call: Call, error: VaultError) -> Failure:
    return Failure(call.id, error.code, error.facts, error.retryable)


def _close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
    descriptors.clear()
