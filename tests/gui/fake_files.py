"""File work in memory: it ends as a test says, and nothing is read or written."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.gui.fake_keys import FakeKeys
from tests.gui.gates import open_gate, pass_gate, pass_gate_unless
from vaultapp.contracts.events import Event
from vaultapp.contracts.files import (
    HEADER_DAMAGED,
    BatchReport,
    DropItem,
    DropVerb,
    FileDescription,
    FilesApi,
    FileState,
    FileUpdate,
    OnExist,
    OpenRequest,
    Place,
    RewrapRequest,
    SealRequest,
    WaitingFiles,
)
from vaultapp.core.errors import (
    NotSealed,
    OperationCancelled,
    VaultError,
)
from vaultapp.core.work import WorkContext


@dataclass
class FakeFiles:
    """Answers by the file's name: see ``script``.

    Attributes:
        script: What becomes of a source, by its base name; DONE for all others.
        gate: A batch waits here before it works; set means open.
        progress: News that is emitted before the gate, by base name.
        contents: What opened files hold, by base name; asked for where a descriptor takes it.
    """

    keys: FakeKeys
    publish: Callable[[Event], None] = lambda _event: None
    script: dict[bytes, FileUpdate] = field(default_factory=dict)
    progress: dict[bytes, FileUpdate] = field(default_factory=dict)
    contents: dict[bytes, bytes] = field(default_factory=dict)
    refused: dict[bytes, str] = field(default_factory=dict)
    damaged: set[bytes] = field(default_factory=set)
    folders: set[bytes] = field(default_factory=set)
    sizes: dict[bytes, int] = field(default_factory=dict)
    gate: threading.Event = field(default_factory=open_gate)
    look_gate: threading.Event = field(default_factory=open_gate)
    begun: threading.Event = field(default_factory=threading.Event)
    seals: list[SealRequest] = field(default_factory=list)
    descriptors: list[bytes] = field(default_factory=list)
    opens: list[OpenRequest] = field(default_factory=list)
    rewraps: list[RewrapRequest] = field(default_factory=list)
    passphrases: list[str] = field(default_factory=list)
    described: dict[bytes, FileDescription] = field(default_factory=dict)
    waiting: list[bytes] = field(default_factory=list)
    opens_with: str = ""
    raises: VaultError | None = None

    def look(self, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        pass_gate(self.look_gate)
        return tuple(self._look(path) for path in paths)

    def seal(self, request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.seals.append(request)
        self.descriptors += [os.pread(descriptor, 1 << 20, 0) for descriptor in work.descriptors]
        self.passphrases += [secret.decode() for secret in request.passphrases]
        name, number = self._name_of(request.keys[0]) if request.keys else ("", 0)
        return self._run(request.sources, request.on_exist, work, b".sealed", name, number)

    def open(self, request: OpenRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.opens.append(request)
        given = [secret.decode() for secret in request.passphrases]
        self.passphrases += given
        if self.opens_with and self.opens_with not in given:
            code = "authentication_failed" if given else "passphrase_needed"
            for index, place in enumerate(request.sources):
                work.emit(FileUpdate(index, FileState.FAILED, place.path, code=code))
            return BatchReport(0, len(request.sources), 0, 0, 0, 0)
        if request.output is not None:
            content = self.contents[os.path.basename(request.sources[0].path)]
            os.write(work.descriptors[request.output.descriptor], content)
        return self._run(request.sources, request.on_exist, work, b"", "Personal", 4)

    def rewrap(self, request: RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        self.rewraps.append(request)
        return self._run(request.sources, OnExist.REPLACE, work, b"", "Personal", 4)

    def inspect(self, source: Place, work: WorkContext[None]) -> FileDescription:
        found = self.described.get(os.path.basename(source.path))
        if found is None:
            raise NotSealed(reason="other")
        return found

    def hand_over(self, paths: tuple[bytes, ...], *, again: bool = False) -> int:
        self.waiting += paths
        self.publish(WaitingFiles(tuple(self.waiting), again))
        return len(self.waiting)

    def take_waiting(self) -> WaitingFiles:
        taken, self.waiting = tuple(self.waiting), []
        return WaitingFiles(taken)

    def _name_of(self, key_id: str) -> tuple[str, int]:
        return next((k.name, k.primary_number) for k in self.keys.keys if str(k.key_id) == key_id)

    def _look(self, path: bytes) -> DropItem:
        name = os.path.basename(path)
        if name in self.refused:
            return DropItem(path, DropVerb.REFUSE, 0, False, self.refused[name])
        if name in self.damaged:
            return DropItem(path, DropVerb.SEAL, 1000, False, HEADER_DAMAGED)
        verb = DropVerb.OPEN if name.endswith(b".sealed") else DropVerb.SEAL
        folder = name in self.folders
        return DropItem(path, verb, -1 if folder else self.sizes.get(name, 1000), folder)

    def _run(
        self,
        sources: tuple[Place, ...],
        on_exist: OnExist,
        work: WorkContext[FileUpdate],
        suffix: bytes,
        key_name: str,
        number: int,
    ) -> BatchReport:
        if self.raises is not None:
            raise self.raises
        for index, place in enumerate(sources):
            name = os.path.basename(place.path)
            if name in self.progress:
                work.emit(_with(self.progress[name], index, place.path))
            self.begun.set()
            if not pass_gate_unless(self.gate, lambda: work.cancelled) or work.cancelled:
                for late in range(index, len(sources)):
                    work.emit(FileUpdate(late, FileState.CANCELLED, sources[late].path))
                raise OperationCancelled
            scripted = self.script.get(name)
            if scripted is not None and not (scripted.state is FileState.EXISTS and on_exist is not OnExist.ASK):
                work.emit(_with(scripted, index, place.path))
                continue
            output = place.path + suffix if suffix else place.path.removesuffix(b".sealed")
            keys, versions = ((key_name,), (number,)) if key_name else ((), ())
            work.emit(
                FileUpdate(index, FileState.DONE, place.path, output=output, keys=keys, versions=versions, size=1000)
            )
        return BatchReport(len(sources), 0, 0, 0, 0, 0)


def _with(update: FileUpdate, index: int, source: bytes) -> FileUpdate:
    values = {name: getattr(update, name) for name in update.__struct_fields__}
    return FileUpdate(**{**values, "index": index, "source": source})


if TYPE_CHECKING:
    _: type[FilesApi] = FakeFiles
