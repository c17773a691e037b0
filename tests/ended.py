"""Waiting for the end of a process that is no child of ours."""

from __future__ import annotations

import os
import select

WAIT_S = 30


def wait_gone(pid: int) -> None:
    """Wait until a process has ended; its descriptor (pidfd_open(2)) becomes readable then."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([descriptor], [], [], WAIT_S)[0], f"process {pid} goes on"
    finally:
        os.close(descriptor)
