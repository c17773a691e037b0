"""Events and answers on their way to one client."""

from __future__ import annotations

import threading

import pytest

from tests.desktop.processes import wait_until
from vaultapp.agent.outbox import Outbox
from vaultapp.core.errors import AgentGone
from vaultapp.ipc.wire import Event, Message, Result, pack


class FakeChannel:
    """Keeps what is sent.

    Attributes:
        gate: Whoever sends waits here; set means open.
        fails: Raised in place of sending.
    """

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.gate = threading.Event()
        self.gate.set()
        self.fails: Exception | None = None
        self.closed = False

    def send(self, message: Message, *, until: float | None = None) -> None:
        assert self.gate.wait(20)
        if self.fails is not None:
            raise self.fails
        self.sent.append(message)

    def close(self) -> None:
        self.closed = True


class Unstarted:
    """A thread that gets no time."""

    def __init__(self, **_: object) -> None:
        pass

    def start(self) -> None:
        pass


def event(number: int) -> Event:
    return Event(pack(number))


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def outbox(channel: FakeChannel) -> Outbox:
    return Outbox(channel, 3)  # type: ignore[arg-type]


def test_an_answer_takes_the_events_before_it_along(
    outbox: Outbox, channel: FakeChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "Thread", Unstarted)
    told = [event(number) for number in range(3)]
    for each in told:
        outbox.tell(each)
    assert channel.sent == []
    answer = Result(1, pack(None))
    outbox.send(answer)
    assert channel.sent == [*told, answer]


def test_an_answer_that_cannot_wait_goes_before_events(
    outbox: Outbox, channel: FakeChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "Thread", Unstarted)
    outbox.tell(event(1))
    answer = Result(1, pack(None))
    outbox.send(answer, until=0.0)
    assert channel.sent == [answer]


def test_more_than_may_wait_closes_it(outbox: Outbox, channel: FakeChannel) -> None:
    channel.gate.clear()
    outbox.tell(event(0))
    wait_until(lambda: not outbox._events, "the first one to be under way")
    for number in range(1, 4):
        outbox.tell(event(number))
    assert not channel.closed
    outbox.tell(event(4))
    assert channel.closed
    channel.gate.set()
    wait_until(lambda: len(channel.sent) == 4, "the others")


def test_events_go_on_after_a_pause(outbox: Outbox, channel: FakeChannel) -> None:
    for number in range(5):
        outbox.tell(event(number))
        wait_until(lambda number=number: len(channel.sent) == number + 1 and not outbox._sending, "the event")


@pytest.mark.parametrize("error", [AgentGone(), ValueError("too large")])
def test_one_that_cannot_be_sent_closes_it(
    outbox: Outbox, channel: FakeChannel, error: Exception, capfd: pytest.CaptureFixture[str]
) -> None:
    channel.fails = error
    outbox.tell(event(1))
    wait_until(lambda: channel.closed, "the end")
    outbox.tell(event(2))
    assert ("too large" in capfd.readouterr().err) is isinstance(error, ValueError)
