"""Promise 27: unpacked names are base names, or stay inside the destination. The archives are made by the standard
library and by hand, and sealed under a real key: an archive is hostile also when its seal is good.
"""

from __future__ import annotations

import io
import os
import stat
import tarfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tests.file_room import FLOOR, FileRoom
from tests.integration.shell import Shell
from tests.ordinary_user import OrdinaryUser
from tests.watched_folder import snapshot
from vaultapp.contracts.files import FileState, OnExist
from vaultapp.core.clock import SystemClock
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.meter import Meter
from vaultapp.files.seal import FrameWriter
from vaultapp.files.streams import FileWriter
from vaultapp.formats.encryption_context import serialise
from vaultapp.services.key_ring import NoRing
from vaultapp.services.recipients import Recipients

Entry = tuple[str, dict[str, Any], bytes]

END = bytes(1024)
TOP: Entry = ("top", {"type": tarfile.DIRTYPE, "mode": 0o755}, b"")
PASSPHRASE = b"for the file"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "outer/out"
    out.mkdir(parents=True)
    (out / "victim").write_bytes(b"untouched")
    (tmp_path / "outer/victim").write_bytes(b"untouched")
    return out


def archive(*entries: Entry) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, fields, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for field, value in fields.items():
                setattr(info, field, value)
            tar.addfile(info, io.BytesIO(content))
    return made.getvalue()


def block(name: bytes, kind: bytes, size: bytes = b"00000000000\0") -> bytes:
    """Return one header by hand, with what the standard library would not write."""
    head = bytearray(name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + size + b"00000000000\0" + b" " * 8)
    head += kind + bytes(100) + b"ustar\x0000" + bytes(247)
    head[148:156] = b"%06o\0 " % sum(head)
    assert len(head) == 512
    return bytes(head)


def pax(kind: bytes, *pairs: bytes) -> bytes:
    records = b""
    for pair in pairs:
        length = len(pair) + 3
        while len(b"%d %s\n" % (length, pair)) != length:
            length += 1
        records += b"%d %s\n" % (length, pair)
    return block(b"pax", kind, b"%011o\0" % len(records)) + records + bytes(-len(records) % 512)


def seal(path: Path, data: bytes, room: FileRoom | None = None) -> Path:
    """Seal an archive as a folder, for Personal or for a passphrase."""
    if room is None:
        recipients = Recipients(NoRing(), SystemRandom(), (), [bytearray(PASSPHRASE)], 1, FLOOR)
    else:
        recipients = Recipients(room.ring, SystemRandom(), ("Personal",), (), 1, FLOOR)
    message = recipients.message(serialise({"vaultapp-content": "folder"}), 256 * 1024)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    writer = FrameWriter(message, FileWriter(descriptor, os.fsencode(path)), Meter(WorkContext(), SystemClock()))
    writer.write(data)
    writer.finish()
    os.close(descriptor)
    return path


def file(name: str, **fields: Any) -> Entry:
    return name, fields, b"evil"


def link(name: str, target: str) -> Entry:
    return name, {"type": tarfile.SYMTYPE, "linkname": target}, b""


def special(name: str, kind: bytes, target: str = "") -> Entry:
    return name, {"type": kind, "linkname": target, "devmajor": 1, "devminor": 3, "mode": 0o666}, b""


def by_pax(name: str) -> Entry:
    return file("top/harmless", pax_headers={"path": name})


TOP_BLOCK = block(b"top/", b"5")
HUGE = b"\x80" + bytes(3) + b"\x3f" + b"\xff" * 7
NEGATIVE = b"\xff" * 11 + b"\x00"

