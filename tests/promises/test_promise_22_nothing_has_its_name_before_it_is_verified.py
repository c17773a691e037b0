"""Promise 22: no plaintext has its final name before the whole file is verified; truncation, another order, any flipped
bit, anything behind the end are refused. The kernel itself tells which names were ever in the folder.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from tests.file_room import FileRoom, places
from tests.integration.shell import Shell
from tests.integration.test_sdk_interop import client, signed
from tests.watched_folder import WatchedFolder
from vaultapp.contracts.files import FileState, FileUpdate, OpenRequest, Place
from vaultapp.core.work import WorkContext
from vaultapp.formats.message_frames import FINAL_OVERHEAD, REGULAR_OVERHEAD
from vaultapp.formats.message_header import parse_header

__all__ = ["client"]

FRAME = 16
CONTENT = b"plaintext that nobody may see before"
REFUSALS = {"authentication_failed", "damaged", "not_sealed", "unsupported_format", "out_of_bounds", "key_not_here"}

Wrong = dict[str, bytes]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the file system one without unnamed files."""
    real = os.open

    def refusing(path: object, flags: int, *more: object, **kept: object) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, "no unnamed files")
        return real(path, flags, *more, **kept)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)


def sealed(room: FileRoom, source: Path, content: bytes = CONTENT, frame_length: int = FRAME) -> bytes:
    source.write_bytes(content)
    assert room.seal(source, frame_length=frame_length).done == 1
    source.unlink()
    path = source.with_name(source.name + ".sealed")
    data = path.read_bytes()
    path.unlink()
    return data


def sealed_folder(room: FileRoom, tree: Path, content: bytes) -> bytes:
    tree.mkdir()
    (tree / "inner").write_bytes(content)
    assert room.seal(tree).done == 1
    path = tree.with_name(tree.name + ".sealed")
    data = path.read_bytes()
    path.unlink()
    return data


def flipped(data: bytes, every: int = 1) -> Wrong:
    found = {}
    for bit in range(0, len(data) * 8, every):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        found[f"bit {bit} flipped"] = bytes(changed)
    return found


def cut(data: bytes) -> Wrong:
    return {f"cut to {length}": data[:length] for length in range(len(data))}


def with_more(data: bytes) -> Wrong:
    found = {f"followed by {byte:02x}": data + bytes([byte]) for byte in range(256)}
    return found | {
        "followed by itself": data + data,
        "followed by its last frame": data + frames(data)[1][-1],
        "followed by its body": data + b"".join(frames(data)[1]),
    }


def frames(data: bytes) -> tuple[bytes, list[bytes]]:
    """Return the header and the frames of a message whose last frame is not full."""
    header = parse_header(data)
    stride = header.frame_length + REGULAR_OVERHEAD
    body = data[header.length :]
    count = (len(body) - FINAL_OVERHEAD) // stride
    found = [body[at * stride : (at + 1) * stride] for at in range(count)] + [body[count * stride :]]
    return data[: header.length], found


def in_another_order(data: bytes, other: bytes) -> Wrong:
    """Return every order of the frames, each dropped, doubled, or another file's under the same key."""
    header, body = frames(data)
    _, foreign = frames(other)
    assert len(body) == len(foreign) == 3
    every = range(len(body))
    found = {f"order {order}": order for order in permutations(every) if order != tuple(every)}
    found |= {f"without {at}": tuple(n for n in every if n != at) for at in every}
    found |= {f"doubled {at}": tuple(m for n in every for m in ((n, n) if n == at else (n,))) for at in every}
    wrong = {what: header + b"".join(body[at] for at in order) for what, order in found.items()}
    wrong |= {f"{at} of another": header + b"".join([*body[:at], foreign[at], *body[at + 1 :]]) for at in every}
    return wrong | {
        "the body of another": header + b"".join(foreign),
        "no frame at all": header,
        "the header twice": header + data,
    }


