"""What may be wrong with a credential. The tree is drawn in :mod:`vaultapp.core.errors`."""

from __future__ import annotations

from vaultapp.core.errors import UserError


class CredentialInBin(UserError):
    """The credential was deleted. Facts: credential."""

    code = "credential_in_bin"


class VersionNotActive(UserError):
    """The version is disabled, or it is too early or too late for it. Facts: credential, reason, at (microseconds)."""

    code = "version_not_active"


class RotationUnderWay(UserError):
    """The credential is being rotated. Facts: credential."""

    code = "rotation_under_way"
    retryable = True


class ConnectorMissing(UserError):
    """Nothing here rotates this kind, or its plug-in is not named in the settings. Facts: kind."""

    code = "connector_missing"


class AttachmentTooLarge(UserError):
    """More than 64 KiB with one credential. Facts: size, limit."""

    code = "attachment_too_large"


class ExtraMissing(UserError):
    """What does this is installed apart. Facts: extra."""

    code = "extra_missing"


class ReferencesUnresolved(UserError):
    """What stands for a secret leads to none. Facts: references (separated by commas), count."""

    code = "references_unresolved"
