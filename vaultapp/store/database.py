"""One SQLite file, one connection, one lock; the place where foreign errors become ours."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlite_utils

from vaultapp.core.errors import (
    AccessDenied,
    HostError,
    ReadOnly,
    SpaceMissing,
    VaultBusy,
    VaultDamaged,
    VaultError,
    VaultLocked,
    VaultMissing,
    VaultReplaced,
    VaultTampered,
)
from vaultapp.store.journal import check_journal

_BUSY_S = 2.0
# No cell is larger than what crosses the wire, 8 MiB; what somebody put there must not fill the memory.
_LONGEST_CELL = 16 * 1024 * 1024
_NEARLY_FULL_BYTES = 64 * 1024
_PRIMARY_CODE = 0xFF
# None of them reads the file; trusted_schema comes before the schema is parsed.
_GUARDS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "secure_delete=ON",
    "synchronous=FULL",
    "locking_mode=EXCLUSIVE",
)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_REFUSED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
# The module's own error, without a code, for text that is no UTF-8.
_NO_TEXT = "Could not decode"

# Where SQLite locks nothing: just before its pending byte (file format of SQLite 3, section 1.3).
_LOCK_BYTE = 0x40000000 - 1
_CANNOT_WRITE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD_BY_OTHERS = frozenset({errno.EACCES, errno.EAGAIN})

# Device, inode, size, times of change of content and of inode in ns: tells one state of the file from another without
# reading it. The first of the times can be set back by whoever writes the file, the last cannot.
_Stamp = tuple[int, int, int, int, int]
_WHICH_FILE, _CONTENT = 2, 4
Progress = Callable[[int, int, int], None]


class VaultDatabase:
    """One SQLite file, one connection, one lock; safe to call from any thread.

    Statements here take milliseconds, so waiting for the lock is cheaper than a connection per thread, and
    closing is certain. The file is taken exclusively, and a hot journal beside it rolled back, when this is
    made. SQLite's own locks fall when anything else in this process closes the file, as sealing or restoring from
    it does (POSIX record locks belong to the process), so one that belongs to a descriptor stands beside them.

    Args:
        path: The database file; it exists.
        read_only: Takes no lock, reads no journal and never writes; for copies and for looking at a locked vault.

    Raises:
        VaultMissing, VaultBusy, ReadOnly, AccessDenied, VaultDamaged, HostError: It cannot be had.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = threading.RLock()
        self._closed = False
        self._prove: Callable[[], object] | None = None
        if not path.exists():
            raise VaultMissing(path=str(path))
        self._held = None if read_only else _hold(path)
        try:
            self._conn = self._connect()
        except BaseException:
            self._let_go()
            raise
        # execute_plugins=False: plug-ins of sqlite-utils must not get a vault's connection.
        self._db = sqlite_utils.Database(self._conn, execute_plugins=False, recursive_triggers=False, strict=True)
        self._stamp = self._look()

    def keep_one_file(self) -> None:
        """Empty the journal after each change instead of deleting it; asked once the schema is known to be ours."""
        with self.reading() as conn:
            conn.execute("PRAGMA journal_mode=TRUNCATE")
            self._stamp = self._look()

    def prove_by(self, prove: Callable[[], object]) -> None:
        """Say what reads the content whole, and raises VaultDamaged or VaultTampered where it is not what we left."""
        self._prove = prove

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold the lock; what is raised inside passes as it is.

        Raises:
            VaultLocked: The file was closed.
        """
        with self._lock:
            if self._closed:
                raise VaultLocked
            yield

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the lock while reading."""
        with self.holding(), converted(self.path):
            yield self._conn

    @contextmanager
    def transaction(self) -> Iterator[sqlite_utils.Database]:
        """Write all or nothing; does not nest. For files without a state of their own in memory.

        Raises:
            VaultReplaced: The file was changed or replaced beneath us since our last write.
            SpaceMissing, ReadOnly, HostError: The old state stays.
        """
        with self.holding():
            db = self.begin()
            try:
                with converting_sqlite(self.path):
                    yield db
                self.commit()
            except BaseException:
                self.roll_back()
                raise

    def begin(self) -> sqlite_utils.Database:
        """Open a transaction, with the write lock, if the file is what we left. The caller holds the lock."""
        if self.read_only:
            raise ReadOnly(path=str(self.path))
        if self._conn.in_transaction:
            raise ValueError("transactions do not nest")
        self.look_beneath()
        with converted(self.path):
            self._conn.execute("BEGIN IMMEDIATE")
        return self._db

    def commit(self) -> None:
        """Make the open transaction durable. After a failure only the file knows whether it happened."""
        with converted(self.path):
            self._conn.execute("COMMIT")
        self.look_again()

    def roll_back(self) -> None:
        """Undo the open transaction, unless SQLite has done so already."""
        with converted(self.path):
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
        self.look_again()

    @property
    def in_transaction(self) -> bool:
        """True between begin and its end."""
        return self._conn.in_transaction

    def look_beneath(self) -> None:
        """Compare the file at the path with what we left; in a transaction, which may have written, only which it is.

        Raises:
            VaultReplaced: It is another file, or somebody else wrote into it.
            VaultTampered: What lies beside it would be played back with our next change, if that is undone.
        """
        found, told = self._look(), _WHICH_FILE if self._conn.in_transaction else _CONTENT
        if found is None or self._stamp is None or found[:told] != self._stamp[:told]:
            raise VaultReplaced(path=str(self.path))
        if told == _CONTENT:
            with converted(self.path):
                check_journal(self.path)
            if found != self._stamp:
                self._look_within(found)

    def look_again(self) -> None:
        """Take over what our own writing did to size and time, but never another file."""
        found = self._look()
        if found is not None and self._stamp is not None and found[:_WHICH_FILE] == self._stamp[:_WHICH_FILE]:
            self._stamp = found

    def vacuum(self) -> None:
        """Rewrite the file without what was deleted."""
        with self.reading() as conn:
            self.look_beneath()
            try:
                conn.execute("VACUUM")
            finally:
                self.look_again()

    def copy_into(self, target: Path, pages: int, progress: Progress) -> None:
        """Copy everything into an empty file by SQLite's online backup; progress(status, remaining, total).

        Foreign errors are left to who knows the name that the file gets: it is there that room is missing.
        """
        with self.holding():
            copy = sqlite3.connect(target, isolation_level=None)
            try:
                # A copy is thrown away when it fails, and synced once when it is whole.
                copy.execute("PRAGMA journal_mode=OFF")
                copy.execute("PRAGMA synchronous=OFF")
                self._conn.backup(copy, pages=pages, progress=progress)
            finally:
                copy.close()

    def close(self) -> None:
        """Close the file. Calls after this raise VaultLocked."""
        with self._lock:
            self._closed = True
            self._conn.close()
            self._let_go()

    def _connect(self) -> sqlite3.Connection:
        mode = "ro&immutable=1" if self.read_only else "rw"
        with converted(self.path):
            if not self.read_only:
                check_journal(self.path)
            conn = sqlite3.connect(
                f"file:{quote(os.fsencode(self.path.absolute()))}?mode={mode}",
                uri=True,
                timeout=_BUSY_S,
                check_same_thread=False,
                isolation_level=None,
            )
            conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
            try:
                for guard in _GUARDS:
                    conn.execute(f"PRAGMA {guard}")
                if not self.read_only:
                    conn.execute("BEGIN EXCLUSIVE")
                    conn.execute("COMMIT")
            except BaseException:
                conn.close()
                raise
        return conn

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _look(self) -> _Stamp | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def _look_within(self, found: _Stamp) -> None:
        """Tell what was done to the inode alone from a write that was dated back.

        Another mode, a second name, an attribute that a sync program keeps there: all of it changes that time, none of
        it the content, so the content decides. It is read from the file anew; that takes a few seconds for the largest
        vaults, and is done once for each such change.
        """
        if self._prove is None:
            raise VaultReplaced(path=str(self.path))
        with converted(self.path):
            self._conn.execute("PRAGMA shrink_memory")
        try:
            self._prove()
        except (VaultDamaged, VaultTampered) as exc:
            self._stamp = None
            raise VaultReplaced(path=str(self.path)) from exc
        self._stamp = found


