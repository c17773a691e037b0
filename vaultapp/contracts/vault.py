"""The vault as a whole: its state, its key slots, its copies."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from msgspec import Struct, field

from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.work import WorkContext


class KdfCost(Struct, frozen=True):
    """An Argon2id setting and what it costs here.

    Attributes:
        memory_kib: Memory in KiB.
        passes: Passes over it.
        lanes: Lanes.
        milliseconds: Time that one derivation took on this machine; 0 when not measured.
    """

    memory_kib: int
    passes: int
    lanes: int
    milliseconds: int = 0


class SlotRecord(Struct, frozen=True):
    """One key slot, as people see it."""

    slot_id: UUID
    kind: SlotKind
    created: int
    cost: KdfCost | None = None


class VaultStatus(Struct, frozen=True):
    """What anybody of this user may know. Answered at any time, also while unlocking.

    Attributes:
        state: What can be asked now.
        path: The vault file; empty without one.
        name: The file's stem.
        vault_id: None while the file is missing or unreadable.
        slot_kinds: The ways to unlock.
        persistent: The agent stays without clients.
        waiting: Files that were handed over and wait for the person's yes.
        running: Long operations under way.
        retry_after: Seconds until the next passphrase is taken; 0 when it is taken now.
        checked: The whole-vault check: ``pending``, ``running``, ``sound``, ``failed``; empty when locked.
        admitted: This connection may use the vault.
        window: A window is there; also one that is locked while programs go on.
        window_locked: Since when only the window is locked, and programs that were let in and due rotations go on,
            microseconds UTC; None while that is not so.
        pid: The agent's process.
        version: The agent's version.
    """

    state: VaultState
    path: bytes
    name: str
    version: str
    pid: int
    vault_id: UUID | None = None
    slot_kinds: tuple[SlotKind, ...] = ()
    persistent: bool = False
    waiting: int = 0
    running: int = 0
    retry_after: float = 0
    checked: str = ""
    admitted: bool = False
    window: bool = False
    window_locked: int | None = None

    @property
    def open_here(self) -> bool:
        """True when the vault is open, and this connection may use it."""
        return self.state is VaultState.UNLOCKED and self.admitted


class NewVault(Struct, frozen=True):
    """What a vault is made from.

    Attributes:
        passphrase: UTF-8; overwritten by the agent after use.
        recovery_words: 24 words shown to the person before; none makes a vault without that slot.
        cost: None calibrates towards one second.
        first_key: Name of a key made with the vault; empty for none.
        vault_id: Its id, where that stands on the recovery kit already: a random one (RFC 9562, version 4). None makes
            one.
    """

    passphrase: bytearray = field()
    recovery_words: bytearray | None = None
    cost: KdfCost | None = None
    first_key: str = ""
    vault_id: UUID | None = None

    def __repr__(self) -> str:
        """Show nothing of the secrets."""
        return "NewVault(…)"


class DrillOutcome(Struct, frozen=True):
    """A recovery drill: the words opened a copy of the vault, which was then read whole."""

    slot_id: UUID
    keys: int
    rows: int


class BackupRecord(Struct, frozen=True):
    """One copy of the vault.

    Attributes:
        path: Where it lies.
        made: Microseconds UTC.
        size: Bytes.
        kind: ``daily``, ``weekly``: verified, rolling; ``copy``: verified, where it was wished; beside the vault:
            ``replaced``: kept by a restore, ``conflict``: left by a program that keeps files in step. Only a restore
            looks whether those two are whole.
        vault_id: Whose copy it is, where copies of several vaults are listed; None for this vault's.
        vault: That vault's name, where a file in the data folder has this id; else empty.
    """

    path: bytes
    made: int
    size: int
    kind: str
    vault_id: UUID | None = None
    vault: str = ""


class VerifyReport(Struct, frozen=True):
    """What a whole check looked at; damage is raised instead."""

    rows: int
    keys: int
    activity_entries: int
    epoch: int


class RestoreReport(Struct, frozen=True):
    """What a restore put in place, and where the replaced file is kept."""

    path: bytes
    kept: bytes | None
    epoch: int


class VaultUnlocked(Struct, frozen=True, tag=True):
    """Event: the vault is open."""


class VaultLocking(Struct, frozen=True, tag=True):
    """Event: the agent replaces itself now, or locks the window that it tells.

    Attributes:
        reason: asked, quit, replaced, restored, or a LockTrigger.
        not_done: What locking could not do: ``work``: some of it did not stop in time and was cut off;
            ``stopping``: some of the window's had not stopped yet, and stops at its next step;
            ``activity``: the log does not tell of the lock.
        programs_go_on: Only the window is locked; the agent stays.
    """

    reason: str
    not_done: tuple[str, ...] = ()
    programs_go_on: bool = False


class VaultChecked(Struct, frozen=True, tag=True):
    """Event: the check that ran behind the unlock ended. Empty code: sound."""

    code: str = ""
    facts: dict[str, str | int] = {}


class VaultApi(Protocol):
    """The life of a vault. Every passphrase is a bytearray that the callee overwrites."""

    def status(self) -> VaultStatus:
        """Return the state; never waits for anything."""

    def calibrate(self, work: WorkContext[None]) -> KdfCost:
        """Measure Argon2id here and propose a cost towards one second."""

    def suggest_words(self) -> str:
        """Return 24 fresh recovery words; nothing is kept."""

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        """Make the vault file and leave it unlocked.

        Raises:
            VaultExists: A file is there.
            InvalidValue, OutOfBounds, HostError: As they say.
        """

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        """Open the vault, or admit this caller to the open one.

        Raises:
            WrongPassphrase, TooManyAttempts, VaultOlder, VaultDamaged, VaultTampered, VaultTooNew, OutOfBounds.
        """

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        """Open the vault by its recovery words and set a new passphrase.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot, and those of ``unlock``.
        """

    def lock(self, *, quit_agent: bool = False, window: bool = False) -> None:
        """Forget everything by replacing the process.

        Args:
            quit_agent: End it.
            window: Lock the window only, where the vault's settings let programs go on.
        """

    def change_passphrase(
        self, old: bytearray, new: bytearray, work: WorkContext[None], cost: KdfCost | None = None
    ) -> None:
        """Replace the passphrase slot. The old passphrase still opens backups made before."""

    def slots(self) -> tuple[SlotRecord, ...]:
        """Return the key slots."""

    def new_words(self, words: bytearray | None = None) -> str:
        """Replace the recovery slot by these words, or by fresh ones; return them. Kits printed before stop working."""

    def drill(self, words: bytearray, work: WorkContext[None]) -> DrillOutcome:
        """Prove on a copy that the words open this vault."""

    def backup(self, work: WorkContext[None], target: bytes | None = None) -> BackupRecord:
        """Make a verified copy: a rolling one, or at ``target``."""

    def backups(self) -> tuple[BackupRecord, ...]:
        """Return the rolling copies and those found beside the vault, newest first."""

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        """Put a verified copy in the vault's place; what it replaces is kept beside it. The vault is locked."""

    def verify(self, work: WorkContext[None]) -> VerifyReport:
        """Check every row, the sum, the schema and the activity chain."""
