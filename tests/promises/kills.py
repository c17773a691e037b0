"""Kill batches in flight at random moments, and judge what is left.

``python -m tests.promises.kills FOLDER SEED KILLS``. A forked process opens the vault and does one kind of batch
without end until it is killed; this one then does what the next start does, opens all that is there, and judges it.
Every other round has no unnamed files: opening one is refused, as file systems without them do. Prints one JSON object.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import re
import select
import shutil
import signal
import stat
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from tests.file_room import FLOOR, FileRoom
from vaultapp.contracts.activity import Actor
from vaultapp.contracts.files import BatchReport, FileState, Folders, OnExist
from vaultapp.contracts.keys import NewKey
from vaultapp.core.clock import SystemClock
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.services.file_journal import FileJournal
from vaultapp.services.files import FilesService
from vaultapp.services.keys import KeyService
from vaultapp.services.recorder import Recorder
from vaultapp.services.unlocked import unlocked_vault
from vaultapp.services.waiting_files import WaitingList
from vaultapp.store.vault_file import OpenVault, SlotRow, create_vault

MARK = b"this is what nobody else may read"
ROOT_KEY = bytes(range(32))
VAULT_ID = UUID("11111111-2222-4333-8444-555555555555")
LARGE = 700_000
SMALL = 8
CALIBRATIONS = 2
HANG_S = 60
Digests = dict[str, str]


class Room(FileRoom):
    """The vault of a folder, opened as an agent does that starts; made when there is none."""

    def __init__(self, folder: Path) -> None:
        clock, random_bytes, bus = SystemClock(), SystemRandom(), EventBus()
        self.state, path = folder / "state", folder / "vault/test.vault"
        self.notes = PartNotes(self.state, random_bytes)
        self.swept = self.notes.sweep()
        if path.exists():
            given = {"state_folder": self.state, "clock": clock, "random": random_bytes}
            self.vault = OpenVault(path, ROOT_KEY, accept_older=True, **given)
        else:
            path.parent.mkdir(mode=0o700)
            self.vault = create_vault(
                path,
                vault_id=VAULT_ID,
                root_key=ROOT_KEY,
                slots=(SlotRow(UUID(int=1), b"\x80", bytes(60)),),
                state_folder=self.state,
                clock=clock,
                random=random_bytes,
            )
        unlocked = unlocked_vault(self.vault, bytearray(ROOT_KEY), clock, random_bytes, bus)
        self.ring, self.waiting, self.updates = unlocked.ring, WaitingList(bus), []
        recorder = Recorder(self.vault, Actor("window"), clock)
        self.keys = KeyService(unlocked, recorder, clock, random_bytes, bus)
        journal = FileJournal(self.vault, recorder, clock)
        self.service = FilesService(
            self.ring, journal, self.notes, self.waiting, clock, random_bytes, passphrase_cost=FLOOR, threads=2
        )

    def close(self) -> None:
        self.notes.close()
        self.vault.close()


class World:
    """Inputs, what batches make of them, and how it is judged.

    Attributes:
        desk: Where files are; ``in`` and ``sealed`` are inputs, ``out`` takes outputs, ``moved`` is what may go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder / "desk"
        self.inputs, self.sealed, self.out = self.desk / "in", self.desk / "sealed", self.desk / "out"
        self.moved, self.staging, self.looked = self.desk / "moved", folder / "staging", folder / "looked"
        self.temporary = folder / "tmp"
        for place in (self.inputs, self.sealed, self.temporary):
            place.mkdir(parents=True)
        (self.inputs / "large.bin").write_bytes(MARK * (LARGE // len(MARK)))
        for number in range(SMALL):
            (self.inputs / f"small {number}.txt").write_bytes(MARK + b"%d" % number * 1000)
        for name, size in (("a", 1), ("sub/b", 5000), ("sub/c", 300_000), ("sub/deep/d", 100)):
            path = self.inputs / "tree" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(MARK * (size // len(MARK) + 1))
        room = Room(folder)
        for name in ("Personal", "Second"):
            room.keys.create(NewKey(name))
        done(room.seal(*sorted(self.inputs.iterdir()), folder=self.sealed))
        room.close()
        shutil.copyfile(folder / "vault/test.vault", folder / "pristine.vault")
        self.before = {place: contents(place) for place in (self.inputs, self.sealed)}

    def fresh(self, kind: str) -> None:
        """Take away what the last round made; the state of the dead agent stays, as it does."""
        for place in (self.out, self.moved, self.staging, self.looked):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        for path in self.replaced(kind):
            shutil.copyfile(path, self.moved / path.name)
        shutil.copyfile(self.folder / "pristine.vault", self.folder / "vault/test.vault")
        (self.folder / "vault/test.vault-journal").unlink(missing_ok=True)

    def replaced(self, kind: str) -> list[Path]:
        """Return what has a copy in ``moved`` that a kind of batch writes over."""
        over = {"seal_over": [self.sealed], "rewrap": [self.sealed], "open_over": [self.inputs]}.get(kind, [])
        return [path for place in over for path in place.iterdir() if path.is_file()]

    # What is done.

    def seal_large(self, room: Room) -> BatchReport:
        return room.seal(self.inputs / "large.bin", folder=self.out)

    def seal_small(self, room: Room) -> BatchReport:
        return room.seal(*self.inputs.glob("small*"), folder=self.out)

    def seal_each(self, room: Room) -> BatchReport:
        return room.seal(self.inputs / "tree", folder=self.out, folders=Folders.EACH)

    def seal_folder(self, room: Room) -> BatchReport:
        return room.seal(self.inputs / "tree", folder=self.out)

    def seal_over(self, room: Room) -> BatchReport:
        return room.seal(*self.inputs.glob("*.*"), folder=self.moved, on_exist=OnExist.REPLACE)

    def seal_and_remove(self, room: Room) -> BatchReport:
        """Seal what was put there as a whole, and take it away."""
        whole = self.moved / str(len(list(self.moved.glob("[0-9]*"))))
        shutil.copytree(self.inputs, self.staging / "whole")
        os.rename(self.staging / "whole", whole)
        return room.seal(*whole.iterdir(), folder=self.out, remove_originals=True)

    def open_files(self, room: Room) -> BatchReport:
        return room.open(*self.sealed.glob("*.*.sealed"), folder=self.out)

    def open_folder(self, room: Room) -> BatchReport:
        return room.open(self.sealed / "tree.sealed", folder=self.out)

    def open_over(self, room: Room) -> BatchReport:
        return room.open(*self.sealed.glob("*.*.sealed"), folder=self.moved, on_exist=OnExist.REPLACE)

    def rewrap(self, room: Room) -> BatchReport:
        for key in ("Second", "Personal"):
            report = done(room.rewrap(*self.moved.glob("*.sealed"), keys=(key,)))
        return report

    # How it is judged.

    def judge(self, kind: str, *, nameless: bool) -> Counter[str]:
        """Say what the kill left, start again, and judge it."""
        parts = self.parts()
        if nameless and kind in ("seal_large", "seal_small", "seal_each", "seal_folder", "open_files"):
            assert parts == [], f"{parts} although there are unnamed files"
        room = Room(self.folder)
        try:
            assert self.parts() == [], "left after the next start"
            assert room.swept >= len(parts)
            notes = list((self.folder / "state/parts").glob("[!.]*"))
            assert notes == [], "notes of a dead agent are still there"
            for place, before in self.before.items():
                assert contents(place) == before, f"{place.name} changed"
            found = Counter(parts=len(parts))
            found.update(self.outputs(room, self.out, folders=kind == "open_folder"))
            found.update(self.outputs(room, self.moved, folders=False))
            self.nothing_lost(kind)
            self.nothing_readable_elsewhere()
            return found
        finally:
            room.close()

    def parts(self) -> list[str]:
        return [str(path) for path in self.folder.rglob(".*") if path.name.endswith(".part")]

    def outputs(self, room: Room, place: Path, *, folders: bool) -> dict[str, int]:
        """See that everything under a final name is whole; leave in ``looked`` what the sealed ones hold."""
        sealed, plain = [], 0
        for path in place.rglob("*"):
            name = str(path.relative_to(place))
            if path.is_file() and name.endswith(".sealed"):
                sealed.append(path)
            elif path.is_file() and "/" not in name:
                assert digest_of(path) == self.expected(path.name), f"half of {name}"
                plain += 1
            elif path.is_dir() and "/" not in name and folders:
                assert contents(path) == contents(self.inputs / "tree"), f"half of {name}"
                plain += 1
        if sealed:
            done(room.open(*sealed, folder=self.looked))
            for path, update in zip(sealed, outcomes(room), strict=True):
                output = Path(os.fsdecode(update))
                if output.is_dir():
                    assert contents(output) == contents(self.inputs / "tree"), f"{path} holds half"
                else:
                    assert digest_of(output) == self.expected(path.name.removesuffix(".sealed")), f"{path} holds half"
        return {"sealed": len(sealed), "opened": plain}

    def expected(self, name: str) -> str:
        """Return the digest of the input that a name, numbered or not, comes from."""
        plain = re.sub(r" \(\d+\)", "", name)
        (path,) = (path for path in self.inputs.rglob("*") if path.name == plain and path.is_file())
        return digest_of(path)

    def nothing_lost(self, kind: str) -> None:
        """See that what may be replaced or removed is there, as it was or in its new form."""
        assert {path.name for path in self.replaced(kind)} <= {path.name for path in self.moved.iterdir()}
        there = Counter(re.sub(r" \(\d+\)", "", path.name) for path in self.out.iterdir())
        removing = list(self.moved.glob("[0-9]*"))
        for path in self.inputs.iterdir():
            kept = [folder / path.name for folder in removing if (folder / path.name).exists()]
            if path.is_file():
                assert {digest_of(one) for one in kept} <= {digest_of(path)}, f"half of {path.name}"
            whole = [one for one in kept if path.is_file() or contents(one) == contents(path)]
            assert len(whole) + there[f"{path.name}.sealed"] >= len(removing), f"{path.name} is lost"

    def nothing_readable_elsewhere(self) -> None:
        """Search every file for what was in the inputs, but those that are the inputs, or outputs that are whole."""
        known = (self.inputs, self.out, self.moved, self.staging, self.looked)
        for path in self.folder.rglob("*"):
            if path.is_file() and not any(path.is_relative_to(place) for place in known):
                assert MARK not in path.read_bytes(), f"{path} can be read"
        assert list(self.temporary.iterdir()) == []


KINDS: tuple[Callable[[World, Room], BatchReport], ...] = (
    World.seal_large,
    World.seal_small,
    World.seal_each,
    World.seal_folder,
    World.seal_over,
    World.seal_and_remove,
    World.open_files,
    World.open_folder,
    World.open_over,
    World.rewrap,
)


def done(report: BatchReport) -> BatchReport:
    assert report.done > 0 == report.failed, report
    return report


def outcomes(room: Room) -> list[bytes]:
    """Return the outputs of the last call in the order of its sources."""
    found = {update.index: update.output for update in room.updates if update.state is FileState.DONE}
    return [found[index] for index in sorted(found)]


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def contents(top: Path) -> Digests:
    return {
        str(path.relative_to(top)): digest_of(path) if path.is_file() else stat.filemode(path.stat().st_mode)
        for path in top.rglob("*")
    }


def refuse_unnamed_files() -> None:
    real = os.open

    def refusing(path: object, flags: int, *more: object, **named: object) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, "no unnamed files")
        return real(path, flags, *more, **named)  # type: ignore[arg-type]

    os.open = refusing  # type: ignore[assignment]


class Batches:
    """A process that does one kind of batch again and again; tells the begin and the end of each by a byte."""

    def __init__(self, world: World, kind: Callable[[World, Room], BatchReport], *, nameless: bool) -> None:
        assert threading.active_count() == 1
        self.told, telling = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            try:
                if not nameless:
                    refuse_unnamed_files()
                room = Room(world.folder)
                while True:
                    os.write(telling, b"b")
                    done(kind(world, room))
                    os.write(telling, b"e")
            except BaseException:  # noqa: BLE001 - a child must not go on with its parent's work
                traceback.print_exc()
            finally:
                os._exit(1)
        os.close(telling)
        assert self.next() == b"b"

    def next(self) -> bytes:
        ready, _, _ = select.select([self.told], [], [], HANG_S)
        assert ready, "hangs"
        return os.read(self.told, 1)

    def kill(self) -> bool:
        """Kill it, and tell whether it was within a batch."""
        os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, f"ended by itself with {status}"
        last = b"b"
        while byte := os.read(self.told, 4096):
            last = byte[-1:]
        os.close(self.told)
        return last == b"b"


def calibrated(world: World, kind: Callable[[World, Room], BatchReport], *, nameless: bool) -> float:
    """Return the seconds that one batch takes here, so that kills fall evenly over it."""
    world.fresh(kind.__name__)
    batches = Batches(world, kind, nameless=nameless)
    since = time.monotonic()
    assert batches.next() == b"e"
    took = time.monotonic() - since
    batches.kill()
    return took


def main() -> None:
    folder, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    dice = random.Random(seed)
    world = World(folder)
    tempfile.tempdir = os.environ["TMPDIR"] = str(world.temporary)
    routes = [(kind, nameless) for kind in KINDS for nameless in (True, False)]
    spans = {route: calibrated(world, route[0], nameless=route[1]) for route in routes}
    told: dict[str, Counter[str]] = {}
    for number in range(kills):
        kind, nameless = route = routes[number % len(routes)]
        name = f"{kind.__name__}, {'unnamed' if nameless else 'part'}"
        world.fresh(kind.__name__)
        batches = Batches(world, kind, nameless=nameless)
        moment = dice.uniform(0, spans[route])
        # Not a wait for something: the moment is the test.
        select.select([], [], [], moment)
        within = batches.kill()
        try:
            found = world.judge(kind.__name__, nameless=nameless)
        except BaseException:
            print(f"seed {seed}, kill {number} of {name} after {moment:.4f} s", file=sys.stderr)
            raise
        found.update(kills=1, within=int(within), left_parts=int(found["parts"] > 0))
        told.setdefault(name, Counter()).update(found)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
