from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.file_room import FileRoom
from vaultapp.contracts.files import FileState
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import NotFound
from vaultapp.formats.message_header import parse_header
from vaultapp.formats.recipients import parse_recipient


@pytest.fixture
def sealed(room: FileRoom, tmp_path: Path) -> Path:
    path = tmp_path / "desk/a.bin"
    path.parent.mkdir()
    path.write_bytes(bytes(1000) * 700)
    room.seal(path, passphrases=("open",), context={"purpose": "test"})
    path.unlink()
    return path.with_name("a.bin.sealed")


def recipients(path: Path) -> list[tuple[str, str]]:
    names = [parse_recipient(edk) for edk in parse_header(path.read_bytes()).edks]
    return [(str(name.kind), name.version_id.hex() if name.version_id else "") for name in names]


def body(path: Path) -> bytes:
    data = path.read_bytes()
    return data[parse_header(data).length :]


def test_a_new_version_wraps_and_the_body_stays(room: FileRoom, sealed: Path) -> None:
    before, at = body(sealed), sealed.stat()
    key = room.keys.rotate("Personal")
    assert room.rewrap(sealed).done == 1
    assert body(sealed) == before
    assert recipients(sealed) == [("key", key.primary.hex()), ("kms", key.primary.hex()), ("passphrase", "")]
    assert (room.outcome().versions, room.outcome().unchanged) == ((2,), False)
    assert sealed.stat().st_mtime_ns == at.st_mtime_ns
    assert sealed.stat().st_mode == at.st_mode
    assert os.listdir(sealed.parent) == ["a.bin.sealed"]
    room.keys.disable("Personal", "1")
    assert room.open(sealed, context={"purpose": "test"}).done == 1
    assert sealed.with_name("a.bin").read_bytes() == bytes(700_000)
    assert room.known()[0].versions == (key.primary,)


def test_nothing_is_written_when_nothing_needs_doing(room: FileRoom, sealed: Path) -> None:
    inode = sealed.stat().st_ino
    assert room.rewrap(sealed).done == 1
    assert room.outcome().unchanged
    assert sealed.stat().st_ino == inode


def test_one_more_key_opens_it_and_those_it_had_still_do(room: FileRoom, sealed: Path) -> None:
    work = room.keys.create(NewKey("Work"))
    before = body(sealed)
    assert room.rewrap(sealed, more_keys=("Work", "Personal")).done == 1
    versions = [version for kind, version in recipients(sealed) if kind == "key"]
    assert versions == [room.personal.primary.hex(), work.primary.hex()]
    assert ("passphrase", "") in recipients(sealed)
    assert body(sealed) == before
    assert room.rewrap(sealed, more_keys=("Work",)).done == 1
    assert room.outcome().unchanged


def test_more_keys_than_a_header_takes_are_refused_and_the_file_stays(room: FileRoom, sealed: Path) -> None:
    before = sealed.read_bytes()
    names = tuple(room.keys.create(NewKey(f"key {number}")).name for number in range(16))
    assert room.rewrap(sealed, more_keys=names).failed == 1
    assert room.refusal()[0] in ("invalid_value", "out_of_bounds")
    assert sealed.read_bytes() == before


def test_exactly_the_named_keys(room: FileRoom, sealed: Path) -> None:
    work = room.keys.create(NewKey("Work"))
    room.rewrap(sealed, keys=("Work",))
    assert recipients(sealed) == [("key", work.primary.hex()), ("kms", work.primary.hex()), ("passphrase", "")]
    room.rewrap(sealed, keys=("Work",))
    assert room.outcome().unchanged


def test_passphrases_come_and_go(room: FileRoom, sealed: Path) -> None:
    room.rewrap(sealed, keep_passphrases=False, new_passphrases=("new",))
    assert [kind for kind, _ in recipients(sealed)] == ["key", "kms", "passphrase"]
    room.keys.delete("Personal", 7)
    room.open(sealed, passphrases=("open",))
    assert room.outcome().state is FileState.FAILED
    assert room.open(sealed, passphrases=("new",)).done == 1


def test_by_a_passphrase_alone_a_key_is_added(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"content")
    room.seal(tmp_path / "b", keys=(), passphrases=("open",))
    room.rewrap(tmp_path / "b.sealed", keys=("Personal",), passphrases=("open",))
    assert room.open(tmp_path / "b.sealed").done == 1


def test_a_file_for_nobody_is_refused(room: FileRoom, tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"content")
    room.seal(tmp_path / "b", keys=(), passphrases=("open",))
    before = (tmp_path / "b.sealed").read_bytes()
    room.rewrap(tmp_path / "b.sealed", passphrases=("open",), keep_passphrases=False)
    assert room.refusal() == ("invalid_value", {"field": "recipients", "reason": "none"})
    assert (tmp_path / "b.sealed").read_bytes() == before


def test_an_unknown_key_concerns_the_whole_batch(room: FileRoom, sealed: Path) -> None:
    with pytest.raises(NotFound):
        room.rewrap(sealed, keys=("Nobody",))


def test_what_cannot_be_opened_stays_as_it_is(room: FileRoom, sealed: Path) -> None:
    data = bytearray(sealed.read_bytes())
    data[300] ^= 1
    sealed.write_bytes(data)
    room.keys.rotate("Personal")
    assert room.rewrap(sealed).failed == 1
    assert sealed.read_bytes() == data
    sealed.write_bytes(data[:-1])
    assert room.rewrap(sealed).failed == 1
    assert sealed.read_bytes() == data[:-1]


def test_a_folder_of_files_and_what_is_not_sealed_is_left_alone(room: FileRoom, sealed: Path) -> None:
    (sealed.parent / "plain").write_bytes(b"plain")
    room.keys.rotate("Personal")
    report = room.rewrap(sealed.parent)
    assert (report.done, report.failed, room.outcome().members) == (1, 0, 1)
    assert (sealed.parent / "plain").read_bytes() == b"plain"


def test_what_is_up_to_date_is_counted_apart(room: FileRoom, sealed: Path) -> None:
    room.keys.rotate("Personal")
    assert (report := room.rewrap(sealed)).done == 1
    assert report.unchanged == 0
    report = room.rewrap(sealed.parent)
    assert (report.done, report.unchanged) == (1, 1)


def test_another_hard_link_keeps_the_old_header(room: FileRoom, sealed: Path) -> None:
    os.link(sealed, sealed.with_name("other"))
    old = sealed.read_bytes()
    room.keys.rotate("Personal")
    room.rewrap(sealed)
    assert sealed.with_name("other").read_bytes() == old
    assert sealed.read_bytes() != old


def test_a_link_is_not_followed(room: FileRoom, sealed: Path) -> None:
    sealed.with_name("link").symlink_to(sealed.name)
    room.rewrap(sealed.with_name("link"))
    assert room.refusal()[0] == "not_a_file"
