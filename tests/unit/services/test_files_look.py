from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from tests.file_room import FileRoom
from tests.ordinary_user import OrdinaryUser
from vaultapp.contracts.files import HEADER_DAMAGED, DropVerb, Folders, Place, WaitingFiles
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import Damaged, InvalidValue, NotAFile, NotSealed
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.ipc.wire import FRAME_LIMIT
from vaultapp.services.file_journal import NoJournal
from vaultapp.services.files import LOOK_LIMIT, FilesService
from vaultapp.services.key_ring import NoRing
from vaultapp.services.waiting_files import WAITING_LIMIT, WaitingList


def vaultless(tmp_path: Path) -> FilesService:
    random = SystemRandom()
    notes, waiting = PartNotes(tmp_path / "state", random), WaitingList(EventBus())
    return FilesService(NoRing(), NoJournal(SystemClock()), notes, waiting, SystemClock(), random)


def test_what_would_be_done_is_told_by_content(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "a.sealed").write_bytes(b"not sealed, whatever the name")
    (tmp_path / "b").write_bytes(b"x")
    room.seal(tmp_path / "b")
    (tmp_path / "b.sealed").rename(tmp_path / "picture.jpg")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("b")
    os.mkfifo(tmp_path / "pipe")
    names = ["a.sealed", "picture.jpg", "folder", "link", "pipe", "missing"]
    items = room.service.look(tuple(os.fsencode(tmp_path / name) for name in names))
    size = (tmp_path / "picture.jpg").stat().st_size
    assert [(item.verb, item.size, item.folder, item.reason) for item in items] == [
        (DropVerb.SEAL, 29, False, HEADER_DAMAGED),
        (DropVerb.OPEN, size, False, ""),
        (DropVerb.SEAL, -1, True, ""),
        (DropVerb.REFUSE, 0, False, "link"),
        (DropVerb.REFUSE, 0, False, "pipe"),
        (DropVerb.REFUSE, 0, False, "source_missing"),
    ]


