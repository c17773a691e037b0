"""What a file holds, as credentials that could be written, whatever file it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import COMMAND, CredentialKind
from vaultapp.contracts.credential_transfer import LossReason, LostField, RenamedField
from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, Label
from vaultapp.contracts.rotation import OPEN_OUTCOMES, RotationOutcome, RotationPlan, RotationStep
from vaultapp.core.errors import Damaged, InvalidValue
from vaultapp.crypto.random import Random
from vaultapp.formats.credential_export import ExportedCredential
from vaultapp.formats.foreign_entry import ForeignAttachment, ForeignEntry
from vaultapp.services.credential_attachments import COUNT_LIMIT, checked_attachment_name
from vaultapp.services.credential_descriptions import (
    CredentialDescription,
    CredentialVersionDescription,
    RotationDescription,
)
from vaultapp.services.credential_values import checked_value
from vaultapp.services.key_store import new_id
from vaultapp.services.names import (
    NAME_LIMIT,
    TAG_LIMIT,
    TAG_NAME_LIMIT,
    TAG_VALUE_LIMIT,
    as_id,
    checked_description,
    checked_identifier,
    checked_name,
    checked_tags,
    is_unseen,
)
from vaultapp.services.version_retention import UNLABELLED_LIMIT

IMPORTED = "imported"
FOLDER_TAG = "folder"
_PART_LIMIT = 100
_IDENTIFIER_LIMIT = 480
_ANY_KIND = CredentialKind(name="", fields=(), secret="")
_NOT_IN_IDENTIFIERS = re.compile(r"[^a-zA-Z0-9_+=.@-]+")


@dataclass(frozen=True, slots=True)
class ImportedVersion:
    """A version to be written."""

    description: CredentialVersionDescription
    fields: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of a file.

    Attributes:
        entry: What the file calls it.
        description: What would be written, name and identifier as the file suggests them; None for one that is not
            taken, and then ``skipped`` or ``refused`` says why.
        own_id: Its id where it comes from; None from other programs.
        graded: The description knows the strength of the secret.
    """

    entry: str
    description: CredentialDescription | None = None
    versions: tuple[ImportedVersion, ...] = ()
    attachments: tuple[ForeignAttachment, ...] = ()
    rotations: tuple[tuple[UUID, RotationDescription], ...] = ()
    own_id: UUID | None = None
    graded: bool = False
    skipped: LossReason | None = None
    refused: LossReason | None = None
    kept: tuple[str, ...] = ()
    renamed: tuple[RenamedField, ...] = ()
    lost: tuple[LostField, ...] = ()


class ForeignCandidates:
    """Makes candidates of other programs' entries.

    Args:
        kinds: Those that there are, by name.
        now: Microseconds UTC.
        random: For ids of versions.
        under: Beginning of identifiers.

    Raises:
        InvalidValue: No identifier can begin like that.
    """

    def __init__(self, kinds: Mapping[str, CredentialKind], now: int, random: Random, under: str = "") -> None:
        self._kinds = kinds
        self._now = now
        self._random = random
        self._under = under.strip("/")
        if self._under and (_slug(self._under, "/") != self._under or len(self._under) > _PART_LIMIT):
            raise InvalidValue(field="under", reason="characters")

    def of(self, entry: ForeignEntry) -> Candidate:
        """Return what would become of an entry; what it cannot have here is among the lost."""
        title = entry.title.strip()
        told = Candidate(title, skipped=entry.skipped, kept=entry.kept, renamed=entry.renamed, lost=entry.lost)
        if entry.skipped is not None:
            return told
        kind = self._kinds[entry.kind]
        lost = list(entry.lost)
        try:
            value = checked_value(kind, entry.fields)
        except InvalidValue as exc:
            too_large = exc.facts.get("reason") == "too_large"
            refused = LossReason.TOO_LARGE if too_large else LossReason.INVALID
            return replace(told, refused=refused)
        attachments = _attachments(entry.attachments, lost)
        versions = self._versions(entry, kind, value, lost)
        labels = {Label.CURRENT.value: versions[-1].description.version_id}
        if len(versions) > 1:
            labels[Label.PREVIOUS.value] = versions[-2].description.version_id
        created = min(self._past(entry.created), versions[0].description.created)
        described = CredentialDescription(
            name=_name(title) or kind.name,
            identifier=self._identifier(entry, title or kind.name),
            kind=kind.name,
            created=created,
            labels=labels,
            changed=versions[-1].description.created,
            tags=_tags(entry, lost),
            remind_at=entry.remind_at,
        )
        return replace(told, description=described, versions=versions, attachments=attachments, lost=tuple(lost))

    def _versions(
        self, entry: ForeignEntry, kind: CredentialKind, value: dict[str, str], lost: list[LostField]
    ) -> tuple[ImportedVersion, ...]:
        values: list[tuple[dict[str, str], int | None]] = []
        for old in entry.older[-UNLABELLED_LIMIT:]:
            try:
                values.append((checked_value(kind, old.fields), old.since))
            except InvalidValue:
                lost.append(LostField("history", LossReason.INVALID))
        if len(entry.older) > UNLABELLED_LIMIT:
            lost.append(LostField("history", LossReason.TOO_LARGE))
        values.append((value, entry.since))
        made: list[ImportedVersion] = []
        at = self._past(entry.created if len(values) > 1 or entry.since is None else entry.since)
        for number, (fields, since) in enumerate(values, 1):
            at = max(at, self._past(since)) if since is not None else at
            described = CredentialVersionDescription(
                version_id=str(new_id(self._random)), number=number, created=at, starts=at, origin=IMPORTED
            )
            made.append(ImportedVersion(described, fields))
        return tuple(made)

    def _identifier(self, entry: ForeignEntry, title: str) -> str:
        parts = [_slug(part) for part in entry.folder]
        parts = [part for part in (self._under, *parts) if part]
        found = "/".join([*parts, _slug(title) or entry.kind])[:_IDENTIFIER_LIMIT].strip("/")
        return f"{entry.kind}-{found}" if as_id(found) else found

    def _past(self, when: int | None) -> int:
        return self._now if when is None or when > self._now else when


