"""Grading secrets that were read in without being graded, which would have made thousands of them wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import CredentialsChanged, Label
from vaultapp.core.errors import NotFound
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_store import find_version
from vaultapp.services.secret_traces import SecretTraces
from vaultapp.services.unlocked import UnlockedVault

_AT_ONCE = 100
"""Credentials in one transaction: some tenths of a second of grading are lost at most when the vault is locked."""

Kinds = Callable[[], Mapping[str, CredentialKind]]


class StrengthGrading:
    """Grades what has a secret and no grade yet.

    Args:
        unlocked: The open vault.
        kinds: Those that there are, by name.
        bus: Told of the credentials that have a grade now.
    """

    def __init__(self, unlocked: UnlockedVault, kinds: Kinds, bus: EventBus) -> None:
        self._unlocked = unlocked
        self._kinds = kinds
        self._bus = bus
        self._traces = SecretTraces(unlocked)

    def grade(self, work: WorkContext[None]) -> int:
        """Grade them all; return how many that were.

        Raises:
            VaultTampered, VaultDamaged, HostError: What was graded before stays so.
            OperationCancelled: Between two secrets.
        """
        kinds = self._kinds()
        ungraded = [found for found, said in self._unlocked.credentials.page() if _wants_grade(said, kinds)]
        done = 0
        for at in range(0, len(ungraded), _AT_ONCE):
            done += self._write(self._graded(ungraded[at : at + _AT_ONCE], kinds, work))
        return done

    def _graded(
        self, credential_ids: list[UUID], kinds: Mapping[str, CredentialKind], work: WorkContext[None]
    ) -> dict[UUID, tuple[bytes, int]]:
        """Return grades by credential, each with the trace of the secret that has it."""
        found: dict[UUID, tuple[bytes, int]] = {}
        for credential_id in credential_ids:
            work.heed_cancel()
            said = self._unlocked.credentials.get(credential_id)
            if said is None or not _wants_grade(said, kinds):
                continue
            kind, store = kinds[said.kind], self._unlocked.credential_store
            try:
                current = find_version(store.versions(credential_id), said.labels, Label.CURRENT.value)
                secret = store.value(current.row_id).get(kind.secret, "")
            except NotFound:
                # It was removed meanwhile.
                continue
            grade = self._traces.grade(kind, secret)
            if grade is not None:
                found[credential_id] = self._traces.reuse(secret), grade
        return found

    def _write(self, graded: Mapping[UUID, tuple[bytes, int]]) -> int:
        index, store = self._unlocked.credentials, self._unlocked.credential_store
        with index.changing:
            changed: dict[UUID, CredentialDescription] = {}
            for credential_id, (trace, grade) in graded.items():
                said = index.get(credential_id)
                # Meanwhile somebody may have given it another secret.
                if said is not None and said.strength is None and said.reuse == trace:
                    changed[credential_id] = msgspec.structs.replace(said, strength=grade)
            if not changed:
                return 0
            with self._unlocked.vault.transaction() as transaction:
                for credential_id, said in changed.items():
                    store.write(transaction, credential_id, said)
            for credential_id, said in changed.items():
                index.put(credential_id, said)
        self._bus.publish(CredentialsChanged(tuple(changed)))
        return len(changed)


def _wants_grade(said: CredentialDescription, kinds: Mapping[str, CredentialKind]) -> bool:
    """True for a secret that is there (it left a trace), of a kind whose secrets are graded, without a grade."""
    kind = kinds.get(said.kind)
    return said.strength is None and bool(said.reuse) and kind is not None and kind.rules is not None
