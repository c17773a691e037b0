"""Python's collector of reference cycles, and how not to wait for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Make many long-lived objects without cycles; the collector walks them neither now nor later.

    It would again and again, with every thread waiting: 50 ms a time for 100,000 keys. What is made here is still
    freed when nothing refers to it any more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()