def of_export(found: ExportedCredential) -> Candidate:
    """Return a candidate that is what was exported, all of it.

    Raises:
        Damaged: It holds what no vault would have.
    """
    try:
        description = msgspec.convert(found.description, CredentialDescription)
        versions = tuple(
            ImportedVersion(msgspec.convert(one.description, CredentialVersionDescription), one.fields)
            for one in found.versions
        )
        rotations = tuple((one.id, msgspec.convert(one.description, RotationDescription)) for one in found.rotations)
        _check(description, versions)
        files = tuple(ForeignAttachment(checked_attachment_name(one.name), one.data) for one in found.attachments)
    except (msgspec.MsgspecError, InvalidValue):
        # Not "from": what could not be read may be quoted there.
        raise Damaged(reason="export") from None
    if len(files) > COUNT_LIMIT or sum(len(one.data) for one in files) > ATTACHMENT_LIMIT:
        raise Damaged(reason="export")
    kept = tuple(dict.fromkeys(name for version in versions for name in version.fields))
    made = Candidate(description.name, description, versions, files, rotations, found.id, graded=True, kept=kept)
    return _asleep(made, description) if description.kind == COMMAND.name else made


def _asleep(candidate: Candidate, description: CredentialDescription) -> Candidate:
    """Return a candidate that runs no program by itself: the file may be a stranger's, and name a program of theirs.

    Its plan is left out, and what was not finished waits for the person.
    """
    rotations = tuple((rotation_id, _at_rest(rotation)) for rotation_id, rotation in candidate.rotations)
    planned = description.plan.days or description.plan.cron
    if rotations == candidate.rotations and not planned:
        return candidate
    return replace(
        candidate,
        description=msgspec.structs.replace(description, plan=RotationPlan()),
        rotations=rotations,
        lost=(*candidate.lost, LostField("rotation", LossReason.RUNS_PROGRAM)),
    )


def _at_rest(rotation: RotationDescription) -> RotationDescription:
    if rotation.outcome in OPEN_OUTCOMES:
        return msgspec.structs.replace(rotation, outcome=RotationOutcome.STUCK, next_try=None)
    return msgspec.structs.replace(rotation, step=RotationStep.DONE, next_try=None, old_until=None)


def _check(description: CredentialDescription, versions: tuple[ImportedVersion, ...]) -> None:
    """Refuse what could not have been written here: a sealed file may come from anybody who has the key."""
    ids = {version.description.version_id for version in versions}
    numbers = {version.description.number for version in versions}
    sound = (
        checked_name(description.name) == description.name
        and checked_identifier(description.identifier) == description.identifier
        and len(ids) == len(numbers) == len(versions)
        and Label.CURRENT.value in description.labels
        and set(description.labels.values()) <= ids
        and set(description.labels) <= {str(label) for label in Label}
    )
    checked_description(description.description)
    checked_tags(description.tags)
    for version in versions:
        # What a kind asks for may have changed since it was written.
        checked_value(_ANY_KIND, version.fields)
    if not sound:
        raise Damaged(reason="export")


def _name(title: str) -> str:
    """Return a name that can be one here."""
    normal = unicodedata.normalize("NFC", title)
    shown = "".join(" " if is_unseen(one) else one for one in normal)
    shown = " ".join(shown.split())[: NAME_LIMIT - 16].strip()
    return f"{shown}." if shown and as_id(shown) else shown


def _slug(text: str, also: str = "") -> str:
    """Return a text as a part of an identifier; empty when nothing of it can be in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    pattern = re.compile(rf"[^a-zA-Z0-9_+=.@{also}-]+") if also else _NOT_IN_IDENTIFIERS
    return pattern.sub("-", plain).strip("-")[:_PART_LIMIT].strip("-")


def _tags(entry: ForeignEntry, lost: list[LostField]) -> dict[str, str]:
    tags: dict[str, str] = {}
    if entry.folder:
        tags[FOLDER_TAG] = "/".join(entry.folder)[:TAG_VALUE_LIMIT]
    for tag in entry.tags:
        if len(tags) >= TAG_LIMIT or len(tag) > TAG_NAME_LIMIT:
            lost.append(LostField(f"tag {tag[:TAG_NAME_LIMIT]}", LossReason.TOO_LARGE))
        else:
            tags.setdefault(tag, "")
    return tags


def _attachments(given: tuple[ForeignAttachment, ...], lost: list[LostField]) -> tuple[ForeignAttachment, ...]:
    kept: dict[str, ForeignAttachment] = {}
    size = 0
    for one in given:
        try:
            name = checked_attachment_name(one.name)
        except InvalidValue:
            lost.append(LostField(f"attachment {one.name}", LossReason.INVALID))
            continue
        if size + len(one.data) > ATTACHMENT_LIMIT or len(kept) >= COUNT_LIMIT or name in kept:
            lost.append(LostField(f"attachment {one.name}", LossReason.TOO_LARGE))
            continue
        size += len(one.data)
        kept[name] = ForeignAttachment(name, one.data)
    return tuple(kept.values())
