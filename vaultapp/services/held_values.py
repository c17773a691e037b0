"""The values of one credential that the vault holds, and which of them the target may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from vaultapp.contracts.credentials import Label
from vaultapp.core.clock import Clock
from vaultapp.core.errors import NotFound
from vaultapp.services.credential_store import StoredVersion
from vaultapp.services.unlocked import UnlockedVault


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value that the vault holds, and of which version."""

    version_id: str
    fields: dict[str, str] = field(repr=False)


class HeldValues:
    """Reads them from the disk each time.

    Args:
        unlocked: The open vault.
        clock: For values that were discarded, and are kept for a time.
        credential_id: Whose values.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, credential_id: UUID) -> None:
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._clock = clock
        self._credential_id = credential_id

    def version(self, version_id: str) -> StoredVersion:
        """Return a version.

        Raises:
            NotFound: It is not there.
        """
        for found in self._store.versions(self._credential_id):
            if found.description.version_id == version_id:
                return found
        raise NotFound(kind="version", name=version_id)

    def fields(self, version_id: str) -> dict[str, str]:
        """Return a version's fields.

        Raises:
            NotFound: It is not there.
        """
        return self._store.value(self.version(version_id).row_id)

    def all(self) -> Sequence[dict[str, str]]:
        """Return the fields of every version, oldest first."""
        return [self._store.value(version.row_id) for version in self._store.versions(self._credential_id)]

    def candidates(self) -> Sequence[str]:
        """Return the versions that may be in force: pending, current, previous, discarded ones, newest first.

        Raises:
            NotFound: The credential was removed meanwhile.
        """
        labels, now = self._index.named(self._credential_id).labels, self._clock.now()
        versions = self._store.versions(self._credential_id)
        discarded = [
            found.description.version_id
            for found in reversed(versions)
            if found.description.discarded_until is not None and found.description.discarded_until > now
        ]
        labelled = [labels[label] for label in (Label.PENDING, Label.CURRENT, Label.PREVIOUS) if label in labels]
        there = {found.description.version_id for found in versions}
        return [version for version in dict.fromkeys([*labelled, *discarded]) if version in there]
