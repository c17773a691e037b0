"""A few threads that take the next task from a counter."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable

from vaultapp.files.meter import EVERY_S, Meter

THREAD_LIMIT = 4
# Fewer tasks than this are done quicker by the calling thread alone.
_INLINE_TASKS = 4

# Does one task by its number and returns the bytes it stands for.
Task = Callable[[int], int]


class Workers:
    """Runs tasks 0 … n-1, each once, in threads that live for one run.

    Positions are computed from the number, so there is no queue and there are no futures.

    Args:
        threads: None takes min(cores, 4).
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or min(len(os.sched_getaffinity(0)), THREAD_LIMIT)

    def run(self, tasks: int, make: Callable[[], Task], meter: Meter, limit: int | None = None) -> None:
        """Do all tasks; return when every thread has ended.

        Args:
            tasks: How many.
            make: Called in each thread once; what it returns may keep buffers.
            meter: Advanced by the calling thread alone.
            limit: At most so many threads, for large buffers.

        Raises:
            OperationCancelled: Asked for; at most one task per thread was still finished.
            VaultError: The first that a task raised; the others stop after the task under way.
        """
        threads = min(self.threads, limit or self.threads, tasks)
        if threads <= 1 or tasks < _INLINE_TASKS:
            task = make()
            for number in range(tasks):
                meter.advance(task(number))
            return
        _Run(tasks, make, threads).watch(meter)


class _Run:
    def __init__(self, tasks: int, make: Callable[[], Task], threads: int) -> None:
        self._numbers = itertools.count()
        self._tasks = tasks
        self._make = make
        self._done = [0] * threads
        self._stopped = False
        self._errors: list[BaseException] = []
        self._threads = [
            threading.Thread(target=self._work, args=(place,), name="file", daemon=True) for place in range(threads)
        ]

    def watch(self, meter: Meter) -> None:
        told = 0
        try:
            for thread in self._threads:
                thread.start()
            for thread in self._threads:
                while thread.is_alive():
                    thread.join(EVERY_S)
                    done = sum(self._done)
                    meter.advance(done - told)
                    told = done
        finally:
            self._stopped = True
            for thread in self._threads:
                if thread.ident is not None:
                    thread.join()
        if self._errors:
            raise self._errors[0]
        meter.advance(sum(self._done) - told)

    def _work(self, place: int) -> None:
        try:
            task = self._make()
            for number in self._numbers:
                if number >= self._tasks or self._stopped:
                    return
                self._done[place] += task(number)
        except BaseException as exc:  # noqa: BLE001 - carried to the thread that waits
            self._errors.append(exc)
            self._stopped = True
