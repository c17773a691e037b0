from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from vaultapp.core.errors import NotFound
from vaultapp.core.work import WorkContext
from vaultapp.gui.tasks import TaskRunner


def test_a_result_arrives_in_the_windows_thread(qtbot: QtBot, tasks: TaskRunner) -> None:
    seen: list[tuple[object, int]] = []
    task = tasks.run(lambda _work: 2**40)
    task.succeeded.connect(lambda result: seen.append((result, threading.get_ident())))
    with qtbot.waitSignal(task.finished):
        pass
    assert seen == [(2**40, threading.get_ident())]


def test_a_failure_is_told_and_then_the_end(qtbot: QtBot, tasks: TaskRunner) -> None:
    def fail(_work: WorkContext[object]) -> None:
        raise NotFound(kind="key", name="x")

    told: list[str] = []
    task = tasks.run(fail)
    task.failed.connect(lambda error: told.append(error.code))
    task.finished.connect(lambda: told.append("finished"))
    with qtbot.waitSignal(task.finished):
        pass
    assert told == ["not_found", "finished"]


def test_cancel_stops_at_the_next_checkpoint_and_is_silent(qtbot: QtBot, tasks: TaskRunner) -> None:
    started = threading.Event()

    def forever(work: WorkContext[object]) -> None:
        while True:
            started.set()
            work.checkpoint(2**33, 2**34)

    task = tasks.run(forever)
    told: list[object] = []
    task.failed.connect(told.append)
    task.succeeded.connect(told.append)
    assert started.wait(5)
    with qtbot.waitSignal(task.finished):
        task.cancel()
    assert told == []


def test_items_go_straight_to_the_receiver(qtbot: QtBot, tasks: TaskRunner) -> None:
    seen: list[int] = []
    task = tasks.run(lambda work: [work.emit(n) for n in range(1000)], seen.append)
    with qtbot.waitSignal(task.finished):
        pass
    assert seen == list(range(1000))


def test_shutdown_stops_what_runs(qtbot: QtBot) -> None:
    runner = TaskRunner()
    started = threading.Event()

    def forever(work: WorkContext[object]) -> None:
        while True:
            started.set()
            work.checkpoint()

    runner.run(forever)
    assert started.wait(5)
    assert runner.shutdown(5000)


def test_twenty_thousand_emits_lose_nothing(qtbot: QtBot) -> None:
    class Source(QObject):
        told = Signal(bool, object)

    source = Source()
    seen: list[bool] = []
    source.told.connect(lambda flag, _what: seen.append(flag))
    for _ in range(20_000):
        source.told.emit(True, None)
    assert len(seen) == 20_000


def test_what_a_failed_call_held_is_let_go_without_the_collector(qtbot: QtBot, tasks: TaskRunner) -> None:
    held: list[weakref.ref[Held]] = []

    def work(_context: WorkContext[object]) -> None:
        something = Held()
        held.append(weakref.ref(something))
        raise NotFound

    gc.disable()
    try:
        with qtbot.waitSignal(tasks.run(work).finished):
            pass
        qtbot.waitUntil(lambda: held[0]() is None)
    finally:
        gc.enable()


class Held:
    """Something that can be asked whether it is still there."""
