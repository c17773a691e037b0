"""An open vault with keys and the files service on it, for tests of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, OpenRequest, Place, RewrapRequest, SealRequest
from vaultapp.contracts.keys import Key, NewKey
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.clock import SystemClock
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.services.descriptions import KNOWN_FILE, KnownFile, decode
from vaultapp.services.file_journal import FileJournal
from vaultapp.services.files import FilesService
from vaultapp.services.keys import KeyService
from vaultapp.services.recorder import Recorder
from vaultapp.services.unlocked import unlocked_vault
from vaultapp.services.waiting_files import WaitingList
from vaultapp.store.vault_file import SlotRow, create_vault

FLOOR = KdfCost(memory_kib=64 * 1024, passes=1, lanes=1)


class FileRoom:
    """A vault in a folder of its own, a key called Personal, and what the window would call.

    Attributes:
        updates: Every FileUpdate of the last call.
    """

    def __init__(self, folder: Path, threads: int | None = 2) -> None:
        clock, random, bus = SystemClock(), SystemRandom(), EventBus()
        root_key = random.bytes(32)
        self.state = folder / "state"
        self.state.mkdir(parents=True)
        self.vault = create_vault(
            folder / "test.vault",
            vault_id=uuid4(),
            root_key=root_key,
            slots=(SlotRow(uuid4(), b"\x80", bytes(60)),),
            state_folder=self.state,
            clock=clock,
            random=random,
        )
        unlocked = unlocked_vault(self.vault, bytearray(root_key), clock, random, bus)
        self.ring = unlocked.ring
        recorder = Recorder(self.vault, Actor("window"), clock)
        self.keys = KeyService(unlocked, recorder, clock, random, bus)
        self.personal: Key = self.keys.create(NewKey("Personal"))
        self.notes = PartNotes(self.state, random)
        self.waiting = WaitingList(bus)
        self.service = FilesService(
            self.ring,
            FileJournal(self.vault, recorder, clock),
            self.notes,
            self.waiting,
            clock,
            random,
            passphrase_cost=FLOOR,
            threads=threads,
        )
        self.updates: list[FileUpdate] = []

    def work(self, *descriptors: int) -> WorkContext[Any]:
        """Return a context that collects updates."""
        self.updates = []
        return WorkContext(on_item=self.updates.append, descriptors=descriptors)

    def seal(self, *sources: Path | Place, keys: tuple[str, ...] = ("Personal",), **more: Any) -> BatchReport:
        """Seal for Personal."""
        descriptors = more.pop("descriptors", ())
        return self.service.seal(SealRequest(places(sources), keys=keys, **given(more)), self.work(*descriptors))

    def open(self, *sources: Path | Place, **more: Any) -> BatchReport:
        """Open with the vault's keys."""
        descriptors = more.pop("descriptors", ())
        return self.service.open(OpenRequest(places(sources), **given(more)), self.work(*descriptors))

    def rewrap(self, *sources: Path, **more: Any) -> BatchReport:
        """Re-wrap."""
        return self.service.rewrap(RewrapRequest(places(sources), **given(more)), self.work())

    def outcome(self, index: int = 0) -> FileUpdate:
        """Return the last update of a source."""
        return [update for update in self.updates if update.index == index][-1]

    def refusal(self, index: int = 0) -> tuple[str, Mapping[str, str | int]]:
        """Return code and facts of a source that failed."""
        outcome = self.outcome(index)
        assert outcome.state is FileState.FAILED
        return outcome.code, outcome.facts

    def log(self) -> list[Entry]:
        """Return the activity, oldest first."""
        return list(reversed(self.vault.activity.page(None, 1000).entries))

    def known(self) -> list[KnownFile]:
        """Return the known files."""
        return [decode(KnownFile, record.description) for record in self.vault.records.of_kind(KNOWN_FILE)]


@contextmanager
def file_room(folder: Path, threads: int | None = 2) -> Iterator[FileRoom]:
    """Make a room, and close its vault."""
    room = FileRoom(folder, threads)
    try:
        yield room
    finally:
        room.notes.close()
        room.vault.close()


def made(path: Path, content: bytes = b"content") -> Path:
    """Write a file and return it."""
    path.write_bytes(content)
    return path


def places(sources: tuple[Path | Place, ...]) -> tuple[Place, ...]:
    """Return sources as the wire names them."""
    return tuple(source if isinstance(source, Place) else Place(str(source).encode()) for source in sources)


def given(more: dict[str, Any]) -> dict[str, Any]:
    """Return arguments with paths and passphrases as the wire has them."""
    shaped = dict(more)
    if isinstance(shaped.get("folder"), Path):
        shaped["folder"] = str(shaped["folder"]).encode()
    for name in ("passphrases", "new_passphrases"):
        if name in shaped:
            shaped[name] = tuple(bytearray(text.encode()) for text in shaped[name])
    return shaped
