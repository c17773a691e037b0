"""Outputs: they grow without a name and get it when they are whole, never over something unless asked."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Container
from contextlib import suppress

from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import SourceIsTarget, SpaceMissing, TargetExists
from vaultapp.crypto.random import Random
from vaultapp.files.host import free_space, host_errors, shown
from vaultapp.files.names import numbered, part_name
from vaultapp.files.part_notes import PartNotes, remove_tree
from vaultapp.files.renames import (
    NO_SUCH_RENAME,
    exchange,
    link_nameless,
    rename_folder_new,
    rename_new,
    sync_file_system,
)
from vaultapp.files.source import open_folder, open_subfolder
from vaultapp.files.tree import walk

_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
_NAMELESS = os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC
_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)
_TOKEN_BYTES = 4
_PERMISSIONS = 0o777

Identity = tuple[int, int]


class Destination:
    """A folder that takes outputs.

    Args:
        path: Absolute.
        notes: Told of outputs that have to have a name while they grow.
        random: For those names.

    Raises:
        NotFound, AccessDenied, HostError: It cannot be opened.
    """

    def __init__(self, path: bytes, notes: PartNotes, random: Random) -> None:
        self.path = path
        self.notes = notes
        self._random = random
        self._nameless = True
        self.descriptor = open_folder(path, writing=True)
        self.device = os.fstat(self.descriptor).st_dev

    def path_of(self, name: bytes) -> bytes:
        """Return the path of a name in it."""
        return os.path.join(self.path, name)

    def part_of(self, name: bytes) -> bytes:
        """Return a fresh name for something unfinished."""
        return part_name(name, self._random.bytes(_TOKEN_BYTES))

    def identity_of(self, name: bytes) -> Identity | None:
        """Return device and inode of what has a name here; None when it is free."""
        try:
            found = os.lstat(name, dir_fd=self.descriptor)
        except FileNotFoundError:
            return None
        except OSError as exc:
            if exc.errno == errno.ENAMETOOLONG:
                with host_errors(self.path_of(name), writing=True):
                    raise
            return None
        return found.st_dev, found.st_ino

    def check_space(self, needed: int) -> None:
        """See before any work that there is room.

        Raises:
            SpaceMissing: There is not.
        """
        free = free_space(self.path)
        if free < needed:
            raise SpaceMissing(path=shown(self.path), needed=needed, free=free)

    def new_file(self, name: bytes) -> NewFile:
        """Begin an output that will be called so, or nearly so.

        Raises:
            ReadOnly, AccessDenied, SpaceMissing, HostError: As they say.
        """
        with host_errors(self.path_of(name), writing=True):
            if self._nameless:
                try:
                    # b".": below the folder that is open, wherever its path leads by now.
                    descriptor = os.open(b".", _NAMELESS, 0o600, dir_fd=self.descriptor)
                    return NewFile(self, name, descriptor, None)
                except OSError as exc:
                    if exc.errno not in _NO_NAMELESS:
                        raise
                    self._nameless = False
            part, descriptor = self.new_part(name)
            return NewFile(self, name, descriptor, part)

    def new_part(self, name: bytes) -> tuple[bytes, int]:
        """Note and make an unfinished file that has a name."""
        part = self.part_of(name)
        self.notes.add([self.path_of(part)])
        return part, os.open(part, _NEW, 0o600, dir_fd=self.descriptor)

    def sync(self) -> None:
        """Make the names in it durable."""
        with host_errors(self.path, writing=True):
            try:
                os.fsync(self.descriptor)
            except OSError as exc:
                # Some file systems do not sync folders.
                if exc.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
                    raise

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self.descriptor)


class NewFile:
    """A file that grows; nobody finds it before :meth:`publish`.

    Args:
        destination: The folder.
        name: What it will be called, or nearly so.
        descriptor: Open for reading and writing; owned.
        part: Its name meanwhile; None without.
    """

    __slots__ = ("_destination", "_part", "descriptor", "name")

    def __init__(self, destination: Destination, name: bytes, descriptor: int, part: bytes | None) -> None:
        self._destination = destination
        self._part = part
        self.name = name
        self.descriptor = descriptor

    @property
    def path(self) -> bytes:
        """What its path will be if the name is free."""
        return self._destination.path_of(self.name)

    def keep_metadata(self, like: os.stat_result) -> None:
        """Take over permissions (without setuid, setgid, sticky) and modification time; call after the last write.

        A folder's right to be entered is not a file's to be run.
        """
        kept = _PERMISSIONS if stat.S_ISREG(like.st_mode) else _PERMISSIONS & ~0o111
        give_metadata(self.descriptor, stat.S_IMODE(like.st_mode) & kept, like.st_atime_ns, like.st_mtime_ns)

    def sync(self) -> None:
        """Make the content durable."""
        with host_errors(self.path, writing=True):
            os.fdatasync(self.descriptor)

    def publish(self, on_exist: OnExist, inputs: Container[Identity] = ()) -> bytes:
        """Give it its name; the content was synced before. The folder is to be synced after.

        Args:
            on_exist: KEEP takes the next free number; REPLACE renames over; SKIP and ASK leave what is there.
            inputs: Files that must not be replaced.

        Returns:
            Its path.

        Raises:
            TargetExists: Something has the name.
            SourceIsTarget: It is an input.
        """
        if self._part is None:
            try:
                return self._named(self._link, on_exist, inputs)
            except OSError as exc:
                if exc.errno not in (errno.EPERM, errno.EACCES, errno.ENOENT, errno.EXDEV, errno.EOPNOTSUPP):
                    with host_errors(self.path, writing=True):
                        raise
                # The system gives unnamed files and no way to name them: a copy with a name does instead.
                with host_errors(self.path, writing=True):
                    self._become_part()
        with host_errors(self.path, writing=True):
            return self._named(self._rename, on_exist, inputs)

    def discard(self) -> None:
        """Forget it; after :meth:`publish` only the descriptor goes."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1
        if self._part is not None:
            path = self._destination.path_of(self._part)
            try:
                os.unlink(self._part, dir_fd=self._destination.descriptor)
            except FileNotFoundError:
                pass
            except OSError:
                return
            self._part = None
            self._destination.notes.strike([path])

    def _named(self, give: Callable[[bytes], None], on_exist: OnExist, inputs: Container[Identity]) -> bytes:
        destination = self._destination
        if on_exist is OnExist.REPLACE:
            if destination.identity_of(self.name) in inputs:
                raise SourceIsTarget(path=shown(self.path))
            self._over(give)
            return self.path
        for name in numbered(self.name):
            try:
                give(name)
            except FileExistsError:
                if on_exist is not OnExist.KEEP:
                    raise TargetExists(path=shown(self.path)) from None
                continue
            return destination.path_of(name)
        raise AssertionError("numbers do not end")

    def _over(self, give: Callable[[bytes], None]) -> None:
        folder = self._destination.descriptor
        part = self._part
        if part is None:
            part = self._destination.part_of(self.name)
            self._destination.notes.add([self._destination.path_of(part)])
            give(part)
            self._part = part
        try:
            os.rename(part, self.name, src_dir_fd=folder, dst_dir_fd=folder)
        except (IsADirectoryError, FileExistsError):
            raise TargetExists(path=shown(self.path)) from None
        self._struck()

    def _link(self, name: bytes) -> None:
        link_nameless(self.descriptor, self._destination.descriptor, name)

    def _rename(self, name: bytes) -> None:
        folder, part = self._destination.descriptor, self._part
        if part is None:
            raise AssertionError("published twice")
        try:
            rename_new(folder, part, name)
        except OSError as exc:
            if exc.errno not in NO_SUCH_RENAME:
                raise
            os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
            os.unlink(part, dir_fd=folder)
        self._struck()

    def _struck(self) -> None:
        if self._part is not None:
            self._destination.notes.strike([self._destination.path_of(self._part)])
            self._part = None

    def _become_part(self) -> None:
        found = os.fstat(self.descriptor)
        part, descriptor = self._destination.new_part(self.name)
        nameless, self.descriptor, self._part = self.descriptor, descriptor, part
        try:
            copy_range(nameless, 0, descriptor, 0, found.st_size)
        finally:
            os.close(nameless)
        self.keep_metadata(found)
        os.fsync(descriptor)


