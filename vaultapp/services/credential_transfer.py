"""Credentials in and out, for one client."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credential_transfer import (
    EXPORT_LIMIT,
    EntryFate,
    ExportReport,
    ExportRequest,
    ImportPlan,
    ImportReport,
    ImportRequest,
    TransferFormat,
)
from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.contracts.files import OnExist
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, SourceChanged, TargetExists
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.files.host import shown
from vaultapp.files.part_notes import PartNotes
from vaultapp.formats.bitwarden_json import parse_bitwarden
from vaultapp.formats.credential_export import (
    CredentialExport,
    ExportedAttachment,
    ExportedCredential,
    ExportedRotation,
    ExportedVersion,
    decode_export,
    encode_export,
)
from vaultapp.formats.foreign_entry import ForeignEntry
from vaultapp.formats.keepass_kdbx import parse_kdbx
from vaultapp.formats.login_csv import parse_csv
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_record import attachments_of
from vaultapp.services.descriptions import KnownFile
from vaultapp.services.file_journal import FileJournal
from vaultapp.services.import_candidates import Candidate, ForeignCandidates, of_export
from vaultapp.services.import_plan import Decision, decide, plan_of
from vaultapp.services.import_writing import ImportWriting
from vaultapp.services.recipients import PASSPHRASE_COST, Openers, Recipients, normal_passphrases
from vaultapp.services.recorder import Recorder
from vaultapp.services.transfer_files import SealedWriting, TransferFile, passphrase_of, read_key_file, read_transfer
from vaultapp.services.unlocked import UnlockedVault

_WRITTEN = frozenset({EntryFate.TAKEN, EntryFate.NUMBERED})
_SUBJECT = "file"


@dataclass(frozen=True, slots=True)
class _Planned:
    decisions: list[Decision]
    plan: ImportPlan
    path: str


class TransferService:
    """Imports and exports of an open vault, for one client.

    Args:
        unlocked: The open vault.
        recorder: The client's pen.
        clock: Source of time.
        random: Source of ids and keys.
        bus: Told of what was read in.
        kinds: Those that there are, by name.
        notes: Of unfinished files; the agent's.
        imported: Told when something was read in, whose secrets are to be graded.
        passphrase_cost: Of passphrase recipients.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        recorder: Recorder,
        clock: Clock,
        random: Random,
        bus: EventBus,
        kinds: Mapping[str, CredentialKind],
        notes: PartNotes,
        imported: Callable[[], object] = lambda: None,
        *,
        passphrase_cost: KdfCost = PASSPHRASE_COST,
    ) -> None:
        self._unlocked = unlocked
        self._recorder = recorder
        self._clock = clock
        self._random = random
        self._bus = bus
        self._kinds = kinds
        self._notes = notes
        self._imported = imported
        self._cost = passphrase_cost

    def plan(self, request: ImportRequest, work: WorkContext[None]) -> ImportPlan:
        """Say what an import would do; nothing is written, and the passphrases are overwritten.

        Raises:
            UnsupportedFormat, Damaged, OutOfBounds, NotSealed: It is no such file.
            PassphraseNeeded, AuthenticationFailed, KeyNotHere, KeyDisabled: It does not open.
            ExtraMissing, InvalidValue, SourceMissing, NotAFile, AccessDenied, HostError: As they say.
        """
        with self._candidates(request, work) as (file, candidates, digest):
            return self._decided(request, file, candidates, digest).plan

    def apply(self, request: ImportRequest, digest: bytes, work: WorkContext[None]) -> ImportReport:
        """Do what was planned, in one transaction; the passphrases are overwritten.

        Raises:
            SourceChanged: The file is another by now, or the vault is.
            VaultError: As for :meth:`plan`.
        """
        with self._candidates(request, work) as (file, candidates, file_digest):
            writing = ImportWriting(self._unlocked, self._kinds, self._random)
            first = self._checked(request, file, candidates, file_digest, digest)
            taken = [decision for decision in first.decisions if decision.fate in _WRITTEN]
            described = writing.described(taken, work)
            index = self._unlocked.credentials
            with index.changing:
                # Once more: meanwhile others may have taken a name.
                self._checked(request, file, candidates, file_digest, digest)
                written: list[tuple[UUID, CredentialDescription]] = []
                rotations: set[UUID] = set()
                with self._unlocked.vault.transaction() as transaction:
                    for number, (decision, found) in enumerate(zip(taken, described, strict=True)):
                        work.checkpoint(number, len(taken))
                        written.append(writing.write(transaction, decision, found, rotations))
                    transaction.record(
                        self._recorder.entry(
                            "credential.import",
                            _SUBJECT,
                            first.path,
                            format=file.format.value,
                            credentials=len(taken),
                            skipped=first.plan.skipped + first.plan.refused,
                        )
                    )
                for credential_id, found in written:
                    index.put(credential_id, found)
        ids = tuple(credential_id for credential_id, _ in written)
        if ids:
            self._bus.publish(CredentialsChanged(ids))
            self._imported()
        return ImportReport(ids, first.plan.skipped, first.plan.refused)

    def export(self, request: ExportRequest, work: WorkContext[None]) -> ExportReport:
        """Write a sealed file; the log has it before the file has its name. The passphrases are overwritten.

        Raises:
            NotFound: No such credential.
            InvalidValue: Nobody to open it, or more than 256 MiB.
            TargetExists, KeyDisabled, KeyPendingDeletion, KeyExhausted, SpaceMissing, ReadOnly: As they say.
        """
        passphrases = normal_passphrases(request.passphrases, "passphrases")
        try:
            self._unlocked.vault.wait_checked()
            return self._export(request, passphrases, work)
        finally:
            wipe(*passphrases)

    @contextmanager
    def _candidates(
        self, request: ImportRequest, work: WorkContext[None]
    ) -> Iterator[tuple[TransferFile, Sequence[Candidate], bytes]]:
        given = [bytearray(one) for one in request.passphrases]
        normal = normal_passphrases(request.passphrases, "passphrases")
        openers = Openers(self._unlocked.ring, normal, work.heed_cancel)
        try:
            file = read_transfer(request.source, request.format, openers, work)
            try:
                digest = hashlib.sha256(file.content).digest()
                yield file, self._parsed(request, file, given, work), digest
            finally:
                wipe(file.content)
        finally:
            openers.close()
            wipe(*given, *normal)

    def _parsed(
        self, request: ImportRequest, file: TransferFile, passphrases: Sequence[bytearray], work: WorkContext[None]
    ) -> Sequence[Candidate]:
        if file.format is TransferFormat.SEALED:
            export = decode_export(file.content)
            return [of_export(one) for one in export.credentials]
        foreign = ForeignCandidates(self._kinds, self._clock.now(), self._random, request.under)
        entries: Sequence[ForeignEntry]
        if file.format is TransferFormat.KDBX:
            key_file = None if request.key_file is None else read_key_file(request.key_file, work)
            # A KeePass passphrase is what was typed, not its normal form.
            entries = parse_kdbx(bytes(file.content), passphrase_of(passphrases), key_file)
        elif file.format is TransferFormat.BITWARDEN:
            entries = parse_bitwarden(bytes(file.content))
        else:
            entries = parse_csv(bytes(file.content))
        work.heed_cancel()
        return [foreign.of(entry) for entry in entries]

    def _decided(
        self, request: ImportRequest, file: TransferFile, candidates: Sequence[Candidate], file_digest: bytes
    ) -> _Planned:
        decisions = decide(candidates, self._unlocked.credentials, request.on_taken)
        return _Planned(decisions, plan_of(decisions, file.format, file_digest), file.path)

    def _checked(
        self,
        request: ImportRequest,
        file: TransferFile,
        candidates: Sequence[Candidate],
        file_digest: bytes,
        digest: bytes,
    ) -> _Planned:
        planned = self._decided(request, file, candidates, file_digest)
        if planned.plan.digest != digest:
            raise SourceChanged(path=file.path)
        return planned

    def _export(self, request: ExportRequest, passphrases: list[bytearray], work: WorkContext[None]) -> ExportReport:
        index = self._unlocked.credentials
        ids = list(dict.fromkeys(index.resolve(one) for one in request.credentials))
        ids = ids or [credential_id for credential_id, _ in index.page()]
        if not request.keys and not passphrases:
            raise InvalidValue(field="recipients", reason="none")
        writing = SealedWriting(request.target, self._notes, self._random, self._clock)
        try:
            if writing.taken() and request.on_exist in (OnExist.ASK, OnExist.SKIP):
                raise TargetExists(path=shown(request.target))
            recipients = Recipients(
                self._unlocked.ring, self._random, request.keys, passphrases, 1, self._cost, work.heed_cancel
            )
            try:
                found, content = self._content(ids, work)
                try:
                    return self._written(request, writing, recipients, found, content)
                finally:
                    wipe(content)
            finally:
                recipients.close()
        finally:
            writing.close()

    def _content(self, ids: Sequence[UUID], work: WorkContext[None]) -> tuple[list[ExportedCredential], bytearray]:
        # Nothing is changed meanwhile, so that the file holds one state of each.
        with self._unlocked.credentials.changing:
            found = []
            for number, credential_id in enumerate(ids):
                work.checkpoint(number, len(ids))
                found.append(self._exported(credential_id))
        content = encode_export(CredentialExport(self._clock.now(), tuple(found)))
        if len(content) > EXPORT_LIMIT:
            wipe(content)
            raise InvalidValue(field="credentials", reason="too_large")
        return found, content

    def _exported(self, credential_id: UUID) -> ExportedCredential:
        described = self._unlocked.credentials.named(credential_id)
        store, vault = self._unlocked.credential_store, self._unlocked.vault
        attachments = []
        for one in attachments_of(vault, credential_id):
            data = vault.records.secret(one.row_id)
            attachments.append(ExportedAttachment(one.description.name, bytes(data)))
            wipe(data)
        return ExportedCredential(
            id=credential_id,
            description=_plain(msgspec.structs.replace(described, reuse=b"")),
            versions=tuple(
                ExportedVersion(_plain(version.description), store.value(version.row_id))
                for version in store.versions(credential_id)
            ),
            attachments=tuple(attachments),
            rotations=tuple(
                ExportedRotation(rotation.rotation_id, _plain(rotation.description))
                for rotation in store.rotations(credential_id)
            ),
        )

    def _written(
        self,
        request: ExportRequest,
        writing: SealedWriting,
        recipients: Recipients,
        found: Sequence[ExportedCredential],
        content: bytearray,
    ) -> ExportReport:
        keys = recipients.materials
        told: dict[str, str | int] = {"credentials": len(found)}
        if keys:
            told["with_keys"] = ", ".join(key.name for key in keys)
        self._recorder.use("credential.export", _SUBJECT, shown(request.target), "ok", **told)
        sealed = writing.write(content, recipients, request.on_exist)
        if keys:
            known = KnownFile(
                path=sealed.path,
                message_id=sealed.message_id,
                keys=tuple(key.key_id for key in keys),
                versions=tuple(key.version_id for key in keys),
                seen=self._clock.now(),
            )
            FileJournal(self._unlocked.vault, self._recorder, self._clock).ended((), [known])
        return ExportReport(
            path=sealed.path,
            credentials=len(found),
            versions=sum(len(one.versions) for one in found),
            attachments=sum(len(one.attachments) for one in found),
            size=sealed.size,
        )


def _plain(description: msgspec.Struct) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(description)
    return found
