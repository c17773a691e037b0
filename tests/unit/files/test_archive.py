"""What is packed, judged by the standard library's reader, and what unpacking refuses."""

from __future__ import annotations

import io
import os
import tarfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import ArchiveRefused, Damaged, OutOfBounds, SourceChanged
from vaultapp.core.work import WorkContext
from vaultapp.files import unpack
from vaultapp.files.archive import Packed, Packer
from vaultapp.files.meter import Meter
from vaultapp.files.source import open_folder
from vaultapp.files.tar_reader import ContentPull
from vaultapp.files.unpack import Unpacked, Unpacker


class Sink:
    """Takes an archive into memory, through a small buffer as sealing does."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._room = memoryview(bytearray(700))

    def room(self) -> memoryview:
        return self._room

    def added(self, count: int) -> None:
        self.data += self._room[:count]

    def write(self, data: memoryview | bytes) -> None:
        self.data += data


def packed(folder: Path) -> tuple[bytes, Packed]:
    descriptor = open_folder(os.fsencode(folder))
    sink = Sink()
    try:
        found = Packer(descriptor, os.fsencode(folder), os.fsencode(folder.name), sink).pack(lambda _: None)
    finally:
        os.close(descriptor)
    assert found.size == len(sink.data)
    return bytes(sink.data), found


def unpacked(data: bytes, into: Path, piece: int = 300) -> Unpacked:
    into.mkdir(mode=0o700)
    descriptor = open_folder(os.fsencode(into))

    def frames() -> Iterator[memoryview]:
        for at in range(0, len(data), piece):
            yield memoryview(data)[at : at + piece]

    pull = ContentPull(frames(), Meter(WorkContext(), SystemClock()))
    try:
        return Unpacker(descriptor, os.fsencode(into)).unpack(pull, lambda _: None)
    finally:
        os.close(descriptor)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "photos"
    (tree / "b/deep/er").mkdir(parents=True)
    (tree / "empty").mkdir()
    (tree / "a.txt").write_bytes(b"a" * 1000)
    (tree / "b/zero").write_bytes(b"")
    (tree / "b/deep/er/x").write_bytes(os.urandom(5000))
    (tree / "a.txt").chmod(0o4640)
    (tree / "b/deep").chmod(0o700)
    (tree / "link").symlink_to("b/deep/../zero")
    os.utime(tree / "a.txt", ns=(1, 1_234_567_890_123_456_789))
    os.utime(tree / "b/zero", ns=(1, -1_500_000_000))
    return tree


def members(data: bytes) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        return {member.name: member for member in archive.getmembers()}


def test_the_archive_is_a_posix_tar_with_one_top_folder(tree: Path) -> None:
    data, found = packed(tree)
    read = members(data)
    assert list(read) == [
        "photos",
        "photos/a.txt",
        "photos/b",
        "photos/b/deep",
        "photos/b/deep/er",
        "photos/b/deep/er/x",
        "photos/b/zero",
        "photos/empty",
        "photos/link",
    ]
    assert found.members == 3
    assert len(data) % 10240 == 0
    assert all((one.uid, one.gid, one.uname, one.gname) == (0, 0, "", "") for one in read.values())
    assert read["photos/a.txt"].mode == 0o640
    assert read["photos/link"].linkname == "b/deep/../zero"
    assert read["photos/a.txt"].pax_headers["mtime"] == "1234567890.123456789"
    assert read["photos/b/zero"].pax_headers["mtime"] == "-1.500000000"


def test_the_same_folder_gives_the_same_bytes(tree: Path) -> None:
    assert packed(tree)[0] == packed(tree)[0]


def test_names_that_are_not_text_are_kept_by_their_bytes(tmp_path: Path) -> None:
    tree = tmp_path / "odd"
    tree.mkdir()
    names = [b"\xff\xfe", "ünï".encode(), b"n" * 255, b"new\nline", b" space ", b"back\\slash"]
    for name in names:
        (tree / os.fsdecode(name)).write_bytes(name)
    data, _ = packed(tree)
    assert b"hdrcharset=BINARY" in data
    unpacked(data, tmp_path / "out")
    assert sorted(os.listdir(os.fsencode(tmp_path / "out"))) == sorted(names)
    assert (tmp_path / "out" / os.fsdecode(b"\xff\xfe")).read_bytes() == b"\xff\xfe"


def test_what_was_packed_comes_out_as_it_was(tree: Path, tmp_path: Path) -> None:
    data, _ = packed(tree)
    found = unpacked(data, tmp_path / "out")
    assert (found.members, found.size, found.left_out) == (3, 6000, [])
    for path in tree.rglob("*"):
        other = tmp_path / "out" / path.relative_to(tree)
        assert other.is_symlink() == path.is_symlink()
        assert other.lstat().st_mtime_ns == path.lstat().st_mtime_ns
        if path.is_symlink():
            assert os.readlink(other) == os.readlink(path)
        else:
            assert other.stat().st_mode == path.stat().st_mode & ~0o7000
        if path.is_file():
            assert other.read_bytes() == path.read_bytes()
    assert (tmp_path / "out").stat().st_mtime_ns == tree.stat().st_mtime_ns


def test_gnu_tar_reads_the_archive_and_we_read_gnu_tars(tree: Path, tmp_path: Path) -> None:
    import subprocess

    data, _ = packed(tree)
    (tmp_path / "gnu").mkdir()
    subprocess.run(["tar", "-x", "-C", tmp_path / "gnu"], input=data, check=True)
    assert (tmp_path / "gnu/photos/b/deep/er/x").read_bytes() == (tree / "b/deep/er/x").read_bytes()
    (tree / ("long" * 40)).write_bytes(b"long")
    for kind in ("gnu", "pax", "oldgnu"):
        made = subprocess.run(
            ["tar", "-c", f"--format={kind}", "-C", tree.parent, "photos"], capture_output=True, check=True
        ).stdout
        unpacked(made, tmp_path / f"out-{kind}")
        assert (tmp_path / f"out-{kind}" / ("long" * 40)).read_bytes() == b"long"


def test_what_cannot_go_along_is_left_out_and_named(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    (tree / "absolute").symlink_to("/etc/passwd")
    (tree / "b/out").symlink_to("../../elsewhere")
    (tree / "b/through").symlink_to("../link2/../../elsewhere")
    (tree / "here").symlink_to(".")
    (tree / "out by another").symlink_to("here/../elsewhere")
    data, found = packed(tree)
    assert found.left_out == [b"absolute", b"b/out", b"b/through", b"out by another", b"pipe"]
    assert "photos/here" in members(data)
    assert not {"photos/absolute", "photos/b/out", "photos/pipe"} & set(members(data))


def test_a_folder_that_changes_while_it_is_packed_is_an_error(tree: Path) -> None:
    descriptor = open_folder(os.fsencode(tree))
    packer = Packer(descriptor, os.fsencode(tree), b"photos", Sink())

    def add(_members: int) -> None:
        (tree / "new").write_bytes(b"")

    with pytest.raises(SourceChanged) as caught:
        packer.pack(add)
    os.close(descriptor)
    assert caught.value.facts == {"path": str(tree)}


Entry = tuple[str, dict[str, Any], bytes]


def hostile(*entries: Entry) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, fields, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for field, value in fields.items():
                setattr(info, field, value)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


TOP: Entry = ("top", {"type": tarfile.DIRTYPE}, b"")


@pytest.mark.parametrize(
    "name",
    ["/etc/evil", "top/../../evil", "../evil", "top/./evil", "top//evil", "..", ".", "other/evil", "top/\0/evil"],
)
def test_a_name_that_leaves_the_folder_refuses_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(hostile(TOP, (name, {"pax_headers": {"path": name}}, b"x")), tmp_path / "out")
    assert sorted(os.listdir(tmp_path)) == ["out"]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S", b"Z"])
def test_other_members_refuse_the_archive(tmp_path: Path, kind: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(hostile(TOP, ("top/x", {"type": kind, "linkname": "top"}, b"")), tmp_path / "out")


@pytest.mark.parametrize(
    "twice",
    [
        [("top/x", {}, b"1"), ("top/x", {}, b"2")],
        [("top/x", {"type": tarfile.SYMTYPE, "linkname": "y"}, b""), ("top/x", {}, b"2")],
        [("top/x", {}, b"1"), ("top/x", {"type": tarfile.DIRTYPE}, b"")],
        [("top/x", {}, b"1"), ("top/x/y", {}, b"2")],
        [("top", {}, b"1")],
    ],
)
def test_a_name_that_comes_twice_refuses_the_archive(tmp_path: Path, twice: list[Entry]) -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(hostile(*([] if twice[0][0] == "top" else [TOP]), *twice), tmp_path / "out")


def test_a_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    link: dict[str, Any] = {"type": tarfile.SYMTYPE, "linkname": "../.."}
    with pytest.raises(ArchiveRefused):
        unpacked(hostile(TOP, ("top/dir", link, b""), ("top/dir/evil", {}, b"x")), tmp_path / "out")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    ("links", "left_out"),
    [
        ({"x": "/etc/passwd"}, [b"x"]),
        ({"x": ".."}, [b"x"]),
        ({"x": "../sibling"}, [b"x"]),
        ({"a": "b/../secret", "b": "."}, [b"a"]),
        ({"b": ".", "a": "b/../secret"}, [b"a"]),
        ({"a": "b", "b": "a"}, []),
        ({"fine": "somewhere/not/there"}, []),
    ],
)
def test_links_that_lead_out_are_not_made(tmp_path: Path, links: dict[str, str], left_out: list[bytes]) -> None:
    entries = [(f"top/{name}", {"type": tarfile.SYMTYPE, "linkname": to}, b"") for name, to in links.items()]
    found = unpacked(hostile(TOP, *entries), tmp_path / "out")
    assert found.left_out == left_out
    assert sorted(os.listdir(tmp_path / "out")) == sorted(set(links) - {name.decode() for name in left_out})


def link(name: str, target: str) -> Entry:
    return (f"top/{name}", {"type": tarfile.SYMTYPE, "linkname": target, "mtime": -7}, b"")


def test_a_link_holds_as_much_as_the_system_lets_it(tmp_path: Path) -> None:
    longest = "./" * 2047 + "y"
    assert len(longest) == 4095
    unpacked(hostile(TOP, link("x", longest), link("y", "z")), tmp_path / "out")
    assert os.readlink(tmp_path / "out/x") == longest
    assert (tmp_path / "out/y").lstat().st_mtime == -7
    with pytest.raises(Damaged):
        unpacked(hostile(TOP, link("x", longest + "n")), tmp_path / "longer")


def test_links_take_little_memory_whatever_they_hold(tmp_path: Path) -> None:
    """300 links of 1 MB each are 300 MB for whoever keeps them."""
    archive = hostile(TOP, *(link(str(number), "t" * 900_000) for number in range(30)))
    tracemalloc.start()
    try:
        with pytest.raises(Damaged):
            unpacked(archive, tmp_path / "out", piece=1 << 20)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_far_too_many_links_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "LINKS_LIMIT", 5000)
    most = [link(str(number), "target") for number in range(100)]
    assert unpacked(hostile(TOP, *most), tmp_path / "out").left_out == []
    assert len(os.listdir(tmp_path / "out")) == 100
    with pytest.raises(OutOfBounds) as caught:
        unpacked(hostile(TOP, *most, *(link(str(number), "target") for number in range(100, 500))), tmp_path / "more")
    assert caught.value.facts["field"] == "links"
    assert os.listdir(tmp_path / "more") == []


def test_of_links_that_lead_out_a_thousand_are_named(tmp_path: Path) -> None:
    found = unpacked(hostile(TOP, *(link(str(number), "/out") for number in range(1100))), tmp_path / "out")
    assert len(found.left_out) == 1000
    assert os.listdir(tmp_path / "out") == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:700],
        lambda data: data[:1024],
        lambda data: b"x" + data[1:],
        lambda data: b"",
        lambda data: bytes(10240),
        lambda data: os.urandom(10240),
    ],
)
def test_what_is_no_archive_is_damaged(tmp_path: Path, damage: object) -> None:
    whole = hostile(TOP, ("top/x", {}, b"x" * 600))
    with pytest.raises(Damaged):
        unpacked(damage(whole), tmp_path / "out")  # type: ignore[operator]


def test_a_header_of_any_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    block = bytearray(tarfile.TarInfo("big").tobuf())
    block[156:157] = b"x"
    block[124:136] = b"%011o\0" % (2 << 20)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    with pytest.raises(ArchiveRefused):
        unpacked(bytes(block) + bytes(4096), tmp_path / "out")


def test_a_deep_tree_is_refused_before_descriptors_run_out(tmp_path: Path) -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(hostile(TOP, ("top" + "/d" * 500, {"type": tarfile.DIRTYPE}, b"")), tmp_path / "out")


def test_folders_without_rights_are_filled_first(tmp_path: Path) -> None:
    closed: dict[str, Any] = {"type": tarfile.DIRTYPE, "mode": 0o500}
    unpacked(hostile(TOP, ("top/closed", closed, b""), ("top/closed/x", {}, b"x")), tmp_path / "out")
    assert (tmp_path / "out/closed").stat().st_mode & 0o777 == 0o500
    assert (tmp_path / "out/closed/x").read_bytes() == b"x"
