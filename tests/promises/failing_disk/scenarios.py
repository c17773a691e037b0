"""Try a change of a vault again and again, each time failing or dying at another call that changes files.

Runs with failing_disk.so preloaded: ``python scenarios.py FOLDER SCENARIO MODE ERRNO STEP``. Each try is a forked
process on a fresh copy; this process then opens what is left and judges it. Prints one JSON object.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import HostError, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.store.backup import restore
from vaultapp.store.vault_file import OpenVault, SlotRow, create_vault, read_locked

ROOT_KEY = bytes(32)
VAULT_ID = UUID("11111111-2222-4333-8444-555555555555")
MODES = {"once": 1, "from_then_on": 2, "kill": 3}
FIRST, SECOND = UUID(int=5001), UUID(int=5002)
State = frozenset[tuple[str, int]]

shim = ctypes.CDLL(None)


class Tries:
    """One scenario in one folder."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder = folder
        self.base = folder.with_name(folder.name + ".base")
        self.state = folder.with_name(folder.name + ".state")
        self.path = folder / "test.vault"
        self.rows = rows

    def open(self, path: Path | None = None) -> OpenVault:
        return OpenVault(
            path or self.path,
            ROOT_KEY,
            state_folder=self.state,
            clock=SystemClock(),
            random=SystemRandom(),
            accept_older=True,
        )

    def create(self, path: Path, vault_id: UUID = VAULT_ID) -> OpenVault:
        parameters = msgspec.msgpack.encode({"kinds": ["passphrase"]})
        return create_vault(
            path,
            vault_id=vault_id,
            root_key=ROOT_KEY,
            slots=(SlotRow(UUID(int=1), parameters, bytes(60)),),
            state_folder=self.state,
            clock=SystemClock(),
            random=SystemRandom(),
        )

    def prepare(self) -> None:
        """Make the vault that every try begins with, and an older copy of it."""
        shutil.rmtree(self.base, ignore_errors=True)
        self.base.mkdir(mode=0o700)
        vault = self.create(self.base / "test.vault")
        with vault.transaction() as transaction:
            for number in range(20):
                transaction.insert(UUID(int=1 + number), "key", None, b"\x80", bytes(40))
        vault.backup_to(self.base / "older.vault", WorkContext())
        with vault.transaction() as transaction:
            transaction.delete(UUID(int=20))
        vault.close()

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.base, self.folder)

    def look(self, path: Path | None = None) -> tuple[State, int]:
        """Open, check whole, and return what is there."""
        vault = self.open(path)
        try:
            vault.check(WorkContext())
            vault.activity.check(WorkContext())
            rows = frozenset((str(row.row_id), row.revision) for row in vault.records.of_kind("key"))
            return rows, vault.activity.page(None, 1).total
        finally:
            vault.close()

    def change(self, vault: OpenVault, new: UUID) -> None:
        with vault.transaction() as transaction:
            for number in range(self.rows):
                transaction.insert(UUID(int=new.int * 100_000 + number), "key", None, bytes(4000), b"secret")
            transaction.insert(new, "key", None, b"\x80", b"secret")
            transaction.update(UUID(int=1), b"\x80")
            transaction.delete(UUID(int=2 if new is FIRST else 3))
            transaction.record(entry())

    def transaction(self) -> list[str]:
        """One change, and after a failure another, in the same process."""
        told = []
        vault = self.open()
        for new in (FIRST, SECOND):
            try:
                self.change(vault, new)
                told.append("done")
            except HostError as exc:
                told.append(str(exc.facts.get("reason", exc.code)))
        with suppress(HostError):
            vault.check(WorkContext())
        vault.close()
        return told

    def activity(self) -> list[str]:
        vault = self.open()
        told = []
        for _ in range(2):
            try:
                vault.activity.record(entry())
                told.append("done")
            except HostError as exc:
                told.append(exc.code)
        vault.close()
        return told

    def creation(self) -> list[str]:
        self.create(self.folder / "new.vault").close()
        return ["done"]

    def backup(self) -> list[str]:
        vault = self.open()
        try:
            vault.backup_to(self.folder / "new.vault", WorkContext())
        finally:
            vault.close()
        return ["done"]

    def looking(self) -> list[str]:
        read_locked(self.path)
        return ["done"]

    def restoring(self) -> list[str]:
        restore(self.folder / "older.vault", self.path, SystemClock(), SystemRandom())
        return ["done"]