class NewFolder:
    """A folder that is filled under a name of its own, 0700, and renamed when it is whole.

    Args:
        destination: Where it goes.
        name: What it will be called, or nearly so.
    """

    def __init__(self, destination: Destination, name: bytes) -> None:
        self._destination = destination
        self.name = name
        self._part: bytes | None = destination.part_of(name)
        self._path = destination.path_of(self._part)
        destination.notes.add([self._path])
        with host_errors(self._path, writing=True):
            os.mkdir(self._part, 0o700, dir_fd=destination.descriptor)
            self.descriptor = os.open(
                self._part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=destination.descriptor
            )

    @property
    def path(self) -> bytes:
        """Where it is now."""
        return self._path

    @property
    def target(self) -> bytes:
        """What its path will be if the name is free."""
        return self._destination.path_of(self.name)

    def publish(self, on_exist: OnExist, inputs: Container[Identity] = ()) -> bytes:
        """Make all in it durable and give it its name; as for a file.

        With REPLACE what was there is swapped out in one step, and removed after; where the file system cannot do
        that, it stays.
        """
        destination, part = self._destination, self._part
        if part is None:
            raise AssertionError("published twice")
        with host_errors(self.target, writing=True):
            sync_file_system(self.descriptor)
            there = destination.identity_of(self.name)
            if on_exist is OnExist.REPLACE and there is not None:
                if there in inputs or self._holds_input(inputs):
                    raise SourceIsTarget(path=shown(self.target))
                self._swap(part)
                return self.target
            for name in numbered(self.name):
                try:
                    self._rename(part, name)
                except FileExistsError:
                    if on_exist is not OnExist.KEEP:
                        raise TargetExists(path=shown(self.target)) from None
                    continue
                break
        self._part = None
        destination.notes.strike([self._path])
        destination.sync()
        return destination.path_of(name)

    def _rename(self, part: bytes, name: bytes) -> None:
        folder = self._destination.descriptor
        try:
            rename_new(folder, part, name)
        except OSError as exc:
            if exc.errno not in NO_SUCH_RENAME:
                raise
            rename_folder_new(folder, part, name)

    def _swap(self, part: bytes) -> None:
        destination = self._destination
        try:
            exchange(destination.descriptor, part, self.name)
        except OSError as exc:
            if exc.errno not in NO_SUCH_RENAME:
                raise
            # In two steps a kill could leave neither.
            raise TargetExists(path=shown(self.target)) from exc
        destination.sync()
        self.discard()

    def _holds_input(self, inputs: Container[Identity]) -> bool:
        """See whether an input lies in the folder that is to be replaced, which would remove it."""
        folder = self._destination.descriptor
        if not stat.S_ISDIR(os.lstat(self.name, dir_fd=folder).st_mode):
            return False
        there = open_subfolder(folder, self.name, self.target)
        try:
            return any(member.identity in inputs for member in walk(there, self.target))
        finally:
            os.close(there)

    def discard(self) -> None:
        """Remove what is left under the name it grew by."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1
        if self._part is not None:
            remove_tree(self._path)
            if not os.path.lexists(self._path):
                self._destination.notes.strike([self._path])
            self._part = None


def give_metadata(descriptor: int, mode: int, atime_ns: int, mtime_ns: int) -> None:
    """Set permissions and times, as far as the file system has such: that of a USB stick often has not."""
    with suppress(OSError):
        os.fchmod(descriptor, mode)
    with suppress(OSError):
        os.utime(descriptor, ns=(atime_ns, mtime_ns))


def copy_range(source: int, source_at: int, target: int, target_at: int, count: int) -> None:
    """Copy bytes between files inside the kernel, by reflink where that is possible.

    Raises:
        OSError: Also EIO when the source ends early.
    """
    while count:
        try:
            done = os.copy_file_range(source, target, min(count, 1 << 30), source_at, target_at)
        except OSError as exc:
            if exc.errno not in (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
                raise
            done = os.pwrite(target, os.pread(source, min(count, 1 << 20), source_at), target_at)
        if done == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        source_at, target_at, count = source_at + done, target_at + done, count - done
