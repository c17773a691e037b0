from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.ordinary_user import OrdinaryUser
from vaultapp.core.errors import (
    AccessDenied,
    HostError,
    ReadOnly,
    SpaceMissing,
    VaultBusy,
    VaultDamaged,
    VaultError,
    VaultMissing,
    VaultReplaced,
)
from vaultapp.store.database import converted


def sqlite_error(code: int, text: str = "") -> sqlite3.DatabaseError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE_X"
    return error


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), SpaceMissing),
        (sqlite_error(sqlite3.SQLITE_READONLY), ReadOnly),
        (sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY), ReadOnly),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), VaultReplaced),
        (sqlite_error(sqlite3.SQLITE_BUSY), VaultBusy),
        (sqlite_error(sqlite3.SQLITE_LOCKED), VaultBusy),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), VaultDamaged),
        (sqlite_error(sqlite3.SQLITE_NOTADB), VaultDamaged),
        (sqlite_error(sqlite3.SQLITE_ERROR, "malformed database schema (x)"), VaultDamaged),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), AccessDenied),
        (sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), HostError),
        (OSError(errno.ENOSPC, "x"), SpaceMissing),
        (OSError(errno.EDQUOT, "x"), SpaceMissing),
        (OSError(errno.EROFS, "x"), ReadOnly),
        (OSError(errno.EACCES, "x"), AccessDenied),
        (OSError(errno.ENOENT, "x"), VaultMissing),
        (OSError(errno.EIO, "x"), HostError),
    ],
)
def test_foreign_errors_become_ours(tmp_path: Path, raised: Exception, kind: type[VaultError]) -> None:
    (tmp_path / "a.vault").touch()
    with pytest.raises(VaultError) as caught, converted(tmp_path / "a.vault"):
        raise raised
    assert type(caught.value) is kind


def test_a_path_with_odd_bytes_opens(vaults: Any) -> None:
    path = vaults.folder / "a b%20?#\udcff.vault"
    vaults.create(path).close()
    assert vaults.open(path, state_folder=None).rows == 0


def test_the_lock_is_let_go_at_close(vaults: Any) -> None:
    vaults.create().close()
    for _ in range(2):
        vaults.open().close()


PROBE = """
import sys
from pathlib import Path
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import VaultError
from vaultapp.contracts.activity import Actor, Entry
from vaultapp.crypto.random import SystemRandom
from vaultapp.store.vault_file import OpenVault

try:
    vault = OpenVault(
        Path(sys.argv[1]), bytes(range(32)), state_folder=None, clock=SystemClock(), random=SystemRandom()
    )
    vault.activity.record(Entry(0, 1, Actor("window"), "a"))
except VaultError as exc:
    print(exc.code)
"""


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "code"), [(0o400, 0o700, b"access_denied"), (0o600, 0o500, b"access_denied")]
)
def test_without_permission_the_old_state_stays(
    vaults: Any, ordinary_user: OrdinaryUser, file_mode: int, folder_mode: int, code: bytes
) -> None:
    vaults.filled().close()
    place = ordinary_user.home / "place"
    place.mkdir()
    path = place / "test.vault"
    path.write_bytes(vaults.path.read_bytes())
    ordinary_user.own(place)
    ordinary_user.own(path)
    path.chmod(file_mode)
    place.chmod(folder_mode)
    done = ordinary_user.run([ordinary_user.python, "-c", PROBE, path])
    assert done.stdout.strip() == code, done.stderr
    assert path.read_bytes() == vaults.path.read_bytes()