def refused(room: FileRoom, desk: Path, out: Path, wrong: Wrong, good: bytes, name: str) -> list[tuple[str, str]]:
    """Open what is wrong, and last what is good; return what happened in the folder before the good one came."""
    paths = []
    for number, data in enumerate(wrong.values()):
        paths.append(desk / f"{number}.sealed")
        paths[-1].write_bytes(data)
    with WatchedFolder(out) as watched:
        report = room.open(*paths, folder=out)
        told = watched.told()
        outcomes = {what: room.outcome(index) for index, what in enumerate(wrong)}
        assert [what for what, outcome in outcomes.items() if outcome.state is not FileState.FAILED] == []
        assert (report.done, report.failed) == (0, len(wrong))
        assert {outcome.code for outcome in outcomes.values()} <= REFUSALS
        assert os.listdir(out) == []
        # What the watch tells of an opening that goes well: it is not blind.
        (desk / f"{name}.sealed").write_bytes(good)
        assert room.open(desk / f"{name}.sealed", folder=out).done == 1
        assert watched.told()[-1] in {("created", name), ("moved to", name)}
    codes = sorted({outcome.code for outcome in outcomes.values()})
    print(f"{len(wrong)} of {len(good)} bytes refused as {', '.join(codes)}; first {next(iter(wrong))}")
    return told


def test_every_flipped_bit(room: FileRoom, desk: Path, out: Path) -> None:
    data = sealed(room, desk / "small")
    assert refused(room, desk, out, flipped(data), data, "small") == []
    assert (out / "small").read_bytes() == CONTENT


def test_every_truncation_and_everything_behind_the_end(room: FileRoom, desk: Path, out: Path) -> None:
    data = sealed(room, desk / "small")
    assert refused(room, desk, out, cut(data) | with_more(data), data, "small") == []


def test_every_other_order_of_the_frames(room: FileRoom, desk: Path, out: Path) -> None:
    data, other = sealed(room, desk / "small"), sealed(room, desk / "other", CONTENT.upper())
    assert refused(room, desk, out, in_another_order(data, other), data, "small") == []


def test_a_message_of_one_frame(room: FileRoom, desk: Path, out: Path) -> None:
    data = sealed(room, desk / "small", frame_length=4096)
    body = parse_header(data).length
    wrong = {what: one for what, one in flipped(data).items() if int(what.split()[1]) >= body * 8}
    assert refused(room, desk, out, wrong | cut(data) | with_more(data), data, "small") == []


@pytest.mark.usefixtures("named")
def test_without_unnamed_files_only_a_part_is_ever_there(room: FileRoom, desk: Path, out: Path) -> None:
    data, other = sealed(room, desk / "small"), sealed(room, desk / "other", CONTENT.upper())
    body = parse_header(data).length
    wrong = flipped(data[body:], 7)
    wrong = {what: data[:body] + one for what, one in wrong.items()} | in_another_order(data, other)
    told = refused(room, desk, out, wrong, data, "small")
    assert {name[0] + name[-5:] for _, name in told} == {"..part"}
    assert sorted({word for word, _ in told}) == ["created", "deleted"]


