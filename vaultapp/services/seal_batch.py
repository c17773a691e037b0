"""Sealing a batch."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable

from vaultapp.contracts.files import BatchReport, FileUpdate, Folders, SealRequest
from vaultapp.core.errors import InvalidValue, OperationCancelled, SourceIsTarget, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.files.archive import Packed, Packer
from vaultapp.files.buffers import anonymous
from vaultapp.files.host import shown
from vaultapp.files.message import Message
from vaultapp.files.names import base_name, sealed_name
from vaultapp.files.originals import remove_file, remove_folder
from vaultapp.files.seal import FrameWriter, seal_file, seal_small
from vaultapp.files.source import SourceFile, is_below
from vaultapp.files.streams import FileReader, FileWriter, StreamReader, StreamWriter, write_all_at
from vaultapp.files.tree import measure
from vaultapp.formats.encryption_context import CONTENT, FOLDER, serialise
from vaultapp.formats.message_header import FRAME_LENGTH_LIMIT
from vaultapp.services.file_batch import SMALL_BYTES, Batch, FileTools, Outcome
from vaultapp.services.file_items import (
    Item,
    identity_of,
    is_stream,
    not_a_file,
    note_identity,
    opened_file,
    opened_folder,
    output_descriptor,
)
from vaultapp.services.file_journal import Journal
from vaultapp.services.folder_files import FolderFiles, note_all
from vaultapp.services.recipients import Recipients

# Of one member in an archive, roughly; for the check of space.
_MEMBER_BYTES = 2048


class SealBatch:
    """Seals the sources of one request.

    Args:
        request: Its context was checked.
        tools: The agent's.
        recipients_for: Returns the recipients with so many wraps reserved.
        work: Watches and stops it.
        journal: Where the end is written.

    Raises:
        InvalidValue: The request makes no sense.
    """

    def __init__(
        self,
        request: SealRequest,
        tools: FileTools,
        recipients_for: Callable[[int], Recipients],
        work: WorkContext[FileUpdate],
        journal: Journal,
    ) -> None:
        if not 1 <= request.frame_length <= FRAME_LENGTH_LIMIT:
            raise InvalidValue(field="frame_length", reason="out_of_bounds")
        self._request = request
        self._tools = tools
        self._batch = Batch("file.seal", tools, request.sources, request.on_exist, work, journal)
        self._output = output_descriptor(request.output, self._batch.items, work)
        if request.remove_originals and (self._output >= 0 or any(item.descriptor >= 0 for item in self._batch.items)):
            raise InvalidValue(field="remove_originals", reason="descriptor")
        self._each = FolderFiles(
            self._batch,
            self._file,
            sealed=False,
            names=lambda name: (sealed_name(name),),
            folder=request.folder,
        )
        self._recipients_for = recipients_for
        self._context = serialise(request.context)
        self._folder_context = serialise(request.context | {CONTENT: FOLDER})
        self._small = min(SMALL_BYTES, request.frame_length)
        self._buffer = anonymous(self._small)
        self._contents: dict[int, int] = {}

    def run(self) -> BatchReport:
        """Seal every source.

        Raises:
            NotFound, KeyDisabled, KeyPendingDeletion, KeyExhausted: A recipient cannot be used.
            OperationCancelled: Asked for.
        """
        files, content = self._plan()
        self._recipients = self._recipients_for(files)
        try:
            self._batch.ledger.begin(files, content)
            self._batch.meter.total = content * 2 if self._request.remove_originals else content
            return self._batch.run(self._source)
        finally:
            self._recipients.close()

    def _plan(self) -> tuple[int, int]:
        """Count messages and bytes; what cannot be looked at now fails on its own later."""
        messages = content = 0
        each = self._request.folders is Folders.EACH
        for item in self._batch.items:
            self._batch.meter.advance(0)
            note_identity(item, self._batch.inputs)
            try:
                mode = item.mode()
                if stat.S_ISDIR(mode):
                    with opened_folder(item) as folder:
                        found = measure(folder, item.path)
                        if each:
                            self._each.note(item, folder)
                        else:
                            note_all(self._batch, item, folder)
                    self._contents[item.index] = found.content
                    messages, content = messages + (found.files if each else 1), content + found.content
                else:
                    messages += 1
                    if stat.S_ISREG(mode):
                        content += _size_of(item)
            except (VaultError, OSError):
                messages += 1
        return messages, content

    def _source(self, item: Item) -> None:
        mode = item.mode()
        if stat.S_ISDIR(mode):
            if self._request.folders is Folders.EACH and self._output < 0:
                self._each.run(item, self._contents.get(item.index, 0))
            else:
                self._folder(item)
        elif stat.S_ISREG(mode):
            with opened_file(item) as source:
                self._file(item, source)
        elif item.descriptor >= 0 and is_stream(mode):
            self._stream(item)
        else:
            raise not_a_file(item, mode)

    def _file(self, item: Item, source: SourceFile, below: bytes = b"") -> None:
        if self._output >= 0:
            self._file_to_stream(item, source)
            return
        destination = self._batch.destination(self._request.folder, item, below)
        name = sealed_name(base_name(item.path))
        if self._batch.in_the_way(item, destination, name):
            return
        self._batch.begin(item, source.size)
        message = self._recipients.message(self._context, self._request.frame_length)
        small = source.size <= self._small
        if not small:
            destination.check_space(message.layout_of(source.size).total)
        file = destination.new_file(name)
        handed_over = False
        try:
            if small:
                size = self._seal_small(source, message, file.descriptor, file.path)
            else:
                size = seal_file(source, message, file.descriptor, file.path, self._tools.workers, self._batch.meter)
            source.check_unchanged()
            file.keep_metadata(source.found)
            fingerprint = source.fingerprint

            def remove(path: bytes) -> bool:
                return remove_file(item.path, fingerprint, path, message, self._tools.workers, self._batch.meter)

            def outcome(path: bytes) -> Outcome:
                removed = self._removed(remove, path)
                keys = self._recipients.materials
                return Outcome(path, size, fingerprint.size, keys, message.message_id, removed=removed)

            handed_over = small
            (self._batch.publish_later if small else self._batch.publish)(item, destination, file, outcome)
        finally:
            if not handed_over:
                file.discard()

    def _seal_small(self, source: SourceFile, message: Message, descriptor: int, path: bytes) -> int:
        view = self._buffer[: source.size]
        source.read([view], 0)
        pieces = seal_small(message, view)
        write_all_at(descriptor, [memoryview(piece) for piece in pieces], 0, path)
        self._batch.meter.advance(source.size)
        return sum(len(piece) for piece in pieces)

    def _file_to_stream(self, item: Item, source: SourceFile) -> None:
        self._batch.begin(item, source.size)

        def content(writer: FrameWriter) -> None:
            writer.read_from(FileReader(source))
            source.check_unchanged()

        self._to_stream(item, self._context, content)

    def _stream(self, item: Item) -> None:
        if self._output < 0:
            raise InvalidValue(field="output", reason="no_name")
        self._batch.begin(item, 0)
        reader = StreamReader(item.descriptor, self._batch.meter)
        try:
            self._to_stream(item, self._context, lambda writer: writer.read_from(reader))
        finally:
            reader.close()

    def _to_stream(self, item: Item, context: bytes, content: Callable[[FrameWriter], None]) -> None:
        if identity_of(self._output) in self._batch.inputs and stat.S_ISREG(os.fstat(self._output).st_mode):
            raise SourceIsTarget(path=shown(item.path))
        message = self._recipients.message(context, self._request.frame_length)
        out = StreamWriter(self._output, self._batch.meter)
        try:
            writer = FrameWriter(message, out, self._batch.meter)
            content(writer)
            size = writer.finish()
        finally:
            out.close()
        content_size = self._batch.meter.item_done
        self._batch.done(item, Outcome(b"", size, content_size, self._recipients.materials, message.message_id))

    def _folder(self, item: Item) -> None:
        with opened_folder(item) as folder:
            found = measure(folder, item.path)
            count = self._batch.begin(item, found.content)
            if self._output >= 0:
                self._folder_to_stream(item, folder, count)
                return
            self._archive(item, folder, found.content + found.names * _MEMBER_BYTES, count)

    def _folder_to_stream(self, item: Item, folder: int, count: Callable[[int], None]) -> None:
        def content(writer: FrameWriter) -> None:
            self._pack(item, folder, writer, count)

        self._to_stream(item, self._folder_context, content)

    def _archive(self, item: Item, folder: int, needed: int, count: Callable[[int], None]) -> None:
        destination = self._batch.destination(self._request.folder, item)
        if self._request.folder is not None and is_below(destination.path, item.path):
            raise SourceIsTarget(path=shown(destination.path))
        name = sealed_name(base_name(item.path))
        if self._batch.in_the_way(item, destination, name):
            return
        destination.check_space(needed)
        message = self._recipients.message(self._folder_context, self._request.frame_length)
        file = destination.new_file(name)
        try:
            digest = hashlib.sha256() if self._request.remove_originals else None
            writer = FrameWriter(message, FileWriter(file.descriptor, file.path), self._batch.meter, digest)
            packed = self._pack(item, folder, writer, count)
            size = writer.finish()
            file.keep_metadata(os.fstat(folder))

            def remove(path: bytes) -> bool:
                found = digest.digest() if digest else b""
                return remove_folder(item.path, packed, found, path, message, self._batch.meter)

            def outcome(path: bytes) -> Outcome:
                return Outcome(
                    path,
                    size,
                    packed.size,
                    self._recipients.materials,
                    message.message_id,
                    members=packed.members,
                    removed=self._removed(remove, path),
                    left_out=packed.left_out,
                )

            self._batch.publish(item, destination, file, outcome)
        finally:
            file.discard()

    def _removed(self, remove: Callable[[bytes], bool], sealed: bytes) -> bool:
        """Remove an original if that was asked for; a cancel comes too late for the sealed copy, which is there."""
        if not self._request.remove_originals:
            return False
        try:
            return remove(sealed)
        except OperationCancelled:
            return False

    def _pack(self, item: Item, folder: int, writer: FrameWriter, count: Callable[[int], None]) -> Packed:
        top = base_name(item.path) or b"folder"
        packer = Packer(folder, item.path, top, writer, remember=self._request.remove_originals)
        return packer.pack(count)


def _size_of(item: Item) -> int:
    return (os.fstat(item.descriptor) if item.descriptor >= 0 else os.lstat(item.path)).st_size
