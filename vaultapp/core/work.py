"""Long work that can be watched and stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from vaultapp.core.errors import OperationCancelled

ItemT = TypeVar("ItemT")
ProgressFn = Callable[[int, int], None]


class WorkContext(Generic[ItemT]):
    """What a long operation is given so that it can be watched and stopped.

    Args:
        on_progress: Called with (done, total) in the unit of the operation, usually bytes;
            total is 0 when not known. May be called from any thread.
        on_item: Called with each partial result, in the operation's own type; any thread.
        descriptors: Open file descriptors that the caller passed along; records name them
            by their place in this sequence. They belong to whoever made the context.
    """

    def __init__(
        self,
        on_progress: ProgressFn | None = None,
        on_item: Callable[[ItemT], None] | None = None,
        descriptors: Sequence[int] = (),
    ) -> None:
        self._stop = threading.Event()
        self._on_progress = on_progress
        self._on_item = on_item
        self._on_cancel: list[Callable[[], None]] = []
        self._done = 0
        self._moves = 0
        self.descriptors = tuple(descriptors)

    def moved(self) -> None:
        """Note that bytes moved, though not enough yet to report progress."""
        self._moves += 1

    def moves(self) -> int:
        """Return a number that changes whenever the work went on."""
        return self._done + self._moves

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the operation to stop at its next checkpoint. Idempotent."""
        if not self._stop.is_set():
            self._stop.set()
            for call in self._on_cancel:
                call()

    def when_cancelled(self, call: Callable[[], None]) -> None:
        """Call this, from the cancelling thread, when somebody asks to stop; at once if it was asked already."""
        self._on_cancel.append(call)
        if self._stop.is_set():
            call()

    def checkpoint(self, done: int = 0, total: int = 0) -> None:
        """Report progress and stop here if asked to.

        Call once per chunk (64 KiB to 1 MiB), never per byte.

        Raises:
            OperationCancelled: ``cancel`` was called.
        """
        self.heed_cancel()
        self._done = done or self._done
        if self._on_progress is not None:
            self._on_progress(done, total)

    def heed_cancel(self) -> None:
        """Stop here if asked to, and report nothing: before a step that cannot be stopped.

        Raises:
            OperationCancelled: ``cancel`` was called.
        """
        if self._stop.is_set():
            raise OperationCancelled

    def emit(self, item: ItemT) -> None:
        """Hand a partial result to whoever watches."""
        if self._on_item is not None:
            self._on_item(item)