def _hold(path: Path) -> int:
    """Lock a file for as long as the descriptor that is returned stays open; one that may only be read, for reading.

    Raises:
        VaultBusy: Another agent has it, be it with lock files in another runtime folder.

    Source:
        fcntl(2), open file description locks.
    """
    with converted(path):
        try:
            kind, held = fcntl.F_WRLCK, os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as exc:
            if exc.errno not in _CANNOT_WRITE:
                raise
            kind, held = fcntl.F_RDLCK, os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.fcntl(held, fcntl.F_OFD_SETLK, struct.pack("hhqqi", kind, os.SEEK_SET, _LOCK_BYTE, 1, 0))
        except OSError as exc:
            os.close(held)
            if exc.errno in _HELD_BY_OTHERS:
                raise VaultBusy(path=str(path)) from exc
            raise
    return held


@contextmanager
def converted(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into ours. The one place for it in the store."""
    try:
        with converting_sqlite(path):
            yield
    except OSError as exc:
        raise of_system(exc, path) from exc


@contextmanager
def converting_sqlite(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, and leave the system's to whoever caused them."""
    try:
        yield
    except sqlite3.IntegrityError as exc:
        raise ValueError(f"a row breaks the schema: {exc}") from exc
    except sqlite3.DatabaseError as exc:
        raise _of_sqlite(exc, path) from exc


def of_system(exc: OSError, path: Path) -> VaultError:
    """Return our error for one of the system's."""
    place = str(path)
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return SpaceMissing(path=place)
    if exc.errno == errno.EROFS:
        return ReadOnly(path=place)
    if exc.errno in {errno.EACCES, errno.EPERM}:
        return AccessDenied(path=place)
    if exc.errno == errno.ENOENT:
        return VaultMissing(path=place)
    return HostError(reason=exc.strerror or "io", path=place)


def _of_sqlite(exc: sqlite3.DatabaseError, path: Path) -> VaultError:
    place = str(path)
    extended = getattr(exc, "sqlite_errorcode", 0)
    code = extended & _PRIMARY_CODE
    if code in _DAMAGE or (code == sqlite3.SQLITE_ERROR and "malformed" in str(exc)):
        return VaultDamaged(reason="corrupt")
    if code == sqlite3.SQLITE_TOOBIG or (not code and _NO_TEXT in str(exc)):
        return VaultDamaged(reason="corrupt")
    if code == sqlite3.SQLITE_NOTADB:
        return VaultDamaged(reason="not_a_vault")
    if code in _BUSY:
        return VaultBusy(path=place)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path)):
        return SpaceMissing(path=place)
    if extended == sqlite3.SQLITE_READONLY_DBMOVED:
        return VaultReplaced(path=place)
    # A journal that cannot be made is told as "cannot open", on a read-only place as well; where the place became
    # read-only beneath an open file, that it cannot be written.
    if code in {*_REFUSED, sqlite3.SQLITE_IOERR} and _is_read_only(path):
        return ReadOnly(path=place)
    if code in _REFUSED and not _may_write(path):
        return AccessDenied(path=place)
    if code in _REFUSED:
        return ReadOnly(path=place) if code == sqlite3.SQLITE_READONLY else AccessDenied(path=place)
    return HostError(reason=f"sqlite {getattr(exc, 'sqlite_errorname', 'error')}", path=place)


def _is_full(path: Path) -> bool:
    try:
        found = os.statvfs(path.parent)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _NEARLY_FULL_BYTES


def _is_read_only(path: Path) -> bool:
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)