REFUSED: dict[str, bytes] = {
    "up from the top": archive(TOP, file("../evil")),
    "up from below": archive(TOP, file("top/../evil")),
    "up twice": archive(TOP, file("top/../../victim")),
    "up, and down again": archive(TOP, file("top/../top/evil")),
    "absolute": archive(TOP, file("/tmp/vaultapp-evil")),
    "absolute alone": archive(file("/tmp/vaultapp-evil")),
    "absolute twice": archive(TOP, file("//tmp/vaultapp-evil")),
    "only dots": archive(file("..")),
    "a folder of dots": archive(("../../evil", {"type": tarfile.DIRTYPE}, b"")),
    "a dot": archive(file(".")),
    "no name": block(b"", b"0") + END,
    "another top": archive(TOP, file("victim")),
    "another top by case": archive(TOP, file("TOP/evil")),
    "the top a file": archive(file("top")),
    "the top a link": archive(link("top", "/"), file("top/evil")),
    "through a link": archive(TOP, link("top/way", ".."), file("top/way/evil")),
    "through an absolute link": archive(TOP, link("top/way", "/tmp"), file("top/way/vaultapp-evil")),
    "through a link to a link": archive(TOP, link("top/a", "b"), link("top/b", ".."), file("top/a/evil")),
    "a folder where a link is": archive(TOP, link("top/way", ".."), ("top/way", {"type": tarfile.DIRTYPE}, b"")),
    "over a link": archive(TOP, link("top/way", "../victim"), file("top/way")),
    "a link over a file": archive(TOP, file("top/way"), link("top/way", "/etc/passwd")),
    "a hard link": archive(TOP, file("top/x"), special("top/y", tarfile.LNKTYPE, "top/x")),
    "a hard link out": archive(TOP, special("top/y", tarfile.LNKTYPE, "../victim")),
    "a hard link away": archive(TOP, special("top/y", tarfile.LNKTYPE, "/etc/passwd")),
    "a character device": archive(TOP, special("top/null", tarfile.CHRTYPE)),
    "a block device": archive(TOP, special("top/disk", tarfile.BLKTYPE)),
    "a pipe": archive(TOP, special("top/pipe", tarfile.FIFOTYPE)),
    "a sparse file": archive(TOP, special("top/sparse", tarfile.GNUTYPE_SPARSE)),
    "an unknown kind": archive(TOP, special("top/odd", b"Z")),
    "up by pax": archive(TOP, by_pax("top/../../evil")),
    "absolute by pax": archive(TOP, by_pax("/tmp/vaultapp-evil")),
    "a zero byte by pax": TOP_BLOCK + pax(b"x", b"path=top/x\0/../evil") + block(b"top/x", b"0") + END,
    "up by a global header": TOP_BLOCK + pax(b"g", b"path=../evil") + block(b"top/x", b"0") + END,
    "up by a long name": TOP_BLOCK
    + block(b"long", b"L", b"%011o\0" % 7)
    + b"../evil".ljust(512, b"\0")
    + block(b"top/x", b"0")
    + END,
    "the same file twice": archive(TOP, file("top/x"), file("top/x")),
    "a file, then a folder": archive(TOP, file("top/x"), file("top/x/y")),
    "a folder, then a file": archive(TOP, ("top/x", {"type": tarfile.DIRTYPE}, b""), file("top/x")),
    "a size beyond the end": archive(TOP, file("top/x"))[:512] + block(b"top/x", b"0", b"77777777777\0") + b"evil",
    "a size beyond all disks": TOP_BLOCK + block(b"top/x", b"0", HUGE) + b"evil" * 1000,
    "a size below nothing": TOP_BLOCK + block(b"top/x", b"0", NEGATIVE) + b"evil" * 1000,
    "a size by pax": TOP_BLOCK + pax(b"x", b"size=9999999999999999999") + block(b"top/x", b"0") + END,
    "a negative size by pax": TOP_BLOCK + pax(b"x", b"size=-1") + block(b"top/x", b"0") + END,
    "a header of 8 GiB": TOP_BLOCK + block(b"pax", b"x", b"77777777777\0") + bytes(4096),
    "a time beyond all time": archive(TOP, file("top/x", pax_headers={"mtime": "9999999999999999999"})),
    "a time before all time": archive(TOP, file("top/x", pax_headers={"mtime": "-9999999999999999999.5"})),
    "a link's time beyond": archive(TOP, ("top/l", link("", "x")[1] | {"pax_headers": {"mtime": "9" * 19}}, b"")),
    "a folder too deep": archive(TOP, ("top" + "/d" * 500, {"type": tarfile.DIRTYPE}, b"")),
    "a name too long": archive(TOP, file("top/" + "n" * 256)),
    "nothing": bytes(10240),
    "no end": archive(TOP, file("top/x"))[:1536],
}


