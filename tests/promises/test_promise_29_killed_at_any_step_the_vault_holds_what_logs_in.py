"""Promise 29: kill -9 after every step of a rotation on a real server; after restart the vault holds a password that
logs in, every time. The new password is durable before the target changes.

Origin: hashicorp/vault#6042, fixed by #8782; aws-samples' rotation lambdas, issue 168.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.rotating_agent import RotatingAgent
from tests.servers.kept_servers import KeptServers, RotatedServer
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.errors import AgentGone

OLD = "the-Old-1-password"
MOMENTS = (
    "committed create",
    "before propose",
    "after propose",
    "committed set",
    "before try_login",
    "after try_login",
    "after exclusive",
    "before set",
    "after set",
    "committed test",
    "before probe",
    "after probe",
    "committed finish",
)
IN_AN_EMERGENCY = ("committed retire", "before retire", "after retire", "before end_sessions", "after end_sessions")
RANDOM_KILLS = 8


@pytest.fixture(scope="module")
def servers() -> Iterator[KeptServers]:
    with KeptServers() as kept:
        yield kept


@pytest.fixture(params=["mysql", "mysql single", "mysql alternating", "postgresql", "redis"])
def rotated(
    request: pytest.FixtureRequest, servers: KeptServers, tmp_path: Path
) -> Iterator[tuple[RotatingAgent, RotatedServer]]:
    """Give an agent with the credential ``app``, and the server where it is used."""
    kind, _, strategy = str(request.param).partition(" ")
    changed = {"strategy": strategy} if strategy else {}
    server, account = servers.account(kind, OLD)
    engine = {"engine": "mysql"} if kind == "mysql" else {}
    with RotatingAgent(tmp_path) as agent:
        agent.add("admin", kind, server.admin_value() | engine)
        agent.add("app", kind, server.value(account, OLD) | engine, server.settings(admin="admin", **changed))
        yield agent, server


def logs_in(agent: RotatingAgent, server: RotatedServer) -> bool:
    """Read the credential as a program does, and log in."""
    value = agent.credentials.read("app").fields
    return server.logs_in(value["username"], value["password"])


def how_it_stands(agent: RotatingAgent, server: RotatedServer) -> str:
    """Tell which versions log in, and how the rotation stands, without a value."""
    shown = agent.credentials.show("app")
    valid = []
    for version in shown.versions:
        value = agent.credentials.read("app", version.version_id).fields
        if server.logs_in(value["username"], value["password"]):
            valid.append(version.number)
    return f"versions {valid} of {[(one.number, one.labels) for one in shown.versions]} log in; {shown.rotation}"


def settled(agent: RotatingAgent) -> bool:
    """True when nothing is left half way."""
    half = (RotationOutcome.RUNNING, RotationOutcome.UNFINISHED, RotationOutcome.STUCK)
    return not [one for one in agent.status() if one.state.outcome in half]


def test_promise_29_killed_at_every_step(rotated: tuple[RotatingAgent, RotatedServer]) -> None:
    agent, server = rotated
    for emergency, moments in ((False, MOMENTS), (True, IN_AN_EMERGENCY)):
        for moment in moments:
            before = agent.password("app")
            agent.killed_at(moment, "app", emergency=emergency)
            assert logs_in(agent, server), f"{moment}: {how_it_stands(agent, server)}"
            assert settled(agent), moment
            after = agent.password("app")
            assert after != before, f"{moment}: it was not brought to its end"
            print(f"killed {moment}: logs in with version {len(agent.credentials.show('app').versions)}")
    assert agent.rotate("app", emergency=True).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(agent, server)


def test_promise_29_killed_at_random_moments(rotated: tuple[RotatingAgent, RotatedServer]) -> None:
    agent, server = rotated
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    since = time.monotonic()
    agent.rotate("app")
    took = time.monotonic() - since
    for number in range(RANDOM_KILLS):
        moment = dice.uniform(0, took * 1.2)
        killer = threading.Timer(moment, agent.kill)
        killer.start()
        try:
            while True:
                agent.rotate("app", emergency=number % 2 == 1)
        except AgentGone:
            pass
        killer.join()
        agent.start_again()
        assert logs_in(agent, server), f"seed {seed}, kill {number}: {how_it_stands(agent, server)}"
        assert settled(agent), f"seed {seed}, kill {number} after {moment:.4f} s"
    print(f"{RANDOM_KILLS} kills within {took:.3f} s each, seed {seed}")
