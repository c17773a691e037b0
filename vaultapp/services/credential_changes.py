"""Credentials made, described anew, deleted and taken back."""

from __future__ import annotations

from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import ADMIN, CredentialKind
from vaultapp.contracts.credentials import Credential, CredentialChange, CredentialsChanged, NewCredential
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_record import as_contract
from vaultapp.services.credential_values import checked_settings, checked_value
from vaultapp.services.credential_work import CredentialWork
from vaultapp.services.current_value import made_current
from vaultapp.services.key_store import new_id
from vaultapp.services.names import as_id, checked_description, checked_identifier, checked_name, checked_tags
from vaultapp.services.rotation_plans import checked_plan, planned
from vaultapp.store.vault_file import Transaction

DELETION_DAYS = range(7, 31)
CREATED = "created"
# While the target is being spoken to, nothing that this needs may go or change.
_AT_WORK = frozenset({RotationOutcome.RUNNING})


class CredentialChanges(CredentialWork):
    """Makes, edits, deletes, restores."""

    def create(self, new: NewCredential) -> Credential:
        """Make a credential with one version, which is current.

        Raises:
            NameTaken: Another one has the name or the identifier, if only in the bin.
            InvalidValue: Something of it is not acceptable.
            ConnectorMissing: It is to rotate by itself, and nothing rotates its kind.
        """
        kind = self._kind(new.kind)
        given = self._generated(kind, new.value.fields, new.rules) if new.generate else new.value.fields
        value = checked_value(kind, given)
        starts, expires = checked_window(new.starts, new.expires, self._clock.now())
        facts = self._current.facts(kind, value)
        credential_id, now = new_id(self._random), self._clock.now()
        begun = CredentialDescription(
            name=checked_name(new.name),
            identifier=checked_identifier(new.identifier),
            kind=kind.name,
            created=now,
            labels={},
            changed=now,
            description=checked_description(new.description),
            tags=checked_tags(new.tags),
            settings=checked_settings(kind, new.settings),
            plan=_planned(kind, new.plan, now),
            remind_at=new.remind_at or None,
        )
        with self._index.changing:
            self._index.check_free(begun.name, begun.identifier)
            with self._vault.transaction() as transaction:
                # The version's record lies below the credential's, which therefore comes first.
                self._store.insert(transaction, credential_id, begun)
                version = self._store.insert_version(
                    transaction, credential_id, value, CREATED, starts=starts, expires=expires
                )
                made = made_current(begun, version.description, facts, now)
                self._store.write(transaction, credential_id, made)
                self._tell(transaction, "credential.create", credential_id, made, identifier=made.identifier)
            self._index.put(credential_id, made)
        return self._told(credential_id)

    def edit(self, credential: str, change: CredentialChange) -> Credential:
        """Change what is said of it; its values stay. Credentials that it rotates go on finding it.

        Raises:
            NotFound, NameTaken, InvalidValue, CredentialInBin: As they say.
            RotationUnderWay: Its connection is to change while a rotation uses it.
        """
        given = {name: value for name in _EDITED if (value := getattr(change, name)) is not None}
        facts = {name: given[name] for name in ("name", "identifier") if name in given}
        renamed: dict[UUID, CredentialDescription] = {}

        def edited(
            transaction: Transaction, credential_id: UUID, found: CredentialDescription
        ) -> CredentialDescription:
            after = self._edited(found, change)
            self._index.check_free(after.name, after.identifier, credential_id)
            if facts:
                renamed.update(self._administered(credential_id, after.identifier))
            for other_id, other in renamed.items():
                self._store.write(transaction, other_id, other)
            return after

        with self._index.changing:
            shown = self._change(credential, "credential.edit", edited, changed=", ".join(given), **facts)
            for other_id, other in renamed.items():
                self._index.put(other_id, other)
        if renamed:
            self._bus.publish(CredentialsChanged(tuple(renamed)))
        return shown

    def delete(self, credential: str, days: int = 30, *, force: bool = False) -> Credential:
        """Put it into the bin for 7-30 days. With force it is gone at once, also from the bin; backups hold it longer.

        Raises:
            NotFound: No such credential.
            CredentialInBin: It is there already.
            InvalidValue: Not 7-30 days.
            RotationUnderWay: Its target is being spoken to.
        """
        if force:
            return self._destroy(credential)
        if days not in DELETION_DAYS:
            raise InvalidValue(field="days", reason="bin")

        def binned(_: Transaction, _id: UUID, found: CredentialDescription) -> CredentialDescription:
            self._check_no_rotation(found, _AT_WORK)
            return msgspec.structs.replace(found, deletes_at=self._clock.now() + days * DAY)

        return self._change(credential, "credential.delete", binned, days=days)

    def restore(self, credential: str) -> Credential:
        """Take it out of the bin, as it was.

        Raises:
            NotFound: No such credential.
            InvalidValue: It is not in the bin.
        """

        def restored(_: Transaction, _id: UUID, found: CredentialDescription) -> CredentialDescription:
            if found.deletes_at is None:
                raise InvalidValue(field="credential", reason="not_in_bin")
            return msgspec.structs.replace(found, deletes_at=None)

        return self._change(credential, "credential.restore", restored, in_bin=True)

    def _edited(self, found: CredentialDescription, change: CredentialChange) -> CredentialDescription:
        after = found
        if change.name is not None:
            after = msgspec.structs.replace(after, name=checked_name(change.name))
        if change.identifier is not None:
            after = msgspec.structs.replace(after, identifier=checked_identifier(change.identifier))
        if change.description is not None:
            after = msgspec.structs.replace(after, description=checked_description(change.description))
        if change.tags is not None:
            after = msgspec.structs.replace(after, tags=checked_tags(change.tags))
        if change.settings is not None:
            self._check_no_rotation(found, _AT_WORK)
            settings = checked_settings(self._kind(found.kind), change.settings)
            after = msgspec.structs.replace(after, settings=settings)
        if change.remind_at is not None:
            after = msgspec.structs.replace(after, remind_at=change.remind_at or None)
        return after

    def _administered(self, admin_id: UUID, identifier: str) -> dict[UUID, CredentialDescription]:
        """Return those that are rotated by a credential and name it as it was called, with its new identifier."""
        found = {}
        for other_id, other in self._index.page():
            name = other.settings.get(ADMIN.name, "")
            if name and other_id != admin_id and as_id(name) is None and self._means(name, admin_id):
                settings = {**other.settings, ADMIN.name: identifier}
                found[other_id] = msgspec.structs.replace(other, settings=settings)
        return found

    def _means(self, name: str, credential_id: UUID) -> bool:
        try:
            return self._index.resolve(name) == credential_id
        except NotFound:
            return False

    def _destroy(self, credential: str) -> Credential:
        with self._index.changing:
            credential_id = self._index.resolve(credential)
            found = self._index.named(credential_id)
            self._check_no_rotation(found, _AT_WORK)
            gone = msgspec.structs.replace(found, deletes_at=self._clock.now())
            shown = as_contract(credential_id, gone, self._states(gone))
            with self._vault.transaction() as transaction:
                self._store.delete(transaction, credential_id)
                self._tell(transaction, "credential.destroy", credential_id, found)
            self._index.remove(credential_id)
        self._bus.publish(CredentialsChanged((credential_id,)))
        return shown


_EDITED = tuple(field.name for field in msgspec.structs.fields(CredentialChange))


def _planned(kind: CredentialKind, plan: RotationPlan, now: int) -> RotationPlan:
    wanted = planned(checked_plan(plan), now, now)
    if wanted.next_due is not None and not kind.rotates:
        raise ConnectorMissing(kind=kind.name)
    return wanted


def checked_window(starts: int | None, expires: int | None, now: int) -> tuple[int | None, int | None]:
    """Return when a version starts and expires.

    Raises:
        InvalidValue: It would expire before it starts.
    """
    if expires is not None and expires <= (now if starts is None else starts):
        raise InvalidValue(field="expires", reason="before_start")
    return starts, expires