@pytest.mark.parametrize("on_exist", [OnExist.KEEP, OnExist.REPLACE])
def test_a_hostile_archive_is_refused_and_leaves_nothing(
    room: FileRoom, desk: Path, out: Path, tmp_path: Path, on_exist: OnExist
) -> None:
    names = list(REFUSED)
    paths = [seal(desk / f"{number}.sealed", data, room) for number, data in enumerate(REFUSED.values())]
    before = snapshot(tmp_path / "outer", desk)
    report = room.open(*paths, folder=out, on_exist=on_exist)
    for number, name in enumerate(names):
        outcome = room.outcome(number)
        print(f"{name}: {outcome.code} {dict(outcome.facts)}")
        assert outcome.state is FileState.FAILED, name
        assert outcome.code in {"archive_refused", "damaged", "name_too_long"}, name
    assert report.failed == len(names)
    after = snapshot(tmp_path / "outer", desk)
    # Unfinished folders came and went in it.
    assert before.pop(str(out))[:3] == after.pop(str(out))[:3]
    assert after == before
    assert not os.path.lexists("/tmp/vaultapp-evil")


def test_the_real_command_refuses_them_as_an_ordinary_user(ordinary_user: OrdinaryUser) -> None:
    shell = ordinary_user.home / "desk"
    (shell / "out").mkdir(parents=True)
    (shell / "passphrase").write_bytes(PASSPHRASE)
    wanted = ["up from the top", "absolute", "through a link", "a hard link away", "a character device", "up by pax"]
    names = [seal(shell / f"{number}.sealed", REFUSED[name]).name for number, name in enumerate(wanted)]
    ordinary_user.own(shell)
    before = snapshot(shell)
    by = ("--recipient-passphrase-file", "passphrase", "--to", "out")
    ended = ordinary_user.run([ordinary_user.python, "-m", "vaultapp", "decrypt", *names, *by], cwd=shell)
    print(ended.stderr.decode())
    assert ended.returncode == 3
    assert len(ended.stderr.splitlines()) == len(names)
    assert b"Traceback" not in ended.stderr
    assert snapshot(shell).keys() == before.keys()


def unpacked(room: FileRoom, desk: Path, out: Path, *entries: Entry) -> Path:
    room.open(seal(desk / "top.sealed", archive(TOP, *entries), room), folder=out)
    assert room.outcome().state is FileState.DONE, room.outcome()
    return out / "top"


def test_no_right_is_given_that_a_copy_would_not_have(room: FileRoom, desk: Path, out: Path) -> None:
    top = unpacked(
        room,
        desk,
        out,
        file("top/setuid", mode=0o4755),
        file("top/setgid", mode=0o2755),
        file("top/all", mode=0o7777777 & 0o7777),
        ("top/folder", {"type": tarfile.DIRTYPE, "mode": 0o7777}, b""),
        file("top/theirs", uid=12345, gid=12345, uname="daemon"),
    )
    for path in (top, *top.iterdir()):
        found = path.stat()
        print(path.name, oct(found.st_mode), found.st_uid)
        assert found.st_mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX) == 0
        assert found.st_uid == os.getuid()


def test_odd_names_stay_names(room: FileRoom, desk: Path, out: Path) -> None:
    names = [
        "new\nline",
        "\x1b[2Jwiped",
        "-rf",
        "~",
        "$(id)",
        "back\\..\\slash",
        "C:evil",
        "...",
        " ",
        "a\u202eb",
    ]
    top = unpacked(room, desk, out, *(file(f"top/{name}") for name in names))
    assert sorted(os.listdir(top)) == sorted(names)
    assert sorted(os.listdir(out)) == ["top", "victim"]


def test_names_that_differ_in_case_are_two_or_none(room: FileRoom, desk: Path, out: Path) -> None:
    """A link called Way must not be the folder way, on any file system."""
    top = unpacked(room, desk, out, link("top/Way", "x"), file("top/way/x"), file("top/x"), file("top/X"))
    assert (top / "way").is_dir()
    assert not (top / "way").is_symlink()
    assert sorted(os.listdir(top)) == ["Way", "X", "way", "x"]


