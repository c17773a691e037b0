"""What a vault file is made of, version by version.

The text of each version is kept: an opened file must have exactly it, because a trigger or view that somebody
added would act on the first read.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sqlite_utils

from vaultapp.core.errors import VaultDamaged, VaultTampered, VaultTooNew

APPLICATION_ID = 0x766C7431

TABLES: Mapping[int, tuple[str, ...]] = {
    1: (
        (
            "CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), vault_id BLOB NOT NULL,"
            " created INTEGER NOT NULL, format INTEGER NOT NULL) STRICT"
        ),
        "CREATE TABLE slots (id BLOB NOT NULL PRIMARY KEY, parameters BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT",
        (
            "CREATE TABLE records (id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL,"
            " parent BLOB REFERENCES records (id), revision INTEGER NOT NULL,"
            " description BLOB NOT NULL, secret BLOB) STRICT"
        ),
        "CREATE INDEX records_by_kind ON records (kind)",
        "CREATE INDEX records_by_parent ON records (parent, kind)",
        "CREATE TABLE epoch (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE activity (sequence INTEGER PRIMARY KEY, sealed BLOB NOT NULL, link BLOB NOT NULL) STRICT",
    ),
}


@dataclass(frozen=True, slots=True)
class SchemaHistory:
    """The schema texts by version, and the steps between them.

    Attributes:
        tables: The exact statements of each ``user_version``.
        steps: What leads to a version from the one before it, inside a transaction.
    """

    tables: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: TABLES)
    steps: Mapping[int, Callable[[sqlite_utils.Database], None]] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        """The version that is written."""
        return max(self.tables)


HISTORY = SchemaHistory()


def create_schema(db: sqlite_utils.Database, history: SchemaHistory = HISTORY) -> None:
    """Make the tables of the newest version in an empty file."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {history.newest}")
    for text in history.tables[history.newest]:
        db.execute(text)


def check_schema(conn: sqlite3.Connection, history: SchemaHistory = HISTORY) -> int:
    """Compare the file's schema with what its version must have; nothing else was queried before.

    Returns:
        The file's version.

    Raises:
        VaultDamaged: Not a vault.
        VaultTooNew: A newer vaultapp wrote it.
        VaultTampered: A trigger or view was added, or the schema changed.
    """
    (application_id,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise VaultDamaged(reason="not_a_vault")
    if version > history.newest:
        raise VaultTooNew(found=version, known=history.newest)
    if version not in history.tables or _texts(conn) != sorted(history.tables[version]):
        kinds = {kind for (kind,) in conn.execute("SELECT type FROM sqlite_schema")}
        raise VaultTampered(reason=next((kind for kind in ("trigger", "view") if kind in kinds), "schema"))
    return int(version)


def schema_digest(conn: sqlite3.Connection) -> bytes:
    """Return the SHA-256 of the sorted schema text, one statement a line."""
    return hashlib.sha256("\n".join(_texts(conn)).encode()).digest()


def _texts(conn: sqlite3.Connection) -> list[str]:
    # Rows without text are the indexes that SQLite makes for primary keys.
    return sorted(text for (text,) in conn.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
