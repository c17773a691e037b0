"""A client that is still on its way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, cast

import pytest

from vaultapp.contracts.events import Event
from vaultapp.contracts.vault import VaultApi, VaultUnlocked
from vaultapp.core.errors import VaultBusy
from vaultapp.ipc.client import Client
from vaultapp.ipc.coming_client import ComingClient

Listener = Callable[[Event | None], None]


class Stub:
    """Answers every call with its name, and keeps who listens."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def call(self, subject: str, method: str, *_rest: Any) -> str:
        return f"{subject}.{method}"

    def on_event(self, call: Listener) -> None:
        self.listeners.append(call)


def test_a_call_waits_for_the_client() -> None:
    stub, free = Stub(), threading.Event()

    def start() -> Client:
        free.wait()
        return cast("Client", stub)

    coming = ComingClient(start)
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.append(coming.api(VaultApi, "vault").status()))
    asking.start()
    assert answers == []
    free.set()
    asking.join(10)
    assert answers == ["vault.status"]
    assert cast("object", coming.arrived()) is stub


@pytest.mark.parametrize("early", [True, False])
def test_events_are_told_whoever_comes_first(early: bool) -> None:
    stub, free = Stub(), threading.Event()

    def start() -> Client:
        free.wait()
        return cast("Client", stub)

    heard: list[Event | None] = []
    coming = ComingClient(start)
    if early:
        coming.listen(heard.append)
    free.set()
    coming.arrived()
    if not early:
        coming.listen(heard.append)
    assert len(stub.listeners) == 1
    stub.listeners[0](VaultUnlocked())
    assert heard == [VaultUnlocked()]


def test_why_there_is_none_is_said_to_everybody_who_asks() -> None:
    def start() -> Client:
        raise VaultBusy(path="/v.vault")

    coming = ComingClient(start)
    coming.listen(lambda _event: None)
    for _ in range(2):
        with pytest.raises(VaultBusy):
            coming.api(VaultApi, "vault").status()
    with pytest.raises(VaultBusy):
        coming.arrived()
