"""Work off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext

Work = Callable[[WorkContext[Any]], Any]
_THREADS = 6


def _nothing(*_: Any) -> None:
    """Nobody wants to know."""


class _Listener(NamedTuple):
    """Who is told, for as long as there is one."""

    owner: QObject
    done: Callable[[Any], object]
    failed: Callable[[Any], object]
    ended: Callable[[], object]

    def tell(self, call: Callable[..., object], *answer: object) -> None:
        if isValid(self.owner):
            call(*answer)


class TaskHandle(QObject):
    """One running task. Lives in the window's thread; its public signals are emitted there.

    ``finished`` follows every outcome; a cancelled task has no other. What a person can close while the task
    runs asks by :meth:`tell`.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()
    outcome = Signal(object, object)

    def __init__(
        self, runner: QObject, on_item: Callable[[Any], None] | None, forget: Callable[[TaskHandle], None]
    ) -> None:
        super().__init__(runner)
        self._forget = forget
        self._listeners: list[_Listener] = []
        self.context: WorkContext[Any] = WorkContext(on_item=on_item)
        self.outcome.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint."""
        self.context.cancel()

    def tell(
        self,
        owner: QObject,
        *,
        done: Callable[[Any], object] = _nothing,
        failed: Callable[[Any], object] = _nothing,
        ended: Callable[[], object] = _nothing,
    ) -> None:
        """Tell of the outcome, unless the owner is gone by then.

        Args:
            owner: What the calls belong to: page, dialog, window.
            done: Called with the result.
            failed: Called with the error.
            ended: Called after every outcome.
        """
        self._listeners.append(_Listener(owner, done, failed, ended))

    def let_go(self) -> None:
        """Tell nobody any more: a listener that keeps this handle would keep both alive."""
        self._listeners.clear()

    @Slot(object, object)
    def _deliver(self, result: object, error: BaseException | None) -> None:
        listeners = tuple(self._listeners)
        self.let_go()
        with ExitStack() as last:
            # In the reverse order, and each of them although one before raised.
            last.callback(self._forget, self)
            last.callback(self.finished.emit)
            for listener in reversed(listeners):
                last.callback(listener.tell, listener.ended)
            if error is None:
                self.succeeded.emit(result)
                for listener in listeners:
                    listener.tell(listener.done, result)
            elif not isinstance(error, OperationCancelled):
                self.failed.emit(error)
                for listener in listeners:
                    listener.tell(listener.failed, error)


class TaskRunner(QObject):
    """Starts work on a pool; the handle is kept alive until it has reported.

    Args:
        threads: How many calls may wait for the agent at once.
    """

    def __init__(self, threads: int = _THREADS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._urgent = QThreadPool(self)
        self._urgent.setMaxThreadCount(1)
        self._live: set[TaskHandle] = set()

    def run(self, work: Work, on_item: Callable[[Any], None] | None = None, *, urgent: bool = False) -> TaskHandle:
        """Call ``work(context)`` on a pool thread. Connect to the handle at once.

        Args:
            work: May block.
            on_item: Gets what the work emits, in whatever thread emits it.
            urgent: Has a thread of its own, so that it waits for no other call: locking.
        """
        # No lambda on the handle's own signals: one that holds its sender crashes when both are collected.
        handle = TaskHandle(self, on_item, self._forget)
        self._live.add(handle)

        def body() -> None:
            result: object = None
            error: BaseException | None = None
            try:
                result = work(handle.context)
            except BaseException as exc:  # noqa: BLE001 - carried to the window's thread
                error = exc
            handle.outcome.emit(result, error)
            # An error knows this frame by its traceback; known by the frame in turn, both would stay.
            del result, error

        (self._urgent if urgent else self._pool).start(body)
        return handle

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything and wait; True if all threads ended in time. What has not reported by then never does."""
        for handle in list(self._live):
            handle.cancel()
        until = QDeadlineTimer(timeout_ms)
        if not all(pool.waitForDone(until) for pool in (self._pool, self._urgent)):
            return False
        # A handle holds what its work was given, which may hold this runner: left to the collector of cycles,
        # which runs in any thread, all of it would be deleted in the wrong one.
        for handle in self._live:
            handle.let_go()
            handle.setParent(None)
        self._live.clear()
        return True

    def _forget(self, handle: TaskHandle) -> None:
        self._live.discard(handle)
        handle.deleteLater()
