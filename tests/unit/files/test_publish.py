from __future__ import annotations

import ctypes
import errno
import os
import stat
from pathlib import Path

import pytest

from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import NotFound, SourceIsTarget, SpaceMissing, TargetExists
from vaultapp.crypto.random import SystemRandom
from vaultapp.files import publish, renames
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination, NewFile, NewFolder, copy_range


def written(destination: Destination, name: bytes, content: bytes) -> NewFile:
    file = destination.new_file(name)
    os.write(file.descriptor, content)
    return file


def stat_of(path: Path, mode: int) -> os.stat_result:
    path.write_bytes(b"")
    path.chmod(mode)
    os.utime(path, (5, 7))
    return path.stat()


@pytest.fixture(params=["nameless", "named"])
def either(request: pytest.FixtureRequest, destination: Destination, monkeypatch: pytest.MonkeyPatch) -> Destination:
    """A file system with unnamed files, and one without."""
    if request.param == "named":
        real = os.open

        def refusing(path: object, flags: int, *more: object, **named: object) -> int:
            if flags & os.O_TMPFILE == os.O_TMPFILE:
                raise OSError(errno.EOPNOTSUPP, "no unnamed files")
            return real(path, flags, *more, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "open", refusing)
    return destination


def test_nothing_has_the_name_before_publishing(either: Destination, place: Path) -> None:
    file = written(either, b"out.bin", b"whole")
    assert not (place / "out.bin").exists()
    assert file.publish(OnExist.KEEP) == os.fsencode(place / "out.bin")
    file.discard()
    assert (place / "out.bin").read_bytes() == b"whole"
    assert os.listdir(place) == ["out.bin"]


def test_an_unnamed_file_is_nowhere_to_be_found(destination: Destination, place: Path) -> None:
    file = written(destination, b"out.bin", b"half")
    assert os.listdir(place) == []
    file.discard()
    assert os.listdir(place) == []


def test_a_discarded_part_is_gone(either: Destination, place: Path) -> None:
    written(either, b"out.bin", b"half").discard()
    assert os.listdir(place) == []


def test_what_exists_is_kept_and_the_new_one_numbered(either: Destination, place: Path) -> None:
    (place / "a.txt").write_bytes(b"old")
    (place / "a (2).txt").symlink_to("nowhere")
    file = written(either, b"a.txt", b"new")
    assert file.publish(OnExist.KEEP) == os.fsencode(place / "a (3).txt")
    file.discard()
    assert (place / "a.txt").read_bytes() == b"old"
    assert sorted(os.listdir(place)) == ["a (2).txt", "a (3).txt", "a.txt"]


@pytest.mark.parametrize("on_exist", [OnExist.SKIP, OnExist.ASK])
def test_skip_and_ask_leave_what_is_there(either: Destination, place: Path, on_exist: OnExist) -> None:
    (place / "a.txt").write_bytes(b"old")
    file = written(either, b"a.txt", b"new")
    with pytest.raises(TargetExists) as caught:
        file.publish(on_exist)
    file.discard()
    assert caught.value.facts == {"path": str(place / "a.txt")}
    assert (place / "a.txt").read_bytes() == b"old"
    assert os.listdir(place) == ["a.txt"]


def test_replace_renames_over(either: Destination, place: Path) -> None:
    (place / "a.txt").write_bytes(b"old")
    file = written(either, b"a.txt", b"new")
    assert file.publish(OnExist.REPLACE) == os.fsencode(place / "a.txt")
    file.discard()
    assert (place / "a.txt").read_bytes() == b"new"
    assert os.listdir(place) == ["a.txt"]


def test_replace_replaces_a_link_and_not_what_it_leads_to(either: Destination, place: Path) -> None:
    (place / "precious").write_bytes(b"precious")
    (place / "a.txt").symlink_to("precious")
    file = written(either, b"a.txt", b"new")
    file.publish(OnExist.REPLACE)
    file.discard()
    assert (place / "precious").read_bytes() == b"precious"
    assert (place / "a.txt").read_bytes() == b"new"


def test_replace_never_replaces_an_input(either: Destination, place: Path) -> None:
    (place / "a.txt").write_bytes(b"input")
    found = (place / "a.txt").stat()
    file = written(either, b"a.txt", b"new")
    with pytest.raises(SourceIsTarget):
        file.publish(OnExist.REPLACE, {(found.st_dev, found.st_ino)})
    file.discard()
    assert (place / "a.txt").read_bytes() == b"input"
    assert os.listdir(place) == ["a.txt"]


def test_replace_does_not_replace_a_folder(either: Destination, place: Path) -> None:
    (place / "a.txt").mkdir()
    file = written(either, b"a.txt", b"new")
    with pytest.raises(TargetExists):
        file.publish(OnExist.REPLACE)
    file.discard()
    assert os.listdir(place) == ["a.txt"]


