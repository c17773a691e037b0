"""Read and check the activity log."""

from __future__ import annotations

from vaultapp.contracts.activity import ActivityPage, ChainReport
from vaultapp.core.work import WorkContext
from vaultapp.store.vault_file import OpenVault


class ActivityService:
    """The log of an open vault."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault

    def list(self, before: int | None = None, limit: int = 200) -> ActivityPage:
        """Return up to 5,000 entries older than a sequence number, newest first."""
        return self._vault.activity.page(before, limit)

    def check(self, work: WorkContext[None]) -> ChainReport:
        """Walk the chain.

        Raises:
            VaultTampered: An entry was changed, removed, moved or added.
        """
        return self._vault.activity.check(work)
