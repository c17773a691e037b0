"""Small files that are kept with a credential."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, AttachedFile, Credential
from vaultapp.core.credential_errors import AttachmentTooLarge
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.crypto.secret import wipe
from vaultapp.services.credential_descriptions import ATTACHMENT, AttachmentDescription, CredentialDescription
from vaultapp.services.credential_record import StoredAttachment, attachments_of
from vaultapp.services.credential_work import SUBJECT, CredentialWork
from vaultapp.services.descriptions import encode
from vaultapp.services.key_store import new_id
from vaultapp.services.names import is_unseen
from vaultapp.store.vault_file import Transaction

NAME_BYTES = 255
COUNT_LIMIT = 50


class CredentialAttachments(CredentialWork):
    """Adds, removes, gives out attachments: 64 KiB in all, names as files have them."""

    def attach(self, credential: str, file: AttachedFile) -> Credential:
        """Add an attachment, or replace the one of that name. Its bytes are overwritten here.

        Raises:
            NotFound, CredentialInBin: As they say.
            InvalidValue: The name is none of a file, or there are 50 already.
            AttachmentTooLarge: All of them together would have more than 64 KiB.
        """
        name, size = checked_attachment_name(file.name), len(file.data)

        def attached(
            transaction: Transaction, credential_id: UUID, found: CredentialDescription
        ) -> CredentialDescription:
            there = attachments_of(self._vault, credential_id)
            old = next((one for one in there if one.description.name == name), None)
            others = [one.description.size for one in there if one is not old]
            if sum(others) + size > ATTACHMENT_LIMIT:
                raise AttachmentTooLarge(size=sum(others) + size, limit=ATTACHMENT_LIMIT)
            if len(others) >= COUNT_LIMIT:
                raise InvalidValue(field="attachments", reason="too_many")
            described = encode(AttachmentDescription(name, size))
            if old is None:
                transaction.insert(new_id(self._random), ATTACHMENT, credential_id, described, bytes(file.data))
            else:
                transaction.update(old.row_id, described, bytes(file.data))
            self._tell(transaction, "credential.attach", credential_id, found, attachment=name, bytes=size)
            return found

        try:
            return self._change(credential, None, attached)
        finally:
            wipe(file.data)

    def detach(self, credential: str, name: str) -> Credential:
        """Remove an attachment.

        Raises:
            NotFound: No such credential or attachment.
            CredentialInBin: As it says.
        """

        def detached(
            transaction: Transaction, credential_id: UUID, found: CredentialDescription
        ) -> CredentialDescription:
            transaction.delete(self._attachment(credential_id, name).row_id)
            self._tell(transaction, "credential.detach", credential_id, found, attachment=name)
            return found

        return self._change(credential, None, detached)

    def attachment(self, credential: str, name: str) -> AttachedFile:
        """Return an attachment, once the log holds that it was given out.

        Raises:
            NotFound: No such credential or attachment.
            CredentialInBin: As it says.
        """
        credential_id, found = self._index.usable(credential)
        chosen = self._attachment(credential_id, name)
        data = self._vault.records.secret(chosen.row_id)
        told: dict[str, str | int] = {"attachment": chosen.description.name, "credential": str(credential_id)}
        try:
            self._recorder.use("credential.attachment", SUBJECT, found.name, "ok", **told)
        except BaseException:
            wipe(data)
            raise
        return AttachedFile(chosen.description.name, data)

    def _attachment(self, credential_id: UUID, name: str) -> StoredAttachment:
        wanted = unicodedata.normalize("NFC", name)
        for one in attachments_of(self._vault, credential_id):
            if one.description.name == wanted:
                return one
        raise NotFound(kind="attachment", name=name)


def checked_attachment_name(name: str) -> str:
    """Return a name that is a file's on its own: no folder, nothing that a terminal would act on.

    Raises:
        InvalidValue: It is none.
    """
    normal = unicodedata.normalize("NFC", name)
    if normal in ("", ".", "..") or len(normal.encode()) > NAME_BYTES or "/" in normal:
        raise InvalidValue(field="attachment", reason="name")
    if any(map(is_unseen, normal)):
        raise InvalidValue(field="attachment", reason="name")
    return normal
