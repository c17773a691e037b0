from __future__ import annotations

import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from vaultapp.cli.running import finish
from vaultapp.core.errors import NotFound, OperationCancelled
from vaultapp.core.work import WorkContext


def test_the_result_comes_back() -> None:
    assert finish(lambda: 7, WorkContext()) == 7


def test_an_error_comes_back() -> None:
    def fail() -> None:
        raise NotFound(kind="key", name="x")

    with pytest.raises(NotFound):
        finish(fail, WorkContext())


def running_until_cancelled(work: WorkContext[Any]) -> str:
    """Interrupt the waiting main thread, and go on until it cancels."""
    cancelled = threading.Event()
    work.when_cancelled(cancelled.set)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    assert cancelled.wait(30)
    return "stopped"


def test_ctrl_c_cancels_the_call_and_waits_for_its_answer() -> None:
    work: WorkContext[None] = WorkContext()
    answered = threading.Event()

    def call() -> None:
        running_until_cancelled(work)
        answered.set()
        raise OperationCancelled

    with pytest.raises(OperationCancelled):
        finish(call, work)
    assert answered.is_set()


def test_work_that_ends_well_in_spite_of_ctrl_c_is_done() -> None:
    work: WorkContext[None] = WorkContext()
    assert finish(lambda: running_until_cancelled(work), work) == "stopped"


def test_a_second_ctrl_c_leaves_at_once() -> None:
    work: WorkContext[None] = WorkContext()
    leave = threading.Event()

    def call() -> None:
        running_until_cancelled(work)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        leave.wait(30)

    with pytest.raises(KeyboardInterrupt):
        finish(call, work)
    assert not leave.is_set()
    leave.set()


def test_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    finish(lambda: None, WorkContext())
    assert signal.getsignal(signal.SIGINT) is before


SCRIPT = """
import os, signal, sys, threading
from vaultapp.cli.running import Terminated, finish, raise_on_termination
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext
raise_on_termination()
work = WorkContext()
def call():
    cancelled = threading.Event()
    work.when_cancelled(cancelled.set)
    os.kill(os.getpid(), signal.{name})
    cancelled.wait(30)
    raise OperationCancelled
try:
    finish(call, work)
except Terminated as exc:
    sys.exit(100 + exc.signal_number)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_termination_cancels_and_is_told_apart(name: str) -> None:
    found = subprocess.run([sys.executable, "-c", SCRIPT.format(name=name)], timeout=60, check=False)
    assert found.returncode == 100 + getattr(signal, name)
