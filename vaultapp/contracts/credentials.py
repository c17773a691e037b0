"""Named secrets that programs fetch by an identifier, and their versions."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from vaultapp.contracts.credential_kinds import CredentialKind, PasswordRules
from vaultapp.contracts.rotation import RotationPlan, RotationState

SCHEME = "vault://"
ATTACHMENT_LIMIT = 64 * 1024
"""Bytes of all attachments of one credential."""
VALUE_LIMIT = 64 * 1024
"""Bytes of a value as JSON, as AWS Secrets Manager has it."""


class Label(StrEnum):
    """What a version is to programs. A label sits on one version at most."""

    CURRENT = "current"
    PENDING = "pending"
    PREVIOUS = "previous"


class CredentialVersion(Struct, frozen=True, gc=False):
    """One value of a credential, without the value. It never changes; labels move.

    Attributes:
        version_id: 32-64 characters; a uuid where it was made here.
        number: 1, 2, …; for people only.
        labels: Those on it.
        starts: Not given to programs before; microseconds UTC.
        expires: Nor after; None never.
        enabled: False when somebody took it out of use.
        discarded_until: It was never current, and is kept till then because the target may have it; else None.
        origin: ``created``, ``edited``, ``rotated``, ``imported``.
    """

    version_id: str
    number: int
    labels: tuple[Label, ...]
    created: int
    starts: int
    expires: int | None = None
    enabled: bool = True
    discarded_until: int | None = None
    origin: str = "created"


class Attachment(Struct, frozen=True, gc=False):
    """A small file kept with a credential, without its bytes."""

    name: str
    size: int


class Credential(Struct, frozen=True, gc=False):
    """One credential without its values. Times are microseconds UTC.

    Attributes:
        name: For people; unique by case folding.
        identifier: What programs hold: ``vault://`` and this. Unique by case folding.
        account, target: Read from the current value when it was written, for lists.
        changed: When the current value came into force.
        deletes_at: It lies in the bin until then; None when it does not.
        strength: The grade of the current secret, 1 to 5; None where that says nothing.
        reused: How many other credentials have the same secret; -1 when not counted in this answer.
        expires: Of the current version.
        remind_at: When the person wants to be reminded of it.
        settings: Of its connection; never secret.
        plan: When it rotates by itself.
        rotation: The last one, or the one under way.
        versions: Oldest first; only :meth:`CredentialsApi.show` gives them.
        attachments: Likewise.
    """

    credential_id: UUID
    name: str
    identifier: str
    kind: str
    created: int
    changed: int
    account: str = ""
    target: str = ""
    description: str = ""
    tags: dict[str, str] = {}
    deletes_at: int | None = None
    strength: int | None = None
    reused: int = -1
    expires: int | None = None
    remind_at: int | None = None
    settings: dict[str, str] = {}
    plan: RotationPlan = RotationPlan()
    rotation: RotationState | None = None
    versions: tuple[CredentialVersion, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class CredentialPage(Struct, frozen=True):
    """A stretch of the list, oldest credential first; ``total`` counts all, those in the bin too."""

    credentials: tuple[Credential, ...]
    total: int


class SecretFields(Struct, frozen=True):
    """A value: a JSON object of texts.

    Attributes:
        fields: By name; nothing of them is shown by ``repr``.
        version_id: Of the version that it is; empty for one that is to be written.
        secret: The field that is meant where none is named; empty for one that is to be written.
    """

    fields: dict[str, str]
    version_id: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        """Show the version only."""
        return f"SecretFields({self.version_id})"


class NewCredential(Struct, frozen=True):
    """What a credential is made from.

    Attributes:
        generate: Make the secret by the rules of the kind, or by ``rules``; the value then comes without it.
        starts, expires: Of its first version; None for now, and for never.
    """

    name: str
    identifier: str
    kind: str
    value: SecretFields
    description: str = ""
    tags: dict[str, str] = {}
    settings: dict[str, str] = {}
    plan: RotationPlan = RotationPlan()
    generate: bool = False
    rules: PasswordRules | None = None
    starts: int | None = None
    expires: int | None = None
    remind_at: int | None = None


class CredentialChange(Struct, frozen=True):
    """What is to change of a credential besides its value; None leaves as it is.

    Attributes:
        remind_at: 0 takes the reminder away.
    """

    name: str | None = None
    identifier: str | None = None
    description: str | None = None
    tags: dict[str, str] | None = None
    settings: dict[str, str] | None = None
    remind_at: int | None = None


class OneTimeCode(Struct, frozen=True):
    """A code by RFC 6238, and how many seconds it is valid for."""

    code: str
    seconds: int

    def __repr__(self) -> str:
        """Show nothing of the code."""
        return f"OneTimeCode({self.seconds} s)"


class AttachedFile(Struct, frozen=True):
    """An attachment's bytes."""

    name: str
    data: bytearray

    def __repr__(self) -> str:
        """Show the name only."""
        return f"AttachedFile({self.name})"


