"""The one vault of an agent: locked, unlocking, unlocked."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from vaultapp import __version__
from vaultapp.contracts.activity import Actor
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.vault import NewVault, VaultStatus, VaultUnlocked
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import Clock
from vaultapp.core.errors import HostError, VaultError, VaultExists, VaultLocked, WrongPassphrase
from vaultapp.core.events import EventBus
from vaultapp.core.places import Places
from vaultapp.core.printable import valid_text
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import passphrase_bytes
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.services.attempts import Attempts
from vaultapp.services.backups import Backups
from vaultapp.services.housekeeping import Housekeeping
from vaultapp.services.key_index import KeyIndex
from vaultapp.services.key_ring import WrapCaps
from vaultapp.services.keys import KeyService
from vaultapp.services.locked_view import LockedView
from vaultapp.services.names import checked_name
from vaultapp.services.recorder import Recorder
from vaultapp.services.slot_changes import SlotChanges
from vaultapp.services.slots import open_with_passphrase, open_with_words, slot_kinds
from vaultapp.services.unlocked import AGENT, UnlockedVault, unlocked_vault
from vaultapp.services.vault_opener import VaultOpener
from vaultapp.store.vault_file import CHECKED_AT_OPENING, LockedVault, OpenVault, read_locked

ResultT = TypeVar("ResultT")


class VaultKeeper:
    """Opens one vault and holds it for all clients of the process. Thread safe.

    It never goes from unlocked back to locked but by :meth:`close`, after which the process is replaced.
    Every passphrase and all words given are overwritten.

    Args:
        path: The vault file, which need not exist. Who owns the process holds the lock files.
        places: Where remembered epochs and backups lie.
        clock: Source of time.
        random: Source of keys, salts, nonces.
        bus: Told VaultUnlocked, VaultChecked, KeysChanged.
        caps: Wraps that a key version makes; smaller in tests.
        checked_at_opening: Vaults with more rows are checked in the background; smaller in tests.
    """

    def __init__(
        self,
        path: Path,
        places: Places,
        clock: Clock,
        random: Random,
        bus: EventBus,
        *,
        caps: WrapCaps | None = None,
        checked_at_opening: int = CHECKED_AT_OPENING,
    ) -> None:
        self.path = path
        self.attempts = Attempts(clock)
        # A copy's passphrase is another one: a right one must not end the wait after wrong ones of the vault.
        self.attempts_at_copies = Attempts(clock)
        self._places = places
        self._clock = clock
        self._random = random
        self._bus, self._caps = bus, caps
        self._opener = VaultOpener(path, places, clock, random, checked_at_opening)
        self._view = LockedView(path)
        # Held while the state changes; key derivation happens under it. A status never asks for it.
        self._changing = threading.Lock()
        # Held for moments, so that nobody looks into the file while it is being opened.
        self._looking = threading.Lock()
        self._state = VaultState.LOCKED
        self._shown: LockedVault | None = None
        self._unlocked: UnlockedVault | None = None
        self._housekeeping: Housekeeping | None = None

    @property
    def unlocked(self) -> UnlockedVault:
        """Everything of the open vault.

        Raises:
            VaultLocked: It is not open.
        """
        found = self._unlocked
        if found is None:
            raise VaultLocked
        return found

    @property
    def vault(self) -> OpenVault:
        """The open vault file; VaultLocked otherwise."""
        return self.unlocked.vault

    @property
    def keys(self) -> KeyIndex:
        """The open vault's keys in memory; VaultLocked otherwise."""
        return self.unlocked.index

    def base_status(self) -> VaultStatus:
        """Return the state, but for what only the process knows. Never waits for key derivation or the open file."""
        with self._looking:
            state, found = self._state, self._unlocked
            seen = self._view.look() if state is VaultState.LOCKED else self._shown
        if state is VaultState.LOCKED and not self._view.exists:
            state = VaultState.MISSING
        return VaultStatus(
            state=state,
            path=os.fsencode(self.path),
            name=valid_text(self.path.stem),
            version=__version__,
            pid=os.getpid(),
            vault_id=None if seen is None else seen.header.vault_id,
            slot_kinds=() if seen is None else slot_kinds(seen.slots),
            retry_after=self.attempts.retry_after,
            checked="" if found is None else found.vault.check_state,
        )

    def create(self, new: NewVault, work: WorkContext[None], actor: Actor = AGENT) -> None:
        """Make the vault file, with a first key if one is named, and leave it unlocked.

        Raises:
            VaultExists: Something is there.
            InvalidValue, WordsMistyped, OutOfBounds, MemoryMissing: What it is made from.
            HostError, OperationCancelled: Nothing was made.
        """
        with self._wiping(new.passphrase, new.recovery_words):
            first_key = checked_name(new.first_key) if new.first_key else ""
            with self._entering(actor, "vault.create", partial(self._make_key, first_key, actor)):
                if self._unlocked is not None or self._view.exists:
                    raise VaultExists(path=str(self.path))
                with self._opening(None):
                    self._enter(*self._opener.create(new, work), actor)

    def unlock(
        self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False, actor: Actor = AGENT
    ) -> None:
        """Open the vault, or look if the passphrase is that of the open one.

        Raises:
            TooManyAttempts: It is too early after wrong ones; no key was derived.
            InvalidValue, WrongPassphrase, NoSuchSlot: The passphrase.
            VaultMissing, VaultBusy, VaultDamaged, VaultTampered, VaultTooNew, VaultOlder: The file.
            OutOfBounds, MemoryMissing: The slots' parameters, before memory is taken.
            OperationCancelled: Before the key is derived.
        """
        facts = {"failed": self.attempts.failed} if self.attempts.failed else {}
        with self._wiping(passphrase), self._entering(actor, "vault.unlock", None, **facts):
            if self._unlocked is not None:
                self._slot_of(passphrase, actor)
                # A full disk must not keep anybody from reading.
                with suppress(HostError):
                    self._pen(self.vault, actor).use("vault.admit", "vault", self.path.stem)
                return
            locked = read_locked(self.path)
            with self._opening(locked):
                with self.attempts.one():
                    root_key = self._opener.with_passphrase(locked, passphrase, work)
                self._open(locked, root_key, actor, accept_older=accept_older)

    def unlock_with_words(
        self,
        words: bytearray,
        new_passphrase: bytearray,
        work: WorkContext[None],
        *,
        accept_older: bool = False,
        actor: Actor = AGENT,
    ) -> None:
        """Open the vault by its recovery words and put a new passphrase in the old one's place.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot: The words.
            InvalidValue: The new passphrase.
            VaultError: The file, as for :meth:`unlock`; then nothing is open and the old passphrase stays.
        """
        with self._wiping(words, new_passphrase), self._entering(actor, "vault.unlock", by="recovery_words"):
            normal = passphrase_bytes(new_passphrase, from_file=False)
            try:
                work.checkpoint()
                if self._unlocked is not None:
                    wipe(open_with_words(self.vault.vault_id, self.vault.slots(), words)[0])
                    self.slot_changes(actor).replace_passphrase(normal, None, None, "passphrase.reset")
                    return
                locked = read_locked(self.path)
                with self._opening(locked):
                    root_key = self._opener.with_words(locked, words)
                    self._open(locked, root_key, actor, accept_older=accept_older, new_passphrase=normal)
            finally:
                wipe(normal)

    def check(self, words: bytearray) -> None:
        """Look if recovery words are the vault's, be it open or not; nothing is opened. The contract RecoveryApi.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot: The words.
            VaultMissing, VaultDamaged, VaultTampered, VaultTooNew: The file.
        """
        with self._wiping(words), self._changing:
            if self._unlocked is not None:
                vault_id, slots = self.vault.vault_id, self.vault.slots()
            else:
                locked = read_locked(self.path)
                vault_id, slots = locked.header.vault_id, locked.slots
            wipe(open_with_words(vault_id, slots, words)[0])

    def admit(self, passphrase: bytearray, actor: Actor = AGENT) -> UUID:
        """Look if a passphrase is that of the open vault, and return the slot that it opens. A wrong one is logged.

        Raises:
            VaultLocked: It is not open.
            TooManyAttempts, InvalidValue, WrongPassphrase, NoSuchSlot, MemoryMissing: As for :meth:`unlock`.
        """
        with self._wiping(passphrase), self._changing:
            return self._slot_of(passphrase, actor)

    def slot_changes(self, actor: Actor) -> SlotChanges:
        """Return what changes the open vault's slots for one client.

        Raises:
            VaultLocked: It is not open.
        """
        return self._changes(self.unlocked, actor)

    def wait_settled(self, timeout_s: float) -> bool:
        """Wait until the first housekeeping after the unlock is over; False when it takes longer, or is none."""
        housekeeping = self._housekeeping
        return housekeeping is not None and housekeeping.wait_settled(timeout_s)

    def replace_file(self, replace: Callable[[], ResultT]) -> ResultT:
        """Close the vault and let another file come into its place, with nobody opening it meanwhile.

        It does not count as locked then: what was open is still in this process's memory, which is replaced next.
        """
        with self._changing:
            was_open = self._unlocked is not None
            self._close()
            self._set_state(VaultState.UNLOCKING)
            try:
                return replace()
            except BaseException:
                if not was_open:
                    self._set_state(VaultState.LOCKED)
                raise

    def close(self, reason: str = "") -> bool:
        """Stop the housekeeping, write what is only in memory, remember the epoch, close, and forget. Idempotent.

        Args:
            reason: Why, for the activity log; False is returned when that could not be told.
        """
        with self._changing:
            return self._close(reason)

    def _make_key(self, name: str, actor: Actor) -> None:
        pen = self._pen(self.vault, actor)
        if name:
            KeyService(self.unlocked, pen, self._clock, self._random, self._bus).create(NewKey(name))

    def _set_state(self, state: VaultState) -> None:
        with self._looking:
            self._state = state

    @contextmanager
    def _wiping(self, *secrets: bytearray | None) -> Iterator[None]:
        try:
            yield
        finally:
            for secret in secrets:
                wipe(secret)

    @contextmanager
    def _entering(
        self, actor: Actor, action: str, first: Callable[[], object] | None = None, **facts: str | int
    ) -> Iterator[None]:
        """Let one caller at a time open the vault; when it is open, write it down and tell everybody."""
        before, found, housekeeping = None, None, None
        try:
            with self._changing:
                before = self._unlocked
                try:
                    yield
                finally:
                    found, housekeeping = self._unlocked, self._housekeeping
        finally:
            if found is not None and found is not before and housekeeping is not None:
                entry = self._pen(found.vault, actor).entry(action, "vault", self.path.stem, "ok", **facts)
                housekeeping.start(entry, first)
                self._bus.publish(VaultUnlocked())

    @contextmanager
    def _opening(self, locked: LockedVault | None) -> Iterator[None]:
        with self._looking:
            self._shown, self._state = locked, VaultState.UNLOCKING
        try:
            yield
        finally:
            with self._looking:
                self._state = VaultState.LOCKED if self._unlocked is None else VaultState.UNLOCKED

    def _open(
        self,
        locked: LockedVault,
        root_key: bytearray,
        actor: Actor,
        *,
        accept_older: bool,
        new_passphrase: bytearray | None = None,
    ) -> None:
        try:
            vault = self._opener.open(locked, root_key, accept_older=accept_older)
            self._enter(vault, root_key, actor, new_passphrase)
        finally:
            wipe(root_key)

    def _enter(
        self, vault: OpenVault, root_key: bytearray, actor: Actor, new_passphrase: bytearray | None = None
    ) -> None:
        """Take an open vault over. What can fail comes first, and closes it."""
        found = None
        try:
            found = unlocked_vault(vault, root_key, self._clock, self._random, self._bus, self._caps)
            if vault.accepted_older:
                self._accept_older(found, actor)
            if new_passphrase is not None:
                self._changes(found, actor).replace_passphrase(new_passphrase, None, None, "passphrase.reset")
            self._show(vault)
        except BaseException:
            if found is not None:
                found.root_key.wipe()
            vault.close()
            raise
        finally:
            wipe(root_key)
        copies = Backups(self.path, self._places, vault.vault_id, self._clock)
        self._housekeeping = Housekeeping(found, copies, self._clock, self._bus)
        self._unlocked = found

    def _accept_older(self, found: UnlockedVault, actor: Actor) -> None:
        entry = self._pen(found.vault, actor).entry("vault.accept_older", "vault", self.path.stem)
        with found.vault.transaction() as transaction:
            found.store.raise_reserved(transaction)
            transaction.record(entry)
        found.vault.remember()

    def _slot_of(self, passphrase: bytearray, actor: Actor) -> UUID:
        vault, normal = self.vault, passphrase_bytes(passphrase, from_file=False)
        try:
            with self._wiping(normal), self.attempts.one():
                root_key, slot_id = open_with_passphrase(vault.vault_id, vault.slots(), normal)
                wipe(root_key)
                return slot_id
        except WrongPassphrase as exc:
            # Those that come too early are not logged: they cost nothing, and would push everything else out.
            with suppress(VaultError):
                self._pen(vault, actor).use("vault.admit", "vault", self.path.stem, exc.code)
            raise

    def _pen(self, vault: OpenVault, actor: Actor) -> Recorder:
        return Recorder(vault, actor, self._clock)

    def _changes(self, found: UnlockedVault, actor: Actor) -> SlotChanges:
        pen = self._pen(found.vault, actor)
        return SlotChanges(found, pen, self._clock, self._random, lambda: self._show(found.vault))

    def _show(self, vault: OpenVault) -> None:
        self._shown = LockedVault(vault.header, vault.slots())

    def _close(self, reason: str = "") -> bool:
        found, housekeeping = self._unlocked, self._housekeeping
        if found is None or housekeeping is None:
            return True
        told = False
        housekeeping.stop()
        if found.vault.is_checked:
            # A full disk must not keep anybody from locking.
            with suppress(VaultError):
                found.ring.write_last_used()
                facts = {"reason": reason} if reason else {}
                found.recorder.use("vault.lock", "vault", self.path.stem, "ok", **facts)
                told = True
        found.vault.close()
        found.root_key.wipe()
        with self._looking:
            self._unlocked, self._housekeeping, self._state = None, None, VaultState.LOCKED
        return told
