"""Opening a batch."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence

from vaultapp.contracts.files import BatchReport, FileUpdate, OpenRequest
from vaultapp.core.errors import ContextMismatch, InvalidValue, SourceIsTarget, UnsupportedFormat, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.files.buffers import anonymous
from vaultapp.files.host import shown
from vaultapp.files.message import Message
from vaultapp.files.names import base_name, opened_name, tar_name
from vaultapp.files.open import (
    FrameReader,
    discard,
    layout_of,
    open_file,
    open_small,
    pull_header,
    read_header,
    write_to,
)
from vaultapp.files.publish import NewFile, NewFolder
from vaultapp.files.source import SourceFile
from vaultapp.files.streams import FileReader, FileWriter, StreamReader, StreamWriter, Writer, write_at
from vaultapp.files.tar_reader import ContentPull
from vaultapp.files.tree import measure
from vaultapp.files.unpack import Unpacker
from vaultapp.formats.encryption_context import CONTENT, FOLDER
from vaultapp.formats.message_frames import FrameLayout
from vaultapp.formats.message_header import HeaderIncomplete, MessageHeader, parse_header
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
from vaultapp.services.folder_files import FolderFiles
from vaultapp.services.key_ring import KeyMaterial
from vaultapp.services.recipients import Openers

# A small message with its header fits this.
_BUFFER = SMALL_BYTES + 16 * 1024


class OpenBatch:
    """Opens the sources of one request.

    Args:
        request: What to open.
        tools: The agent's.
        openers: Keys and passphrases; closed at the end.
        work: Watches and stops it.
        journal: Where the end is written.

    Raises:
        InvalidValue: The request makes no sense.
    """

    def __init__(
        self,
        request: OpenRequest,
        tools: FileTools,
        openers: Openers,
        work: WorkContext[FileUpdate],
        journal: Journal,
    ) -> None:
        self._request = request
        self._tools = tools
        self._openers = openers
        self._batch = Batch("file.open", tools, request.sources, request.on_exist, work, journal)
        self._output = output_descriptor(request.output, self._batch.items, work)
        self._each = FolderFiles(self._batch, self._file, sealed=True, names=self._names, folder=request.folder)
        self._buffer = anonymous(_BUFFER)
        self._contents: dict[int, int] = {}

    def run(self) -> BatchReport:
        """Open every source.

        Raises:
            OperationCancelled: Asked for.
        """
        try:
            files, content = self._plan()
            self._batch.ledger.begin(files, content)
            self._batch.meter.total = content * 2 if self._output >= 0 else content
            return self._batch.run(self._source)
        finally:
            self._openers.close()

    def _plan(self) -> tuple[int, int]:
        files = content = 0
        for item in self._batch.items:
            self._batch.meter.advance(0)
            note_identity(item, self._batch.inputs)
            try:
                mode = item.mode()
                if stat.S_ISDIR(mode):
                    with opened_folder(item) as folder:
                        found = measure(folder, item.path)
                        self._each.note(item, folder)
                    self._contents[item.index] = found.content
                    files, content = files + found.files, content + found.content
                elif stat.S_ISREG(mode):
                    size = (os.fstat(item.descriptor) if item.descriptor >= 0 else os.lstat(item.path)).st_size
                    files, content = files + 1, content + size
            except (VaultError, OSError):
                files += 1
        return files, content

    def _source(self, item: Item) -> None:
        mode = item.mode()
        if stat.S_ISDIR(mode):
            if self._output >= 0:
                raise not_a_file(item, mode)
            self._each.run(item, self._contents.get(item.index, 0))
        elif stat.S_ISREG(mode):
            with opened_file(item) as source:
                self._file(item, source)
        elif item.descriptor >= 0 and is_stream(mode):
            self._stream(item)
        else:
            raise not_a_file(item, mode)

    def _names(self, name: bytes) -> Sequence[bytes]:
        """Return what the output of a sealed file may be called, whatever is in it."""
        return (opened_name(name),) if self._request.unpack else (opened_name(name), tar_name(name))

    def _file(self, item: Item, source: SourceFile, below: bytes = b"") -> None:
        if source.size <= len(self._buffer):
            # One read gives header and content of a small file.
            data = self._buffer[: source.size]
            source.read([data], 0)
            header = _parsed(data)
        else:
            data = None
            header = read_header(source)
        message, keys = self._opened(header)
        folder = header.context.get(CONTENT) == FOLDER
        if self._output >= 0:
            self._to_stream(item, source, header, message, keys)
        elif folder and self._request.unpack:
            self._unpack(item, source, header, message, keys, below)
        else:
            base = base_name(item.path)
            name = tar_name(base) if folder else opened_name(base)
            self._content(item, source, header, message, keys, below, name, data)

    def _opened(self, header: MessageHeader) -> tuple[Message, list[KeyMaterial]]:
        _check_context(header.context, self._request.context)
        opened = self._openers.open(header)
        message = Message(header.body + header.tag, opened.keys.encryption_key, header.message_id, header.frame_length)
        return message, [] if opened.key is None else [opened.key]

    def _content(
        self,
        item: Item,
        source: SourceFile,
        header: MessageHeader,
        message: Message,
        keys: Sequence[KeyMaterial],
        below: bytes,
        name: bytes,
        data: memoryview | None,
    ) -> None:
        layout = None if header.public_key is not None else layout_of(source, header)
        content = source.size if layout is None else layout.content_length
        destination = self._batch.destination(self._request.folder, item, below)
        if self._batch.in_the_way(item, destination, name):
            return
        self._batch.begin(item, content)
        whole = data is not None and layout is not None and layout.regular == 0
        if not whole:
            destination.check_space(content)
        file = destination.new_file(name)
        handed_over = False
        try:
            if whole and data is not None and layout is not None:
                self._write_small(file, data, message, layout)
            elif layout is not None:
                sink = write_to(file.descriptor, file.path)
                open_file(source, message, layout, sink, self._tools.workers, self._batch.meter)
            else:
                self._write_signed(file, source, header, message)
            size = os.fstat(file.descriptor).st_size
            source.check_unchanged()
            file.keep_metadata(source.found)

            def outcome(path: bytes) -> Outcome:
                return Outcome(path, size, size, keys, header.message_id)

            handed_over = whole
            (self._batch.publish_later if whole else self._batch.publish)(item, destination, file, outcome)
        finally:
            if not handed_over:
                file.discard()

    def _write_small(self, file: NewFile, data: memoryview, message: Message, layout: FrameLayout) -> None:
        plaintext = open_small(data, message, layout)
        write_at(file.descriptor, memoryview(plaintext), 0, file.path)
        self._batch.meter.advance(len(plaintext))

    def _write_signed(self, file: NewFile, source: SourceFile, header: MessageHeader, message: Message) -> None:
        """A signature covers the whole file in order; it is checked before the last frame is given out."""
        out = FileWriter(file.descriptor, file.path)
        self._write_frames(FrameReader(FileReader(source, header.length), header, message), out)

    def _write_frames(self, frames: FrameReader, out: Writer) -> int:
        size = 0
        for frame in frames:
            out.write(frame)
            size += len(frame)
            self._batch.meter.advance(len(frame))
        return size

    def _unpack(
        self,
        item: Item,
        source: SourceFile,
        header: MessageHeader,
        message: Message,
        keys: Sequence[KeyMaterial],
        below: bytes,
    ) -> None:
        content = source.size if header.public_key is not None else layout_of(source, header).content_length
        destination = self._batch.destination(self._request.folder, item, below)
        name = opened_name(base_name(item.path))
        if self._batch.in_the_way(item, destination, name):
            return
        destination.check_space(content)
        count = self._batch.begin(item, content)
        new = NewFolder(destination, name)
        try:
            frames = iter(FrameReader(FileReader(source, header.length), header, message))
            pull = ContentPull(frames, self._batch.meter)
            unpacked = Unpacker(new.descriptor, new.path).unpack(pull, count)
            source.check_unchanged()
            self._batch.publish_folder(
                item,
                new,
                lambda path: Outcome(
                    path,
                    unpacked.size,
                    content,
                    keys,
                    header.message_id,
                    members=unpacked.members,
                    left_out=unpacked.left_out,
                ),
            )
        finally:
            new.discard()

    def _to_stream(
        self, item: Item, source: SourceFile, header: MessageHeader, message: Message, keys: Sequence[KeyMaterial]
    ) -> None:
        """Verify the whole file, and only then begin to give it out."""
        if identity_of(self._output) == source.identity:
            raise SourceIsTarget(path=shown(item.path))
        self._batch.begin(item, source.size * 2)
        if header.public_key is None:
            layout = layout_of(source, header)
            open_file(source, message, layout, discard, self._tools.workers, self._batch.meter)
        else:
            for frame in FrameReader(FileReader(source, header.length), header, message):
                self._batch.meter.advance(len(frame))
        source.check_unchanged()
        self._emit(item, FrameReader(FileReader(source, header.length), header, message), header, keys)

    def _stream(self, item: Item) -> None:
        """Give out the frames of a pipe as they are verified; whoever reads must heed a failure at the end."""
        if self._output < 0:
            raise InvalidValue(field="output", reason="no_name")
        self._batch.begin(item, 0)
        reader = StreamReader(item.descriptor, self._batch.meter)
        try:
            header = pull_header(reader)
            if header.public_key is not None:
                raise UnsupportedFormat(found="signed message in a stream")
            message, keys = self._opened(header)
            self._emit(item, FrameReader(reader, header, message), header, keys)
        finally:
            reader.close()

    def _emit(self, item: Item, frames: FrameReader, header: MessageHeader, keys: Sequence[KeyMaterial]) -> None:
        out = StreamWriter(self._output, self._batch.meter)
        try:
            size = self._write_frames(frames, out)
        finally:
            out.close()
        self._batch.done(item, Outcome(b"", size, size, keys, header.message_id))


def _parsed(data: memoryview) -> MessageHeader:
    try:
        return parse_header(data)
    except HeaderIncomplete as exc:
        raise exc.at_end() from None


def _check_context(context: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        if context.get(name) != value:
            raise ContextMismatch(reason="pair")
