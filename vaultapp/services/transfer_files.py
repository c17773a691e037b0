"""Files of credentials: read whole into memory, told apart by their content, sealed and opened there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from vaultapp.contracts.credential_transfer import EXPORT_LIMIT, IMPORT_LIMIT, TransferFormat
from vaultapp.contracts.files import FRAME_LENGTH, OnExist, Place
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, NotSealed
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.files.host import shown
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.names import base_name
from vaultapp.files.open import FrameReader, read_header
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination
from vaultapp.files.seal import FrameWriter
from vaultapp.files.source import SourceFile
from vaultapp.files.streams import FileReader, FileWriter
from vaultapp.formats.encryption_context import CONTENT, serialise
from vaultapp.formats.keepass_kdbx import SIGNATURE
from vaultapp.formats.message_suite import looks_sealed
from vaultapp.services.file_batch import TELLING_BYTES
from vaultapp.services.file_items import item_of, opened_file
from vaultapp.services.recipients import Openers, Recipients

CREDENTIALS = "credentials"
"""What the context of a sealed export says that it is."""
_KEY_FILE_LIMIT = 1024 * 1024
_JSON_SPACE = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A file as it was read; whoever has it overwrites the content."""

    format: TransferFormat
    content: bytearray = field(repr=False)
    path: str


def read_transfer(
    source: Place, form: TransferFormat | None, openers: Openers, work: WorkContext[None]
) -> TransferFile:
    """Read a file whole; a sealed one is opened, and verified to its end before anything of it is used.

    Args:
        source: A regular file.
        form: What it is said to be; None to tell it by its content.
        openers: For a sealed one.
        work: Has the descriptors.

    Raises:
        NotSealed: It was said to be sealed, and is not.
        InvalidValue: It is too large.
        PassphraseNeeded, KeyNotHere, KeyDisabled, AuthenticationFailed, Damaged, OutOfBounds: A sealed one.
        NotAFile, SourceMissing, SourceChanged, AccessDenied, HostError: As they say.
    """
    with opened_file(item_of(0, source, work.descriptors)) as file:
        path = shown(file.path)
        sealed = looks_sealed(file.start(TELLING_BYTES))
        if sealed and form in (None, TransferFormat.SEALED):
            return TransferFile(TransferFormat.SEALED, _opened(file, openers), path)
        if form is TransferFormat.SEALED:
            raise NotSealed(reason="other")
        content = _whole(file, IMPORT_LIMIT)
        return TransferFile(form or _told(content), content, path)


def read_key_file(source: Place, work: WorkContext[None]) -> bytes:
    """Return the content of a key file, at most 1 MiB.

    Raises:
        InvalidValue: It is larger.
        NotAFile, SourceMissing, AccessDenied, HostError: As they say.
    """
    with opened_file(item_of(0, source, work.descriptors)) as file:
        return bytes(_whole(file, _KEY_FILE_LIMIT))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file that was published."""

    path: bytes
    size: int
    message_id: bytes


class SealedWriting:
    """Writes a content that is in memory into a sealed file; nothing of it is on the disk in clear at any time.

    Args:
        target: Absolute path of the file.
        notes: The agent's.
        random: For names of unfinished files.
        clock: For progress.

    Raises:
        InvalidValue: The path is not absolute, or no file's.
        NotFound, AccessDenied, HostError: Its folder.
    """

    def __init__(self, target: bytes, notes: PartNotes, random: Random, clock: Clock) -> None:
        name = base_name(target)
        if not os.path.isabs(target) or b"\0" in target or target.endswith(b"/") or name in (b"", b".", b".."):
            raise InvalidValue(field="target", reason="no_file")
        self._name = name
        self._clock = clock
        self._destination = Destination(os.path.dirname(target), notes, random)

    def taken(self) -> bool:
        """True when something has the name already."""
        return self._destination.identity_of(self._name) is not None

    def write(self, content: bytearray, recipients: Recipients, on_exist: OnExist) -> Sealed:
        """Seal, sync and publish.

        Raises:
            TargetExists: Something has the name.
            SpaceMissing, ReadOnly, AccessDenied, HostError: As they say.
        """
        message: Message = recipients.message(serialise({CONTENT: CREDENTIALS}), FRAME_LENGTH)
        self._destination.check_space(message.layout_of(len(content)).total)
        file = self._destination.new_file(self._name)
        try:
            # Memory to disk, which takes a moment: nobody watches that.
            writer = FrameWriter(message, FileWriter(file.descriptor, file.path), Meter(WorkContext(), self._clock))
            writer.write(memoryview(content))
            size = writer.finish()
            file.sync()
            path = file.publish(on_exist)
            self._destination.sync()
            return Sealed(path, size, message.message_id)
        finally:
            file.discard()

    def close(self) -> None:
        """Let go of the folder."""
        self._destination.close()


def _opened(file: SourceFile, openers: Openers) -> bytearray:
    if file.size > EXPORT_LIMIT + EXPORT_LIMIT // 64:
        raise InvalidValue(field="file", reason="too_large")
    header = read_header(file)
    opened = openers.open(header)
    message = Message(header.body + header.tag, opened.keys.encryption_key, header.message_id, header.frame_length)
    content = bytearray()
    try:
        for frame in FrameReader(FileReader(file, header.length), header, message):
            content += frame
        file.check_unchanged()
    except BaseException:
        wipe(content)
        raise
    return content


def _whole(file: SourceFile, limit: int) -> bytearray:
    if file.size > limit:
        raise InvalidValue(field="file", reason="too_large")
    content = bytearray(file.size)
    if content:
        file.read([memoryview(content)], 0)
    file.check_unchanged()
    return content


def _told(content: bytearray) -> TransferFormat:
    if content.startswith(SIGNATURE):
        return TransferFormat.KDBX
    if content[:64].lstrip(_JSON_SPACE).startswith(b"{"):
        return TransferFormat.BITWARDEN
    return TransferFormat.CSV


def passphrase_of(passphrases: Sequence[bytearray]) -> bytearray | None:
    """Return the one passphrase of a file that takes one.

    Raises:
        InvalidValue: Several were given.
    """
    if len(passphrases) > 1:
        raise InvalidValue(field="passphrases", reason="too_many")
    return passphrases[0] if passphrases else None
