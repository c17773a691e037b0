"""Calls wait for a round of the event loop that has nothing else to do."""

from __future__ import annotations

import time
from itertools import count

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from vaultapp.gui.when_idle import WhenIdle


def test_calls_are_made_in_their_order_and_not_at_once(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[int]()
    idle = WhenIdle(parent)
    for number in range(3):
        idle.add(lambda number=number: seen.append(number))
    assert seen == []
    qtbot.waitUntil(lambda: seen == [0, 1, 2])


def test_a_round_with_something_else_to_do_is_let_by(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[str]()
    times = iter([0.0, 0.5, 0.5, 0.5])
    idle = WhenIdle(parent, lambda: next(times))
    idle.add(lambda: seen.append("idle"))
    qtbot.waitUntil(lambda: bool(seen))
    assert list(times) == [], "begun, busy, begun again, idle"


def test_a_window_that_is_never_idle_makes_its_calls_all_the_same(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[str]()
    clock = count()
    idle = WhenIdle(parent, lambda: float(next(clock)))
    idle.add(lambda: seen.append("idle"))
    qtbot.waitUntil(lambda: bool(seen))
    assert 20 <= next(clock) <= 50


def test_other_timers_come_between_two_calls(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[str]()
    beat = QTimer(parent, interval=1)
    beat.timeout.connect(lambda: seen.append("beat"))
    beat.start()

    def work(name: str) -> None:
        until = time.monotonic() + 0.005
        while time.monotonic() < until:
            pass
        seen.append(name)

    idle = WhenIdle(parent)
    idle.add(lambda: work("one"))
    idle.add(lambda: work("two"))
    qtbot.waitUntil(lambda: "two" in seen)
    beat.stop()
    assert "beat" in seen[seen.index("one") : seen.index("two")]


def test_a_call_that_fails_keeps_none_of_the_others(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[str]()

    def fail() -> None:
        raise ValueError("on purpose")

    idle = WhenIdle(parent)
    idle.add(fail)
    idle.add(lambda: seen.append("next"))
    with qtbot.captureExceptions() as raised:
        qtbot.waitUntil(lambda: bool(seen))
    assert [str(value) for _, value, _ in raised] == ["on purpose"]
