"""System calls that Python has no names for."""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
_NOREPLACE = 1
_EXCHANGE = 2
_AT_EMPTY_PATH = 0x1000


def _checked(result: int, path: bytes) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path)


def rename_new(folder: int, old: bytes, new: bytes) -> None:
    """Rename within a folder, never over something; FileExistsError when something is there (renameat2(2))."""
    _checked(_LIBC.renameat2(folder, old, folder, new, _NOREPLACE), new)


def exchange(folder: int, one: bytes, other: bytes) -> None:
    """Swap two names of a folder in one step (renameat2(2))."""
    _checked(_LIBC.renameat2(folder, one, folder, other, _EXCHANGE), other)


def link_nameless(descriptor: int, folder: int, name: bytes) -> None:
    """Give an unnamed file its name, never over something.

    Through /proc, as open(2) shows; where that is not mounted, by the descriptor itself (newer kernels let
    ordinary users do that).
    """
    try:
        # src_dir_fd makes Python pass AT_SYMLINK_FOLLOW; without it the link of /proc itself would be linked.
        os.link(b"/proc/self/fd/%d" % descriptor, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    except FileNotFoundError:
        _checked(_LIBC.linkat(descriptor, b"", folder, name, _AT_EMPTY_PATH), name)


def sync_file_system(descriptor: int) -> None:
    """Write all that the file system of a descriptor holds back (syncfs(2))."""
    _checked(_LIBC.syncfs(descriptor), b"")