def entry() -> Entry:
    return Entry(0, 1, Actor("window"), "key.create")


def tried(act: Callable[[], list[str]], folder: Path, k: int, mode: int, error: int) -> tuple[list[str] | None, int]:
    """Fork, fail at the k-th call, return what the child told (None when it died) and how many calls it made."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        shim.arm(os.fsencode(folder), ctypes.c_long(k), mode, error)
        try:
            told = act()
        except VaultError as exc:
            told = [exc.code]
        shim.counted.restype = ctypes.c_long
        made = shim.counted()
        shim.arm(b"/nowhere", ctypes.c_long(0), 0, 0)
        os.write(writing, json.dumps([told, made]).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as file:
        answer = file.read()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, -9):
        raise SystemExit(f"try {k} ended with {status}")
    if not answer:
        return None, k
    told, made = json.loads(answer)
    return told, made


def judge(
    tries: Tries, scenario: str, told: list[str] | None, allowed: dict[str, tuple[State, int]], *, exact: bool
) -> str:
    """Return the name of the state that is found; end with a message when it is none of the allowed."""
    if scenario in ("creation", "backup"):
        assert tries.look() == allowed["before"], "the vault itself changed"
        new = tries.folder / "new.vault"
        if not new.exists():
            assert told != ["done"]
            return "before"
        tries.look(new)
        return "after"
    found = tries.look()
    names = [name for name, state in allowed.items() if state == found]
    assert names, f"told {told}, found {len(found[0])} rows, {found[1]} entries: no allowed state"
    if told is not None and scenario == "transaction":
        held = {"before": "xx", "first": "ox", "second": "xo", "both": "oo"}[names[0]]
        for word, there in zip(told, held, strict=True):
            # What was acknowledged is there. On a disk that died, a change may be there that was not.
            assert there == "o" if word == "done" else there == "x" or not exact, f"told {told}, found {names}"
    return names[0]


def outcomes(tries: Tries, scenario: str) -> dict[str, tuple[State, int]]:
    """Return the states that are allowed, made without any failure."""
    tries.fresh()
    found = {"before": tries.look()}
    if scenario == "transaction":
        for name, changes in (("first", (FIRST,)), ("second", (SECOND,)), ("both", (FIRST, SECOND))):
            tries.fresh()
            vault = tries.open()
            for new in changes:
                tries.change(vault, new)
            vault.close()
            found[name] = tries.look()
    elif scenario == "activity":
        rows, entries = found["before"]
        found |= {"first": (rows, entries + 1), "both": (rows, entries + 2)}
    elif scenario == "restoring":
        found["after"] = tries.look(tries.folder / "older.vault")
    return found


def main() -> None:
    folder, scenario, mode, error, step = sys.argv[1:]
    scenario, _, rows = scenario.partition(":")
    tries = Tries(Path(folder), int(rows or 0))
    tries.prepare()
    allowed = outcomes(tries, scenario)
    seen: dict[str, int] = {}
    k, failures = 1, 0
    while True:
        tries.fresh()
        told, made = tried(getattr(tries, scenario), tries.folder, k, MODES[mode], int(error))
        name = judge(tries, scenario, told, allowed, exact=mode == "once")
        seen[name] = seen.get(name, 0) + 1
        if told is not None and made < k:
            break
        failures += 1
        k += int(step)
    print(json.dumps({"tries": failures, "calls": made, "states": seen}))


if __name__ == "__main__":
    main()
