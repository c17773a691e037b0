"""What a vault says of itself in clear: its id, its slots. All that can be known while it is locked."""

from __future__ import annotations

import sqlite3
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec

from vaultapp.core.errors import NotAFile, VaultDamaged, VaultTampered, VaultTooNew
from vaultapp.store.database import VaultDatabase, converted
from vaultapp.store.journal import copy_journal, journal_of, restores
from vaultapp.store.schema import APPLICATION_ID, HISTORY, SchemaHistory, check_schema
from vaultapp.store.sparse import copy_data, held_bytes

FORMAT = 1
PARAMETERS_LIMIT = 4096
SLOT_LIMIT = 64
# Nonce 12, root key 32, tag 16.
WRAPPED_BYTES = 60
ID_BYTES = 16
# Ten times the largest vault that is measured; beyond it a look must not fill the folder for temporary files.
COPIED_BYTES = 1 << 30

_FILE_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class VaultHeader:
    """Id, time made (microseconds UTC), format number."""

    vault_id: UUID
    created: int
    format: int


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One key slot. ``parameters`` is clear msgpack whose exact bytes are authenticated; ``wrapped`` the root key."""

    slot_id: UUID
    parameters: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class LockedVault:
    """What can be read without a key."""

    header: VaultHeader
    slots: tuple[SlotRow, ...]


def read_locked(path: Path, history: SchemaHistory = HISTORY) -> LockedVault:
    """Look at a vault without writing anything, not even beside it.

    A hot journal is left for the unlocking to roll back: then a copy of both files is looked at, unless they are
    so large that the header is read as it stands. Not for a vault that this process has open, whose locks would fall.

    Raises:
        VaultMissing, NotAFile, VaultDamaged, VaultTampered, VaultTooNew: As they say.
        HostError: The file cannot be read.
    """
    check_file(path, history)
    with converted(path):
        if not restores(path) or held_bytes(path) + held_bytes(journal_of(path)) > COPIED_BYTES:
            return _read(VaultDatabase(path, read_only=True), history)
        with tempfile.TemporaryDirectory(prefix="vaultapp-") as folder:
            copy = Path(folder) / "copy.vault"
            copy_data(path, copy)
            copy_journal(path, copy)
            return _read(VaultDatabase(copy), history)


def check_file(path: Path, history: SchemaHistory = HISTORY) -> None:
    """Look at a file's first bytes before SQLite does (file format of SQLite 3, section 1.3).

    Raises:
        VaultMissing: No file.
        NotAFile: A folder, pipe, device.
        VaultDamaged: Not a vault.
        VaultTooNew: A newer vaultapp wrote it.
        VaultTampered: Switched to a write-ahead log, which would be read from a second file.
    """
    with converted(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotAFile(path=str(path), kind="other")
        with path.open("rb") as file:
            head = file.read(_FILE_HEADER_BYTES)
    if len(head) < _FILE_HEADER_BYTES or not head.startswith(_MAGIC):
        raise VaultDamaged(reason="not_a_vault")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise VaultDamaged(reason="not_a_vault")
    version = int.from_bytes(head[60:64], "big")
    if version > history.newest:
        raise VaultTooNew(found=version, known=history.newest)
    if head[18:20] != b"\x01\x01":
        raise VaultTampered(reason="journal")


def read_header(conn: sqlite3.Connection) -> VaultHeader:
    """Read the header row.

    Raises:
        VaultDamaged: There is none, or it makes no sense.
        VaultTooNew: Of a newer format.
    """
    row = conn.execute("SELECT vault_id, created, format FROM header").fetchone()
    if row is None:
        raise VaultDamaged(reason="header")
    vault_id, created, number = row
    # The tables are strict towards who writes through SQLite, not towards who writes the file.
    if not (isinstance(vault_id, bytes) and isinstance(created, int) and isinstance(number, int)):
        raise VaultDamaged(reason="header")
    if len(vault_id) != ID_BYTES or number < 1:
        raise VaultDamaged(reason="header")
    if number > FORMAT:
        raise VaultTooNew(found=number, known=FORMAT)
    return VaultHeader(UUID(bytes=vault_id), created, number)


def read_slots(conn: sqlite3.Connection) -> tuple[SlotRow, ...]:
    """Read the key slots, oldest first.

    Raises:
        VaultDamaged: None, too many, or one that cannot be a slot.
    """
    slots: list[SlotRow] = []
    # One at a time, so that only one of them can be large.
    for row in conn.execute("SELECT id, parameters, wrapped FROM slots ORDER BY rowid LIMIT ?", (SLOT_LIMIT + 1,)):
        if len(slots) == SLOT_LIMIT or not _is_sane(*row):
            raise VaultDamaged(reason="slots")
        slots.append(SlotRow(UUID(bytes=row[0]), row[1], row[2]))
    if not slots:
        raise VaultDamaged(reason="slots")
    return tuple(slots)


def _is_sane(slot_id: object, parameters: object, wrapped: object) -> bool:
    if not (isinstance(slot_id, bytes) and isinstance(parameters, bytes) and isinstance(wrapped, bytes)):
        return False
    if len(slot_id) != ID_BYTES or len(parameters) > PARAMETERS_LIMIT or len(wrapped) != WRAPPED_BYTES:
        return False
    try:
        return isinstance(msgspec.msgpack.decode(parameters), dict)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return False


def _read(database: VaultDatabase, history: SchemaHistory) -> LockedVault:
    try:
        with database.reading() as conn:
            check_schema(conn, history)
            return LockedVault(read_header(conn), read_slots(conn))
    finally:
        database.close()
