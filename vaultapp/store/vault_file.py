"""An open vault: the file, its state, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from vaultapp.core.clock import Clock
from vaultapp.core.errors import VaultError, VaultOlder
from vaultapp.core.places import private_folder
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.store.activity import ActivityLog, Retention
from vaultapp.store.chain import Chain
from vaultapp.store.check import CheckGate, CheckReport, WholeCheck
from vaultapp.store.commits import Commits
from vaultapp.store.database import VaultDatabase, converted, converting_sqlite
from vaultapp.store.epoch import NO_LINK, Checkpoint, EpochSealer, EpochState
from vaultapp.store.header import (
    FORMAT,
    LockedVault,
    SlotRow,
    VaultHeader,
    check_file,
    read_header,
    read_locked,
    read_slots,
)
from vaultapp.store.migrations import backup_path, migrate, version_of
from vaultapp.store.new_file import new_file
from vaultapp.store.records import Record, Records
from vaultapp.store.remembered import RememberedEpoch
from vaultapp.store.schema import HISTORY, SchemaHistory, create_schema, schema_digest
from vaultapp.store.sealing import RowSealer, Subkeys
from vaultapp.store.transaction import KEEP, Transaction

__all__ = [
    "KEEP",
    "CheckReport",
    "LockedVault",
    "OpenVault",
    "Record",
    "Retention",
    "SlotRow",
    "Transaction",
    "VaultHeader",
    "create_vault",
    "read_locked",
]

CHECKED_AT_OPENING = 50_000
_REMEMBER_EVERY_S = 60.0
_PAGES_AT_ONCE = 256


class OpenVault:
    """One unlocked vault file. Thread safe.

    Opening goes in this order: first bytes, exclusive lock (which rolls back a hot journal), schema text, header,
    slots, epoch row, migration, check, remembered epoch. Up to 50,000 rows are checked at opening, indexes and
    all; a larger vault by :meth:`check_in_background`, and writes wait for it.

    Args:
        path: The file.
        root_key: 32 bytes, or the keys made from them; only those are kept.
        state_folder: Where the remembered epoch lies; None for copies that are only looked at.
        clock: Source of time.
        random: Source of nonces.
        accept_older: The person decided to go on with an older copy.
        read_only: For copies that are only looked at: nothing is locked or written.
        checked_at_opening: Up to so many rows are checked at once.
        retention: How much of the log is kept.
        history: The schemas that there are.
        backups: Where the copy before a migration goes; by default ``backups/<vault id>`` beside the vault.

    Raises:
        VaultMissing, NotAFile, VaultBusy, VaultDamaged, VaultTampered, VaultTooNew: In the order of the opening.
        VaultOlder: This user has seen a newer state, or another line of states.
        SpaceMissing, ReadOnly, AccessDenied, HostError: The machine refuses.
    """

    def __init__(
        self,
        path: Path,
        root_key: bytes | bytearray | Subkeys,
        *,
        state_folder: Path | None,
        clock: Clock,
        random: Random,
        accept_older: bool = False,
        read_only: bool = False,
        checked_at_opening: int = CHECKED_AT_OPENING,
        retention: Retention | None = None,
        history: SchemaHistory = HISTORY,
        backups: Path | None = None,
    ) -> None:
        self.path = path
        self.accepted_older = False
        self._clock = clock
        self._random = random
        self._history = history
        self._checked_at_opening = checked_at_opening
        check_file(path, history)
        self._database = VaultDatabase(path, read_only=read_only)
        try:
            version = version_of(self._database, history)
            with self._database.reading() as conn:
                self.header = read_header(conn)
                read_slots(conn)
            self._subkeys = root_key if isinstance(root_key, Subkeys) else Subkeys(root_key, self.vault_id)
            self._commits = Commits(
                self._database, self._subkeys, self.vault_id, clock, random, retention or Retention()
            )
            self.records = Records(self._database, self._commits.sealer)
            self.activity = ActivityLog(
                self._database, self._commits.chain, lambda: self._commits.state, self.transaction
            )
            self._check = WholeCheck(self._database, self._commits, self.activity, history)
            self._gate = CheckGate(self._run_check)
            self._database.prove_by(self._read_whole)
            self._remembered = (
                None if state_folder is None else RememberedEpoch(state_folder, self._subkeys.remembered, self.vault_id)
            )
            self._remembered_at = clock.monotonic()
            self._open_further(version, backups, accept_older=accept_older)
        except BaseException:
            self._database.close()
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        root_key: bytes | bytearray,
        *,
        state_folder: Path | None,
        clock: Clock,
        random: Random,
        accept_older: bool = False,
    ) -> OpenVault:
        """Open a vault as everyday use does; see the class."""
        return cls(path, root_key, state_folder=state_folder, clock=clock, random=random, accept_older=accept_older)

    @property
    def vault_id(self) -> UUID:
        """The vault's id."""
        return self.header.vault_id

    @property
    def epoch(self) -> int:
        """The committed epoch."""
        return self._commits.state.epoch

    @property
    def rows(self) -> int:
        """Records in the file, as the epoch row has it."""
        return self._commits.state.rows

    @property
    def check_state(self) -> str:
        """How the whole check stands: ``pending``, ``running``, ``sound`` or ``failed``."""
        return self._gate.state

    @property
    def is_checked(self) -> bool:
        """True once the whole check has passed."""
        return self._gate.state == "sound"

    def slots(self) -> tuple[SlotRow, ...]:
        """Return the key slots, oldest first."""
        with self._database.reading() as conn:
            return read_slots(conn)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change the vault, all or nothing. Does not nest; waits for the whole check.

        Raises:
            VaultTampered, VaultDamaged: The check failed; nothing may be written.
            VaultReplaced, SpaceMissing, ReadOnly, HostError: The old state stays, in the file and in memory.
        """
        self._gate.require()
        with self._commits.transaction() as transaction:
            yield transaction
        if self._clock.monotonic() - self._remembered_at >= _REMEMBER_EVERY_S:
            self.remember()

    def wait_checked(self) -> None:
        """Wait until the whole check has passed; for exports. Raise what it found."""
        self._gate.require()

    def check(self, work: WorkContext[None]) -> CheckReport:
        """Check every row against the sum, the schema, and both ends of the activity log. Not inside a transaction.

        Raises:
            VaultDamaged: SQLite finds the file malformed.
            VaultTampered: Rows, schema or log are not as they were written; :class:`WholeCheck` has the reasons.
            OperationCancelled: Somebody asked to stop.
        """
        return self._gate.check(work)

    def check_in_background(self, on_done: Callable[[CheckReport | VaultError], None]) -> None:
        """Make the whole check in a thread, and tell the outcome from there. :meth:`close` ends it silently."""
        self._gate.in_background(on_done)

    def remember(self) -> None:
        """Remember this state outside the file. A state folder that cannot be written is no reason to fail."""
        self._remembered_at = self._clock.monotonic()
        if self._remembered is not None and not self._database.read_only:
            with suppress(VaultError):
                self._remembered.write(self._commits.state)

    def backup_to(self, target: Path, work: WorkContext[None]) -> CheckReport:
        """Copy the vault into a new file by SQLite's online backup, open the copy and check it whole.

        Progress is in pages.

        Raises:
            VaultExists: Something is at the target.
            VaultTampered, VaultDamaged: The vault, or the copy, is not sound.
            SpaceMissing, ReadOnly, AccessDenied, HostError, OperationCancelled: Nothing is left there.
        """
        self._gate.require()
        return self._copy(target, work)

    def vacuum(self) -> None:
        """Rewrite the file without what was deleted."""
        self._gate.require()
        self._database.vacuum()

    def close(self) -> None:
        """End a check in the background, remember the state and close the file. Idempotent."""
        self._gate.stop()
        if self.is_checked:
            self.remember()
        self._database.close()

    def _open_further(self, version: int, backups: Path | None, *, accept_older: bool) -> None:
        self.activity.check_ends()
        self._check.check_places()
        older = self._compare_with_remembered()
        if older is not None and not accept_older:
            raise older
        self.accepted_older = older is not None
        if not self._database.read_only:
            self._database.keep_one_file()
        if version < self._history.newest and not self._database.read_only:
            self._gate.require()
            folder = private_folder(backups or self.path.parent / "backups" / str(self.vault_id))
            self._copy(backup_path(folder, self._clock.now(), self._history.newest), WorkContext())
            migrate(self._database, self._commits, self._check, self._history)
        if self.rows <= self._checked_at_opening:
            self._gate.require()
        if self.accepted_older and self.is_checked:
            self.remember()

    def _run_check(self, work: WorkContext[None], first: bool) -> CheckReport:
        thorough = not first or self.rows <= self._checked_at_opening
        return self._check.run(work, shared=first, indexes=thorough)

    def _read_whole(self) -> None:
        self._commits.check_epoch()
        self._check.run(WorkContext(), shared=False, indexes=True)
        self.activity.check(WorkContext())

    def _copy(self, target: Path, work: WorkContext[None]) -> CheckReport:
        def progress(_status: int, remaining: int, total: int) -> None:
            work.checkpoint(total - remaining, total)

        with new_file(target, self._random) as part:
            with converted(target):
                self._database.copy_into(part, _PAGES_AT_ONCE, progress)
            copy = OpenVault(
                part,
                self._subkeys,
                state_folder=None,
                clock=self._clock,
                random=self._random,
                read_only=True,
                checked_at_opening=0,
                history=self._history,
            )
            try:
                report = copy.check(work)
            finally:
                copy.close()
        return report

    def _compare_with_remembered(self) -> VaultOlder | None:
        """Return how the file falls behind what this user has seen, or None."""
        seen = self._remembered.read() if self._remembered else None
        if seen is None:
            return None
        state = self._commits.state
        if seen.epoch > state.epoch:
            return VaultOlder(seen=seen.epoch, found=state.epoch, fork=0)
        trimmed = seen.length < state.first.sequence - 1
        on_chain = trimmed or self.activity.link_at(seen.length) == seen.head
        if not on_chain or (seen.epoch == state.epoch and seen.head != state.head):
            return VaultOlder(seen=seen.epoch, found=state.epoch, fork=1)
        return None


def create_vault(
    path: Path,
    *,
    vault_id: UUID,
    root_key: bytes | bytearray,
    slots: tuple[SlotRow, ...],
    state_folder: Path | None,
    clock: Clock,
    random: Random,
) -> OpenVault:
    """Make a vault file with its slots and open it. It appears whole under its name, or not at all.

    Raises:
        VaultExists: Something is there.
        SpaceMissing, ReadOnly, AccessDenied, HostError: Nothing is left there.
    """
    if not path.parent.exists():
        private_folder(path.parent)
    with new_file(path, random) as part:
        _fill(part, vault_id, Subkeys(root_key, vault_id), slots, clock, random)
    return OpenVault(path, root_key, state_folder=state_folder, clock=clock, random=random, accept_older=True)


def _fill(
    part: Path, vault_id: UUID, subkeys: Subkeys, slots: tuple[SlotRow, ...], clock: Clock, random: Random
) -> None:
    database = VaultDatabase(part)
    try:
        with database.transaction() as db, converting_sqlite(part):
            create_schema(db)
            state = EpochState(0, 0, 0, NO_LINK, 0, Checkpoint(), schema_digest(db.conn))
            chain = Chain(subkeys, vault_id, random)
            transaction = Transaction(db, RowSealer(subkeys, vault_id, random), chain, state)
            transaction.put_header(VaultHeader(vault_id, clock.now(), FORMAT))
            for slot in slots:
                transaction.put_slot(slot)
            sealed = EpochSealer(subkeys.epoch, vault_id, random).seal(replace(transaction.state, epoch=1))
            db.execute("INSERT INTO epoch (id, sealed) VALUES (1, ?)", (sealed,))
    finally:
        database.close()
