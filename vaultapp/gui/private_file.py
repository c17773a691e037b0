"""A file with a secret in it, for its owner only."""

from __future__ import annotations

from vaultapp.core.refusals import refusal
from vaultapp.core.replaced_file import replaced_file, write_all


def write_private(path: bytes, secret: bytearray) -> None:
    """Write a file with mode 0600, whole or not at all. The file dialog has asked about one that is there.

    Args:
        path: Absolute.
        secret: What is written.

    Raises:
        SpaceMissing, ReadOnly, AccessDenied, NameTooLong, HostError: Nothing was written.
    """
    try:
        with replaced_file(path) as file:
            write_all(file, secret)
    except OSError as exc:
        raise refusal(exc, path) from exc
