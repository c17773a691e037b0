from __future__ import annotations

import io
import os
import tarfile
import threading
from pathlib import Path

import pytest

from tests.file_room import FileRoom, file_room
from vaultapp.contracts.files import FileState, OnExist, Place
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import InvalidValue
from vaultapp.files.tree import DEPTH_LIMIT
from vaultapp.formats.message_header import parse_header


def sealed(room: FileRoom, path: Path, content: bytes = b"content", **more: object) -> Path:
    path.write_bytes(content)
    assert room.seal(path, on_exist=OnExist.REPLACE, **more).done == 1  # type: ignore[arg-type]
    path.unlink()
    return path.with_name(path.name + ".sealed")


def test_every_flipped_bit_and_every_truncation_publishes_nothing(room: FileRoom, desk: Path, out: Path) -> None:
    data = sealed(room, desk / "small", b"x" * 40, frame_length=16).read_bytes()
    wrong = [data[:length] for length in range(len(data))] + [data + b"\0", data + data]
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        wrong.append(bytes(changed))
    paths = []
    for number, changed_data in enumerate(wrong):
        paths.append(desk / f"{number}.sealed")
        paths[-1].write_bytes(changed_data)
    report = room.open(*paths, folder=out)
    assert (report.done, report.failed) == (0, len(wrong))
    assert os.listdir(out) == []
    codes = {room.outcome(index).code for index in range(len(data))}
    assert codes <= {"damaged", "not_sealed", "authentication_failed"}
    print(f"{len(wrong)} damaged files refused")


def test_a_large_file_with_one_wrong_bit_publishes_nothing(room: FileRoom, desk: Path, out: Path) -> None:
    path = sealed(room, desk / "big", os.urandom(3_000_000))
    data = bytearray(path.read_bytes())
    data[-100] ^= 4
    path.write_bytes(data)
    room.open(path, folder=out)
    assert room.refusal() == ("authentication_failed", {})
    assert os.listdir(out) == []


def test_swapped_frames_of_two_files_under_one_key_are_refused(room: FileRoom, desk: Path, out: Path) -> None:
    one = sealed(room, desk / "one", b"a" * 40, frame_length=16)
    other = sealed(room, desk / "other", b"b" * 40, frame_length=16)
    header = parse_header(one.read_bytes()).length
    one.write_bytes(one.read_bytes()[:header] + other.read_bytes()[header:])
    room.open(one, folder=out)
    assert room.refusal()[0] == "authentication_failed"
    assert os.listdir(out) == []


def test_other_files_are_told_as_what_they_are(room: FileRoom, desk: Path) -> None:
    import base64

    (desk / "plain").write_bytes(b"plain text")
    (desk / "empty").write_bytes(b"")
    (desk / "base64").write_bytes(base64.b64encode(sealed(room, desk / "a").read_bytes()))
    (desk / "old").write_bytes(b"\x01\x80" + bytes(100))
    room.open(desk / "plain", desk / "empty", desk / "base64", desk / "old", desk)
    assert room.refusal(0) == ("not_sealed", {"reason": "other"})
    assert room.refusal(1) == ("not_sealed", {"reason": "empty"})
    assert room.refusal(2) == ("not_sealed", {"reason": "base64"})
    assert room.refusal(3)[0] == "unsupported_format"
    assert room.outcome(4).members == 1


def test_a_name_without_suffix_opens_to_another_name(room: FileRoom, desk: Path) -> None:
    sealed(room, desk / "a").rename(desk / "photo.jpg")
    room.open(desk / "photo.jpg")
    assert (desk / "photo.jpg.opened").read_bytes() == b"content"


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize(
    ("on_exist", "state", "names"),
    [
        (OnExist.KEEP, FileState.DONE, ["a.b", "a (2).b"]),
        (OnExist.SKIP, FileState.SKIPPED, ["a.b"]),
        (OnExist.ASK, FileState.EXISTS, ["a.b"]),
        (OnExist.REPLACE, FileState.DONE, ["a.b"]),
    ],
)
def test_what_has_the_name_already(
    room: FileRoom, desk: Path, out: Path, folder: bool, on_exist: OnExist, state: FileState, names: list[str]
) -> None:
    if folder:
        (desk / "a.b").mkdir()
        (desk / "a.b/new").write_bytes(b"new")
        room.seal(desk / "a.b")
        (out / "a.b").mkdir()
        (out / "a.b/old").write_bytes(b"old")
    else:
        sealed(room, desk / "a.b")
        (out / "a.b").write_bytes(b"old")
    room.open(desk / "a.b.sealed", folder=out, on_exist=on_exist)
    assert room.outcome().state is state
    assert sorted(os.listdir(out)) == sorted(names)
    if folder:
        assert os.listdir(out / "a.b") == (["new"] if on_exist is OnExist.REPLACE else ["old"])
    else:
        assert ((out / "a.b").read_bytes() == b"old") is (on_exist is not OnExist.REPLACE)


