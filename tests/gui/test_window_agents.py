"""The first agent is started when it is asked for, and once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from vaultapp.app.window_agents import WindowAgents
from vaultapp.core.places import Places

if TYPE_CHECKING:
    from vaultapp.ipc.client import Client


class StubClient:
    """Answers every call with its name."""

    def __init__(self) -> None:
        self.closed = False
        self.listeners = 0

    def call(self, subject: str, method: str, *_rest: object) -> str:
        return f"{subject}.{method}"

    def on_event(self, _call: object) -> None:
        self.listeners += 1

    def close(self) -> None:
        self.closed = True


class Starter:
    """Starts a stub when it is let."""

    def __init__(self) -> None:
        self.client = StubClient()
        self.free = threading.Event()
        self.starts = 0

    def __call__(self) -> Client:
        self.starts += 1
        self.free.wait(10)
        return cast("Client", self.client)


@pytest.fixture
def start() -> Starter:
    return Starter()


@pytest.fixture
def agents(start: Starter, tmp_path: Path) -> WindowAgents:
    places = Places(data=tmp_path, state=tmp_path, runtime=tmp_path)
    return WindowAgents(places, lambda: lambda _event: None, start)


def test_nothing_is_started_before_somebody_asks(agents: WindowAgents, start: Starter, tmp_path: Path) -> None:
    session = agents.first(tmp_path / "v.vault")
    assert session.path == tmp_path / "v.vault"
    agents.close()
    assert start.starts == 0


def test_many_ask_and_one_agent_is_started(agents: WindowAgents, start: Starter, tmp_path: Path) -> None:
    session = agents.first(tmp_path / "v.vault")
    answers: list[object] = []
    asking = [threading.Thread(target=lambda: answers.append(session.vault.status())) for _ in range(4)]
    for thread in asking:
        thread.start()
    # Its subjects are there at once, whatever the start takes.
    assert session.keys is session.keys
    assert answers == []
    start.free.set()
    for thread in asking:
        thread.join(10)
    assert answers == ["vault.status"] * 4
    assert (start.starts, start.client.listeners) == (1, 1)
    agents.close()
    assert start.client.closed
