"""A file that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

_PRIVATE = 0o600


@contextmanager
def replaced_file(path: bytes | Path, *, mode: int = _PRIVATE, durable: bool = True) -> Iterator[FileIO]:
    """Open a file beside, which takes the path's place at the end.

    Nothing is buffered, so that no copy of a secret is left behind. Whatever is raised, the file beside is removed
    and what was there before is as it was. Who opened an earlier file of that name gets nothing.

    Args:
        path: Its folder must be there.
        mode: Who may read it in the end; until then its owner alone.
        durable: Wait until it is on the disk, which may take long.

    Raises:
        OSError: As the file system says.
    """
    descriptor, name = tempfile.mkstemp(prefix=b".vaultapp-", suffix=b".part", dir=os.path.dirname(os.fsencode(path)))
    try:
        with FileIO(descriptor, "w") as file:
            yield file
            if mode != _PRIVATE:
                os.fchmod(descriptor, mode)
            if durable:
                os.fsync(descriptor)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def write_all(file: FileIO, content: bytes | bytearray) -> None:
    """Write all of it; one call of the system may write less."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]