class CredentialsChanged(Struct, frozen=True, tag=True):
    """Event: these credentials were made, changed or removed. Read them again."""

    credential_ids: tuple[UUID, ...]


class CredentialsApi(Protocol):
    """Keep secrets and give them out.

    ``credential`` is a name, an identifier with or without ``vault://``, or an id everywhere; ``version`` is a
    version id, a number, or a label.

    Raises:
        NotFound: No such credential, version, field, attachment.
        NameTaken, InvalidValue: As they say.
        CredentialInBin: It was deleted; take it out of the bin first. Not raised by show, restore and list.
    """

    def kinds(self) -> tuple[CredentialKind, ...]:
        """Return the kinds that there are, plug-ins' among them."""

    def create(self, new: NewCredential) -> Credential:
        """Make a credential with one version, which is current."""

    def list(self, offset: int = 0, limit: int = 5000) -> CredentialPage:
        """Return up to 5,000 credentials from an offset; fewer where they are large."""

    def show(self, credential: str) -> Credential:
        """Return one credential with its versions and attachments, and how often its secret is used elsewhere."""

    def read(self, credential: str, version: str = "current") -> SecretFields:
        """Return a value, once the log holds that it was given out.

        Raises:
            VersionNotActive: The version is disabled, or it is too early or too late for it.
        """

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
        """Write a new version and make it current; the one before is previous then. The target is not asked.

        Raises:
            RotationUnderWay: One is not finished.
        """

    def edit(self, credential: str, change: CredentialChange) -> Credential:
        """Change what is said of it; its values stay."""

    def promote(self, credential: str, version: str) -> Credential:
        """Make another version current, as undoing does; the target is not asked.

        Raises:
            RotationUnderWay: One is not finished.
        """

    def enable_version(self, credential: str, version: str, *, enabled: bool) -> Credential:
        """Put a version that is not current out of use, or into it again."""

    def delete(self, credential: str, days: int = 30, *, force: bool = False) -> Credential:
        """Put it into the bin for 7-30 days; with force it is gone at once. Backups hold it for up to four weeks."""

    def restore(self, credential: str) -> Credential:
        """Take it out of the bin, as it was."""

    def generate(self, rules: PasswordRules) -> bytearray:
        """Make a password; nothing is written."""

    def strength(self, secret: bytearray) -> int:
        """Return the grade of a secret, 1 to 5; nothing is written."""

    def code(self, credential: str) -> OneTimeCode:
        """Return the one-time code of its field ``totp`` (a base 32 seed, or an otpauth:// address)."""

    def attach(self, credential: str, file: AttachedFile) -> Credential:
        """Add an attachment, or replace the one of that name.

        Raises:
            AttachmentTooLarge: All of them together may have 64 KiB.
        """

    def detach(self, credential: str, name: str) -> Credential:
        """Remove an attachment."""

    def attachment(self, credential: str, name: str) -> AttachedFile:
        """Return an attachment, once the log holds that it was given out."""
