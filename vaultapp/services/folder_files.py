"""The files of a folder, worked on one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import OperationCancelled, VaultError
from vaultapp.files.batch import leads_away
from vaultapp.files.names import base_name
from vaultapp.files.source import SourceFile, open_member
from vaultapp.files.tree import Member, MemberKind, walk
from vaultapp.formats.message_suite import looks_sealed
from vaultapp.services.file_batch import TELLING_BYTES, Batch
from vaultapp.services.file_items import Item, opened_folder
from vaultapp.services.file_ledger import Tally

# Works on one file, given its folder's path below the request's folder.
FileWork = Callable[[Item, SourceFile, bytes], None]


class FolderFiles:
    """Works on the files of folders of one batch.

    Args:
        batch: Takes what becomes of them.
        file: Works on one.
        sealed: Whether those are worked on that are sealed or those that are not.
        names: Returns what the output of a file of this name may be called.
        folder: Where outputs go, under the files' relative paths; None beside each.
    """

    def __init__(
        self,
        batch: Batch,
        file: FileWork,
        *,
        sealed: bool,
        names: Callable[[bytes], Sequence[bytes]] = lambda _name: (),
        folder: bytes | None = None,
    ) -> None:
        self._batch = batch
        self._file = file
        self._sealed = sealed
        self._names = names
        self._folder = folder

    def run(self, item: Item, total: int) -> None:
        """Work on all files of a folder, and tell its outcome when they are published.

        Where it is to be asked what becomes of outputs whose names are taken, that is looked at before any work:
        the answer then holds for the whole folder, and nothing is done twice.

        Args:
            item: The folder.
            total: Bytes in it.
        """
        if self._batch.on_exist is OnExist.ASK:
            there = self._in_the_way(item)
            if there:
                self._batch.exists(item, there)
                return
        self._batch.folder(item, total, partial(self._members, item))

    def note(self, item: Item, folder: int) -> None:
        """Remember the files that are worked on, so that no output replaces them."""
        if self._batch.on_exist is OnExist.REPLACE:
            for member in walk(folder, item.path):
                if member.kind is MemberKind.FILE and _is_sealed(member) is self._sealed:
                    self._batch.inputs.add(member.identity)

    def _members(self, item: Item, tally: Tally) -> Sequence[bytes]:
        """Work on every file; return what a sealed folder lacks then: links, devices, sockets."""
        left_out: list[bytes] = []
        with opened_folder(item) as folder:
            for member in walk(folder, item.path):
                if member.kind is MemberKind.FILE:
                    inner = Item(item.index, member.path, tally=tally)
                    self._batch.attempt(inner, partial(self._member, member=member, below=_below(item, member)))
                elif member.kind is not MemberKind.FOLDER and not self._sealed:
                    left_out.append(member.relative)
        return left_out

    def _member(self, item: Item, member: Member, below: bytes) -> None:
        with open_member(member.parent, member.name, item.path) as source:
            if looks_sealed(source.start(TELLING_BYTES)) is self._sealed:
                self._file(item, source, below)
            elif not self._sealed:
                self._batch.skip(item)

    def _in_the_way(self, item: Item) -> bytes:
        """Return what has the name of some file's output already; empty when nothing has.

        What cannot be looked at fails on its own later.
        """
        try:
            with opened_folder(item) as folder:
                for member in walk(folder, item.path):
                    self._batch.meter.advance(0)
                    there = self._there(item, member) if member.kind is MemberKind.FILE else b""
                    if there:
                        return there
        except OperationCancelled:
            raise
        except VaultError:
            pass
        return b""

    def _there(self, item: Item, member: Member) -> bytes:
        folder, below = self._folder, _below(item, member)
        place = os.path.dirname(member.path) if folder is None else os.path.join(folder, below)
        with suppress(VaultError):
            for name in self._names(member.name):
                path = os.path.join(place, name)
                if not os.path.lexists(path) or (folder is not None and leads_away(folder, below)):
                    continue
                if _is_sealed(member) is self._sealed:
                    return path
        return b""


def note_all(batch: Batch, item: Item, folder: int) -> None:
    """Remember all files of a folder, so that no output replaces them."""
    if batch.on_exist is OnExist.REPLACE:
        for member in walk(folder, item.path):
            if member.kind is MemberKind.FILE:
                batch.inputs.add(member.identity)


def _below(item: Item, member: Member) -> bytes:
    return os.path.join(base_name(item.path), os.path.dirname(member.relative))


def _is_sealed(member: Member) -> bool:
    """Tell by the first bytes; what cannot be read fails on its own later."""
    with suppress(VaultError), open_member(member.parent, member.name, member.path) as source:
        return looks_sealed(source.start(TELLING_BYTES))
    return False
