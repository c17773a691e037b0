"""The life of a vault in memory, without processes or cryptography."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from tests.gui.gates import open_gate, pass_gate
from tests.gui.samples import NOON, PASSPHRASE, WORDS
from vaultapp.contracts.events import Event
from vaultapp.contracts.vault import (
    BackupRecord,
    DrillOutcome,
    KdfCost,
    NewVault,
    RestoreReport,
    SlotRecord,
    VaultApi,
    VaultLocking,
    VaultStatus,
    VerifyReport,
)
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.clock import DAY
from vaultapp.core.errors import (
    VaultError,
    VaultExists,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext


@dataclass
class FakeVault:
    """The life of a vault."""

    path: Path
    state: VaultState = VaultState.LOCKED
    passphrase: str = PASSPHRASE
    words: str = WORDS
    ways: tuple[SlotKind, ...] = (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
    wait_after_wrong: float = 0
    fails_with: VaultError | None = None
    older: VaultError | None = None
    publish: Callable[[Event], None] = lambda _event: None
    waiting: Callable[[], int] = lambda: 0
    gate: threading.Event = field(default_factory=open_gate)
    seen: list[str] = field(default_factory=list)
    made: NewVault | None = None
    vault_id: UUID = field(default_factory=uuid4)
    retry_after: float = 0
    cost: KdfCost = field(default_factory=lambda: KdfCost(256 * 1024, 3, 2))
    copies: list[BackupRecord] = field(default_factory=list)
    restores: list[tuple[bytes, str]] = field(default_factory=list)
    kept: bytes | None = None
    given: list[bytearray] = field(default_factory=list)
    calibrate_fails_with: VaultError | None = None
    programs_go_on: bool = False
    window_locked: int | None = None

    def status(self) -> VaultStatus:
        return VaultStatus(
            state=self.state,
            path=os.fsencode(self.path),
            name=self.path.stem,
            version="0",
            pid=1,
            vault_id=self.vault_id,
            slot_kinds=self.ways,
            admitted=self.state is VaultState.UNLOCKED and self.window_locked is None,
            window_locked=self.window_locked,
            retry_after=self.retry_after,
            waiting=self.waiting(),
        )

    def calibrate(self, work: WorkContext[None]) -> KdfCost:
        pass_gate(self.gate)
        if self.calibrate_fails_with is not None:
            raise self.calibrate_fails_with
        return KdfCost(256 * 1024, 3, 2, 1000)

    def suggest_words(self) -> str:
        return self.words

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        pass_gate(self.gate)
        self.given += [new.passphrase, new.recovery_words or bytearray()]
        if self.fails_with is not None:
            raise self.fails_with
        if self.state is not VaultState.MISSING:
            raise VaultExists(path=str(self.path))
        self.made = NewVault(
            bytearray(new.passphrase), bytearray(new.recovery_words or b""), new.cost, new.first_key, new.vault_id
        )
        self.vault_id = new.vault_id or self.vault_id
        self.state = VaultState.UNLOCKED
        return self.status()

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        pass_gate(self.gate)
        self.given.append(passphrase)
        self.seen.append(passphrase.decode())
        if self.fails_with is not None:
            raise self.fails_with
        if passphrase.decode() != self.passphrase:
            self.retry_after = self.wait_after_wrong
            raise WrongPassphrase
        if self.older is not None and not accept_older:
            raise self.older
        self.state, self.window_locked = VaultState.UNLOCKED, None
        return self.status()

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        pass_gate(self.gate)
        self.given += [words, new_passphrase]
        if self.fails_with is not None:
            raise self.fails_with
        self.passphrase = new_passphrase.decode()
        self.state, self.window_locked = VaultState.UNLOCKED, None
        return self.status()

    def lock(self, *, quit_agent: bool = False, window: bool = False) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        if window and self.programs_go_on:
            self.window_locked = NOON
            self.publish(VaultLocking("asked", programs_go_on=True))
            return
        self.state, self.window_locked = VaultState.LOCKED, None
        self.publish(VaultLocking("asked"))

    def slots(self) -> tuple[SlotRecord, ...]:
        costs = {SlotKind.PASSPHRASE: self.cost}
        return tuple(SlotRecord(uuid4(), kind, NOON - 30 * DAY, costs.get(kind)) for kind in self.ways)

    def change_passphrase(
        self, old: bytearray, new: bytearray, work: WorkContext[None], cost: KdfCost | None = None
    ) -> None:
        pass_gate(self.gate)
        self.given += [old, new]
        if self.fails_with is not None:
            raise self.fails_with
        if old.decode() != self.passphrase:
            raise WrongPassphrase
        work.checkpoint()
        self.passphrase = new.decode()
        self.cost = cost or self.cost

    def new_words(self, words: bytearray | None = None) -> str:
        pass_gate(self.gate)
        if self.fails_with is not None:
            raise self.fails_with
        given = words if words is not None else bytearray(self.words.encode())
        self.given.append(given)
        self.words = given.decode()
        self.ways = (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
        return self.words

    def drill(self, words: bytearray, work: WorkContext[None]) -> DrillOutcome:
        pass_gate(self.gate)
        self.given.append(words)
        if self.fails_with is not None:
            raise self.fails_with
        if words.decode() != self.words:
            raise WordsOfAnotherVault
        return DrillOutcome(uuid4(), 2, 1042)

    def backup(self, work: WorkContext[None], target: bytes | None = None) -> BackupRecord:
        pass_gate(self.gate)
        if self.fails_with is not None:
            raise self.fails_with
        kind, folder = ("daily", b"/backups") if target is None else ("copy", target)
        made = BackupRecord(folder + b"/made.vault", NOON, 49_152, kind)
        if target is None:
            self.copies.insert(0, made)
        return made

    def backups(self) -> tuple[BackupRecord, ...]:
        return tuple(self.copies)

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        pass_gate(self.gate)
        self.given.append(passphrase)
        if self.fails_with is not None:
            raise self.fails_with
        if passphrase.decode() != self.passphrase:
            raise WrongPassphrase
        self.restores.append((source, passphrase.decode()))
        self.state = VaultState.LOCKED
        self.publish(VaultLocking("restored"))
        return RestoreReport(os.fsencode(self.path), self.kept, 7)

    def verify(self, work: WorkContext[None]) -> VerifyReport:
        pass_gate(self.gate)
        if self.fails_with is not None:
            raise self.fails_with
        return VerifyReport(1042, 2, 12_480, 311)


if TYPE_CHECKING:
    _: type[VaultApi] = FakeVault
