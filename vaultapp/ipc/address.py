"""Addresses of sockets whose path is longer than an address can be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# unix(7): sun_path has 108 bytes, the last of which is zero.
_LIMIT = 107


@contextmanager
def socket_address(path: Path) -> Iterator[bytes]:
    """Give an address to bind or connect to; a long path is reached through a descriptor of its folder.

    Raises:
        OSError: The folder is not there.
    """
    address = os.fsencode(path)
    if len(address) <= _LIMIT:
        yield address
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield os.fsencode(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)
