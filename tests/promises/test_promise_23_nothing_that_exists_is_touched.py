"""Promise 23: nothing that exists is touched by a failure or a wrong key; publishing never clobbers; an output that is
an input is refused; links are not followed into trouble.

Untouched means: the same inode with the same content, rights, owner, links and times.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.file_room import FileRoom, file_room, places
from tests.integration.shell import Shell
from tests.ordinary_user import OrdinaryUser
from tests.promises.failures import failing, flipped_header, linked
from tests.promises.outputs import OBSTACLES, WAYS, Surroundings, Way, folder_at, removed
from tests.watched_folder import Seen, snapshot
from vaultapp.contracts.files import FileState, Folders, OnExist, Place, RewrapRequest, SealRequest
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.files import publish, renames

LEAVING = {OnExist.KEEP: FileState.DONE, OnExist.SKIP: FileState.SKIPPED, OnExist.ASK: FileState.EXISTS}


@pytest.fixture
def at(tmp_path: Path) -> Surroundings:
    found = Surroundings(tmp_path / "desk", tmp_path / "out", tmp_path / "elsewhere")
    for folder in (found.desk, found.out, found.elsewhere):
        folder.mkdir(mode=0o755)
    (found.elsewhere / "file").write_bytes(b"of somebody else")
    (found.elsewhere / "folder").mkdir(mode=0o755)
    (found.elsewhere / "folder/inner").write_bytes(b"inner")
    return found


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


def untouched(before: Seen, after: Seen) -> None:
    assert {path: after.get(path) for path in before} == before


def test_what_has_the_name_stays_unless_replacing_was_asked_for(room: FileRoom, at: Surroundings, way: Way) -> None:
    source = way.source(room, at)
    target, second = at.out / way.name, at.out / way.second
    for what, make in OBSTACLES.items():
        for on_exist, state in LEAVING.items():
            make(target, at)
            before = snapshot(at.desk, at.out, at.elsewhere)
            way.run(room, source, folder=at.out, on_exist=on_exist)
            print(f"{what}, {on_exist}: {room.outcome().state}")
            assert room.outcome().state is state
            untouched(before, snapshot(at.desk, at.out, at.elsewhere))
            assert sorted(path.name for path in at.out.iterdir()) == sorted(
                [target.name, second.name] if on_exist is OnExist.KEEP else [target.name]
            )
            removed(second)
            removed(target)


def test_replacing_replaces_the_name_and_nothing_that_it_leads_to(room: FileRoom, at: Surroundings, way: Way) -> None:
    source = way.source(room, at)
    target = at.out / way.name
    unpacks = way.folder and not way.sealing
    for what, make in OBSTACLES.items():
        if what == "a second name":
            continue
        make(target, at)
        before = snapshot(at.desk, at.out, at.elsewhere)
        old = {path: before.pop(path) for path in list(before) if path.startswith(str(target))}
        way.run(room, source, folder=at.out, on_exist=OnExist.REPLACE)
        after = snapshot(at.desk, at.out, at.elsewhere)
        print(f"{what}: {room.outcome().state} {room.outcome().code}")
        untouched(before, after)
        assert os.listdir(at.out) == [target.name]
        if what == "a folder" and not unpacks:
            assert room.refusal()[0] == "target_exists"
            untouched(old, after)
        else:
            assert room.outcome().state is FileState.DONE
            assert target.is_dir() is unpacks
            assert not target.is_symlink()
        removed(target)


@pytest.mark.parametrize("on_exist", LEAVING)
def test_what_appears_at_the_last_moment_stays(
    room: FileRoom, at: Surroundings, way: Way, on_exist: OnExist, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = way.source(room, at)
    target = at.out / way.name
    before: Seen = {}

    def racing(real: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: Any) -> None:
            if not before:
                target.write_bytes(b"a moment earlier")
                before.update(snapshot(at.desk, at.out, at.elsewhere))
            real(*arguments)

        return call

    monkeypatch.setattr(publish, "link_nameless", racing(renames.link_nameless))
    monkeypatch.setattr(publish, "rename_new", racing(renames.rename_new))
    way.run(room, source, folder=at.out, on_exist=on_exist)
    after = snapshot(at.desk, at.out, at.elsewhere)
    print(f"{on_exist}: {room.outcome().state}, {sorted(os.listdir(at.out))}")
    assert before.pop(str(target))[-1] == after.pop(str(target))[-1] == b"a moment earlier"
    assert room.outcome().state is LEAVING[on_exist]
    before = {path: seen for path, seen in before.items() if not path.startswith(str(at.out / "."))}
    untouched(before, after)


def test_no_failure_and_no_wrong_key_touches_what_is_there(
    room: FileRoom, at: Surroundings, way: Way, tmp_path: Path
) -> None:
    source = way.source(room, at)
    linked(at, source)
    target = at.out / way.name
    (folder_at if way.folder and not way.sealing else OBSTACLES["a file"])(target, at)
    with file_room(tmp_path / "other") as other:
        for what, run in failing(room, other, way, at, source).items():
            room.updates, other.updates = [], []
            before = snapshot(at.desk, at.out, at.elsewhere)
            run()
            ends = [one for one in (*room.updates, *other.updates) if one.state is not FileState.RUNNING]
            print(f"{what}: {[one.code for one in ends]}")
            assert [one.state for one in ends] == ([] if what == "cancelled" else [FileState.FAILED])
            assert snapshot(at.desk, at.out, at.elsewhere) == before


def test_a_cancel_in_the_middle_touches_nothing(room: FileRoom, at: Surroundings) -> None:
    (at.desk / "big").write_bytes(bytes(20_000_000))
    (at.out / "big.sealed").write_bytes(b"old")
    before = snapshot(at.desk, at.out)
    work: WorkContext[Any] = WorkContext(on_item=lambda _update: work.cancel())
    source, where = places((at.desk / "big",)), os.fsencode(at.out)
    request = SealRequest(source, ("Personal",), folder=where, on_exist=OnExist.REPLACE, frame_length=300)
    with pytest.raises(OperationCancelled):
        room.service.seal(request, work)
    assert snapshot(at.desk, at.out) == before


def test_rewrapping_by_a_wrong_passphrase_or_of_a_damaged_file_changes_no_byte(
    room: FileRoom, at: Surroundings
) -> None:
    (at.desk / "a").write_bytes(b"content")
    room.seal(at.desk / "a", keys=(), passphrases=("right",))
    (at.desk / "header.sealed").write_bytes(flipped_header((at.desk / "a.sealed").read_bytes()))
    (at.desk / "link.sealed").symlink_to("a.sealed")
    before = snapshot(at.desk)
    for name in ("a.sealed", "header.sealed", "link.sealed", "a"):
        for given in ((), (bytearray(b"wrong"),)):
            request = RewrapRequest(places((at.desk / name,)), ("Personal",), passphrases=given)
            assert room.service.rewrap(request, room.work()).failed == 1
            print(f"{name}, {len(given)} passphrases: {room.outcome().code}")
            assert snapshot(at.desk) == before


def refused_as_input(room: FileRoom, before: Seen, *folders: Path, index: int = 0) -> None:
    print(room.refusal(index))
    assert room.refusal(index)[0] == "source_is_target"
    untouched(before, snapshot(*folders))


def test_an_output_that_is_an_input_is_refused(room: FileRoom, at: Surroundings) -> None:
    (at.desk / "a").write_bytes(b"content")
    (at.desk / "a.sealed").write_bytes(b"another input")
    before = snapshot(at.desk)
    room.seal(at.desk / "a", at.desk / "a.sealed", on_exist=OnExist.REPLACE)
    refused_as_input(room, before, at.desk)


def test_an_output_that_is_its_own_source_by_a_second_name_is_refused(room: FileRoom, at: Surroundings) -> None:
    (at.desk / "a").write_bytes(b"content")
    os.link(at.desk / "a", at.desk / "a.sealed")
    before = snapshot(at.desk)
    room.seal(at.desk / "a", on_exist=OnExist.REPLACE)
    refused_as_input(room, before, at.desk)


@pytest.mark.parametrize("sealing", [True, False], ids=["sealing", "opening"])
def test_an_output_that_is_a_member_of_the_folder_that_is_worked_on_is_refused(
    room: FileRoom, at: Surroundings, sealing: bool
) -> None:
    tree = at.desk / "tree"
    tree.mkdir()
    (tree / "x").write_bytes(b"first")
    if sealing:
        (tree / "x.sealed").write_bytes(b"has the name of a sealed file and is none")
        before = snapshot(tree)
        room.seal(tree, folders=Folders.EACH, on_exist=OnExist.REPLACE)
    else:
        room.seal(tree / "x")
        (tree / "x.sealed").rename(tree / "x")
        room.seal(tree / "x")
        (tree / "x.sealed").rename(tree / "y")
        (tree / "y.sealed").write_bytes((tree / "x").read_bytes())
        room.seal(tree / "x")
        before = snapshot(tree)
        room.open(tree, on_exist=OnExist.REPLACE)
    refused_as_input(room, before, tree)


def test_a_folder_that_holds_the_source_is_not_replaced(room: FileRoom, at: Surroundings) -> None:
    tree = at.desk / "tree"
    tree.mkdir()
    (tree / "x").write_bytes(b"x")
    room.seal(tree)
    (at.desk / "tree.sealed").rename(tree / "tree.sealed")
    before = snapshot(at.desk)
    room.open(tree / "tree.sealed", folder=at.desk, on_exist=OnExist.REPLACE)
    refused_as_input(room, before, at.desk)


def test_an_output_inside_its_own_source_is_refused(room: FileRoom, at: Surroundings) -> None:
    tree = at.desk / "tree"
    (tree / "inner").mkdir(parents=True)
    (at.desk / "way").symlink_to("tree/inner")
    before = snapshot(at.desk)
    for folder in (tree, tree / "inner", at.desk / "way"):
        room.seal(tree, folder=folder)
        refused_as_input(room, before, at.desk)
        assert snapshot(at.desk) == before


@pytest.mark.parametrize("sealing", [True, False], ids=["sealing", "opening"])
def test_a_descriptor_that_is_the_source_is_refused(room: FileRoom, at: Surroundings, sealing: bool) -> None:
    (at.desk / "a").write_bytes(b"content")
    room.seal(at.desk / "a")
    source = at.desk / ("a" if sealing else "a.sealed")
    before = snapshot(at.desk)
    target = os.open(source, os.O_WRONLY | os.O_APPEND)
    (room.seal if sealing else room.open)(source, output=Place(descriptor=0), descriptors=(target,))
    os.close(target)
    refused_as_input(room, before, at.desk)
    assert snapshot(at.desk) == before


def test_a_source_that_is_a_link_is_not_followed(room: FileRoom, at: Surroundings) -> None:
    (at.elsewhere / "x").write_bytes(b"content")
    room.seal(at.elsewhere / "x")
    for name in ("file", "folder", "x.sealed", "gone"):
        (at.desk / name).symlink_to(at.elsewhere / name)
    before = snapshot(at.desk, at.elsewhere)
    links = sorted(at.desk.iterdir())
    for run in (room.seal, room.open, room.rewrap):
        assert run(*links).failed == len(links)
        assert {room.refusal(index)[0] for index in range(len(links))} == {"not_a_file"}
        assert snapshot(at.desk, at.elsewhere) == before


def test_links_in_a_folder_are_not_followed(room: FileRoom, at: Surroundings) -> None:
    tree = at.desk / "tree"
    tree.mkdir()
    (tree / "x").write_bytes(b"x")
    (tree / "file").symlink_to(at.elsewhere / "file")
    (tree / "folder").symlink_to(at.elsewhere / "folder")
    before = snapshot(at.desk, at.elsewhere)
    room.seal(tree, folders=Folders.EACH, folder=at.out)
    assert sorted(room.outcome().left_out) == [b"file", b"folder"]
    room.open(tree, folder=at.out)
    room.seal(tree, folder=at.out)
    assert sorted(room.outcome().left_out) == [b"file", b"folder"]
    assert snapshot(at.desk, at.elsewhere) == before
    assert sorted(str(path.relative_to(at.out)) for path in at.out.rglob("*")) == [
        "tree",
        "tree.sealed",
        "tree/x.sealed",
    ]


def test_a_source_with_two_names_keeps_both(room: FileRoom, at: Surroundings) -> None:
    (at.desk / "a").write_bytes(b"content")
    os.link(at.desk / "a", at.desk / "b")
    before = snapshot(at.desk)
    room.seal(at.desk / "a", at.desk / "b", folder=at.out)
    assert snapshot(at.desk) == before
    os.link(at.out / "a.sealed", at.out / "c.sealed")
    before = snapshot(at.out)
    assert room.open(at.out / "a.sealed", at.out / "c.sealed").done == 2
    untouched(before, snapshot(at.out))


def test_a_link_to_the_destination_is_followed_when_it_was_named(room: FileRoom, at: Surroundings, way: Way) -> None:
    source = way.source(room, at)
    (at.desk / "way").symlink_to(at.out)
    before = snapshot(at.desk, at.elsewhere)
    way.run(room, source, folder=at.desk / "way")
    untouched(before, snapshot(at.desk, at.elsewhere))
    assert os.listdir(at.out) == [way.name]


@pytest.mark.parametrize("on_exist", OnExist)
def test_a_link_below_the_destination_is_not_followed(room: FileRoom, at: Surroundings, on_exist: OnExist) -> None:
    (at.desk / "tree/inner").mkdir(parents=True)
    (at.desk / "tree/inner/file").write_bytes(b"new")
    (at.elsewhere / "file.sealed").write_bytes(b"of somebody else")
    (at.out / "tree").mkdir()
    (at.out / "tree/inner").symlink_to(at.elsewhere)
    before = snapshot(at.desk, at.out, at.elsewhere)
    room.seal(at.desk / "tree", folders=Folders.EACH, folder=at.out, on_exist=on_exist)
    assert room.refusal() == ("not_a_file", {"path": str(at.out / "tree/inner"), "kind": "link"})
    assert snapshot(at.desk, at.out, at.elsewhere) == before


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    shell.init()
    shell.run("unlock")
    yield shell
    shell.close()


def test_the_command_keeps_skips_and_replaces_as_told(shell: Shell) -> None:
    shell.write("a", b"new")
    shell.write("a.sealed", b"old")
    shell.write("b", b"linked")
    before = snapshot(shell.here)
    encrypt = ("encrypt", "a", "--key", "Personal")
    shell.run(*encrypt)
    assert (shell.here / "a (2).sealed").exists()
    untouched(before, snapshot(shell.here))
    (shell.here / "a (2).sealed").unlink()
    shell.run(*encrypt, "--on-exist", "skip")
    assert snapshot(shell.here) == before
    shell.run(*encrypt, "--on-exist", "replace")
    assert (shell.here / "a.sealed").read_bytes().startswith(b"\x02\x04\x78")
    (shell.here / "a").unlink()
    (shell.here / "a").symlink_to("b")
    before = snapshot(shell.here)
    shell.run("decrypt", "a.sealed")
    untouched(before, snapshot(shell.here))
    assert (shell.here / "a (2)").read_bytes() == b"new"
    shell.run("decrypt", "a.sealed", "--on-exist", "replace")
    assert not (shell.here / "a").is_symlink()
    assert ((shell.here / "a").read_bytes(), (shell.here / "b").read_bytes()) == (b"new", b"linked")


def test_the_command_with_a_wrong_passphrase_touches_nothing(shell: Shell) -> None:
    shell.write("a", b"old")
    shell.run("encrypt", "a", "--key", "Personal")
    shell.write("wrong", b"not it\n")
    shell.run("lock")
    before = snapshot(shell.here)
    for command in (("decrypt", "a.sealed"), ("encrypt", "a", "--key", "Personal"), ("rewrap", "a.sealed")):
        more = () if command[0] == "rewrap" else ("--on-exist", "replace")
        print(shell.refused(2, *command, *more, "--passphrase-file", "wrong"))
        assert snapshot(shell.here) == before


def test_what_may_not_be_written_is_left_as_it_was(ordinary_user: OrdinaryUser) -> None:
    desk = ordinary_user.home / "desk"
    (desk / "closed").mkdir(parents=True)
    (desk / "closed/a.sealed").write_bytes(b"old")
    (desk / "a").write_bytes(b"content")
    (desk / "passphrase").write_bytes(b"for the file")
    ordinary_user.own(desk)
    (desk / "closed").chmod(0o500)
    before = snapshot(desk)
    by = ("--recipient-passphrase-file", "passphrase", "--to", "closed", "--on-exist", "replace")
    ended = ordinary_user.run([ordinary_user.python, "-m", "vaultapp", "encrypt", "a", *by], cwd=desk)
    print(ended.stderr.decode())
    assert ended.returncode == 5
    assert snapshot(desk) == before
    with suppress(FileNotFoundError):
        (desk / "closed").chmod(0o700)
