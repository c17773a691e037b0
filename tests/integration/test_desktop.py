"""The desktop of the tests itself: a real drag arrives, a refusal is one, names lead the hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop import drop_target
from tests.desktop.drag import Drag, drop_files
from tests.desktop.eyes import Eyes
from tests.desktop.hand import Hand
from tests.desktop.session import DesktopSession


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    with DesktopSession((900, 600)) as desktop:
        yield desktop


@pytest.fixture
def hand(session: DesktopSession) -> Hand:
    return Hand(session)


def target(session: DesktopSession, kind: str) -> subprocess.Popen[bytes]:
    return session.start([sys.executable, drop_target.__file__, kind], pipes=True)


def said(process: subprocess.Popen[bytes]) -> object:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def test_dropped_files_arrive_with_their_names(session: DesktopSession, hand: Hand, tmp_path: Path) -> None:
    files = [tmp_path / "with space.txt", tmp_path / "größe 1.bin"]
    for file in files:
        file.write_bytes(b"x")
    process = target(session, "accept")
    window = hand.settled("^drop-target$")
    assert drop_files(session, hand, files, *window.at(0.5, 0.2)) == "CopyAction"
    assert said(process) == [str(file) for file in files]
    session.end(process)


def test_a_target_that_refuses_ignores_the_drop(session: DesktopSession, hand: Hand, tmp_path: Path) -> None:
    process = target(session, "refuse")
    window = hand.settled("^drop-target$")
    assert drop_files(session, hand, [tmp_path], *window.at(0.5, 0.2)) == "IgnoreAction"
    session.end(process)
    assert process.stdout is not None
    assert process.stdout.closed


def test_escape_ends_a_drag(session: DesktopSession, hand: Hand, tmp_path: Path) -> None:
    process = target(session, "accept")
    window = hand.settled("^drop-target$")
    drag = Drag(session, hand, [tmp_path])
    drag.pick_up()
    assert drag.hover(*window.at(0.5, 0.2)) == "CopyAction"
    assert drag.turn_away() == "IgnoreAction"
    session.end(process)


def test_a_button_is_found_by_its_name_and_pressed_with_the_mouse(session: DesktopSession, hand: Hand) -> None:
    process = target(session, "accept")
    hand.settled("^drop-target$")
    hand.click(*Eyes(session, "drop_target", process).find("Press here").middle)
    assert said(process) == "pressed"
    session.end(process)


def test_a_picture_shows_the_window(session: DesktopSession, hand: Hand, tmp_path: Path) -> None:
    process = target(session, "accept")
    window = hand.settled("^drop-target$")
    picture = hand.picture(tmp_path / "window.png", window)
    header = picture.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (window.width, window.height)
    session.end(process)
