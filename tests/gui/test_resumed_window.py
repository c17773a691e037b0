"""How a window that was replaced finds its agent again, and one that came too late that of another."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vaultapp.app import window as app_window
from vaultapp.core.errors import AgentGone
from vaultapp.gui.session import LockNote
from vaultapp.ipc import launch


@pytest.mark.parametrize(("ended", "found"), [(False, "where it was told"), (True, "by its name")])
def test_one_whose_agent_locked_once_more_meanwhile_finds_it_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: bool, found: str
) -> None:
    """As when the computer sleeps right after the screen was locked: then the connection that it was told has ended."""
    noted = os.memfd_create("note", 0)
    os.write(noted, msgspec.msgpack.encode(LockNote("session_locked", 1, programs_go_on=True)))
    os.lseek(noted, 0, os.SEEK_SET)
    monkeypatch.setattr(
        sys, "argv", ["window", "--vault", str(tmp_path / "v"), "--note-fd", str(noted), "--agent-fd", "7"]
    )

    def resume(_descriptor: int) -> str:
        if ended:
            raise AgentGone
        return "where it was told"

    def run(_vault: Path, _paths: object, _places: object, start: Callable[[], str], note: LockNote, **_: Any) -> int:
        assert note.programs_go_on
        assert start() == found
        return 0

    monkeypatch.setattr(launch, "resume", resume)
    monkeypatch.setattr(launch, "start_for_window", lambda *_: "by its name")
    monkeypatch.setattr(app_window, "_run", run)
    assert app_window.resume() == 0


@pytest.mark.parametrize(("killed", "starts"), [(1, 2), (2, 2)])
def test_an_agent_that_is_killed_before_it_greets_is_started_once_more_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: int, starts: int
) -> None:
    noted = os.memfd_create("note", 0)
    os.write(noted, msgspec.msgpack.encode(LockNote("gone", 1)))
    os.lseek(noted, 0, os.SEEK_SET)
    monkeypatch.setattr(sys, "argv", ["window", "--vault", str(tmp_path / "v"), "--note-fd", str(noted)])
    started: list[object] = []

    def start_for_window(*whose: object) -> str:
        started.append(whose)
        if len(started) <= killed:
            raise AgentGone
        return "the agent"

    def run(_vault: Path, _paths: object, _places: object, start: Callable[[], str], *_: object, **__: object) -> int:
        return 0 if start() == "the agent" else 1

    monkeypatch.setattr(launch, "start_for_window", start_for_window)
    monkeypatch.setattr(app_window, "_run", run)
    if killed < starts:
        assert app_window.resume() == 0
    else:
        with pytest.raises(AgentGone):
            app_window.resume()
    assert len(started) == starts


def test_of_two_first_starts_in_one_moment_the_later_one_hands_its_files_over_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a vault its state is asked before there is a window, so that is where it is told of the other one."""
    given: list[tuple[object, ...]] = []

    def run(
        _vault: Path, _paths: object, _places: object, start: Callable[[], object], *_: object, **__: object
    ) -> int:
        start()
        raise AssertionError("there is a window")

    monkeypatch.setattr(launch, "find_window", lambda *_: ("the agent", True))
    monkeypatch.setattr(app_window, "_hand_over", lambda *told, wanted: given.append((*told, wanted)))
    monkeypatch.setattr(app_window, "_run", run)
    assert app_window.main(tmp_path / "v", (b"/f",)) == 0
    assert given == [("the agent", (b"/f",), True)]
