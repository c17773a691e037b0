from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.store.vault_file import OpenVault, SlotRow, create_vault

ROOT_KEY = bytes(range(32))
VAULT_ID = UUID("11111111-2222-4333-8444-555555555555")


class GivenClock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.micros = 1_800_000_000_000_000
        self.seconds = 1000.0

    def now(self) -> int:
        return self.micros

    def monotonic(self) -> float:
        return self.seconds


class CountedRandom:
    """The same bytes in every run: SHA-256 of a counter."""

    def __init__(self, seed: str = "test") -> None:
        self._seed = seed
        self._count = 0

    def bytes(self, count: int) -> bytes:
        out = b""
        while len(out) < count:
            self._count += 1
            out += hashlib.sha256(f"{self._seed} {self._count}".encode()).digest()
        return out[:count]


class Vaults:
    """Makes and opens vaults in one folder, and closes what was left open."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.path = folder / "test.vault"
        self.state = folder / "state"
        self.clock = GivenClock()
        self.random = CountedRandom()
        self.root_key = ROOT_KEY
        self.vault_id = VAULT_ID
        self._stack = stack

    def slot(self, number: int = 1) -> SlotRow:
        parameters = msgspec.msgpack.encode({"kinds": ["passphrase"], "number": number})
        return SlotRow(UUID(int=number), parameters, bytes([number]) * 60)

    def create(self, path: Path | None = None) -> OpenVault:
        vault = create_vault(
            path or self.path,
            vault_id=VAULT_ID,
            root_key=ROOT_KEY,
            slots=(self.slot(),),
            state_folder=self.state,
            clock=self.clock,
            random=self.random,
        )
        self._stack.callback(vault.close)
        return vault

    def open(self, path: Path | None = None, **changed: object) -> OpenVault:
        given = {"state_folder": self.state, "clock": self.clock, "random": self.random} | changed
        vault = OpenVault(path or self.path, ROOT_KEY, **given)  # type: ignore[arg-type]
        self._stack.callback(vault.close)
        return vault

    def entry(self, action: str = "key.create", **more: object) -> Entry:
        return Entry(0, self.clock.now(), Actor("window"), action, **more)  # type: ignore[arg-type]

    def filled(self, count: int = 3) -> OpenVault:
        """A vault with so many keys, each with a secret, ids 1000, 1001, …; and one entry in its log."""
        vault = self.create()
        with vault.transaction() as transaction:
            for number in range(count):
                described = msgspec.msgpack.encode({"name": f"key {number}"})
                transaction.insert(UUID(int=1000 + number), "key", None, described, b"secret %d" % number)
            transaction.record(self.entry())
        return vault


@pytest.fixture
def vaults(tmp_path: Path) -> Iterator[Vaults]:
    with ExitStack() as stack:
        yield Vaults(tmp_path, stack)


@pytest.fixture
def loosened(vaults: Vaults) -> Callable[[str], None]:
    """Run SQL on the closed vault file while its tables take values of any type; then they have their text again."""
    import sqlite3

    def run(script: str, *rows: tuple[str, str]) -> None:
        conn = sqlite3.connect(vaults.path, isolation_level=None)
        conn.executescript("PRAGMA foreign_keys=OFF; PRAGMA writable_schema=ON")
        conn.executemany("UPDATE sqlite_schema SET sql = ? WHERE name = ?", rows)
        conn.executescript(script)
        conn.close()

    def act(script: str) -> None:
        conn = sqlite3.connect(vaults.path)
        texts = conn.execute("SELECT sql, name FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        conn.close()
        run(
            "UPDATE sqlite_schema SET sql = replace(replace(sql, ' STRICT', ''), ' NOT NULL', '');"
            "PRAGMA schema_version = 99"
        )
        run(script)
        run("", *texts)

    return act


@pytest.fixture
def tampered(vaults: Vaults) -> Callable[[str], None]:
    """Run SQL on the closed vault file as somebody would who can write it but has no key."""
    import sqlite3

    def act(script: str) -> None:
        conn = sqlite3.connect(vaults.path, isolation_level=None)
        conn.execute("PRAGMA foreign_keys=OFF")
        conn.executescript(script)
        conn.close()

    return act
