"""System calls that Python has no names for."""

from __future__ import annotations

import ctypes
import errno
import os
from contextlib import suppress

# How file systems say that they know no flags of renameat2: NFS, sshfs, cifs.
NO_SUCH_RENAME = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)

_LIBC = ctypes.CDLL(None, use_errno=True)
_NOREPLACE = 1
_EXCHANGE = 2
_AT_EMPTY_PATH = 0x1000
_TAKEN = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)


def _checked(result: int, path: bytes) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path)


def rename_new(folder: int, old: bytes, new: bytes) -> None:
    """Rename within a folder, never over something; FileExistsError when something is there (renameat2(2))."""
    _checked(_LIBC.renameat2(folder, old, folder, new, _NOREPLACE), new)


def rename_folder_new(folder: int, old: bytes, new: bytes) -> None:
    """Rename a folder as :func:`rename_new` does, where the file system knows no such rename.

    An empty folder takes the name first. A folder is renamed over an empty folder or not at all (rename(2)), so what
    comes to the name meanwhile stays.
    """
    os.mkdir(new, 0o700, dir_fd=folder)
    try:
        os.rename(old, new, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError as exc:
        if exc.errno not in _TAKEN:
            with suppress(OSError):
                os.rmdir(new, dir_fd=folder)
            raise
        _rename_to_freed(folder, old, new)


def _rename_to_freed(folder: int, old: bytes, new: bytes) -> None:
    """Rename a folder to the name of an empty one: not every file system renames over it."""
    try:
        os.rmdir(new, dir_fd=folder)
        os.rename(old, new, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError as exc:
        if exc.errno not in _TAKEN:
            raise
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), new) from exc


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
