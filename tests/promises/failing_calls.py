"""Calls of the operating system, one of which fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

CALLS = ("write", "writev", "pwrite", "pwritev", "fdatasync", "fsync", "link", "rename", "unlink", "rmdir")
READS = ("pread", "preadv", "read", "open", "lstat", "listdir")


class FailingCalls:
    """Counts calls from now on, and lets one of them fail.

    Args:
        patch: Puts the real ones back at its end.
        names: Of functions of ``os``.
        wanted: Which call fails, from 1.
    """

    def __init__(self, patch: pytest.MonkeyPatch, names: tuple[str, ...], wanted: int) -> None:
        self.count = 0
        self._wanted = wanted
        for name in names:
            patch.setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self._wanted:
                raise OSError(errno.EIO, f"{name} fails")
            return real(*arguments, **named)

        return call
