"""Credentials as they are looked at and given out."""

from __future__ import annotations

import msgspec

from vaultapp.contracts.credential_kinds import CredentialKind, PasswordRules
from vaultapp.contracts.credentials import Credential, CredentialPage, Label, OneTimeCode, SecretFields
from vaultapp.contracts.rotation import OPEN_OUTCOMES
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.crypto.secret import wipe
from vaultapp.services.credential_record import as_contract
from vaultapp.services.credential_work import SUBJECT, CredentialWork
from vaultapp.services.one_time_codes import TOTP_FIELD, one_time_code
from vaultapp.services.secret_traces import grade_of

PAGE_LIMIT = 5000
# A page crosses the wire in one frame of 8 MiB.
PAGE_BYTES = 4 * 1024 * 1024


class CredentialReading(CredentialWork):
    """Lists, shows, gives out. What is given out is in the log before it is answered."""

    def kinds(self) -> tuple[CredentialKind, ...]:
        """Return the kinds that there are."""
        return tuple(self._kinds.values())

    def list(self, offset: int = 0, limit: int = PAGE_LIMIT) -> CredentialPage:
        """Return up to 5,000 credentials, oldest first; fewer where they are large."""
        found = self._index.page(max(0, offset), max(1, min(limit, PAGE_LIMIT)))
        rotations = self._store.states([one.rotation for _, one in found if one.rotation is not None])
        encoder = msgspec.msgpack.Encoder()
        credentials: list[Credential] = []
        size = 0
        for credential_id, credential in found:
            shown = as_contract(credential_id, credential, rotations)
            size += len(encoder.encode(shown))
            if credentials and size > PAGE_BYTES:
                break
            credentials.append(shown)
        return CredentialPage(tuple(credentials), len(self._index))

    def show(self, credential: str) -> Credential:
        """Return one credential with its versions and attachments.

        Raises:
            NotFound: No such credential.
        """
        return self._shown(self._index.resolve(credential))

    def read(self, credential: str, version: str = Label.CURRENT.value) -> SecretFields:
        """Return a value, once the log holds that it was given out.

        Raises:
            NotFound, CredentialInBin, VersionNotActive: As they say; of a credential that is there, the log has it.
        """
        credential_id = self._index.resolve(credential)
        found = self._index.named(credential_id)
        if self._settle is not None and self._rotation_is(found, OPEN_OUTCOMES):
            self._settle(credential_id)
            found = self._index.named(credential_id)
        told = {"credential": str(credential_id)}
        with self._recorder.failures("credential.read", SUBJECT, found.name, **told, asked=version):
            self._index.usable(str(credential_id))
            chosen = self._active(credential_id, found, version)
            fields = self._store.value(chosen.row_id)
        number = chosen.description.number
        self._recorder.use("credential.read", SUBJECT, found.name, version=number, **told)
        kind = self._kinds.get(found.kind)
        return SecretFields(fields, chosen.description.version_id, "" if kind is None else kind.secret)

    def code(self, credential: str) -> OneTimeCode:
        """Return the one-time code of the field ``totp`` of the current value, once the log holds that it was given.

        Raises:
            NotFound: No such credential, or it has no such field.
            InvalidValue: The field is no seed.
            CredentialInBin, VersionNotActive: As they say.
        """
        credential_id = self._index.resolve(credential)
        found = self._index.named(credential_id)
        told = {"credential": str(credential_id)}
        with self._recorder.failures("credential.code", SUBJECT, found.name, **told):
            self._index.usable(str(credential_id))
            seed = self._store.value(self._active(credential_id, found, Label.CURRENT).row_id).get(TOTP_FIELD, "")
            if not seed:
                raise NotFound(kind="credential_field", name=TOTP_FIELD)
            made = one_time_code(seed, self._clock.now())
        self._recorder.use("credential.code", SUBJECT, found.name, **told)
        return made

    def generate(self, rules: PasswordRules) -> bytearray:
        """Make a password; nothing is written.

        Raises:
            InvalidValue: No password follows these rules.
        """
        return self._passwords(rules)

    def strength(self, secret: bytearray) -> int:
        """Return the grade of a secret, 1 to 5, and overwrite it; nothing is written.

        Raises:
            InvalidValue: It is empty, or no text.
        """
        try:
            if not secret:
                raise InvalidValue(field="secret", reason="empty")
            return grade_of(secret.decode())
        except UnicodeDecodeError:
            # Not "from": what could not be read is quoted there.
            raise InvalidValue(field="secret", reason="not_utf8") from None
        finally:
            wipe(secret)
