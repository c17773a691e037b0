"""Remove for good what was deleted long enough ago."""

from __future__ import annotations

from uuid import UUID

from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.unlocked import UnlockedVault


class DeletionSweep:
    """Removes keys whose waiting time is over, with all their versions, and what they left in the file.

    Args:
        unlocked: The open vault.
        clock: Source of time.
        bus: Told of the keys that are gone.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, bus: EventBus) -> None:
        self._unlocked = unlocked
        self._clock = clock
        self._bus = bus

    def sweep(self) -> int:
        """Remove what is over; return how many keys that were.

        Raises:
            HostError: Nothing was removed, or the file could not be rewritten.
        """
        index = self._unlocked.index
        with index.changing:
            over = [(key_id, key) for key_id, key in index.page(0, len(index)) if self._is_over(key)]
            if not over:
                return 0
            with self._unlocked.vault.transaction() as transaction:
                for key_id, key in over:
                    self._unlocked.store.delete(transaction, key_id)
                    entry = self._unlocked.recorder.entry("key.destroy", "key", key.name, key=str(key_id))
                    transaction.record(entry)
            gone: tuple[UUID, ...] = tuple(key_id for key_id, _ in over)
            for key_id in gone:
                index.remove(key_id)
        for key_id in gone:
            self._unlocked.ring.forget(key_id)
        self._bus.publish(KeysChanged(gone))
        # The store overwrites what it deletes; this returns the pages as well.
        self._unlocked.vault.vacuum()
        return len(gone)

    def _is_over(self, key: KeyDescription) -> bool:
        return (
            key.state is KeyState.PENDING_DELETION
            and key.deletes_at is not None
            and key.deletes_at <= self._clock.now()
        )
