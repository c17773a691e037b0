"""The credentials of an open vault, as the contract has them."""

from __future__ import annotations

from vaultapp.services.credential_attachments import CredentialAttachments
from vaultapp.services.credential_changes import CredentialChanges
from vaultapp.services.credential_reading import CredentialReading
from vaultapp.services.credential_versions import CredentialVersions


class CredentialsService(CredentialReading, CredentialChanges, CredentialVersions, CredentialAttachments):
    """Keeps secrets and gives them out: :class:`vaultapp.contracts.credentials.CredentialsApi`, part by part.

    The arguments are those of :class:`vaultapp.services.credential_work.CredentialWork`.
    """
