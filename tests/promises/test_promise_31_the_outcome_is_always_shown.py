"""Promise 31: the outcome is always shown, never just "started".

Origin: Infisical/infisical#2043. The command line is run as people run it; the window follows the same events.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.guarded_agent import PASSPHRASE
from tests.promises.rotating_agent import RotatingAgent
from tests.servers.mariadb import MariaDbServer
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.events import Event
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome
from vaultapp.core.work import WorkContext

OLD = "the-Old-1-password"


@pytest.fixture
def server() -> Iterator[MariaDbServer]:
    with MariaDbServer() as running:
        running.account("app", OLD)
        yield running


@pytest.fixture
def agent(server: MariaDbServer, tmp_path: Path) -> Iterator[RotatingAgent]:
    with RotatingAgent(tmp_path) as started:
        started.add("admin", "mysql", server.admin_value() | {"engine": "mysql"})
        started.add("app", "mysql", server.value("app", OLD) | {"engine": "mysql"}, server.settings(admin="admin"))
        yield started


@pytest.fixture
def vaultapp(agent: RotatingAgent, tmp_path: Path) -> list[str]:
    """Give the command line that speaks to the agent of the test."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_bytes(PASSPHRASE)
    return [sys.executable, "-m", "vaultapp", "rotate", "--passphrase-file", str(passphrase)]


def run(command: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ)
    )
    print(arguments, done.returncode, done.stdout, done.stderr)
    return done


def test_promise_31_a_success_is_said(vaultapp: list[str], agent: RotatingAgent, server: MariaDbServer) -> None:
    done = run(vaultapp, "app")
    assert done.returncode == 0
    assert done.stdout.startswith("“app” has a new value. The old one is valid until ")
    assert server.logs_in("app", agent.password("app"))


def test_promise_31_a_failure_is_said_with_what_to_do(
    vaultapp: list[str], agent: RotatingAgent, server: MariaDbServer
) -> None:
    server.read_only(on=True)
    done = run(vaultapp, "app")
    assert done.returncode == 4
    assert f"“app” was not rotated. {server.host}:{server.port} can only be read. The old value stays" in done.stdout
    assert "Name the server that takes changes." in done.stdout


def test_promise_31_what_is_not_finished_is_said_and_how_it_ended_later(
    vaultapp: list[str], agent: RotatingAgent, server: MariaDbServer
) -> None:
    server.stop()
    done = run(vaultapp, "app")
    assert done.returncode == 4
    assert "“app” is not finished." in done.stdout
    assert "It goes on by itself at" in done.stdout
    assert "unfinished" in run(vaultapp, "status").stdout
    server.start()
    done = run(vaultapp, "resume")
    assert done.returncode == 0
    assert "“app” has a new value." in done.stdout


def test_promise_31_an_emergency_shows_its_proof(
    vaultapp: list[str], agent: RotatingAgent, server: MariaDbServer
) -> None:
    intruder = server.connect("app", OLD)
    try:
        done = run(vaultapp, "--target", server.host, "--emergency")
    finally:
        intruder.close()
    lines = done.stdout.splitlines()
    # The admin's credential is used there too, and has no admin of its own.
    assert "“app” has a new value." in lines
    at = lines.index("“app” has a new value.")
    assert lines[at + 1 : at + 4] == [
        "  ✓ The old value is refused.",
        "  ✓ 1 session of the old value ended.",
        "  ✓ The new value logs in.",
    ]


def test_promise_31_programs_are_told_every_step_and_the_outcome(vaultapp: list[str], agent: RotatingAgent) -> None:
    done = run(vaultapp, "app", "--progress")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    steps = [line["rotation"]["step"] for line in lines[:-1]]
    assert steps == ["create", "set", "test", "finish", "retire"]
    assert [one["outcome"] for one in lines[-1]["rotations"]] == ["succeeded"]


@pytest.mark.parametrize("fails", [False, True])
def test_promise_31_every_client_and_the_log_are_told_how_it_ended(
    agent: RotatingAgent, server: MariaDbServer, fails: bool
) -> None:
    told: list[Event | None] = []
    agent.client.on_event(told.append)
    server.read_only(on=fails)
    items: list[RotationChanged] = []
    (changed,) = agent.rotation.rotate(("app",), WorkContext(on_item=items.append))
    wanted = RotationOutcome.FAILED if fails else RotationOutcome.SUCCEEDED
    assert changed.state.outcome is wanted
    assert items[-1] == changed
    # A call, so that what was sent before has arrived.
    entries = agent.client.api(ActivityApi, "activity").list().entries
    events = [event for event in told if isinstance(event, RotationChanged)]
    assert events[-1] == changed
    outcomes = [entry.outcome for entry in reversed(entries) if entry.action == "credential.rotate"]
    assert outcomes == ["begun", "target_read_only" if fails else "ok"]
