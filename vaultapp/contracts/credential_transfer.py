"""Credentials out of other programs' files, and out of and into sealed files of this one."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from vaultapp.contracts.files import OnExist, Place
from vaultapp.core.work import WorkContext

IMPORT_LIMIT = 64 * 1024 * 1024
"""Bytes of another program's file."""
EXPORT_LIMIT = 256 * 1024 * 1024
"""Bytes of an export before it is sealed."""


class TransferFormat(StrEnum):
    """What a file is.

    CSV: A table of logins, as browsers and password managers write them; its columns are told by their heads.
    BITWARDEN: Bitwarden's JSON, not encrypted.
    KDBX: A KeePass database.
    SEALED: What :meth:`TransferApi.export` wrote.
    """

    CSV = "csv"
    BITWARDEN = "bitwarden"
    KDBX = "kdbx"
    SEALED = "sealed"


class OnTaken(StrEnum):
    """What becomes of an entry whose identifier a credential here has already.

    KEEP: It is taken as well, with a number behind its name and its identifier.
    SKIP: It is left out.
    """

    KEEP = "keep"
    SKIP = "skip"


class EntryFate(StrEnum):
    """What becomes of one entry of the file.

    NUMBERED: It is taken under another identifier than the file gives it.
    SKIPPED: Its identifier is taken here, or it lies in the other program's bin.
    REFUSED: It cannot be kept; ``reason`` says why.
    """

    TAKEN = "taken"
    NUMBERED = "numbered"
    SKIPPED = "skipped"
    REFUSED = "refused"


class LossReason(StrEnum):
    """Why a field, or a whole entry, is not kept as it was."""

    NO_PLACE = "no_place"
    """There is nothing here that does what it did: favourites, icons, passkeys, when a form is filled in."""
    TOO_LARGE = "too_large"
    """A value may have 64 KiB, and the attachments of a credential together as much."""
    UNKNOWN_TYPE = "unknown_type"
    EMPTY = "empty"
    """It holds nothing that could be kept."""
    TAKEN = "taken"
    DELETED = "deleted"
    INVALID = "invalid"
    """A name or a value that is not acceptable here, such as one with control characters."""
    RUNS_PROGRAM = "runs_program"
    """It would run a program that the file names, and nobody asked for that: a plan, or a rotation half way."""


class RenamedField(Struct, frozen=True, gc=False):
    """A field that is kept under another name, or an entry's name that was changed."""

    field: str
    target: str


class LostField(Struct, frozen=True, gc=False):
    """A field that is left out, and why."""

    field: str
    reason: LossReason


class PlannedCredential(Struct, frozen=True, gc=False):
    """What becomes of one entry, field by field. It holds names only, never a value.

    Attributes:
        entry: What the file calls it.
        name, identifier, kind: What it would be here; empty when it is not taken.
        reason: Why it is skipped or refused.
        kept: Fields that are kept under their own names.
        renamed: Kept under other names.
        lost: Left out. Fields of the file with nothing in them are not told of.
        versions, attachments: How many of each are kept.
    """

    entry: str
    fate: EntryFate
    name: str = ""
    identifier: str = ""
    kind: str = ""
    reason: LossReason | None = None
    kept: tuple[str, ...] = ()
    renamed: tuple[RenamedField, ...] = ()
    lost: tuple[LostField, ...] = ()
    versions: int = 1
    attachments: int = 0


class ImportPlan(Struct, frozen=True):
    """What an import would do. Nothing is written yet.

    Attributes:
        digest: Of the file and of all that is planned; :meth:`TransferApi.apply` wants it.
        credentials: What becomes of each entry, in the file's order. When they are more than an answer holds, those
            that lose something, or are not taken, come before others; ``left_off`` are not told of.
        taken, skipped, refused: Entries by what becomes of them; the numbered ones are among the taken.
        lost_fields: Fields that are left out of entries that are taken.
    """

    format: TransferFormat
    digest: bytes
    credentials: tuple[PlannedCredential, ...]
    taken: int
    skipped: int
    refused: int
    lost_fields: int
    left_off: int = 0


class ImportRequest(Struct, frozen=True):
    """Read in this file.

    Attributes:
        source: A regular file.
        format: None to tell it by the content.
        on_taken: What becomes of entries that are here already.
        passphrases: Of the file, UTF-8; a sealed file may need none, because a key of the vault opens it.
        key_file: Of a KeePass database; None without one.
        under: Beginning of every identifier, e.g. ``imported/``. Not for sealed files, which keep theirs.
    """

    source: Place
    format: TransferFormat | None = None
    on_taken: OnTaken = OnTaken.KEEP
    passphrases: tuple[bytearray, ...] = ()
    key_file: Place | None = None
    under: str = ""

    def __repr__(self) -> str:
        """Show no passphrase."""
        return "ImportRequest()"


class ImportReport(Struct, frozen=True):
    """What was read in."""

    credentials: tuple[UUID, ...]
    skipped: int
    refused: int


class ExportRequest(Struct, frozen=True):
    """Write credentials into a sealed file, with all their versions and attachments.

    Attributes:
        target: Absolute path of the file.
        credentials: By name, identifier or id; empty for all, those in the bin among them.
        keys: Vault keys that can open it; at most 15.
        passphrases: Recipients without a vault, UTF-8; with keys or alone.
        on_exist: ASK and SKIP leave what is there, by TargetExists.
    """

    target: bytes
    credentials: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    passphrases: tuple[bytearray, ...] = ()
    on_exist: OnExist = OnExist.ASK

    def __repr__(self) -> str:
        """Show no passphrase."""
        return f"ExportRequest({len(self.credentials)} credentials)"


class ExportReport(Struct, frozen=True):
    """What was written, and where."""

    path: bytes
    credentials: int
    versions: int
    attachments: int
    size: int


class TransferApi(Protocol):
    """Bring credentials in and out. Values never leave the agent's memory but sealed.

    Progress is in credentials. Passphrases are overwritten.

    Raises:
        NotAFile, SourceMissing, AccessDenied, HostError: The file.
        OperationCancelled: Nothing was written.
    """

    def plan(self, request: ImportRequest, work: WorkContext[None]) -> ImportPlan:
        """Say what an import would do, field by field; nothing is written.

        Raises:
            UnsupportedFormat, Damaged, OutOfBounds: It is no such file.
            NotSealed: It was said to be sealed and is not.
            PassphraseNeeded, AuthenticationFailed, KeyNotHere: It does not open.
            ExtraMissing: What reads KeePass databases is not installed.
        """

    def apply(self, request: ImportRequest, digest: bytes, work: WorkContext[None]) -> ImportReport:
        """Do what was planned, all of it or nothing.

        Args:
            request: The same as was planned.
            digest: The plan's.
            work: Watches and stops it.

        Raises:
            SourceChanged: The file is another by now, or the vault is: plan again.
            VaultError: As for :meth:`plan`.
        """

    def export(self, request: ExportRequest, work: WorkContext[None]) -> ExportReport:
        """Write a sealed file.

        Raises:
            NotFound, InvalidValue: No such credential, or nobody to open it.
            TargetExists: Something has the name.
            KeyDisabled, KeyPendingDeletion, KeyExhausted: A key may not be used.
            SpaceMissing, ReadOnly: As they say.
        """
