"""Remove for good the credentials that have lain in the bin long enough."""

from __future__ import annotations

from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.services.credential_descriptions import CREDENTIAL, CredentialDescription
from vaultapp.services.unlocked import UnlockedVault


class CredentialSweep:
    """Empties the bin of what is over, with versions, rotations and attachments.

    Args:
        unlocked: The open vault.
        clock: Source of time.
        bus: Told of the credentials that are gone.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, bus: EventBus) -> None:
        self._unlocked = unlocked
        self._clock = clock
        self._bus = bus

    def sweep(self) -> int:
        """Remove what is over; return how many credentials that were.

        Raises:
            HostError: Nothing was removed, or the file could not be rewritten.
        """
        vault, index = self._unlocked.vault, self._unlocked.credentials
        if not vault.records.count(CREDENTIAL):
            return 0
        with index.changing:
            over = [(credential_id, found) for credential_id, found in index.page() if self._is_over(found)]
            if not over:
                return 0
            with vault.transaction() as transaction:
                for credential_id, found in over:
                    self._unlocked.credential_store.delete(transaction, credential_id)
                    entry = self._unlocked.recorder.entry(
                        "credential.destroy", "credential", found.name, credential=str(credential_id)
                    )
                    transaction.record(entry)
            for credential_id, _ in over:
                index.remove(credential_id)
        self._bus.publish(CredentialsChanged(tuple(credential_id for credential_id, _ in over)))
        # The store overwrites what it deletes; this returns the pages as well.
        vault.vacuum()
        return len(over)

    def _is_over(self, found: CredentialDescription) -> bool:
        return found.deletes_at is not None and found.deletes_at <= self._clock.now()