def test_where_an_unnamed_file_cannot_be_named_a_copy_is_published(
    destination: Destination, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(publish, "link_nameless", refuses)
    (place / "a.txt").write_bytes(b"old")
    like = stat_of(tmp_path / "like", 0o640)
    file = written(destination, b"a.txt", b"new")
    file.keep_metadata(like)
    assert file.publish(OnExist.KEEP) == os.fsencode(place / "a (2).txt")
    file.discard()
    assert (place / "a (2).txt").read_bytes() == b"new"
    assert stat.S_IMODE((place / "a (2).txt").stat().st_mode) == 0o640
    assert (place / "a (2).txt").stat().st_mtime == 7
    assert sorted(os.listdir(place)) == ["a (2).txt", "a.txt"]


def test_where_renaming_knows_no_flags_a_link_is_made(
    either: Destination, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.EINVAL, "flags")

    monkeypatch.setattr(publish, "rename_new", unknown)
    (place / "a.txt").write_bytes(b"old")
    file = written(either, b"a.txt", b"new")
    file.publish(OnExist.KEEP)
    file.discard()
    assert (place / "a (2).txt").read_bytes() == b"new"
    assert sorted(os.listdir(place)) == ["a (2).txt", "a.txt"]


@pytest.fixture(params=[errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
def without_flags(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system call that knows no flags, as on NFS, sshfs and cifs."""

    real = renames._LIBC

    class Library:
        def renameat2(self, *_: object) -> int:
            ctypes.set_errno(request.param)
            return -1

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

    monkeypatch.setattr(renames, "_LIBC", Library())


@pytest.mark.usefixtures("without_flags")
def test_where_renaming_knows_no_flags_files_are_published(either: Destination, place: Path) -> None:
    for name in ("a.txt", "a (2).txt"):
        file = written(either, b"a.txt", b"new")
        file.publish(OnExist.KEEP)
        file.discard()
        assert (place / name).read_bytes() == b"new"
    assert sorted(os.listdir(place)) == ["a (2).txt", "a.txt"]


@pytest.mark.usefixtures("without_flags")
def test_where_renaming_knows_no_flags_folders_are_published(destination: Destination, place: Path) -> None:
    (place / "photos").mkdir()
    (place / "photos (2)").write_bytes(b"a file")
    (place / "photos (3)").symlink_to("nowhere")
    folder = NewFolder(destination, b"photos")
    Path(os.fsdecode(folder.path), "one").write_bytes(b"1")
    assert folder.publish(OnExist.KEEP) == os.fsencode(place / "photos (4)")
    folder.discard()
    assert (place / "photos (4)/one").read_bytes() == b"1"
    assert sorted(os.listdir(place)) == ["photos", "photos (2)", "photos (3)", "photos (4)"]


@pytest.mark.usefixtures("without_flags")
@pytest.mark.parametrize("on_exist", [OnExist.SKIP, OnExist.ASK, OnExist.REPLACE])
def test_where_renaming_knows_no_flags_a_folder_stays(destination: Destination, place: Path, on_exist: OnExist) -> None:
    (place / "photos").mkdir()
    (place / "photos/old").write_bytes(b"old")
    folder = NewFolder(destination, b"photos")
    with pytest.raises(TargetExists):
        folder.publish(on_exist)
    folder.discard()
    assert os.listdir(place) == ["photos"]
    assert (place / "photos/old").read_bytes() == b"old"


@pytest.mark.usefixtures("without_flags")
def test_what_takes_the_name_in_between_stays(
    destination: Destination, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def racing(path: object, *more: object, **named: object) -> None:
        real(path, *more, **named)  # type: ignore[arg-type]
        if path == b"photos":
            (place / "photos/theirs").write_bytes(b"theirs")

    folder = NewFolder(destination, b"photos")
    monkeypatch.setattr(os, "mkdir", racing)
    assert folder.publish(OnExist.KEEP) == os.fsencode(place / "photos (2)")
    folder.discard()
    assert os.listdir(place / "photos") == ["theirs"]


@pytest.mark.usefixtures("without_flags")
def test_a_file_system_that_renames_over_no_folder_gets_a_free_name(
    destination: Destination, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def refusing(old: bytes, new: bytes, **named: int) -> None:
        if os.path.lexists(place / os.fsdecode(new)):
            raise FileExistsError(errno.EEXIST, "exists")
        real(old, new, **named)

    monkeypatch.setattr(os, "rename", refusing)
    folder = NewFolder(destination, b"photos")
    assert folder.publish(OnExist.KEEP) == os.fsencode(place / "photos")
    folder.discard()
    assert os.listdir(place) == ["photos"]


def test_an_unfinished_output_is_its_owners_alone_and_gets_the_mode_at_the_end(
    either: Destination, place: Path, tmp_path: Path
) -> None:
    file = written(either, b"a", b"x")
    assert stat.S_IMODE(os.fstat(file.descriptor).st_mode) == 0o600
    file.keep_metadata(stat_of(tmp_path / "like", 0o7755))
    file.publish(OnExist.KEEP)
    file.discard()
    assert stat.S_IMODE((place / "a").stat().st_mode) == 0o755


def test_a_folders_right_to_be_entered_is_not_a_files_to_be_run(destination: Destination, place: Path) -> None:
    place.chmod(0o755)
    file = destination.new_file(b"a")
    file.keep_metadata(place.stat())
    assert stat.S_IMODE(os.fstat(file.descriptor).st_mode) == 0o644
    file.discard()


def test_a_part_is_noted_before_it_is_made_and_struck_out_after(
    destination: Destination, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destination, "_nameless", False)
    noted: dict[bytes, bool] = {}

    def add(_notes: PartNotes, paths: list[bytes]) -> None:
        noted.update((path, os.path.exists(path)) for path in paths)

    def strike(_notes: PartNotes, paths: list[bytes]) -> None:
        for path in paths:
            assert not os.path.exists(path)
            del noted[path]

    monkeypatch.setattr(PartNotes, "add", add)
    monkeypatch.setattr(PartNotes, "strike", strike)
    file = written(destination, b"a", b"x")
    folder = NewFolder(destination, b"b")
    assert list(noted.values()) == [False, False]
    assert sorted(os.fsdecode(os.path.basename(path)) for path in noted) == sorted(os.listdir(place))
    file.publish(OnExist.KEEP)
    folder.discard()
    assert noted == {}
    file.discard()


def test_a_missing_destination_is_named(tmp_path: Path, notes: PartNotes) -> None:
    with pytest.raises(NotFound) as caught:
        Destination(os.fsencode(tmp_path / "nowhere"), notes, SystemRandom())
    assert caught.value.facts == {"kind": "folder", "name": str(tmp_path / "nowhere")}


def test_too_little_space_is_said_before_any_work(destination: Destination, place: Path) -> None:
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    with pytest.raises(SpaceMissing) as caught:
        destination.check_space(free * 2)
    assert caught.value.facts["needed"] == free * 2
    assert caught.value.facts["path"] == str(place)
    destination.check_space(1)


def test_a_new_folder_appears_whole(destination: Destination, place: Path) -> None:
    folder = NewFolder(destination, b"photos")
    assert stat.S_IMODE(os.fstat(folder.descriptor).st_mode) == 0o700
    assert not (place / "photos").exists()
    Path(os.fsdecode(folder.path), "one").write_bytes(b"1")
    assert folder.publish(OnExist.KEEP) == os.fsencode(place / "photos")
    folder.discard()
    assert (place / "photos/one").read_bytes() == b"1"
    assert os.listdir(place) == ["photos"]


def test_a_discarded_folder_is_gone_with_what_cannot_be_written_in_it(destination: Destination, place: Path) -> None:
    folder = NewFolder(destination, b"photos")
    inner = Path(os.fsdecode(folder.path), "closed")
    inner.mkdir()
    (inner / "one").write_bytes(b"1")
    inner.chmod(0)
    folder.discard()
    assert os.listdir(place) == []


def test_an_existing_folder_is_kept(destination: Destination, place: Path) -> None:
    (place / "photos").mkdir()
    folder = NewFolder(destination, b"photos")
    assert folder.publish(OnExist.KEEP) == os.fsencode(place / "photos (2)")
    folder.discard()
    assert sorted(os.listdir(place)) == ["photos", "photos (2)"]


def test_an_existing_folder_is_replaced_in_one_step(destination: Destination, place: Path) -> None:
    (place / "photos").mkdir()
    (place / "photos/old").write_bytes(b"old")
    folder = NewFolder(destination, b"photos")
    Path(os.fsdecode(folder.path), "new").write_bytes(b"new")
    folder.publish(OnExist.REPLACE)
    assert os.listdir(place) == ["photos"]
    assert os.listdir(place / "photos") == ["new"]


def test_an_existing_folder_is_asked_about(destination: Destination, place: Path) -> None:
    (place / "photos").mkdir()
    folder = NewFolder(destination, b"photos")
    with pytest.raises(TargetExists):
        folder.publish(OnExist.ASK)
    folder.discard()
    assert os.listdir(place) == ["photos"]


def test_a_range_is_copied_also_between_file_systems(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> int:
        raise OSError(errno.EXDEV, "another file system")

    (place / "from").write_bytes(b"0123456789")
    for refused in (False, True):
        if refused:
            monkeypatch.setattr(os, "copy_file_range", refuses)
        source = os.open(place / "from", os.O_RDONLY)
        target = os.open(place / "to", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        copy_range(source, 2, target, 3, 5)
        assert os.pread(target, 100, 0) == bytes(3) + b"23456"
        with pytest.raises(OSError, match="Input/output"):
            copy_range(source, 8, target, 0, 5)
        os.close(source)
        os.close(target)
