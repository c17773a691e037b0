"""How long values that nothing points to are kept."""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.core.clock import DAY, Clock
from vaultapp.services.credential_store import CredentialStore, StoredVersion
from vaultapp.store.vault_file import Transaction

UNLABELLED_LIMIT = 100
DISCARDED_DAYS = 30


class VersionRetention:
    """Lets go of versions without a label: at most 100 stay, the oldest go first, none younger than a day.

    One that was discarded stays until its time is over, because the target may have it after all, and goes then:
    it was never current.

    Args:
        store: Holds the versions.
        clock: Source of time.
        limit: Unlabelled versions that stay; smaller in tests.
    """

    def __init__(self, store: CredentialStore, clock: Clock, limit: int = UNLABELLED_LIMIT) -> None:
        self._store = store
        self._clock = clock
        self._limit = limit

    def apply(self, transaction: Transaction, versions: list[StoredVersion], labels: Mapping[str, str]) -> int:
        """Remove what need not stay, in the transaction that adds a version; return how many went.

        Args:
            transaction: Of the change.
            versions: All of one credential, oldest first, the new one among them.
            labels: Where they sit once the change is made.
        """
        now = self._clock.now()
        free = [version for version in versions if version.description.version_id not in labels.values()]
        kept = [version for version in free if version.description.discarded_until is None]
        over = [
            version
            for version in free
            if version.description.discarded_until is not None and version.description.discarded_until <= now
        ]
        surplus = kept[: max(0, len(kept) - self._limit)]
        over += [version for version in surplus if version.description.created <= now - DAY]
        for version in over:
            transaction.delete(version.row_id)
        return len(over)
