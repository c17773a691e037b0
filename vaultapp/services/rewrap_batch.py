"""Re-wrapping a batch: new headers, the content is not read."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from uuid import UUID

from vaultapp.contracts.files import BatchReport, FileUpdate, OnExist, RewrapRequest
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.errors import InvalidValue, UnsupportedFormat, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.aead import NONCE_BYTES
from vaultapp.files.host import host_errors
from vaultapp.files.names import base_name
from vaultapp.files.open import layout_of, read_header
from vaultapp.files.publish import copy_range
from vaultapp.files.source import SourceFile
from vaultapp.files.streams import write_at
from vaultapp.files.tree import measure
from vaultapp.formats.message_header import EncryptedDataKey, MessageHeader, build_header
from vaultapp.formats.message_suite import Suite
from vaultapp.formats.recipients import RecipientKind, RecipientName, parse_recipient
from vaultapp.services.file_batch import Batch, FileTools, Outcome
from vaultapp.services.file_items import Item, not_a_file, opened_file, opened_folder
from vaultapp.services.file_journal import Journal
from vaultapp.services.folder_files import FolderFiles
from vaultapp.services.key_ring import KeyMaterial, Ring
from vaultapp.services.recipients import KEY_RANDOM, Openers, passphrase_wrappers, wrap_for_key

_BOTH = {RecipientKind.KEY, RecipientKind.KMS}


class RewrapBatch:
    """Re-wraps the sources of one request.

    A new file is written beside the old one, its body copied inside the kernel (by reflink where that works), and
    renamed over it when it is whole; other hard links keep the old header.

    Args:
        request: What to re-wrap.
        tools: The agent's.
        ring: Where keys come from.
        openers: Keys and passphrases that files have now; closed at the end.
        new_passphrases: In normal form; the caller's.
        cost: Of those.
        work: Watches and stops it.
        journal: Where the end is written.

    Raises:
        InvalidValue, NotFound, KeyDisabled, KeyPendingDeletion: The request makes no sense, or names such a key.
        OperationCancelled: Asked for.
    """

    def __init__(
        self,
        request: RewrapRequest,
        tools: FileTools,
        ring: Ring,
        openers: Openers,
        new_passphrases: Sequence[bytearray],
        cost: KdfCost,
        work: WorkContext[FileUpdate],
        journal: Journal,
    ) -> None:
        self._request = request
        self._tools = tools
        self._ring = ring
        self._openers = openers
        self._batch = Batch("file.rewrap", tools, request.sources, OnExist.REPLACE, work, journal)
        self._each = FolderFiles(self._batch, self._file, sealed=True)
        self._wanted = [ring.primary(key, 0).key_id for key in request.keys]
        self._more = [ring.primary(key, 0).key_id for key in request.more_keys]
        self._passphrases = passphrase_wrappers(new_passphrases, cost, tools.random, work.heed_cancel)

    def run(self) -> BatchReport:
        """Re-wrap every source.

        Raises:
            OperationCancelled: Asked for.
        """
        try:
            files = self._files()
            self._batch.meter.total = files
            self._batch.ledger.begin(files, 0)
            return self._batch.run(self._source)
        finally:
            self._openers.close()
            for passphrase in self._passphrases:
                passphrase.close()

    def _files(self) -> int:
        files = 0
        for item in self._batch.items:
            self._batch.meter.advance(0)
            try:
                if stat.S_ISDIR(item.mode()):
                    with opened_folder(item) as folder:
                        files += measure(folder, item.path).files
                else:
                    files += 1
            except VaultError:
                files += 1
        return files

    def _source(self, item: Item) -> None:
        mode = item.mode()
        if stat.S_ISDIR(mode):
            self._each.run(item, 0)
        elif stat.S_ISREG(mode):
            with opened_file(item) as source:
                self._file(item, source)
        else:
            raise not_a_file(item, mode)

    def _file(self, item: Item, source: SourceFile, _below: bytes = b"") -> None:
        self._batch.meter.advance(1)
        header = read_header(source)
        if header.suite is not Suite.COMMITTING:
            # The signature covers the header, and its key was thrown away when the message was made.
            raise UnsupportedFormat(found="signed message")
        layout_of(source, header)
        data_key = self._openers.open(header).data_key
        edks, keys, unchanged = self._recipients(header, data_key)
        if unchanged:
            outcome = Outcome(item.path, source.size, 0, keys, header.message_id, unchanged=True)
            self._batch.done(item, outcome)
            return
        built, _ = build_header(
            message_id=header.message_id,
            context_bytes=header.context_bytes,
            edks=edks,
            frame_length=header.frame_length,
            data_key=data_key,
        )
        self._replace(item, source, header, built, keys)

    def _replace(
        self, item: Item, source: SourceFile, header: MessageHeader, built: bytes, keys: Sequence[KeyMaterial]
    ) -> None:
        self._batch.begin(item, source.size)
        destination = self._batch.destination(None, item)
        size = len(built) + source.size - header.length
        destination.check_space(size)
        file = destination.new_file(base_name(item.path))
        try:
            write_at(file.descriptor, memoryview(built), 0, file.path)
            with host_errors(file.path, writing=True):
                copy_range(source.descriptor, header.length, file.descriptor, len(built), source.size - header.length)
                if os.geteuid() == 0:
                    os.fchown(file.descriptor, source.found.st_uid, source.found.st_gid)
            file.keep_metadata(source.found)
            file.sync()
            source.check_unchanged()
            path = file.publish(OnExist.REPLACE)
        finally:
            file.discard()
        destination.sync()
        self._batch.done(item, Outcome(path, size, 0, keys, header.message_id))

    def _recipients(
        self, header: MessageHeader, data_key: bytes
    ) -> tuple[list[EncryptedDataKey], list[KeyMaterial], bool]:
        """Return the new EDKs, the versions that wrap now, and whether nothing needs doing."""
        now = [(edk, parse_recipient(edk)) for edk in header.edks]
        kept = [edk for edk, name in now if self._stays(name)]
        if self._request.keys:
            wanted = self._wanted
        else:
            named = [name.key_id for _, name in now if name.kind in _BOTH]
            wanted = [key_id for key_id in named if key_id is not None and self._known(key_id)]
        ids = list(dict.fromkeys([*wanted, *self._more]))
        if not ids and not kept and not self._passphrases:
            raise InvalidValue(field="recipients", reason="none")
        current = [self._ring.primary(str(key_id), 0) for key_id in ids]
        if not self._passphrases and self._same(now, current):
            return [], current, True
        keys = [self._ring.primary(str(key_id), 1) for key_id in ids]
        edks = [edk for key in keys for edk in self._wrapped(key, data_key, header.wrap_aad)]
        fresh = [
            one.wrap(data_key, header.wrap_aad, self._tools.random.bytes(NONCE_BYTES)) for one in self._passphrases
        ]
        return [*edks, *kept, *fresh], keys, False

    def _wrapped(self, key: KeyMaterial, data_key: bytes, wrap_aad: bytes) -> list[EncryptedDataKey]:
        return wrap_for_key(key, data_key, wrap_aad, self._tools.random.bytes(KEY_RANDOM))

    def _stays(self, name: RecipientName) -> bool:
        """Passphrases stay unless asked otherwise; others stay when no keys were named, ours are wrapped anew."""
        if name.kind is RecipientKind.PASSPHRASE:
            return self._request.keep_passphrases
        if self._request.keys:
            return False
        return name.key_id is None or not self._known(name.key_id)

    def _known(self, key_id: UUID) -> bool:
        return self._ring.label(key_id, None) is not None

    def _same(self, now: Sequence[tuple[EncryptedDataKey, RecipientName]], current: Sequence[KeyMaterial]) -> bool:
        """True when exactly these versions are named already, both ways, and nothing is to go."""
        named = {(name.kind, name.key_id, name.version_id) for _, name in now if not self._stays(name)}
        return named == {(kind, key.key_id, key.version_id) for key in current for kind in _BOTH}
