"""X's primary selection: whatever is selected in an ordinary field is there for every program, a secret is not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.desktop import secret_fields
from tests.desktop.copier import OtherProgram
from tests.desktop.hand import Hand, Window
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

SECRET = "zebra locksmith quartz"
ELSEWHERE = "selected elsewhere"


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    with DesktopSession((900, 600), accessible=False) as desktop:
        yield desktop


def drag(hand: Hand, window: Window, height: float) -> None:
    hand.move(*window.at(0.05, height))
    hand.press()
    for step in range(2, 19):
        hand.move(*window.at(step * 0.05, height))
    hand.release()


def all_of_it(hand: Hand, _window: Window, _height: float) -> None:
    hand.key("ctrl+a")


def to_the_start(hand: Hand, _window: Window, _height: float) -> None:
    hand.key("ctrl+End", "shift+ctrl+Left", "shift+Home")


@pytest.mark.parametrize("select", [drag, all_of_it, to_the_start])
@pytest.mark.parametrize(
    ("kind", "height"), [("ordinary", 0.5), ("passphrase", 0.5), ("text", 0.22), ("words", 0.22)], ids=str
)
def test_a_selected_secret_is_nobody_elses(
    kind: str, height: float, select: Callable[[Hand, Window, float], None], session: DesktopSession
) -> None:
    hand, other = Hand(session), OtherProgram(session)
    process = session.start([sys.executable, secret_fields.__file__, kind, SECRET], pipes=True)
    window = hand.settled("^secret-field$")
    hand.click(*window.at(0.5, height))
    other.copies(ELSEWHERE, "primary")
    select(hand, window, height)
    hand.key("ctrl+c")
    if kind == "ordinary":
        wait_until(lambda: other.reads("primary") in parts_of(SECRET), "the selection to be told")
        wait_until(lambda: other.reads() in parts_of(SECRET), "the copy")
    else:
        # What comes in is done in its order.
        hand.key("F9")
        assert process.stdout is not None
        assert process.stdout.readline() == b"done\n"
        assert other.reads("primary") not in parts_of(SECRET)
        assert other.reads() == ""
    session.end(process)


@pytest.mark.parametrize("key", ["ctrl+u", "ctrl+k"])
@pytest.mark.parametrize(
    ("kind", "height"), [("ordinary", 0.5), ("passphrase", 0.5), ("text", 0.22), ("words", 0.22)], ids=str
)
def test_a_deleted_secret_is_nobody_elses(kind: str, height: float, key: str, session: DesktopSession) -> None:
    hand, other = Hand(session), OtherProgram(session)
    process = session.start([sys.executable, secret_fields.__file__, kind, SECRET], pipes=True)
    window = hand.settled("^secret-field$")
    hand.click(*window.at(0.5, height))
    other.copies(ELSEWHERE, "primary")
    hand.key("Home", key)
    if kind == "ordinary":
        wait_until(lambda: other.reads() == SECRET, "what Qt copies of a field like any other")
    else:
        hand.key("F9")
        assert process.stdout is not None
        assert process.stdout.readline() == b"done\n"
        assert other.reads() == ""
        assert other.reads("primary") == ELSEWHERE
    session.end(process)


def parts_of(text: str) -> set[str]:
    return {text[begin:end] for begin in range(len(text)) for end in range(begin + 1, len(text) + 1)}
