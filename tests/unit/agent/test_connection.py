from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from vaultapp.agent.connection import Connection, greeting
from vaultapp.agent.dispatch import Dispatcher
from vaultapp.agent.roles import Role
from vaultapp.contracts.keys import KeyPage, KeysApi
from vaultapp.contracts.text import OpenedText, TextApi
from vaultapp.contracts.vault import VaultApi, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, InvalidValue, NotAllowed, NotFound, OperationCancelled, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.ipc.client import Client
from vaultapp.ipc.proxy import Proxy
from vaultapp.ipc.wire import Call


class Answers:
    """Stands in for the services; what they do is not this test's business."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.seen: list[object] = []

    def status(self) -> VaultStatus:
        return VaultStatus(VaultState.LOCKED, b"/x.vault", "x", "1", os.getpid())

    def list(self, offset: int, limit: int) -> KeyPage:
        self.seen.append((offset, limit))
        return KeyPage((), 7)

    def show(self, key: str) -> None:
        raise NotFound(kind="key", name=key)

    def rotate(self, key: str) -> None:
        raise ZeroDivisionError(key)

    def encrypt(self, key: str, plaintext: bytearray, context: dict[str, str]) -> str:
        self.seen.append((key, plaintext, context))
        return "vlt1"

    def drill(self, words: bytearray, work: WorkContext[None]) -> None:
        work.checkpoint(1, 2)
        self.started.set()
        released = threading.Event()
        work.when_cancelled(released.set)
        assert released.wait(20)
        work.checkpoint()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def ended() -> threading.Event:
    return threading.Event()


@pytest.fixture
def connection(answers: Answers, ended: threading.Event) -> Iterator[tuple[Connection, Client]]:
    ours, theirs = socket.socketpair()
    dispatcher = Dispatcher(lambda _subject, _connection, _call: answers)
    served = Connection(ours, dispatcher.run, lambda _: None, lambda _: ended.set(), inherited_window=True)
    served.start(greeting("locked"))
    client = Client(theirs, "window")
    yield served, client
    client.close()
    assert ended.wait(10)


def test_a_call_reaches_the_service_with_defaults_and_returns_its_record(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    assert connection[1].api(KeysApi, "keys").list(limit=3) == KeyPage((), 7)
    assert answers.seen == [(0, 3)]


def test_the_callers_order_of_arguments_is_the_contracts(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    assert connection[1].api(TextApi, "text").encrypt("k", bytearray(b"secret"), {"a": "b"}) == "vlt1"
    assert answers.seen == [("k", bytearray(b"secret"), {"a": "b"})]


def test_an_error_comes_back_as_its_class_with_its_facts(connection: tuple[Connection, Client]) -> None:
    with pytest.raises(NotFound) as caught:
        connection[1].api(KeysApi, "keys").show("zz")
    assert caught.value.facts == {"kind": "key", "name": "zz"}


def test_a_bug_answers_the_caller_and_names_only_its_class(
    connection: tuple[Connection, Client], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(VaultError) as caught:
        connection[1].api(KeysApi, "keys").rotate("k")
    assert caught.value.facts == {"kind": "ZeroDivisionError"}
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_bug_in_finding_the_service_answers_too(capfd: pytest.CaptureFixture[str], ended: threading.Event) -> None:
    def subject_for(subject: str, connection: Connection, call: Call) -> object:
        raise ZeroDivisionError(subject)

    ours, theirs = socket.socketpair()
    served = Connection(ours, Dispatcher(subject_for).run, lambda _: None, lambda _: ended.set(), inherited_window=True)
    served.start(greeting("locked"))
    client = Client(theirs, "window")
    with pytest.raises(VaultError) as caught:
        client.api(KeysApi, "keys").rotate("k")
    assert caught.value.facts == {"kind": "ZeroDivisionError"}
    assert "ZeroDivisionError" in capfd.readouterr().err
    client.close()
    assert ended.wait(10)


def test_who_listens_badly_ends_only_the_own_call(connection: tuple[Connection, Client]) -> None:
    def fail(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        connection[1].api(VaultApi, "vault").drill(bytearray(b"words"), WorkContext(fail))
    assert connection[1].api(KeysApi, "keys").list().total == 7


def test_an_answer_that_fits_no_frame_is_a_bug_that_answers(
    connection: tuple[Connection, Client], answers: Answers, capfd: pytest.CaptureFixture[str]
) -> None:
    answers.encrypt = lambda **_: "x" * 9_000_000  # type: ignore[method-assign]
    with pytest.raises(VaultError) as caught:
        connection[1].api(TextApi, "text").encrypt("k", bytearray(b"s"), {})
    assert caught.value.facts == {"kind": "ValueError"}
    assert "lists travel in pages" in capfd.readouterr().err


def test_names_that_are_not_utf8_reach_the_caller_in_an_error(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    def refuse(key: str) -> None:
        raise NotFound(kind="file", name=os.fsdecode(b"/x/\xff"))

    answers.show = refuse  # type: ignore[method-assign]
    with pytest.raises(NotFound) as caught:
        connection[1].api(KeysApi, "keys").show("zz")
    assert caught.value.facts["name"] == "/x/\ufffd"


def test_arguments_that_are_not_utf8_are_refused_before_they_are_sent(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    with pytest.raises(InvalidValue) as caught:
        connection[1].api(KeysApi, "keys").show("a\udcffb")
    assert caught.value.facts["reason"] == "not_utf8"
    assert answers.seen == []


def test_secrets_that_were_given_are_overwritten(connection: tuple[Connection, Client]) -> None:
    secret = bytearray(b"secret")
    connection[1].api(TextApi, "text").encrypt("k", secret, {})
    assert secret == bytes(6)


def test_a_role_below_the_calls_is_refused(connection: tuple[Connection, Client], answers: Answers) -> None:
    connection[0].role = Role.ANYBODY
    with pytest.raises(NotAllowed):
        connection[1].api(KeysApi, "keys").list()
    assert answers.seen == []


def test_arguments_that_are_not_the_contracts_are_refused(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    class Wrong:
        def list(self, offset: str) -> None: ...

    with pytest.raises(InvalidValue):
        Proxy(Wrong, "keys", connection[1]).list("many")
    with pytest.raises(NotAllowed):
        Proxy(Wrong, "nothing", connection[1]).list("many")
    assert answers.seen == []


def test_status_answers_while_a_call_runs_and_cancel_stops_it(
    connection: tuple[Connection, Client], answers: Answers
) -> None:
    steps: list[tuple[int, int]] = []
    work: WorkContext[Any] = WorkContext(lambda done, total: steps.append((done, total)))
    caught: list[BaseException] = []

    def drill() -> None:
        try:
            connection[1].api(VaultApi, "vault").drill(bytearray(b"words"), work)
        except OperationCancelled as exc:
            caught.append(exc)

    thread = threading.Thread(target=drill)
    thread.start()
    assert answers.started.wait(10)
    assert connection[1].status.state is VaultState.LOCKED
    assert connection[0].running == 1
    work.cancel()
    thread.join(10)
    assert len(caught) == 1
    assert steps == [(1, 2)]
    assert connection[0].running == 0


def test_a_client_that_leaves_has_its_calls_cancelled(answers: Answers, ended: threading.Event) -> None:
    ours, theirs = socket.socketpair()
    works: list[WorkContext[Any]] = []

    def run(_connection: Connection, _call: Call, work: WorkContext[Any]) -> Any:
        works.append(work)
        answers.drill(bytearray(), work)

    Connection(ours, run, lambda _: None, lambda _: ended.set(), inherited_window=True).start(greeting("unlocked"))
    client = Client(theirs, "window")
    caught: list[BaseException] = []

    def drill() -> None:
        try:
            client.api(VaultApi, "vault").drill(bytearray(), WorkContext())
        except AgentGone as exc:
            caught.append(exc)

    thread = threading.Thread(target=drill)
    thread.start()
    assert answers.started.wait(10)
    client.close()
    thread.join(10)
    assert len(caught) == 1
    assert ended.wait(10)
    assert works[0].cancelled


def test_the_value_of_a_secret_is_not_shown_by_a_record() -> None:
    assert "hunter2" not in repr(OpenedText(bytearray(b"hunter2"), __import__("uuid").uuid4(), "k", 1))