@pytest.mark.parametrize(
    ("links", "kept"),
    [
        ({"a": "/etc/passwd"}, []),
        ({"a": "../victim"}, []),
        ({"a": "../../victim"}, []),
        ({"a": "b/../victim", "b": "."}, ["b"]),
        ({"a": "sub/l/../../victim", "sub/l": ".."}, ["sub/l"]),
        ({"a": "../.top.part/x"}, []),
        ({"a": "gone/../../victim"}, []),
        ({"a": "b", "b": "a"}, ["a", "b"]),
        ({"a": "x", "sub/l": "../x"}, ["a", "sub/l"]),
    ],
)
def test_links_lead_inside_or_are_not_made(
    room: FileRoom, desk: Path, out: Path, links: dict[str, str], kept: list[str]
) -> None:
    top = unpacked(
        room, desk, out, file("top/x"), file("top/sub/x"), *(link(f"top/{name}", to) for name, to in links.items())
    )
    found = sorted(str(path.relative_to(top)) for path in top.rglob("*") if path.is_symlink())
    assert found == kept
    assert set(room.outcome().left_out) == {name.encode() for name in links.keys() - set(kept)}


def test_a_link_below_a_path_too_long_to_look_at_does_not_lead_out(room: FileRoom, desk: Path, out: Path) -> None:
    """The way to it is longer than the system takes, so whether a part of it is a link cannot be asked by path."""
    depth = 18
    deep = "/".join(["top", *["d" * 250] * depth])
    up = link(f"{deep}/up", "/".join([".."] * depth))
    top = unpacked(room, desk, out, (deep, {"type": tarfile.DIRTYPE}, b""), up, link(f"{deep}/a", "up/../victim"))
    folder = os.open(top, os.O_RDONLY)
    for _ in range(depth):
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    with pytest.raises(FileNotFoundError):
        os.close(os.open("a", os.O_RDONLY, dir_fd=folder))
    os.close(folder)


def test_headers_without_end_take_no_memory(room: FileRoom, desk: Path, out: Path) -> None:
    rounds, size = 40, 1_000_000
    headers = b"".join(pax(b"g", b"comment.%d=" % number + bytes(size)) for number in range(rounds))
    path = seal(desk / "top.sealed", TOP_BLOCK + headers + block(b"top/x", b"0") + END, room)
    del headers
    tracemalloc.start()
    room.open(path, folder=out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{rounds * size:,} bytes of headers, {peak:,} of memory")
    assert room.outcome().state is FileState.DONE
    assert peak < 10 * size


@pytest.mark.parametrize(
    ("sealed", "opened"),
    [
        ("...sealed", "...sealed.opened"),
        (".sealed", ".sealed.opened"),
        ("..sealed", "..sealed.opened"),
        ("-rf.sealed", "-rf"),
        ("a\nb.sealed", "a\nb"),
        ("photo.jpg", "photo.jpg.opened"),
    ],
)
def test_an_opened_file_has_a_base_name_whatever_its_message_is_called(
    room: FileRoom, desk: Path, out: Path, tmp_path: Path, sealed: str, opened: str
) -> None:
    (desk / "x").write_bytes(b"content")
    room.seal(desk / "x")
    (desk / "x.sealed").rename(desk / sealed)
    assert room.open(desk / sealed, folder=out).done == 1
    assert sorted(os.listdir(out)) == sorted([opened, "victim"])
    assert sorted(os.listdir(tmp_path / "outer")) == ["out", "victim"]


def test_the_command_tells_hostile_names_without_harm(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.write("passphrase", PASSPHRASE)
    del shell.environment["VAULTAPP_PASSPHRASE_FILE"]
    seal(shell.here / "top.sealed", archive(TOP, file("top/../\x1b[2J\nvaultapp: all is well")))
    told = shell.refused(3, "decrypt", "top.sealed", "--recipient-passphrase-file", "passphrase")
    print(told)
    assert "\x1b" not in told
    assert set(shell.tree()) == {b"passphrase", b"top.sealed"}