def test_opening_never_replaces_its_own_source(room: FileRoom, desk: Path) -> None:
    path = sealed(room, desk / "a")
    path.rename(desk / "b.sealed")
    (desk / "b").symlink_to("b.sealed")
    os.link(desk / "b.sealed", desk / "c")
    os.link(desk / "b.sealed", desk / "c.sealed")
    room.open(desk / "c.sealed", on_exist=OnExist.REPLACE)
    assert room.refusal() == ("source_is_target", {"path": str(desk / "c")})
    assert (desk / "c").read_bytes() == (desk / "b.sealed").read_bytes()


def test_a_folder_can_be_left_a_tar(room: FileRoom, desk: Path, out: Path) -> None:
    (desk / "tree").mkdir()
    (desk / "tree/x").write_bytes(b"x")
    room.seal(desk / "tree")
    room.open(desk / "tree.sealed", folder=out, unpack=False)
    with tarfile.open(out / "tree.tar") as archive:
        assert archive.getnames() == ["tree", "tree/x"]


def test_a_hostile_archive_leaves_nothing(room: FileRoom, desk: Path, out: Path) -> None:
    """Made with our own sealing of a tar that claims to be a folder."""
    from vaultapp.crypto.random import SystemRandom
    from vaultapp.files.seal import seal_small
    from vaultapp.formats.encryption_context import serialise
    from vaultapp.services.recipients import Recipients

    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in ("top/fine", "../evil"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
    recipients = Recipients(room.ring, SystemRandom(), ("Personal",), (), 1)
    message = recipients.message(serialise({"vaultapp-content": "folder"}), 256 * 1024)
    (desk / "x.sealed").write_bytes(b"".join(seal_small(message, made.getvalue())))
    room.open(desk / "x.sealed", folder=out)
    assert room.refusal() == ("archive_refused", {"name": "../evil"})
    assert os.listdir(out) == []
    assert os.listdir(desk) == ["x.sealed"]


def test_a_damaged_folder_leaves_nothing(room: FileRoom, desk: Path, out: Path) -> None:
    (desk / "tree").mkdir()
    (desk / "tree/x").write_bytes(os.urandom(600_000))
    room.seal(desk / "tree")
    data = bytearray((desk / "tree.sealed").read_bytes())
    data[-20] ^= 1
    (desk / "tree.sealed").write_bytes(data)
    room.open(desk / "tree.sealed", folder=out)
    assert room.refusal()[0] == "authentication_failed"
    assert os.listdir(out) == []


def test_a_passphrase_opens_and_another_does_not(room: FileRoom, desk: Path, out: Path) -> None:
    path = sealed(room, desk / "a", keys=(), passphrases=("caf\u00e9",))
    room.open(path, folder=out)
    assert room.refusal() == ("passphrase_needed", {})
    room.open(path, folder=out, passphrases=("wrong",))
    assert room.refusal() == ("authentication_failed", {})
    assert os.listdir(out) == []
    room.open(path, folder=out, passphrases=("wrong", "cafe\u0301"))
    assert room.outcome().keys == ()
    assert (out / "a").read_bytes() == b"content"
    assert room.log()[-1].subject_kind == "passphrase"


def test_keys_that_may_not_be_used_are_named(room: FileRoom, desk: Path, out: Path) -> None:
    path = sealed(room, desk / "a")
    room.keys.disable("Personal")
    room.open(path, folder=out)
    assert room.refusal() == ("key_disabled", {"key": "Personal", "version": 0})
    room.keys.enable("Personal")
    room.keys.delete("Personal", 7)
    room.open(path, folder=out)
    assert room.refusal() == ("key_pending_deletion", {"key": "Personal"})
    assert os.listdir(out) == []


def test_a_disabled_version_is_said_before_other_keys_are_tried(room: FileRoom, desk: Path, out: Path) -> None:
    room.keys.create(NewKey("Work"))
    path = sealed(room, desk / "a", keys=("Personal", "Work"))
    room.keys.rotate("Personal")
    room.keys.disable("Personal", "1")
    room.open(path, folder=out)
    assert room.refusal() == ("key_disabled", {"key": "Personal", "version": 1})


def test_a_given_passphrase_opens_whatever_the_keys_are(room: FileRoom, desk: Path, out: Path) -> None:
    path = sealed(room, desk / "a", passphrases=("open",))
    room.keys.disable("Personal")
    assert room.open(path, folder=out, passphrases=("open",)).done == 1


def test_a_key_of_another_vault_is_not_here(room: FileRoom, desk: Path, out: Path, tmp_path: Path) -> None:
    with file_room(tmp_path / "other") as other:
        path = sealed(other, desk / "a")
        room.open(path, folder=out)
        assert room.refusal() == ("key_not_here", {"key": str(other.personal.key_id)[:8]})
    assert os.listdir(out) == []


def test_the_context_must_hold_what_is_asked_for(room: FileRoom, desk: Path, out: Path) -> None:
    path = sealed(room, desk / "a", context={"purpose": "test", "more": ""})
    room.open(path, folder=out, context={"purpose": "another"})
    assert room.refusal()[0] == "context_mismatch"
    assert room.open(path, folder=out, context={"purpose": "test"}).done == 1


def test_links_in_an_archive_come_back_and_those_that_lead_out_were_never_taken(
    room: FileRoom, desk: Path, out: Path
) -> None:
    (desk / "tree").mkdir()
    (desk / "tree/x").write_bytes(b"x")
    (desk / "tree/in").symlink_to("x")
    (desk / "tree/out").symlink_to("/etc/passwd")
    room.seal(desk / "tree")
    assert room.outcome().left_out == (b"out",)
    room.open(desk / "tree.sealed", folder=out)
    assert sorted(os.listdir(out / "tree")) == ["in", "x"]
    assert os.readlink(out / "tree/in") == "x"


def test_from_a_file_nothing_is_emitted_before_all_is_verified(room: FileRoom, desk: Path) -> None:
    path = sealed(room, desk / "big", os.urandom(2_000_000))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    (desk / "bad").write_bytes(data)
    target = os.open(desk / "out", os.O_RDWR | os.O_CREAT)
    assert room.open(desk / "bad", output=Place(descriptor=0), descriptors=(target,)).failed == 1
    assert os.fstat(target).st_size == 0
    assert room.open(path, output=Place(descriptor=0), descriptors=(target,)).done == 1
    assert os.fstat(target).st_size == 2_000_000
    os.close(target)


def test_from_a_pipe_frames_come_as_they_are_verified(room: FileRoom, desk: Path) -> None:
    content = os.urandom(2_000_000)
    data = bytearray(sealed(room, desk / "big", content).read_bytes())
    for damaged in (False, True):
        if damaged:
            data[-1] ^= 1
        reading, writing = os.pipe()
        target = os.open(desk / "out", os.O_RDWR | os.O_CREAT | os.O_TRUNC)

        def feed(writing: int = writing) -> None:
            view = memoryview(bytes(data))
            while view:
                view = view[os.write(writing, view) :]
            os.close(writing)

        thread = threading.Thread(target=feed)
        thread.start()
        room.open(Place(descriptor=0), output=Place(descriptor=1), descriptors=(reading, target))
        thread.join()
        found = (desk / "out").read_bytes()
        os.close(reading)
        os.close(target)
        if damaged:
            assert room.refusal()[0] == "authentication_failed"
            assert content.startswith(found)
            assert len(found) < len(content)
        else:
            assert found == content


def test_one_output_takes_one_source(room: FileRoom, desk: Path) -> None:
    path = sealed(room, desk / "a")
    with pytest.raises(InvalidValue):
        room.open(path, path, output=Place(descriptor=0), descriptors=(1,))


def test_a_very_deep_folder_is_refused_with_a_reason(room: FileRoom, desk: Path) -> None:
    folder = os.open(desk, os.O_RDONLY)
    for _ in range(DEPTH_LIMIT + 5):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    room.seal(desk / "d")
    assert room.refusal()[0] == "host_error"
    assert room.refusal()[1]["reason"] == "too_deep"
    import shutil

    shutil.rmtree(desk / "d")
