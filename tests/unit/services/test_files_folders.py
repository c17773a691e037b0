"""Folders that are worked on file by file: what is told of them, asked about them, and written down."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.file_room import FileRoom
from vaultapp.contracts.files import FileState, FileUpdate, Folders, OnExist, Place, SealRequest
from vaultapp.contracts.keys import NewKey
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import NameTooLong, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import FRAME_LIMIT
from vaultapp.services.file_journal import NoJournal
from vaultapp.services.file_ledger import Ledger, told_left_out
from vaultapp.services.folder_files import FolderFiles


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "desk/tree"
    (tree / "inner").mkdir(parents=True)
    for name in ("a", "b", "inner/c"):
        (tree / name).write_bytes(name.encode())
    return tree


def each(room: FileRoom, tree: Path, **more: Any) -> FileUpdate:
    room.seal(tree, folders=Folders.EACH, **more)
    return room.outcome()


def sealed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.sealed"))


def test_the_keys_are_named_with_their_versions(room: FileRoom, tree: Path) -> None:
    room.keys.create(NewKey("Work"))
    outcome = each(room, tree, keys=("Personal", "Work"))
    assert (outcome.state, outcome.members) == (FileState.DONE, 3)
    assert (outcome.keys, outcome.versions) == (("Personal", "Work"), (1, 1))
    room.keys.rotate("Personal")
    (tree / "d").write_bytes(b"d")
    each(room, tree, on_exist=OnExist.SKIP)
    room.open(tree, on_exist=OnExist.REPLACE)
    assert (room.outcome().keys, room.outcome().versions) == (("Personal", "Personal"), (1, 2))


def test_a_passphrase_is_no_key(room: FileRoom, tree: Path) -> None:
    outcome = each(room, tree, keys=(), passphrases=("open",))
    assert (outcome.state, outcome.keys, outcome.members) == (FileState.DONE, (), 3)


@pytest.mark.parametrize("to", [False, True])
def test_what_is_there_already_is_asked_about_before_any_work(
    room: FileRoom, tree: Path, tmp_path: Path, to: bool
) -> None:
    out = tmp_path / "out"
    there = out / "tree/inner/c.sealed" if to else tree / "inner/c.sealed"
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(b"old")
    where: dict[str, Any] = {"folder": out} if to else {}
    outcome = each(room, tree, on_exist=OnExist.ASK, **where)
    assert (outcome.state, outcome.source, outcome.output) == (
        FileState.EXISTS,
        os.fsencode(tree),
        os.fsencode(there),
    )
    assert [update.state for update in room.updates if update.state is not FileState.RUNNING] == [FileState.EXISTS]
    assert sealed(tree) + sealed(out) == [str(there.relative_to(out if to else tree))]
    assert there.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("answer", "members", "names"),
    [
        (OnExist.SKIP, 2, ["a.sealed", "b.sealed", "inner/c.sealed"]),
        (OnExist.REPLACE, 3, ["a.sealed", "b.sealed", "inner/c.sealed"]),
        (OnExist.KEEP, 3, ["a.sealed", "b.sealed", "inner/c (2).sealed", "inner/c.sealed"]),
    ],
)
def test_the_answer_holds_for_the_whole_folder(
    room: FileRoom, tree: Path, answer: OnExist, members: int, names: list[str]
) -> None:
    room.seal(tree / "inner/c")
    before = (tree / "inner/c.sealed").read_bytes()
    assert each(room, tree, on_exist=OnExist.ASK).state is FileState.EXISTS
    outcome = each(room, tree, on_exist=answer)
    assert (outcome.state, outcome.members) == (FileState.DONE, members)
    assert sealed(tree) == names
    assert ((tree / "inner/c.sealed").read_bytes() == before) is (answer is not OnExist.REPLACE)


def test_what_is_not_worked_on_is_not_asked_about(room: FileRoom, tree: Path) -> None:
    room.seal(tree / "a")
    (tree / "a").unlink()
    (tree / "a.sealed.sealed").write_bytes(b"of a file that is sealed already")
    (tree / "inner/link").symlink_to("c")
    (tree / "inner/link.sealed").write_bytes(b"of a link")
    outcome = each(room, tree, on_exist=OnExist.ASK)
    assert (outcome.state, outcome.members) == (FileState.DONE, 4)


def test_nothing_is_made_to_see_what_is_there(room: FileRoom, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out/tree").mkdir(parents=True)
    (tmp_path / "out/tree/a.sealed").write_bytes(b"old")
    each(room, tree, on_exist=OnExist.ASK, folder=tmp_path / "out")
    assert os.listdir(tmp_path / "out/tree") == ["a.sealed"]


def test_an_output_that_comes_meanwhile_is_asked_about_too(
    room: FileRoom, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderFiles, "_in_the_way", lambda *_: b"")
    (tree / "b.sealed").symlink_to("nowhere")
    outcome = each(room, tree, on_exist=OnExist.ASK)
    assert (outcome.state, outcome.members) == (FileState.EXISTS, 2)
    assert outcome.output == os.fsencode(tree / "b.sealed")
    assert os.readlink(tree / "b.sealed") == "nowhere"


def test_opening_a_folder_asks_before_any_work(room: FileRoom, tree: Path) -> None:
    each(room, tree, remove_originals=True)
    (tree / "b").write_bytes(b"another")
    room.open(tree, on_exist=OnExist.ASK)
    assert (room.outcome().state, room.outcome().output) == (FileState.EXISTS, os.fsencode(tree / "b"))
    assert not (tree / "a").exists()
    room.open(tree, on_exist=OnExist.SKIP)
    assert (room.outcome().state, room.outcome().members) == (FileState.DONE, 2)
    assert ((tree / "a").read_bytes(), (tree / "b").read_bytes()) == (b"a", b"another")


def test_of_a_cancelled_folder_it_is_told_how_many_files_are_done(
    room: FileRoom, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "inner/c"):
        (tree / name).write_bytes(bytes(400_000))
    work = room.work()
    real = Ledger.member

    def cancelling(self: Ledger, tally: Any, *more: Any) -> None:
        real(self, tally, *more)
        if tally.done == 2:
            work.cancel()

    monkeypatch.setattr(Ledger, "member", cancelling)
    request = SealRequest((Place(os.fsencode(tree)),), keys=("Personal",), folders=Folders.EACH)
    with pytest.raises(OperationCancelled):
        room.service.seal(request, work)
    assert (room.outcome().state, room.outcome().members) == (FileState.CANCELLED, 2)
    assert sealed(tree) == ["a.sealed", "b.sealed"]


def test_what_could_not_be_walked_is_told_once_with_what_was_done(
    room: FileRoom, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FolderFiles._members

    def failing(self: FolderFiles, *more: Any) -> Any:
        real(self, *more)
        raise NameTooLong(path="x")

    monkeypatch.setattr(FolderFiles, "_members", failing)
    outcome = each(room, tree)
    assert (outcome.state, outcome.code, outcome.members) == (FileState.FAILED, "name_too_long", 3)
    assert [update.state for update in room.updates].count(FileState.FAILED) == 1


def test_the_log_names_what_was_asked_for(room: FileRoom, tree: Path) -> None:
    before = len(room.log())
    each(room, tree)
    (line,) = room.log()[before:]
    assert (line.count, line.facts) == (3, {"version": 1, "key": str(room.personal.key_id), "path": str(tree)})


def test_files_that_are_wrapped_anew_already_are_told_so(room: FileRoom, tree: Path) -> None:
    each(room, tree)
    room.rewrap(tree)
    assert (room.outcome().members, room.outcome().unchanged) == (3, True)
    room.keys.rotate("Personal")
    room.rewrap(tree)
    assert (room.outcome().unchanged, room.outcome().versions) == (False, (2,))


def test_what_is_told_fits_a_frame_whatever_the_names_are() -> None:
    long = b"/" + b"n" * 100_000
    assert sum(map(len, told_left_out([long] * 2000))) <= 1024 * 1024
    assert len(told_left_out([b"x"] * 2000)) == 1000
    ledger = Ledger("file.seal", [long] * 1000, WorkContext(), NoJournal(SystemClock()))
    for index in range(1000):
        ledger.fail(index, NameTooLong(path="x" * 1000))
    report = ledger.report()
    assert report.failed == 1000
    assert len(msgspec.msgpack.encode(report)) < FRAME_LIMIT
