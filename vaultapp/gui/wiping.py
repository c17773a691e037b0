"""Secrets that do not outlive the call they are for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def wiped(*secrets: bytearray | None) -> Iterator[None]:
    """Overwrite these at the end, whatever came of what was done with them."""
    try:
        yield
    finally:
        wipe(*secrets)


def wipe(*secrets: bytearray | None) -> None:
    """Overwrite these."""
    for secret in secrets:
        if secret is not None:
            secret[:] = bytes(len(secret))
