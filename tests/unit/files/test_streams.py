from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import HostError, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.files.meter import Meter
from vaultapp.files.streams import StreamReader, StreamWriter, write_all_at


def test_a_pipe_is_read_to_its_end_in_full_views(meter: Meter) -> None:
    reading, writing = os.pipe()
    data = os.urandom(1_000_000)

    def write() -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(writing, view[:70_001]) :]
        os.close(writing)

    thread = threading.Thread(target=write)
    thread.start()
    reader = StreamReader(reading, meter)
    view = memoryview(bytearray(300_000))
    counts, out = [], b""
    while True:
        counts.append(reader.fill(view))
        out += bytes(view[: counts[-1]])
        if counts[-1] < len(view):
            break
    thread.join()
    reader.close()
    os.close(reading)
    assert counts == [300_000, 300_000, 300_000, 100_000]
    assert out == data


def test_what_is_given_back_is_read_next(meter: Meter) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"cdef")
    os.close(writing)
    reader = StreamReader(reading, meter)
    reader.unread(b"ab")
    view = memoryview(bytearray(4))
    assert reader.fill(view[:1]) == 1
    assert bytes(view[:1]) == b"a"
    assert reader.fill(view) == 4
    assert bytes(view) == b"bcde"
    reader.close()
    os.close(reading)


def test_the_callers_pipe_stays_blocking(meter: Meter) -> None:
    reading, writing = os.pipe()
    reader, writer = StreamReader(reading, meter), StreamWriter(writing, meter)
    assert os.get_blocking(reading)
    assert os.get_blocking(writing)
    reader.close()
    writer.close()
    os.close(reading)
    os.close(writing)


def test_a_cancel_ends_waiting_for_a_writer() -> None:
    reading, writing = os.pipe()
    work: WorkContext[object] = WorkContext()
    reader = StreamReader(reading, Meter(work, SystemClock()))
    threading.Timer(0.05, work.cancel).start()
    with pytest.raises(OperationCancelled):
        reader.fill(memoryview(bytearray(10)))
    reader.close()
    os.close(reading)
    os.close(writing)


def test_a_cancel_ends_waiting_for_a_reader() -> None:
    reading, writing = os.pipe()
    work: WorkContext[object] = WorkContext()
    writer = StreamWriter(writing, Meter(work, SystemClock()))
    threading.Timer(0.05, work.cancel).start()
    with pytest.raises(OperationCancelled):
        writer.write(bytes(10_000_000))
    writer.close()
    os.close(reading)
    os.close(writing)


def test_a_reader_that_is_gone_is_said(meter: Meter) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    writer = StreamWriter(writing, meter)
    with pytest.raises(HostError) as caught:
        writer.write(b"x")
    assert caught.value.facts == {"reason": "closed"}
    writer.close()
    os.close(writing)


def test_short_writes_are_completed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_many, real_one = os.pwritev, os.pwrite
    monkeypatch.setattr(os, "pwritev", lambda fd, views, at: real_many(fd, [views[0][:3]], at))
    monkeypatch.setattr(os, "pwrite", lambda fd, view, at: real_one(fd, view[:3], at))
    descriptor = os.open(place / "out", os.O_RDWR | os.O_CREAT)
    write_all_at(descriptor, [memoryview(b"abcdefgh"), memoryview(b"ijkl")], 2, b"")
    os.close(descriptor)
    assert (place / "out").read_bytes() == b"\0\0abcdefghijkl"
