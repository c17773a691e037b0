"""The credentials of an open vault in memory: their descriptions, and who has which name and identifier."""

from __future__ import annotations

import threading
from itertools import islice
from uuid import UUID

from vaultapp.contracts.credentials import SCHEME
from vaultapp.core.collector import without_collector
from vaultapp.core.credential_errors import CredentialInBin
from vaultapp.core.errors import NameTaken, NotFound
from vaultapp.services.credential_descriptions import CREDENTIAL, CredentialDescription
from vaultapp.services.descriptions import decode
from vaultapp.services.names import as_id, folded
from vaultapp.store.vault_file import OpenVault


class CredentialIndex:
    """Names are one namespace, identifiers another; both are compared by case folding. Those in the bin keep theirs.

    It is read from the vault when it is first asked for something, so that opening a vault does not wait for it.

    Who changes a credential holds ``changing`` from reading its description here, over the transaction, to putting
    the changed one here. Reading needs no such hold.

    Args:
        vault: Changes of it come by :meth:`put` and :meth:`remove`, after their commit.
    """

    def __init__(self, vault: OpenVault) -> None:
        self.changing = threading.RLock()
        self._vault = vault
        self._lock = threading.RLock()
        self._found: dict[UUID, CredentialDescription] | None = None
        self._names: dict[str, UUID] = {}
        self._identifiers: dict[str, UUID] = {}

    def __len__(self) -> int:
        """Return how many credentials there are, those in the bin among them."""
        with self._lock:
            return len(self._read())

    def resolve(self, credential: str) -> UUID:
        """Return the id of a credential given by name, identifier (with or without ``vault://``) or id.

        Raises:
            NotFound: There is none.
        """
        wanted = credential.strip()
        with self._lock:
            known = self._read()
            found = self._identifiers.get(folded(wanted.removeprefix(SCHEME)))
            if found is None and not wanted.startswith(SCHEME):
                found = self._names.get(folded(wanted)) or as_id(wanted)
            if found is None or found not in known:
                raise NotFound(kind="credential", name=credential)
            return found

    def get(self, credential_id: UUID) -> CredentialDescription | None:
        """Return a description; None when it is not here."""
        with self._lock:
            return self._read().get(credential_id)

    def named(self, credential_id: UUID) -> CredentialDescription:
        """Return a description.

        Raises:
            NotFound: It is not here (any more).
        """
        found = self.get(credential_id)
        if found is None:
            raise NotFound(kind="credential", name=str(credential_id))
        return found

    def usable(self, credential: str) -> tuple[UUID, CredentialDescription]:
        """Return a credential, given as for :meth:`resolve`, that is not in the bin.

        Raises:
            NotFound, CredentialInBin: As they say.
        """
        credential_id = self.resolve(credential)
        found = self.named(credential_id)
        check_not_in_bin(found)
        return credential_id, found

    def page(self, offset: int = 0, limit: int | None = None) -> list[tuple[UUID, CredentialDescription]]:
        """Return a stretch of the credentials, oldest first."""
        with self._lock:
            return list(islice(self._read().items(), offset, None if limit is None else offset + limit))

    def check_free(self, name: str, identifier: str, owner: UUID | None = None) -> None:
        """Refuse a name or identifier that another credential has.

        Raises:
            NameTaken: By another than ``owner``.
        """
        with self._lock:
            self._read()
            for wanted, taken in ((name, self._names), (identifier, self._identifiers)):
                if taken.get(folded(wanted), owner) != owner:
                    raise NameTaken(kind="credential", name=wanted)

    def put(self, credential_id: UUID, credential: CredentialDescription) -> None:
        """Add or replace a credential."""
        with self._lock:
            known = self._read()
            self._forget_names(credential_id)
            known[credential_id] = credential
            self._add_names(credential_id, credential)

    def remove(self, credential_id: UUID) -> None:
        """Forget a credential."""
        with self._lock:
            self._forget_names(credential_id)
            self._read().pop(credential_id, None)

    def _read(self) -> dict[UUID, CredentialDescription]:
        if self._found is None:
            with without_collector():
                self._found = {
                    record.row_id: decode(CredentialDescription, record.description)
                    for record in self._vault.records.of_kind(CREDENTIAL)
                }
                for credential_id, credential in self._found.items():
                    self._add_names(credential_id, credential)
        return self._found

    def _add_names(self, credential_id: UUID, credential: CredentialDescription) -> None:
        self._names[folded(credential.name)] = credential_id
        self._identifiers[folded(credential.identifier)] = credential_id

    def _forget_names(self, credential_id: UUID) -> None:
        old = self._read().get(credential_id)
        if old is not None:
            self._names.pop(folded(old.name), None)
            self._identifiers.pop(folded(old.identifier), None)


def check_not_in_bin(credential: CredentialDescription) -> None:
    """Refuse what was deleted.

    Raises:
        CredentialInBin: It was.
    """
    if credential.deletes_at is not None:
        raise CredentialInBin(credential=credential.name)