def test_an_archive_is_a_part_until_it_is_verified(room: FileRoom, desk: Path, out: Path) -> None:
    data = sealed_folder(room, desk / "tree", CONTENT)
    wrong = flipped(data, 2999) | {"cut": data[:-1], "cut by half": data[: len(data) // 2], "followed": data + b"\0"}
    told = refused(room, desk, out, wrong, data, "tree")
    assert all(name.startswith(".") and name.endswith(".part") for _, name in told)
    assert (out / "tree/inner").read_bytes() == CONTENT


def test_a_signed_message(room: FileRoom, desk: Path, out: Path, request: pytest.FixtureRequest) -> None:
    data = signed(room, request.getfixturevalue("client"), CONTENT * 6, 128)
    wrong = flipped(data, 11) | cut(data) | {"followed": data + b"\0", "followed by itself": data + data}
    assert refused(room, desk, out, wrong, data, "small") == []


LARGE = 12_000_000


def flip_last(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def open_and_look(
    room: FileRoom, source: Path, out: Path, look: Callable[[], None]
) -> tuple[FileUpdate, list[tuple[str, str]], int]:
    """Open, calling ``look`` whenever progress is told before the end; return outcome, names seen, and how often."""
    updates: list[FileUpdate] = []
    looks = 0

    def told(update: FileUpdate) -> None:
        nonlocal looks
        updates.append(update)
        if update.state is FileState.RUNNING and update.done < LARGE:
            look()
            looks += 1

    with WatchedFolder(out) as watched:
        room.service.open(OpenRequest(places((source,)), folder=os.fsencode(out)), WorkContext(on_item=told))
        return updates[-1], watched.told(), looks


@pytest.mark.parametrize("damaged", [True, False], ids=["damaged last frame", "whole"])
def test_a_large_file_has_no_name_while_it_is_opened(room: FileRoom, desk: Path, out: Path, damaged: bool) -> None:
    content = os.urandom(LARGE)
    data = sealed(room, desk / "large", content, 200)
    (desk / "large.sealed").write_bytes(flip_last(data) if damaged else data)
    grown: list[int] = []

    def look() -> None:
        assert os.listdir(out) == []
        for descriptor in os.listdir("/proc/self/fd"):
            path = f"/proc/self/fd/{descriptor}"
            if os.path.islink(path) and os.readlink(path).startswith(f"{out}/"):
                found = os.stat(path)
                assert (found.st_nlink, stat.S_IMODE(found.st_mode)) == (0, 0o600)
                grown.append(found.st_blocks)

    outcome, told, looks = open_and_look(room, desk / "large.sealed", out, look)
    print(f"looked {looks} times at an output of up to {max(grown) * 512:,} bytes; names in the folder: {told}")
    # It was there and grew, and only a descriptor led to it.
    assert looks >= 1
    assert max(grown) > 0
    if damaged:
        assert (outcome.state, outcome.code) == (FileState.FAILED, "authentication_failed")
        assert told == []
        assert os.listdir(out) == []
    else:
        assert told == [("created", "large")]
        assert (out / "large").read_bytes() == content


@pytest.mark.parametrize("damaged", [True, False], ids=["damaged last frame", "whole"])
def test_a_large_folder_is_a_part_while_it_is_opened(room: FileRoom, desk: Path, out: Path, damaged: bool) -> None:
    content = os.urandom(LARGE)
    (desk / "tree").mkdir()
    (desk / "tree/inner").write_bytes(content)
    room.seal(desk / "tree", frame_length=300)
    data = (desk / "tree.sealed").read_bytes()
    (desk / "tree.sealed").write_bytes(flip_last(data) if damaged else data)
    seen: set[str] = set()

    def look() -> None:
        (part,) = out.iterdir()
        assert part.name.startswith(".tree.")
        assert part.name.endswith(".part")
        assert stat.S_IMODE(part.stat().st_mode) == 0o700
        seen.add(part.name)

    outcome, told, looks = open_and_look(room, desk / "tree.sealed", out, look)
    print(f"looked {looks} times; names in the folder: {told}")
    assert looks >= 1
    (part,) = seen
    if damaged:
        assert outcome.code == "authentication_failed"
        assert told == [("created", part), ("deleted", part)]
    else:
        assert told == [("created", part), ("moved from", part), ("moved to", "tree")]
        assert (out / "tree/inner").read_bytes() == content


def test_a_descriptor_gets_nothing_before_the_whole_file_is_verified(room: FileRoom, desk: Path) -> None:
    data = sealed(room, desk / "large", bytes(LARGE), 60_000)
    for what, wrong in {"bit": flip_last(data), "cut": data[:-1], "behind": data + b"\0"}.items():
        (desk / "large.sealed").write_bytes(wrong)
        target = os.open(desk / f"out by {what}", os.O_RDWR | os.O_CREAT)
        room.open(desk / "large.sealed", output=Place(descriptor=0), descriptors=(target,))
        assert room.refusal()[0] in {"authentication_failed", "damaged"}
        assert os.fstat(target).st_size == 0
        os.close(target)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    shell.init()
    yield shell
    shell.close()


def test_the_command_leaves_nothing_of_a_damaged_file(shell: Shell) -> None:
    shell.run("unlock")
    shell.write("text", CONTENT)
    shell.run("encrypt", "text", "--key", "Personal")
    (shell.here / "text").unlink()
    data = (shell.here / "text.sealed").read_bytes()
    for what, wrong in {"bit": flip_last(data), "cut": data[:-1], "behind": data + b"\0"}.items():
        shell.write("text.sealed", wrong)
        before = shell.tree()
        with WatchedFolder(shell.here) as watched:
            told = shell.refused(3, "decrypt", "text.sealed")
            assert watched.told() == []
            assert shell.run("decrypt", "text.sealed", "--to", "-", code=3).stdout == b""
        print(f"{what}: {told}")
        assert shell.tree() == before
    shell.write("text.sealed", data)
    with WatchedFolder(shell.here) as watched:
        shell.run("decrypt", "text.sealed")
        assert watched.told() == [("created", "text")]
    assert (shell.here / "text").read_bytes() == CONTENT
