"""Calls that a signal can stop: the agent is asked to, and its answer is waited for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext

ResultT = TypeVar("ResultT")

_ENDS = (signal.SIGTERM, signal.SIGHUP)
_STOPS = (signal.SIGINT, *_ENDS)
_LOOK_UP_S = 0.1


class Terminated(BaseException):  # not an Exception: nothing on the way may take it for a failure
    """The system asked this process to end.

    Attributes:
        signal_number: Which signal it was.
    """

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


def raise_on_termination() -> None:
    """Let SIGTERM and SIGHUP end the command as Ctrl+C does, with their own exit code."""

    def handler(number: int, _frame: FrameType | None) -> None:
        raise Terminated(number)

    for number in _ENDS:
        signal.signal(number, handler)


def finish(call: Callable[[], ResultT], work: WorkContext[Any]) -> ResultT:
    """Make a call in another thread and wait for it; the first signal cancels it, a second one leaves at once.

    Work that ends well in spite of the signal is done, and its result returned.

    Raises:
        OperationCancelled: Ctrl+C, and the agent stopped.
        Terminated: SIGTERM or SIGHUP, and the agent stopped.
        VaultError: What the call raised.
    """
    outcome: list[ResultT] = []
    failure: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as exc:  # noqa: BLE001 - carried to the waiting thread
            failure.append(exc)
        finally:
            done.set()

    with _cancelling(work) as signals:
        threading.Thread(target=run, name="call", daemon=True).start()
        # A signal that comes just before the wait begins does not wake it: look up now and then.
        while not done.wait(_LOOK_UP_S):
            pass
    if failure:
        if isinstance(failure[0], OperationCancelled) and signals and signals[0] != signal.SIGINT:
            raise Terminated(signals[0])
        raise failure[0]
    return outcome[0]


@contextmanager
def _cancelling(work: WorkContext[Any]) -> Iterator[list[int]]:
    """Let a first signal cancel the work, and a second one be what it is; give the list of those that came.

    The handler may take the locks of the connection: it runs in the main thread, which only waits meanwhile.
    """
    came: list[int] = []
    usual: dict[int, Any] = {}

    def handler(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if len(came) == 1:
            work.cancel()
        elif callable(usual[number]):
            usual[number](number, frame)

    try:
        if threading.current_thread() is threading.main_thread():
            for number in _STOPS:
                usual[number] = signal.getsignal(number)
                signal.signal(number, handler)
        yield came
    finally:
        for changed, before in usual.items():
            signal.signal(changed, before)
