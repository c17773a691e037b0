"""Rotate the keys whose time has come."""

from __future__ import annotations

from uuid import UUID

from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.key_store import CREATED
from vaultapp.services.unlocked import UnlockedVault

_AT_ONCE = 200


class RotationSchedule:
    """Gives due keys a new primary version. A key that was due several times is rotated once.

    Args:
        unlocked: The open vault.
        clock: Source of time.
        bus: Told of the keys that were rotated.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, bus: EventBus) -> None:
        self._unlocked = unlocked
        self._clock = clock
        self._bus = bus

    def rotate_due(self, work: WorkContext[None]) -> int:
        """Rotate what is due now and enabled; return how many keys that were.

        Raises:
            HostError: What was rotated before stays so.
            OperationCancelled: Between two transactions.
        """
        due = [key_id for key_id, key in self._unlocked.index.page(0, len(self._unlocked.index)) if self._is_due(key)]
        done = 0
        for at in range(0, len(due), _AT_ONCE):
            work.checkpoint(done, len(due))
            done += self._rotate(due[at : at + _AT_ONCE])
        return done

    def _is_due(self, key: KeyDescription) -> bool:
        return (
            key.next_rotation is not None
            and key.next_rotation <= self._clock.now()
            and key.state is KeyState.ENABLED
            and key.origin == CREATED
        )

    def _rotate(self, key_ids: list[UUID]) -> int:
        index, store = self._unlocked.index, self._unlocked.store
        with index.changing:
            # Asked again, because somebody may have changed the key since the list was made.
            found = [(key_id, index.get(key_id)) for key_id in key_ids]
            due = [(key_id, key) for key_id, key in found if key is not None and self._is_due(key)]
            if not due:
                return 0
            rotated: dict[UUID, KeyDescription] = {}
            with self._unlocked.vault.transaction() as transaction:
                for key_id, key in due:
                    rotated[key_id], number = store.rotate(transaction, key_id, key)
                    facts: dict[str, str | int] = {"version": number, "reason": "schedule", "key": str(key_id)}
                    entry = self._unlocked.recorder.entry("key.rotate", "key", key.name, "ok", **facts)
                    transaction.record(entry)
            for key_id, key in rotated.items():
                index.put(key_id, key)
        self._bus.publish(KeysChanged(tuple(rotated)))
        return len(rotated)
