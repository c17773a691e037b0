"""A credential's values over time: new ones, and which of them is current."""

from __future__ import annotations

from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.contracts.credentials import Credential, Label, SecretFields
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.credential_errors import VersionNotActive
from vaultapp.core.errors import InvalidValue
from vaultapp.services.credential_changes import checked_window
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_store import find_version
from vaultapp.services.credential_values import checked_value
from vaultapp.services.credential_work import CredentialWork
from vaultapp.services.current_value import made_current
from vaultapp.store.vault_file import Transaction

EDITED = "edited"
_STUCK = frozenset({RotationOutcome.STUCK})


class CredentialVersions(CredentialWork):
    """Adds versions and moves labels; the target is not asked. Versions never change."""

    def put(
        self,
        credential: str,
        value: SecretFields,
        *,
        generate: bool = False,
        rules: PasswordRules | None = None,
        starts: int | None = None,
        expires: int | None = None,
    ) -> Credential:
        """Write a new version and make it current; the one before is previous then.

        Raises:
            NotFound, InvalidValue, CredentialInBin: As they say.
            RotationUnderWay: One is not finished. One that is stuck ends here: this is the help that it waits for.
        """
        credential_id, described = self._index.usable(credential)
        if self._let_go is not None and self._rotation_is(described, _STUCK):
            self._let_go(credential_id)
        else:
            self._check_no_rotation(described)
        kind = self._kind(described.kind)
        fields = checked_value(kind, self._generated(kind, value.fields, rules) if generate else value.fields)
        starts, expires = checked_window(starts, expires, self._clock.now())
        facts = self._current.facts(kind, fields)

        def written(
            transaction: Transaction, credential_id: UUID, found: CredentialDescription
        ) -> CredentialDescription:
            self._check_no_rotation(found)
            version = self._store.insert_version(
                transaction, credential_id, fields, EDITED, starts=starts, expires=expires
            )
            after = made_current(found, version.description, facts, self._clock.now())
            self._retention.apply(transaction, self._store.versions(credential_id), after.labels)
            self._tell(transaction, "credential.put", credential_id, found, version=version.description.number)
            return after

        return self._change(credential, None, written)

    def promote(self, credential: str, version: str) -> Credential:
        """Make another version current, as undoing does. Of the one that is current already, nothing changes.

        Raises:
            NotFound, CredentialInBin: As they say.
            VersionNotActive: It is disabled.
            RotationUnderWay: One is not finished.
        """
        credential_id, described = self._index.usable(credential)
        self._check_no_rotation(described)
        chosen = find_version(self._store.versions(credential_id), described.labels, version)
        if chosen.description.version_id == described.labels.get(Label.CURRENT):
            return self._shown(credential_id)
        facts = self._current.facts(self._kind(described.kind), self._store.value(chosen.row_id))

        def promoted(transaction: Transaction, _id: UUID, found: CredentialDescription) -> CredentialDescription:
            self._check_no_rotation(found)
            # Its name may be a label, which may sit elsewhere by now.
            wanted = find_version(self._store.versions(credential_id), {}, chosen.description.version_id)
            if not wanted.description.enabled:
                raise VersionNotActive(credential=found.name, reason="disabled", at=self._clock.now())
            if wanted.description.discarded_until is not None:
                kept = msgspec.structs.replace(wanted.description, discarded_until=None)
                self._store.write_version(transaction, wanted.row_id, kept)
            self._tell(transaction, "credential.promote", credential_id, found, version=wanted.description.number)
            return made_current(found, wanted.description, facts, self._clock.now())

        return self._change(str(credential_id), None, promoted)

    def enable_version(self, credential: str, version: str, *, enabled: bool) -> Credential:
        """Put a version that is not current out of use, or into it again.

        Raises:
            NotFound, CredentialInBin: As they say.
            InvalidValue: It is current.
            RotationUnderWay: It is what a rotation brings.
        """
        action = "credential.enable_version" if enabled else "credential.disable_version"

        def changed(
            transaction: Transaction, credential_id: UUID, found: CredentialDescription
        ) -> CredentialDescription:
            chosen = find_version(self._store.versions(credential_id), found.labels, version)
            wanted = chosen.description.version_id
            if not enabled and wanted == found.labels.get(Label.CURRENT):
                raise InvalidValue(field="version", reason="current")
            if wanted == found.labels.get(Label.PENDING):
                self._check_no_rotation(found)
            after = msgspec.structs.replace(chosen.description, enabled=enabled)
            self._store.write_version(transaction, chosen.row_id, after)
            self._tell(transaction, action, credential_id, found, version=after.number)
            return found

        return self._change(credential, None, changed)
