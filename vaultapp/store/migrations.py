"""Bringing an older vault file to the newest schema: numbered steps, behind a verified backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vaultapp.core.clock import MICROS
from vaultapp.store.check import WholeCheck
from vaultapp.store.commits import Commits
from vaultapp.store.database import VaultDatabase
from vaultapp.store.schema import SchemaHistory, check_schema, schema_digest


def version_of(database: VaultDatabase, history: SchemaHistory) -> int:
    """Return the file's schema version, after comparing its schema with what that version must have."""
    with database.reading() as conn:
        return check_schema(conn, history)


def backup_path(folder: Path, now: int, version: int) -> Path:
    """Return a free name for the copy that is made before a file is brought to a version."""
    seconds = now // MICROS
    while True:
        stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")
        path = folder / f"{stamp}-before-v{version}.vault"
        if not path.exists():
            return path
        seconds += 1


def migrate(database: VaultDatabase, commits: Commits, check: WholeCheck, history: SchemaHistory) -> None:
    """Take every step from the file's version to the newest, in one transaction.

    The caller has checked the whole vault and made a backup. Afterwards the row sum and the schema digest are
    taken anew from what the steps left.

    Raises:
        VaultTampered: The steps did not lead to the expected schema; nothing was changed.
        SpaceMissing, ReadOnly, HostError: The old state stays.
    """
    begun = version_of(database, history)
    with commits.transaction() as transaction:
        for version in range(begun + 1, history.newest + 1):
            transaction.take_step(history.steps[version], version)
        with database.reading() as conn:
            check_schema(conn, history)
            digest = schema_digest(conn)
        row_sum, rows = check.sum_of_all()
        transaction.state = replace(transaction.state, row_sum=row_sum, rows=rows, schema=digest)
