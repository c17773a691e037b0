"""How far long work is: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vaultapp.cli.invocation import Invocation
from vaultapp.core.work import WorkContext

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Work that ends before needs no bar, and the library of bars is not loaded for it.
_PATIENCE_S = 0.5


class Bar:
    """A bar on standard error; appears when the work takes longer than a moment. Any thread may move it.

    Args:
        text: What is done, printable.
        sizes: What is counted are bytes.
    """

    def __init__(self, text: str, *, sizes: bool) -> None:
        self._text = text
        self._sizes = sizes
        self._lock = threading.Lock()
        self._since = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._closed = False

    def move(self, done: int, total: int, text: str = "") -> None:
        """Show that so much is done; total 0 is not known."""
        with self._lock:
            self._text = text or self._text
            if self._closed or time.monotonic() - self._since < _PATIENCE_S:
                return
            if self._bar is None:
                self._bar = _bar(sizes=self._sizes)
                self._task = self._bar.add_task(self._text, total=total or None)
                self._bar.start()
            if self._task is not None:
                self._bar.update(self._task, completed=done, total=total or None, description=self._text)

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._closed = True
            if self._bar is not None:
                self._bar.stop()

    def line(self, text: str) -> None:
        """Print a line of results; above the bar where both are on one terminal."""
        with self._lock:
            if self._bar is not None and not self._closed and sys.stdout.isatty():
                self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
            else:
                print(text, flush=True)


class NoBar(Bar):
    """Where nobody looks."""

    def __init__(self) -> None:
        super().__init__("", sizes=False)

    def move(self, done: int, total: int, text: str = "") -> None:
        """Show nothing."""

    def close(self) -> None:
        """Nothing is there."""


def bar_for(invocation: Invocation, text: str, *, sizes: bool) -> Bar:
    """Return a bar if a person watches standard error."""
    return Bar(text, sizes=sizes) if sys.stderr.isatty() and not invocation.as_json else NoBar()


@contextmanager
def progress(invocation: Invocation, text: str) -> Iterator[WorkContext[Any]]:
    """Give a work context whose progress is shown."""
    bar = bar_for(invocation, text, sizes=False)
    try:
        yield WorkContext(bar.move)
    finally:
        bar.close()


def _bar(*, sizes: bool) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        ProgressColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    # No markup: the text holds names of files.
    columns: list[ProgressColumn] = [TextColumn("{task.description}", markup=False), BarColumn()]
    columns += [DownloadColumn(), TransferSpeedColumn()] if sizes else [TaskProgressColumn()]
    columns += [TimeRemainingColumn(compact=True)]
    # Standard output stays as it is: it may be a file.
    return Progress(
        *columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False
    )
