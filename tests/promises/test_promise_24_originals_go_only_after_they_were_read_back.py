"""Promise 24: removing originals is off, and acts only after durable publishing and a verifying read."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.file_room import FileRoom, file_room, places
from tests.integration.shell import Shell
from tests.ordinary_user import OrdinaryUser
from tests.promises.failing_calls import CALLS, READS, FailingCalls
from tests.promises.harm import CHANGES, HARM, between, rewritten
from tests.promises.sources import SOURCES, contents, made
from tests.watched_folder import Seen, snapshot
from vaultapp.contracts.files import FileState, FileUpdate, Folders, OnExist, SealRequest
from vaultapp.core.work import WorkContext
from vaultapp.files import originals, publish, renames
from vaultapp.files.seal import FrameWriter
from vaultapp.files.streams import FileWriter
from vaultapp.services import seal_batch


@pytest.fixture
def room(tmp_path: Path) -> Iterator[FileRoom]:
    # One thread: what fails at the k-th call fails at the same place every time.
    with file_room(tmp_path / "vault", threads=1) as room:
        yield room


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, desk: Path) -> Path:
    return made(desk, request.param)


def stays(room: FileRoom, before: Seen, source: Path) -> None:
    outcome = room.outcome()
    print(f"{source.name}: {outcome.state} {outcome.code}, removed: {outcome.removed}")
    assert not outcome.removed
    assert snapshot(source.parent) == before


def test_it_is_off_unless_asked_for(room: FileRoom, source: Path, out: Path) -> None:
    assert SealRequest(()).remove_originals is False
    before = snapshot(source.parent)
    room.seal(source, folder=out)
    assert room.outcome().state is FileState.DONE
    stays(room, before, source)
    room.seal(source, folder=out, folders=Folders.EACH, on_exist=OnExist.REPLACE)
    stays(room, before, source)


def test_it_removes_what_was_read_back_and_the_copy_gives_it_again(room: FileRoom, source: Path, out: Path) -> None:
    before = contents(source)
    room.seal(source, folder=out, remove_originals=True)
    assert room.outcome().removed
    assert not source.exists()
    assert room.open(out / "thing.sealed").done == 1
    assert contents(out / "thing") == before
    assert (out / "thing.sealed").exists()


def test_it_comes_after_the_content_the_name_and_the_folder_are_durable_and_the_copy_was_read(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calls that matter, in the order in which the system gets them."""
    calls: list[str] = []

    def watch(owner: object, name: str, told: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def call(*arguments: Any, **named: Any) -> Any:
            found = told(*arguments)
            done = real(*arguments, **named)
            if found and calls[-1:] != [found]:
                calls.append(found)
            return done

        monkeypatch.setattr(owner, name, call)

    def at(descriptor: int) -> str:
        return os.readlink(f"/proc/self/fd/{descriptor}")

    def of_copy(word: str) -> Callable[..., str]:
        return lambda descriptor, *_: word if at(descriptor).startswith(f"{out}/") else ""

    def of_original(path: str | bytes) -> str:
        name = os.fsdecode(path)
        return "removed" if name.startswith(str(source)) or name in ("a", "b", "link", "inner") else ""

    watch(os, "pwritev", of_copy("written"))
    watch(os, "pwrite", of_copy("written"))
    watch(os, "write", of_copy("written"))
    watch(os, "fdatasync", of_copy("synced"))
    watch(publish, "link_nameless", lambda *_: "named")
    watch(os, "fsync", lambda descriptor: "folder synced" if at(descriptor) == str(out) else "")
    watch(os, "preadv", of_copy("read back"))
    watch(os, "unlink", of_original)
    watch(os, "rmdir", of_original)
    room.seal(source, folder=out, remove_originals=True)
    monkeypatch.undo()
    assert room.outcome().removed
    print(calls)
    assert calls == ["written", "synced", "named", "folder synced", "read back", "removed"]


@pytest.mark.parametrize("calls", [CALLS, READS], ids=["changing", "reading"])
def test_with_a_failure_at_every_kth_call_the_content_is_never_lost(
    room: FileRoom, source: Path, desk: Path, out: Path, monkeypatch: pytest.MonkeyPatch, calls: tuple[str, ...]
) -> None:
    kind = source.is_dir()
    before = contents(source)
    kept = removed = 0
    for wanted in range(1, 2000):
        with monkeypatch.context() as patch:
            failing = FailingCalls(patch, calls, wanted)
            room.seal(source, folder=out, remove_originals=True)
        outcome = room.outcome()
        # Of a folder some members may be gone already; then all of it is in the copy.
        if source.exists() and contents(source) == before:
            assert not outcome.removed
            kept += 1
        else:
            removed += 1
            assert source.is_dir() or outcome.removed
            assert room.open(out / "thing.sealed", folder=desk, on_exist=OnExist.REPLACE).done == 1
            assert contents(source) == before
        for path in out.iterdir():
            assert path.name == "thing.sealed"
            path.unlink()
        if failing.count < wanted:
            break
    print(f"{wanted} tries: {kept} times kept, {removed} times removed")
    assert outcome.removed
    assert kept >= 5
    assert source.is_dir() is kind


@pytest.mark.parametrize("harm", HARM)
def test_a_copy_that_is_harmed_before_it_is_read_back_keeps_the_original(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    before = snapshot(source.parent)
    between(monkeypatch, HARM[harm])
    room.seal(source, folder=out, remove_originals=True)
    assert room.outcome().state is FileState.FAILED
    stays(room, before, source)


def test_another_good_copy_under_the_name_keeps_the_original(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens with the very key of the message; but its content is not the original's."""
    before = snapshot(source.parent)
    name, place = ("remove_folder", 3) if source.is_dir() else ("remove_file", 2)
    real = getattr(seal_batch, name)

    def call(*arguments: Any) -> Any:
        sealed = os.fsdecode(arguments[place])
        content = bytes(arguments[1].size)
        descriptor = os.open(sealed, os.O_WRONLY | os.O_TRUNC)
        writer = FrameWriter(arguments[place + 1], FileWriter(descriptor, b""), arguments[-1])
        writer.write(content)
        writer.finish()
        os.close(descriptor)
        return real(*arguments)

    monkeypatch.setattr(seal_batch, name, call)
    room.seal(source, folder=out, remove_originals=True)
    assert room.refusal() == ("authentication_failed", {})
    stays(room, before, source)


def test_an_original_that_changes_while_its_copy_is_read_back_stays(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner, name in ((originals, "open_file"), (originals, "_remove_members")):
        real = getattr(owner, name)

        def call(*arguments: Any, name: str = name, real: Any = real) -> Any:
            if name == "_remove_members" and arguments[1] == b"":
                rewritten(source)
                return real(*arguments)
            done = real(*arguments)
            if name == "open_file":
                rewritten(source)
            return done

        monkeypatch.setattr(owner, name, call)
    room.seal(source, folder=out, remove_originals=True)
    assert room.outcome().state is FileState.DONE
    assert not room.outcome().removed
    assert (source / "b" if source.is_dir() else source).is_file()


@pytest.mark.parametrize("change", CHANGES)
def test_an_original_that_changed_since_it_was_sealed_stays(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    between(monkeypatch, lambda _path: CHANGES[change](source))
    room.seal(source, folder=out, remove_originals=True)
    assert room.outcome().state is FileState.DONE
    assert not room.outcome().removed
    left = source / "b" if source.is_dir() else source
    print(f"{change}: {sorted(path.name for path in source.parent.rglob('*'))}")
    assert left.is_file()


def test_what_came_into_a_folder_since_it_was_sealed_stays(
    room: FileRoom, desk: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = made(desk, "folder")
    between(monkeypatch, lambda _path: (source / "inner/new").write_bytes(b"new"))
    room.seal(source, folder=out, remove_originals=True)
    assert not room.outcome().removed
    assert (source / "inner/new").read_bytes() == b"new"


def test_a_folder_stays_whole_when_something_of_it_was_left_out(room: FileRoom, desk: Path, out: Path) -> None:
    odd: dict[str, Callable[[Path], None]] = {
        "a pipe": os.mkfifo,
        "a link out": lambda path: path.symlink_to("../../elsewhere"),
        "an absolute link": lambda path: path.symlink_to("/etc/passwd"),
    }
    for what, make in odd.items():
        source = made(desk, "folder") if not (desk / "thing").exists() else desk / "thing"
        make(source / "inner/odd")
        before = snapshot(desk)
        room.seal(source, folder=out, remove_originals=True)
        print(what, room.outcome().left_out)
        assert room.outcome().left_out == (b"inner/odd",)
        stays(room, before, source)
        (source / "inner/odd").unlink()


def test_a_file_that_was_skipped_stays(room: FileRoom, source: Path, out: Path) -> None:
    (out / "thing.sealed").write_bytes(b"something else")
    before = snapshot(source.parent)
    for on_exist, state in ((OnExist.SKIP, FileState.SKIPPED), (OnExist.ASK, FileState.EXISTS)):
        room.seal(source, folder=out, remove_originals=True, on_exist=on_exist)
        assert room.outcome().state is state
        stays(room, before, source)


def test_of_a_folder_file_by_file_only_what_was_sealed_goes(room: FileRoom, desk: Path) -> None:
    (desk / "tree").mkdir()
    for name in ("done", "taken", "already"):
        (desk / "tree" / name).write_bytes(name.encode())
    (desk / "tree/taken.sealed").write_bytes(b"something else")
    room.seal(desk / "tree/already")
    (desk / "tree/already").unlink()
    os.mkfifo(desk / "tree/pipe")
    (desk / "tree/link").symlink_to("taken")
    before = snapshot(desk)
    room.seal(desk / "tree", folders=Folders.EACH, remove_originals=True, on_exist=OnExist.SKIP)
    after = snapshot(desk)
    gone = {Path(path).name for path in before.keys() - after.keys()}
    come = {Path(path).name for path in after.keys() - before.keys()}
    print(f"gone: {gone}, come: {come}")
    # What is called taken.sealed is not sealed: it was an original as well.
    assert gone == {"done", "taken.sealed"}
    assert come == {"done.sealed", "taken.sealed.sealed"}
    assert (desk / "tree/taken").read_bytes() == b"taken"


def test_a_cancel_while_the_copy_is_read_back_keeps_the_original_and_the_copy(room: FileRoom, desk: Path) -> None:
    source = desk / "big"
    source.write_bytes(os.urandom(2_000_000))
    before = snapshot(desk)
    updates: list[FileUpdate] = []
    work: WorkContext[FileUpdate] = WorkContext(on_item=updates.append)
    real = originals.remove_file

    def cancelling(*arguments: Any) -> bool:
        work.cancel()
        return real(*arguments)

    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal_batch, "remove_file", cancelling)
        stack.enter_context(pytest.raises(Exception, match="cancelled"))
        room.service.seal(SealRequest(places((source,)), ("Personal",), remove_originals=True), work)
    assert updates[-1].state is FileState.DONE
    assert not updates[-1].removed
    assert snapshot(desk)[str(source)] == before[str(source)]
    source.rename(desk / "kept")
    assert room.open(desk / "big.sealed").done == 1
    assert source.read_bytes() == (desk / "kept").read_bytes()


def test_a_folder_that_cannot_be_synced_keeps_the_original(
    room: FileRoom, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def failing(descriptor: int) -> None:
        if os.readlink(f"/proc/self/fd/{descriptor}") == str(out):
            raise OSError(errno.EIO, "the disk is gone")
        real(descriptor)

    before = snapshot(source.parent)
    monkeypatch.setattr(os, "fsync", failing)
    room.seal(source, folder=out, remove_originals=True)
    assert room.outcome().code == "host_error"
    stays(room, before, source)


def test_many_small_files_are_synced_together_before_any_original_goes(
    room: FileRoom, desk: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaultapp.files import batch

    sources = [desk / f"{number}" for number in range(20)]
    for path in sources:
        path.write_bytes(path.name.encode())
    before = snapshot(desk)

    def failing(descriptor: int) -> None:
        renames.sync_file_system(descriptor)
        raise OSError(errno.EIO, "the disk is gone")

    monkeypatch.setattr(batch, "sync_file_system", failing)
    assert room.seal(*sources, folder=out, remove_originals=True).failed == len(sources)
    assert snapshot(desk) == before
    monkeypatch.undo()
    assert room.seal(*sources, folder=out, remove_originals=True).done == len(sources)
    assert os.listdir(desk) == []


def test_the_command_keeps_originals_and_removes_them_only_when_asked(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.init()
    shell.run("unlock")
    shell.write("a", b"content")
    kept = shell.told("encrypt", "a", "--key", "Personal")
    assert "The original is kept." in kept
    assert (shell.here / "a").exists()
    gone = shell.told("encrypt", "a", "--key", "Personal", "--remove-originals", "--on-exist", "replace")
    assert "The original was removed after the encrypted copy was read back." in gone
    assert set(shell.tree()) == {b"a.sealed"}
    shell.run("decrypt", "a.sealed")
    assert shell.tree()[b"a"] == b"content"
    assert b"a.sealed" in shell.tree()
    shell.close()


def test_where_the_copy_cannot_be_written_or_the_original_not_removed_it_stays(ordinary_user: OrdinaryUser) -> None:
    desk = ordinary_user.home / "desk"
    for folder in ("closed", "open", "fixed"):
        (desk / folder).mkdir(parents=True)
    (desk / "a").write_bytes(b"content")
    (desk / "fixed/b").write_bytes(b"content")
    (desk / "passphrase").write_bytes(b"for the file")
    ordinary_user.own(desk)
    (desk / "closed").chmod(0o500)
    (desk / "fixed").chmod(0o500)
    by = ("--recipient-passphrase-file", "passphrase", "--remove-originals", "--to")
    before = snapshot(desk)
    for name, folder, code in (("a", "closed", 5), ("fixed/b", "open", 0)):
        ended = ordinary_user.run([ordinary_user.python, "-m", "vaultapp", "encrypt", name, *by, folder], cwd=desk)
        print(name, folder, ended.stdout.decode(), ended.stderr.decode())
        assert ended.returncode == code
        assert b"removed" not in ended.stdout
    after = snapshot(desk)
    assert after.keys() - before.keys() == {str(desk / "open/b.sealed")}
    before.pop(str(desk / "open"))
    assert {path: after[path] for path in before} == before
    for folder in ("closed", "fixed"):
        (desk / folder).chmod(0o700)
