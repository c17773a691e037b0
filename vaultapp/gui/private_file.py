"""A file with a secret in it, for its owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile

from vaultapp.core.refusals import refusal


def write_private(path: bytes, secret: bytearray) -> None:
    """Write a file with mode 0600, whole or not at all. The file dialog has asked about one that is there.

    Args:
        path: Absolute.
        secret: What is written.

    Raises:
        SpaceMissing, ReadOnly, AccessDenied, NameTooLong, HostError: Nothing was written.
    """
    try:
        # Its own new file, opened exclusively, and then the name: who opened an earlier file there gets nothing.
        descriptor, name = tempfile.mkstemp(prefix=b".vaultapp-", dir=os.path.dirname(path))
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                file.write(secret)
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as exc:
        raise refusal(exc, path) from exc
