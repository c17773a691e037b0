"""The vault as a whole, for one client: its slots, its copies, its checks."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from vaultapp.contracts.activity import Actor
from vaultapp.contracts.vault import (
    BackupRecord,
    DrillOutcome,
    KdfCost,
    NewVault,
    RestoreReport,
    SlotRecord,
    VaultChecked,
    VaultStatus,
    VerifyReport,
)
from vaultapp.core.clock import Clock
from vaultapp.core.errors import DataError
from vaultapp.core.events import EventBus
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import passphrase_bytes
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.formats.recovery_words import ENTROPY_BYTES, entropy_of, words_of
from vaultapp.services.backups import Backups, kept_vaults, names_of_vaults
from vaultapp.services.recorder import Recorder
from vaultapp.services.recovery_drill import RecoveryDrill
from vaultapp.services.restoration import Restoration
from vaultapp.services.slot_changes import calibrated
from vaultapp.services.slots import open_with_passphrase
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.store.vault_file import LockedVault


class VaultService:
    """The vault's contract but ``status`` and ``lock``, which are the process's. Thread safe.

    Every passphrase and all words given are overwritten.

    Args:
        keeper: The vault, shared by all clients.
        actor: This client.
        places: Where backups and remembered epochs lie.
        clock: Source of time.
        random: Source of words, salts, nonces.
        bus: Told what a check found.
    """

    def __init__(
        self, keeper: VaultKeeper, actor: Actor, places: Places, clock: Clock, random: Random, bus: EventBus
    ) -> None:
        self._keeper = keeper
        self._actor = actor
        self._places = places
        self._clock = clock
        self._random = random
        self._bus = bus

    def calibrate(self, work: WorkContext[None]) -> KdfCost:
        """Measure Argon2id here and propose a cost towards one second. It takes a few seconds.

        Raises:
            MemoryMissing: Not even the floor of 64 MiB is to be had.
            OperationCancelled: Before measuring.
        """
        work.checkpoint()
        return calibrated(self._clock, self._random)

    def suggest_words(self) -> str:
        """Return 24 fresh recovery words; nothing is kept."""
        return words_of(self._random.bytes(ENTROPY_BYTES))

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        """Make the vault and leave it unlocked; errors as for :meth:`VaultKeeper.create`."""
        self._keeper.create(new, work, self._actor)
        return self._keeper.base_status()

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        """Open the vault, or prove the passphrase of the open one; errors as for :meth:`VaultKeeper.unlock`."""
        self._keeper.unlock(passphrase, work, accept_older=accept_older, actor=self._actor)
        return self._keeper.base_status()

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        """Open the vault by its words and set a passphrase; errors as for :meth:`VaultKeeper.unlock_with_words`."""
        self._keeper.unlock_with_words(words, new_passphrase, work, accept_older=accept_older, actor=self._actor)
        return self._keeper.base_status()

    def change_passphrase(
        self, old: bytearray, new: bytearray, work: WorkContext[None], cost: KdfCost | None = None
    ) -> None:
        """Put a new passphrase in the old one's place. The old one still opens backups made before.

        Args:
            old: Is looked at first.
            new: Its successor.
            work: Stopped between the two derivations.
            cost: None keeps the present one.

        Raises:
            VaultLocked, TooManyAttempts, WrongPassphrase, InvalidValue, OutOfBounds, MemoryMissing: As they say.
            HostError, OperationCancelled: The old passphrase stays.
        """
        normal = None
        try:
            changes = self._keeper.slot_changes(self._actor)
            normal = passphrase_bytes(new, from_file=False)
            slot_id = self._keeper.admit(old, self._actor)
            work.checkpoint()
            changes.replace_passphrase(normal, cost, slot_id, "passphrase.change")
        finally:
            wipe(old)
            wipe(new)
            wipe(normal)

    def slots(self) -> tuple[SlotRecord, ...]:
        """Return the ways into the open vault.

        Raises:
            VaultLocked: It is not open.
        """
        return self._keeper.slot_changes(self._actor).records()

    def remove_slot(self, slot_id: UUID) -> None:
        """Remove a way into the vault; it still opens backups made before.

        Raises:
            VaultLocked, NotFound: As they say.
            LastSlot: It is the only one.
        """
        self._keeper.slot_changes(self._actor).remove(slot_id)

    def new_words(self, words: bytearray | None = None) -> str:
        """Put these recovery words, or fresh ones, in the place of those that there are, and return them.

        Raises:
            VaultLocked: It is not open.
            WordsMistyped: The words given fail their checksum.
            HostError: Those that there are stay.
        """
        entropy = None
        try:
            changes = self._keeper.slot_changes(self._actor)
            entropy = bytearray(self._random.bytes(ENTROPY_BYTES)) if words is None else entropy_of(words)
            changes.replace_words(entropy)
            return words_of(entropy)
        finally:
            wipe(words)
            wipe(entropy)

    def drill(self, words: bytearray, work: WorkContext[None]) -> DrillOutcome:
        """Prove on a copy that the words open this vault; errors as for :meth:`RecoveryDrill.run`."""
        vault = self._keeper.vault
        pen = Recorder(vault, self._actor, self._clock)
        try:
            with pen.failures("recovery.drill", "vault"):
                outcome = RecoveryDrill(self._clock, self._random).run(vault, words, work)
            pen.use("recovery.drill", "vault", keys=outcome.keys)
            return outcome
        finally:
            wipe(words)

    def backup(self, work: WorkContext[None], target: bytes | None = None) -> BackupRecord:
        """Make a verified copy: a rolling one, or at a path, or under a name of its own in a folder.

        Raises:
            VaultLocked, TargetExists, InvalidValue, NotFound: As they say.
            VaultTampered, VaultDamaged: The vault or the copy is not sound.
            HostError, OperationCancelled: Nothing new is left.
        """
        vault = self._keeper.vault
        pen = Recorder(vault, self._actor, self._clock)
        place = None if target is None else Path(os.fsdecode(target))
        return self._copies(vault.vault_id).make(vault, pen, work, place)

    def backups(self) -> tuple[BackupRecord, ...]:
        """Return the copies, newest first; also of a locked vault. Kinds: daily, weekly, replaced, conflict.

        Of a vault that cannot be read, or is gone, nobody knows which are its own: then all that are kept here, each
        with whose it is.
        """
        vault_id = self._keeper.base_status().vault_id
        if vault_id is not None:
            return self._copies(vault_id).all()
        names = names_of_vaults(self._places)
        found = [
            replace(copy, vault_id=known, vault=names.get(known, ""))
            for known in kept_vaults(self._places)
            for copy in self._copies(known).rolling()
        ]
        return tuple(sorted(found, key=lambda record: record.made, reverse=True))

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        """Put a verified copy in the vault's place. Whoever calls this locks the process afterwards.

        Raises:
            TooManyAttempts, WrongPassphrase, NoSuchSlot, InvalidValue: The passphrase, which is the copy's.
            SourceMissing, SourceIsTarget, NotAFile: The source.
            VaultDamaged, VaultTampered, VaultTooNew, OutOfBounds: The copy is not sound.
            HostError, OperationCancelled: The vault stays as it was.
        """
        restoration = Restoration(self._keeper.path, self._places, self._clock, self._random)
        normal = None
        try:
            normal = passphrase_bytes(passphrase, from_file=False)
            given = normal

            def open_slot(locked: LockedVault) -> bytearray:
                with self._keeper.attempts_at_copies.one():
                    return open_with_passphrase(locked.header.vault_id, locked.slots, given)[0]

            with restoration.prepared(Path(os.fsdecode(source)), open_slot, self._actor, work) as prepared:
                work.checkpoint()
                return self._keeper.replace_file(lambda: restoration.put_in_place(prepared))
        finally:
            wipe(passphrase)
            wipe(normal)

    def verify(self, work: WorkContext[None]) -> VerifyReport:
        """Check every row, the sum, the schema and the whole activity chain.

        Raises:
            VaultLocked: It is not open.
            VaultTampered, VaultDamaged: What was found; nothing is written from then on.
        """
        vault = self._keeper.vault
        try:
            report = vault.check(work)
            chain = vault.activity.check(work)
        except DataError as exc:
            self._bus.publish(VaultChecked(exc.code, exc.facts))
            raise
        Recorder(vault, self._actor, self._clock).use("vault.verify", "vault", rows=report.rows)
        return VerifyReport(report.rows, len(self._keeper.keys), chain.entries, report.epoch)

    def _copies(self, vault_id: UUID) -> Backups:
        return Backups(self._keeper.path, self._places, vault_id, self._clock)
