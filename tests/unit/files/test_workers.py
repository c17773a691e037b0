from __future__ import annotations

import threading

import pytest

from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import Damaged, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.files.meter import Meter
from vaultapp.files.workers import Workers


@pytest.mark.parametrize("threads", [1, 4])
def test_every_task_is_done_once_and_counted(meter: Meter, threads: int) -> None:
    done: list[int] = []

    def task(number: int) -> int:
        done.append(number)
        return number

    Workers(threads).run(100, lambda: task, meter)
    assert sorted(done) == list(range(100))
    assert meter.done == sum(range(100))


def test_the_first_error_stops_the_others_and_all_threads_end(meter: Meter) -> None:
    done: list[int] = []

    def task(number: int) -> int:
        if number == 5:
            raise Damaged(reason="here")
        done.append(number)
        return 0

    before = threading.active_count()
    with pytest.raises(Damaged):
        Workers(2).run(1_000_000, lambda: task, meter)
    assert len(done) < 1_000_000
    assert threading.active_count() == before


def test_a_cancel_stops_all_threads() -> None:
    work: WorkContext[object] = WorkContext()

    def task(number: int) -> int:
        if number == 10:
            work.cancel()
        return 0

    before = threading.active_count()
    with pytest.raises(OperationCancelled):
        Workers(2).run(100_000_000, lambda: task, Meter(work, SystemClock()))
    assert threading.active_count() == before


def test_large_buffers_limit_the_threads(meter: Meter) -> None:
    names: set[str] = set()

    def task(_number: int) -> int:
        names.add(threading.current_thread().name)
        return 0

    Workers(4).run(50, lambda: task, meter, limit=1)
    assert names == {threading.current_thread().name}


def test_there_are_at_most_four() -> None:
    assert 1 <= Workers().threads <= 4


class Ticking:
    """Time that moves by so much at each look."""

    def __init__(self, step: float) -> None:
        self._now = 0.0
        self._step = step

    def now(self) -> int:
        return 0

    def monotonic(self) -> float:
        self._now += self._step
        return self._now


def test_progress_is_told_ten_times_a_second_at_most() -> None:
    told: list[tuple[int, int]] = []
    item: list[int] = []
    meter = Meter(WorkContext(lambda done, total: told.append((done, total))), Ticking(0.01), total=1000)
    meter.advance(1)
    meter.begin(item.append)
    for _ in range(99):
        meter.advance(1)
    assert 9 <= len(told) <= 10
    assert told[-1][1] == 1000
    assert len(item) == len(told)
    assert item[0] == told[0][0] - 1
