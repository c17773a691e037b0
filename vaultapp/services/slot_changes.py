"""Replace and remove key slots of an open vault; no data is rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from vaultapp.contracts.vault import KdfCost, SlotRecord
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.clock import Clock
from vaultapp.core.errors import NotFound
from vaultapp.crypto.kdf import calibrate
from vaultapp.crypto.random import Random
from vaultapp.services.recorder import Recorder
from vaultapp.services.slots import SlotMaker, slot_records
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import SlotRow


class SlotChanges:
    """Changes the ways into an open vault. Each change and its activity entry are one transaction.

    Args:
        unlocked: The open vault.
        recorder: The client's pen.
        clock: Source of time.
        random: Source of salts and nonces.
        on_changed: Called after each committed change.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        recorder: Recorder,
        clock: Clock,
        random: Random,
        on_changed: Callable[[], None],
    ) -> None:
        self._vault = unlocked.vault
        self._root_key = unlocked.root_key
        self._recorder = recorder
        self._maker = SlotMaker(unlocked.vault.vault_id, clock, random)
        self._clock = clock
        self._random = random
        self._on_changed = on_changed

    def records(self) -> tuple[SlotRecord, ...]:
        """Return the slots as people see them."""
        return slot_records(self._vault.slots())

    def replace_passphrase(self, new: bytearray, cost: KdfCost | None, replaced: UUID | None, action: str) -> None:
        """Put a passphrase in the place of one slot, or of all passphrases.

        Args:
            new: As ``crypto.kdf.passphrase_bytes`` returns it.
            cost: None keeps that of the slot that goes.
            replaced: The slot that goes; None for every passphrase.
            action: What the activity log calls it.

        Raises:
            OutOfBounds, MemoryMissing: The cost; nothing was changed.
            HostError: Nothing was changed.
        """
        old = [record for record in self.records() if record.kind is SlotKind.PASSPHRASE]
        going = [record for record in old if replaced in (None, record.slot_id)]
        kept = next((record.cost for record in going if record.cost is not None), None)
        chosen = cost or kept or calibrated(self._clock, self._random)
        slot = self._maker.for_passphrase(self._root_key.read(), new, chosen)
        self._replace(slot, (record.slot_id for record in going), action)

    def replace_words(self, entropy: bytearray) -> None:
        """Put recovery words, given as their 32 bytes, in the place of those that there are."""
        slot = self._maker.for_words(self._root_key.read(), entropy)
        going = (record.slot_id for record in self.records() if record.kind is SlotKind.RECOVERY_WORDS)
        self._replace(slot, going, "recovery.new")

    def remove(self, slot_id: UUID) -> None:
        """Remove one way in.

        Raises:
            NotFound: No such slot.
            LastSlot: It is the only one.
        """
        found = next((record for record in self.records() if record.slot_id == slot_id), None)
        if found is None:
            raise NotFound(kind="slot", name=str(slot_id))
        with self._vault.transaction() as transaction:
            transaction.remove_slot(slot_id)
            transaction.record(self._recorder.entry("slot.remove", "slot", found.kind.value))
        self._on_changed()

    def _replace(self, slot: SlotRow, going: Iterable[UUID], action: str) -> None:
        gone = tuple(going)
        with self._vault.transaction() as transaction:
            transaction.put_slot(slot)
            for slot_id in gone:
                transaction.remove_slot(slot_id)
            transaction.record(self._recorder.entry(action, "vault", replaced=len(gone)))
        self._on_changed()


def calibrated(clock: Clock, random: Random) -> KdfCost:
    """Measure Argon2id here and return a cost towards one second.

    Raises:
        MemoryMissing: Not even the floor of 64 MiB is to be had.
    """
    found, milliseconds = calibrate(clock, random)
    return KdfCost(found.memory_kib, found.passes, found.lanes, milliseconds)
