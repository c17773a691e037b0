"""Seal, open, look at and re-wrap files, for one client."""

from __future__ import annotations

import os
import stat
from uuid import UUID

from vaultapp.contracts.files import (
    HEADER_DAMAGED,
    BatchReport,
    DropItem,
    DropVerb,
    FileDescription,
    FileUpdate,
    OpenRequest,
    Place,
    Recipient,
    RewrapRequest,
    SealRequest,
    WaitingFiles,
)
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.clock import Clock
from vaultapp.core.errors import AccessDenied, InvalidValue, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.files.host import host_error, kind_of
from vaultapp.files.inspect import Inspected, inspect_file
from vaultapp.files.meter import Meter
from vaultapp.files.names import SEALED
from vaultapp.files.open import pull_header
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.source import SourceFile, adopt_file, open_file, path_of
from vaultapp.files.streams import StreamReader
from vaultapp.files.workers import Workers
from vaultapp.formats.encryption_context import CONTENT, FOLDER, check_from_person
from vaultapp.formats.message_header import EncryptedDataKey
from vaultapp.formats.message_suite import Suite, looks_sealed
from vaultapp.formats.recipients import RecipientKind, parse_recipient
from vaultapp.services.file_batch import TELLING_BYTES, FileTools
from vaultapp.services.file_journal import Journal
from vaultapp.services.key_ring import Ring
from vaultapp.services.open_batch import OpenBatch
from vaultapp.services.recipients import PASSPHRASE_COST, Openers, Recipients, normal_passphrases
from vaultapp.services.rewrap_batch import RewrapBatch
from vaultapp.services.seal_batch import SealBatch
from vaultapp.services.waiting_files import WaitingList

FORMAT = "AWS Encryption SDK message 2"
_SUITES = {
    Suite.COMMITTING: "0478 AES-256-GCM, HKDF-SHA512, key commitment",
    Suite.SIGNING: "0578 AES-256-GCM, HKDF-SHA512, key commitment, ECDSA P-384",
}
_NAME_LIMIT = 64
LOOK_LIMIT = 20_000
"""Paths of one look; the answer repeats them all in one frame."""
LOOK_BYTES = 4 * 1024 * 1024


