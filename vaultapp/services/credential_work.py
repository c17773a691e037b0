"""What the parts of the credentials service share: the open vault, and how a change is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from vaultapp.contracts.credential_kinds import CredentialKind, PasswordRules
from vaultapp.contracts.credentials import Credential, CredentialsChanged
from vaultapp.contracts.rotation import OPEN_OUTCOMES, RotationOutcome, RotationState
from vaultapp.core.clock import Clock
from vaultapp.core.credential_errors import RotationUnderWay, VersionNotActive
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import Random
from vaultapp.services.credential_descriptions import CredentialDescription, CredentialVersionDescription
from vaultapp.services.credential_index import check_not_in_bin
from vaultapp.services.credential_record import as_contract, attachments_of
from vaultapp.services.credential_store import StoredVersion, find_version
from vaultapp.services.current_value import CurrentValue
from vaultapp.services.password_generator import PasswordGenerator
from vaultapp.services.recorder import Recorder
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.services.version_retention import VersionRetention
from vaultapp.store.vault_file import Transaction

Change = Callable[[Transaction, UUID, CredentialDescription], CredentialDescription]
Settle = Callable[[UUID], None]
SUBJECT = "credential"


class CredentialWork:
    """The credentials of an open vault, for one client. Thread safe.

    Every change and the activity entry that tells of it are one transaction; events follow the commit.

    Args:
        unlocked: The open vault.
        recorder: The client's pen.
        clock: Source of time.
        random: Source of ids and passwords.
        bus: Told of changes.
        kinds: Those that there are, by name.
        settle: Called before a value is given out whose rotation was left half way: brings that to an end, or
            returns after a bounded time.
        let_go: Called before the person gives a value for one whose rotation is stuck: ends that, and keeps its value.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        recorder: Recorder,
        clock: Clock,
        random: Random,
        bus: EventBus,
        kinds: Mapping[str, CredentialKind],
        settle: Settle | None = None,
        let_go: Settle | None = None,
    ) -> None:
        self._unlocked = unlocked
        self._vault = unlocked.vault
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._recorder = recorder
        self._clock = clock
        self._random = random
        self._bus = bus
        self._kinds = kinds
        self._settle = settle
        self._let_go = let_go
        self._passwords = PasswordGenerator(random)
        self._current = CurrentValue(unlocked)
        self._retention = VersionRetention(self._store, clock)

    def _kind(self, name: str) -> CredentialKind:
        """Return a kind; InvalidValue when there is none of this name (any more)."""
        found = self._kinds.get(name)
        if found is None:
            raise InvalidValue(field="kind", reason="unknown_credential")
        return found

    def _active(self, credential_id: UUID, found: CredentialDescription, wanted: str) -> StoredVersion:
        """Return a version that may be given to programs now.

        Raises:
            NotFound, VersionNotActive: As they say.
        """
        version = find_version(self._store.versions(credential_id), found.labels, wanted)
        check_active(found, version.description, self._clock.now())
        return version

    def _generated(self, kind: CredentialKind, value: Mapping[str, str], rules: PasswordRules | None) -> dict[str, str]:
        """Return a value whose secret is made here, by given rules or by the kind's."""
        chosen = rules or kind.rules
        if chosen is None:
            raise InvalidValue(field="generate", reason="kept_only")
        return {**value, kind.secret: self._passwords(chosen).decode()}

    def _check_no_rotation(
        self, found: CredentialDescription, outcomes: frozenset[RotationOutcome] = OPEN_OUTCOMES
    ) -> None:
        """Refuse while the last rotation stands like that.

        Raises:
            RotationUnderWay: It does.
        """
        if self._rotation_is(found, outcomes):
            raise RotationUnderWay(credential=found.name)

    def _rotation_is(self, found: CredentialDescription, outcomes: frozenset[RotationOutcome]) -> bool:
        if found.rotation is None:
            return False
        try:
            return self._store.rotation(found.rotation).outcome in outcomes
        except NotFound:
            return False

    def _change(
        self, credential: str, action: str | None, change: Change, *, in_bin: bool = False, **facts: str | int
    ) -> Credential:
        """Change a credential's description; without an action the change records itself.

        Args:
            credential: As callers name it.
            action: What the log says.
            change: Returns the changed description; the same one when it stays.
            in_bin: It may lie in the bin.
            facts: For the log: names and numbers.
        """
        with self._index.changing:
            credential_id = self._index.resolve(credential)
            before = self._index.named(credential_id)
            if not in_bin:
                check_not_in_bin(before)
            with self._vault.transaction() as transaction:
                after = change(transaction, credential_id, before)
                if after is not before:
                    self._store.write(transaction, credential_id, after)
                if action is not None:
                    self._tell(transaction, action, credential_id, before, **facts)
            self._index.put(credential_id, after)
        return self._told(credential_id)

    def _tell(
        self,
        transaction: Transaction,
        action: str,
        credential_id: UUID,
        found: CredentialDescription,
        **facts: str | int,
    ) -> None:
        """Record an action in the transaction that it is."""
        transaction.record(
            self._recorder.entry(action, SUBJECT, found.name, "ok", **facts, credential=str(credential_id))
        )

    def _told(self, credential_id: UUID) -> Credential:
        """Tell of a change that is on the disk, and return what became of it."""
        self._bus.publish(CredentialsChanged((credential_id,)))
        return self._shown(credential_id)

    def _shown(self, credential_id: UUID) -> Credential:
        found = self._index.named(credential_id)
        return as_contract(
            credential_id,
            found,
            self._states(found),
            versions=self._store.versions(credential_id),
            attachments=attachments_of(self._vault, credential_id),
            reused=self._reused(credential_id, found),
        )

    def _states(self, found: CredentialDescription) -> dict[UUID, RotationState]:
        return {} if found.rotation is None else self._store.states((found.rotation,))

    def _reused(self, credential_id: UUID, found: CredentialDescription) -> int:
        """Return how many others outside the bin have the same current secret."""
        if not found.reuse:
            return 0
        return sum(
            other.reuse == found.reuse and other.deletes_at is None and other_id != credential_id
            for other_id, other in self._index.page()
        )


def check_active(found: CredentialDescription, version: CredentialVersionDescription, now: int) -> None:
    """Refuse a version that programs may not have now.

    Raises:
        VersionNotActive: It is disabled, or it is too early or too late for it.
    """
    if not version.enabled:
        raise VersionNotActive(credential=found.name, reason="disabled", at=now)
    if now < version.starts:
        raise VersionNotActive(credential=found.name, reason="early", at=version.starts)
    if version.expires is not None and now >= version.expires:
        raise VersionNotActive(credential=found.name, reason="expired", at=version.expires)