def test_a_sealed_file_whose_beginning_was_ruined_is_told_from_a_file(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    room.seal(tmp_path / "a")
    sealed = (tmp_path / "a.sealed").read_bytes()
    (tmp_path / "A.SEALED").write_bytes(bytes(3) + sealed[3:])
    (tmp_path / "empty.sealed").write_bytes(b"")
    (tmp_path / "later.sealed").write_bytes(sealed[:9] + bytes(9) + sealed[18:])
    names = ["a.sealed", "A.SEALED", "empty.sealed", "later.sealed", "a"]
    items = room.service.look(tuple(os.fsencode(tmp_path / name) for name in names))
    assert [(item.verb, item.reason) for item in items] == [
        (DropVerb.OPEN, ""),
        (DropVerb.SEAL, HEADER_DAMAGED),
        (DropVerb.SEAL, HEADER_DAMAGED),
        (DropVerb.OPEN, ""),
        (DropVerb.SEAL, ""),
    ]


def test_one_call_takes_as_many_paths_as_its_answer_can_hold(room: FileRoom, tmp_path: Path) -> None:
    long = os.fsencode(tmp_path / ("n" * 190))
    most = tuple(b"%s%05d" % (long[:200], number) for number in range(LOOK_LIMIT))
    items = room.service.look(most)
    assert len(items) == LOOK_LIMIT
    assert len(msgspec.msgpack.encode(items)) < FRAME_LIMIT
    for paths in ((*most, b"/x"), tuple(b"/" + b"n" * 4000 for _ in range(1100))):
        with pytest.raises(InvalidValue) as caught:
            room.service.look(paths)
        assert caught.value.facts == {"field": "paths", "reason": "too_many"}


def test_a_header_is_described_with_the_names_that_are_known(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    room.seal(tmp_path / "a", context={"purpose": "test"}, passphrases=("open",), frame_length=300)
    path = os.fsencode(tmp_path / "a.sealed")
    found = room.service.inspect(Place(path), room.work())
    assert (found.size, found.frames, found.frame_length) == ((tmp_path / "a.sealed").stat().st_size, 4, 300)
    assert (found.content_length, found.complete, found.signed, found.folder) == (1000, True, False, False)
    assert found.context == {"purpose": "test"}
    version = room.personal.primary.hex()
    assert [(one.kind, one.name, one.number, one.version, one.here) for one in found.recipients] == [
        ("key", "Personal", 1, version, True),
        ("kms", "Personal", 1, version, True),
        ("passphrase", "", 0, "", False),
    ]
    stranger = vaultless(tmp_path).inspect(Place(path), room.work())
    assert [(one.name, one.key, one.here) for one in stranger.recipients[:1]] == [
        ("", str(room.personal.key_id), False)
    ]
    room.keys.disable("Personal")
    disabled = room.service.inspect(Place(path), room.work())
    assert [(one.name, one.here) for one in disabled.recipients[:1]] == [("Personal", False)]


def test_a_file_cut_short_is_described_as_incomplete(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    room.seal(tmp_path / "a")
    data = (tmp_path / "a.sealed").read_bytes()
    path = Place(os.fsencode(tmp_path / "cut"))
    (tmp_path / "cut").write_bytes(data[:-500])
    assert not room.service.inspect(path, room.work()).complete
    (tmp_path / "cut").write_bytes(data + b"\0")
    assert not room.service.inspect(path, room.work()).complete
    (tmp_path / "cut").write_bytes(data[:200])
    with pytest.raises(Damaged):
        room.service.inspect(path, room.work())
    (tmp_path / "cut").write_bytes(b"plain")
    with pytest.raises(NotSealed):
        room.service.inspect(path, room.work())
    with pytest.raises(NotAFile):
        room.service.inspect(Place(os.fsencode(tmp_path)), room.work())


def test_a_header_is_read_from_a_descriptor(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    room.seal(tmp_path / "a")
    data = (tmp_path / "a.sealed").read_bytes()
    file = os.open(tmp_path / "a.sealed", os.O_RDONLY)
    assert room.service.inspect(Place(descriptor=0), room.work(file)).complete
    os.close(file)
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    found = room.service.inspect(Place(descriptor=0), room.work(reading))
    os.close(reading)
    assert (found.recipients[0].name, found.complete) == ("Personal", False)
    with pytest.raises(InvalidValue):
        room.service.inspect(Place(descriptor=3), room.work())


def test_a_folder_is_described_as_one(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    room.seal(tmp_path / "tree", folders=Folders.ARCHIVE)
    assert room.service.inspect(Place(os.fsencode(tmp_path / "tree.sealed")), room.work()).folder


def test_without_a_vault_passphrases_work(room: FileRoom, tmp_path: Path) -> None:
    from tests.file_room import FLOOR
    from vaultapp.contracts.files import OpenRequest, SealRequest

    service = vaultless(tmp_path)
    service._cost = FLOOR
    (tmp_path / "a").write_bytes(b"content")
    sources = (Place(os.fsencode(tmp_path / "a")),)
    assert service.seal(SealRequest(sources, passphrases=(bytearray(b"open"),)), room.work()).done == 1
    (tmp_path / "a").unlink()
    sources = (Place(os.fsencode(tmp_path / "a.sealed")),)
    assert service.open(OpenRequest(sources, passphrases=(bytearray(b"open"),)), room.work()).done == 1
    assert (tmp_path / "a").read_bytes() == b"content"


def test_files_that_were_handed_over_wait_once_until_taken(room: FileRoom) -> None:
    assert room.service.hand_over((b"/a", b"/b", b"/a")) == 2
    assert room.service.hand_over((b"/c",)) == 3
    assert room.service.take_waiting() == WaitingFiles((b"/a", b"/b", b"/c"))
    assert room.service.take_waiting() == WaitingFiles(())


def test_listeners_hear_of_waiting_files_and_the_list_has_an_end() -> None:
    bus = EventBus()
    heard: list[WaitingFiles] = []
    bus.subscribe(WaitingFiles, heard.append)
    waiting = WaitingList(bus)
    assert waiting.add((b"/a",)) == 1
    assert heard == [WaitingFiles((b"/a",))]
    waiting.add((b"/a",), again=True)
    assert heard[1:] == [WaitingFiles((b"/a",), again=True)]
    assert waiting.add(tuple(b"/%d" % number for number in range(WAITING_LIMIT * 2))) == WAITING_LIMIT


def test_a_folder_that_may_not_be_listed_is_refused(ordinary_user: OrdinaryUser) -> None:
    code = (
        "import os, sys; from vaultapp.services.files import _look\n"
        "path = sys.argv[1].encode(); os.mkdir(path, 0); item = _look(path)\n"
        "print(item.verb, item.folder, item.reason)"
    )
    done = ordinary_user.run([ordinary_user.python, "-c", code, ordinary_user.home / "closed"])
    assert done.stdout.split() == [b"refuse", b"True", b"access_denied"], done.stderr