class FilesService:
    """Files under the keys of a vault, or under passphrases alone, for one client. Thread safe.

    Args:
        ring: The open vault's keys, or none.
        journal: The open vault's activity and known files, or nowhere.
        notes: The agent's, swept when it started.
        waiting: The agent's list.
        clock: For progress.
        random: For data keys, message ids, IVs, names of unfinished files.
        passphrase_cost: Of passphrase recipients.
        threads: For large files; None takes min(cores, 4).
    """

    def __init__(
        self,
        ring: Ring,
        journal: Journal,
        notes: PartNotes,
        waiting: WaitingList,
        clock: Clock,
        random: Random,
        *,
        passphrase_cost: KdfCost = PASSPHRASE_COST,
        threads: int | None = None,
    ) -> None:
        self._ring = ring
        self._journal = journal
        self._waiting = waiting
        self._tools = FileTools(notes, random, clock, Workers(threads))
        self._cost = passphrase_cost

    def look(self, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        """Tell by content what would be done with each path; folders are not walked.

        Raises:
            InvalidValue: More than 20,000 paths, or more than 4 MiB of them.
        """
        if len(paths) > LOOK_LIMIT or sum(map(len, paths)) > LOOK_BYTES:
            raise InvalidValue(field="paths", reason="too_many")
        return tuple(map(_look, paths))

    def seal(self, request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Seal every source; the passphrases are overwritten.

        Raises:
            ContextReserved, InvalidValue: The request is not acceptable.
            NotFound, KeyDisabled, KeyPendingDeletion, KeyExhausted: A recipient cannot be used.
            OperationCancelled: Asked for.
        """
        passphrases = _normal(request.passphrases)
        try:
            check_from_person(request.context)

            def recipients_for(wraps: int) -> Recipients:
                return Recipients(
                    self._ring, self._tools.random, request.keys, passphrases, wraps, self._cost, work.heed_cancel
                )

            return SealBatch(request, self._tools, recipients_for, work, self._journal).run()
        finally:
            wipe(*passphrases)

    def open(self, request: OpenRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Open every sealed source; the passphrases are overwritten.

        Raises:
            InvalidValue: The request is not acceptable.
            OperationCancelled: Asked for.
        """
        passphrases = _normal(request.passphrases)
        try:
            openers = Openers(self._ring, passphrases, work.heed_cancel)
            return OpenBatch(request, self._tools, openers, work, self._journal).run()
        finally:
            wipe(*passphrases)

    def rewrap(self, request: RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Wrap the data keys anew; the passphrases are overwritten.

        Raises:
            InvalidValue, NotFound, KeyDisabled, KeyPendingDeletion: The request is not acceptable.
            OperationCancelled: Asked for.
        """
        passphrases = _normal(request.passphrases)
        new = _normal(request.new_passphrases)
        try:
            openers = Openers(self._ring, passphrases, work.heed_cancel)
            batch = RewrapBatch(request, self._tools, self._ring, openers, new, self._cost, work, self._journal)
            return batch.run()
        finally:
            wipe(*passphrases, *new)

    def inspect(self, source: Place, work: WorkContext[None]) -> FileDescription:
        """Read a header; names are given for keys that are here.

        Raises:
            NotSealed, UnsupportedFormat, Damaged, OutOfBounds: It is no message that we could open.
            NotAFile, SourceMissing, AccessDenied, HostError: As they say.
        """
        if source.descriptor < 0:
            with open_file(source.path) as file:
                return self._described(source.path, file)
        if source.descriptor >= len(work.descriptors):
            raise InvalidValue(field="source", reason="descriptor")
        descriptor = work.descriptors[source.descriptor]
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            with adopt_file(descriptor) as file:
                return self._described(path_of(descriptor), file)
        reader = StreamReader(descriptor, Meter(work, self._tools.clock))
        try:
            return self._description(path_of(descriptor), Inspected(pull_header(reader), 0, None))
        finally:
            reader.close()

    def hand_over(self, paths: tuple[bytes, ...], *, again: bool = False) -> int:
        """Leave files for the window to offer; return how many wait now. Again: the window itself does."""
        return self._waiting.add(paths, again=again)

    def take_waiting(self) -> WaitingFiles:
        """Return the files that wait, and forget them."""
        return self._waiting.take()

    def _described(self, path: bytes, file: SourceFile) -> FileDescription:
        return self._description(path, inspect_file(file))

    def _description(self, path: bytes, found: Inspected) -> FileDescription:
        header, layout = found.header, found.layout
        return FileDescription(
            source=path,
            size=found.size,
            format=FORMAT,
            suite=_SUITES[header.suite],
            message_id=header.message_id,
            context=header.context,
            recipients=tuple(map(self._recipient, header.edks)),
            frame_length=header.frame_length,
            header_length=header.length,
            frames=0 if layout is None else layout.frames,
            content_length=0 if layout is None else layout.content_length,
            signed=header.public_key is not None,
            complete=layout is not None,
            folder=header.context.get(CONTENT) == FOLDER,
        )

    def _recipient(self, edk: EncryptedDataKey) -> Recipient:
        name = parse_recipient(edk)
        if name.key_id is None or name.version_id is None:
            shown = "" if name.kind is RecipientKind.PASSPHRASE else name.name[:_NAME_LIMIT]
            return Recipient(str(name.kind), name.provider, key=shown)
        label, number = self._ring.label(name.key_id, name.version_id) or ("", 0)
        return Recipient(
            str(name.kind),
            name.provider,
            key=str(name.key_id),
            name=label,
            version=name.version_id.hex(),
            number=number,
            here=self._opens(name.key_id, name.version_id),
        )

    def _opens(self, key_id: UUID, version_id: bytes) -> bool:
        try:
            return self._ring.find(key_id, version_id) is not None
        except VaultError:
            return False


def _look(path: bytes) -> DropItem:
    try:
        found = os.lstat(path)
        if stat.S_ISDIR(found.st_mode):
            if not os.access(path, os.R_OK | os.X_OK):
                return DropItem(path, DropVerb.REFUSE, 0, folder=True, reason=AccessDenied.code)
            return DropItem(path, DropVerb.SEAL, -1, folder=True)
        if not stat.S_ISREG(found.st_mode):
            return DropItem(path, DropVerb.REFUSE, 0, folder=False, reason=kind_of(found.st_mode))
        with open_file(path) as source:
            if looks_sealed(source.start(TELLING_BYTES)):
                return DropItem(path, DropVerb.OPEN, source.size, folder=False)
            reason = HEADER_DAMAGED if path.lower().endswith(SEALED) else ""
            return DropItem(path, DropVerb.SEAL, source.size, folder=False, reason=reason)
    except OSError as exc:
        return DropItem(path, DropVerb.REFUSE, 0, folder=False, reason=host_error(exc, path).code)
    except VaultError as exc:
        return DropItem(path, DropVerb.REFUSE, 0, folder=False, reason=exc.code)


def _normal(given: tuple[bytearray, ...]) -> list[bytearray]:
    return normal_passphrases(given, "passphrases")
