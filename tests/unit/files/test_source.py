from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from vaultapp.core.errors import NotAFile, SourceChanged, SourceMissing
from vaultapp.files.source import adopt_file, is_below, open_file, open_folder, open_member


def encoded(path: Path) -> bytes:
    return os.fsencode(path)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "socket", "device"])
def test_only_regular_files_are_opened(place: Path, kind: str) -> None:
    path = place / "x"
    (place / "real").write_bytes(b"x")
    match kind:
        case "link":
            path.symlink_to("real")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(path))
        case "device":
            path = Path("/dev/null")
    with pytest.raises(NotAFile) as caught:
        open_file(encoded(path))
    assert caught.value.facts == {"path": str(path), "kind": kind}


def test_a_missing_file_is_named_also_when_its_name_is_no_text(place: Path) -> None:
    with pytest.raises(SourceMissing) as caught:
        open_file(encoded(place) + b"/\xff")
    assert caught.value.facts == {"path": f"{place}/�"}


def change_content(path: Path) -> None:
    path.write_bytes(b"other")


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"!")


def replace(path: Path) -> None:
    path.with_name("new").write_bytes(b"first")
    path.with_name("new").rename(path)


def keep_times(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"FIRST")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def next_tick(path: Path) -> None:
    """The kernel's file times advance in steps of some milliseconds; go on to the next one."""
    probe, before = path.with_name("probe"), path.stat().st_ctime_ns
    while True:
        probe.write_bytes(b"x")
        if probe.stat().st_ctime_ns != before:
            return


@pytest.mark.parametrize("change", [change_content, append, replace, keep_times, Path.unlink])
def test_a_change_while_it_is_read_is_noticed(place: Path, change: object) -> None:
    path = place / "in"
    path.write_bytes(b"first")
    next_tick(path)
    folder = open_folder(encoded(place))
    with open_file(encoded(path)) as source, open_member(folder, b"in", encoded(path)) as member:
        source.check_unchanged()
        change(path)  # type: ignore[operator]
        for one in (source, member):
            with pytest.raises(SourceChanged) as caught:
                one.check_unchanged()
            assert caught.value.facts == {"path": str(path)}
    os.close(folder)


def test_reading_is_no_change(place: Path) -> None:
    (place / "in").write_bytes(b"first")
    with open_file(encoded(place / "in")) as source:
        assert source.start(3) == b"fir"
        source.check_unchanged()


def test_short_reads_are_completed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "in").write_bytes(bytes(range(100)))
    real = os.preadv
    monkeypatch.setattr(os, "preadv", lambda fd, views, at: real(fd, [views[0][:7]], at))
    views = [memoryview(bytearray(count)) for count in (10, 3, 40)]
    with open_file(encoded(place / "in")) as source:
        source.read(views, 5)
        assert b"".join(views) == bytes(range(5, 58))
        with pytest.raises(SourceChanged):
            source.read(views, 60)


def test_a_passed_descriptor_stays_the_callers(place: Path) -> None:
    (place / "in").write_bytes(b"content")
    (place / "gone").write_bytes(b"")
    descriptor = os.open(place / "in", os.O_RDONLY)
    (place / "in").unlink()
    with adopt_file(descriptor) as source:
        source.check_unchanged()
        assert source.start(100) == b"content"
    os.fstat(descriptor)
    os.close(descriptor)


def test_below_is_told_with_links_resolved(place: Path) -> None:
    (place / "a/b").mkdir(parents=True)
    (place / "link").symlink_to("a")
    assert is_below(encoded(place / "link/b"), encoded(place / "a"))
    assert is_below(encoded(place / "a"), encoded(place / "a"))
    assert not is_below(encoded(place / "ab"), encoded(place / "a"))
    assert not is_below(encoded(place), encoded(place / "a"))
