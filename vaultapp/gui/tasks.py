"""Work off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext

Work = Callable[[WorkContext[Any]], Any]
_THREADS = 6


class TaskHandle(QObject):
    """One running task. Lives in the window's thread; its public signals are emitted there.

    ``finished`` follows every outcome; a cancelled task has no other.
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
        self.context: WorkContext[Any] = WorkContext(on_item=on_item)
        self.outcome.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint."""
        self.context.cancel()

    @Slot(object, object)
    def _deliver(self, result: object, error: BaseException | None) -> None:
        if error is None:
            self.succeeded.emit(result)
        elif not isinstance(error, OperationCancelled):
            self.failed.emit(error)
        self.finished.emit()
        self._forget(self)


class TaskRunner(QObject):
    """Starts work on a pool; the handle is kept alive until it has reported.

    Args:
        threads: How many calls may wait for the agent at once.
    """

    def __init__(self, threads: int = _THREADS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._live: set[TaskHandle] = set()

    def run(self, work: Work, on_item: Callable[[Any], None] | None = None) -> TaskHandle:
        """Call ``work(context)`` on a pool thread. Connect to the handle at once.

        Args:
            work: May block.
            on_item: Gets what the work emits, in whatever thread emits it.
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

        self._pool.start(body)
        return handle

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything and wait; True if all threads ended in time. What has not reported by then never does."""
        for handle in list(self._live):
            handle.cancel()
        if not self._pool.waitForDone(timeout_ms):
            return False
        # A handle holds what its work was given, which may hold this runner: left to the collector of cycles,
        # which runs in any thread, all of it would be deleted in the wrong one.
        for handle in self._live:
            handle.setParent(None)
        self._live.clear()
        return True

    def _forget(self, handle: TaskHandle) -> None:
        self._live.discard(handle)
        handle.deleteLater()
