"""The engine with every real connector: rotate, rotate again, and after a break-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.given_vault import GivenVault
from tests.interfering_target import Interference, InterferingConnectors
from tests.rotating_vault import RotatingVault
from tests.servers.keeper import Keeper
from tests.servers.kept_servers import KeptServers
from tests.unit.services.conftest import Reopen, given, reopen
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.rotation import RotationOutcome, RotationStep
from vaultapp.core.target_errors import ProbeFailed, TargetDenied

__all__ = ["given", "reopen"]

OLD = "the-Old-1-password"


class Place:
    """Where the credential ``app`` is used; tells whether a value logs in.

    Attributes:
        grace: The old value stays valid for a while.
        born_valid: The target makes the new value, and takes it from the beginning.
    """

    def __init__(
        self,
        vault: RotatingVault,
        logs_in: Callable[[dict[str, str]], bool],
        *,
        grace: bool = True,
        born_valid: bool = False,
    ) -> None:
        self.vault = vault
        self.logs_in = logs_in
        self.grace = grace
        self.born_valid = born_valid


@pytest.fixture
def interference() -> Interference:
    return Interference()


@pytest.fixture
def vault(given: GivenVault, reopen: Reopen, interference: Interference) -> RotatingVault:
    return RotatingVault(given, reopen, InterferingConnectors(Connectors(), interference))


@pytest.fixture(scope="module")
def servers() -> Iterator[KeptServers]:
    with KeptServers() as kept:
        yield kept


@pytest.fixture(params=["mysql dual", "mysql single", "mysql alternating", "postgresql single",
                        "postgresql alternating", "redis", "aws", "command"])  # fmt: skip
def place(request: pytest.FixtureRequest, vault: RotatingVault, servers: KeptServers, tmp_path: Path) -> Place:
    kind, _, strategy = str(request.param).partition(" ")
    if kind == "command":
        keeper = Keeper(tmp_path, OLD)
        vault.add("app", "command", keeper.value, keeper.settings)
        return Place(vault, keeper.logs_in)
    if kind == "aws":
        moto, value = servers.aws_user()
        vault.add("app", "aws", value, moto.settings())
        user = value["username"]
        return Place(vault, lambda one: moto.keys(user).get(one["access_key_id"]) == "Active", born_valid=True)
    server, account = servers.account(kind, OLD)
    engine = {"engine": "mysql"} if kind == "mysql" else {}
    vault.add("admin", kind, server.admin_value() | engine)
    settings = server.settings(admin="admin", **({"strategy": strategy} if strategy else {}))
    vault.add("app", kind, server.value(account, OLD) | engine, settings)
    return Place(vault, lambda one: server.logs_in(one["username"], one["password"]), grace=strategy != "single")


def test_rotated_twice_the_current_value_logs_in_and_the_old_one_for_a_while(place: Place) -> None:
    vault = place.vault
    for _ in range(2):
        old = vault.value("app")
        state = vault.rotate("app")
        assert state.outcome is RotationOutcome.SUCCEEDED, (state.error, state.facts)
        assert place.logs_in(vault.value("app"))
        assert place.logs_in(old) is place.grace
        assert vault.labels("app")["current"] == vault.labels("app")["previous"] + 1
    vault.go_on(31 * 60)
    assert vault.state("app").step is RotationStep.DONE
    assert place.logs_in(vault.value("app"))


def test_after_a_break_in_the_old_value_is_out(place: Place) -> None:
    vault = place.vault
    for _ in range(2):
        old = vault.value("app")
        state = vault.rotate("app", emergency=True)
        assert state.outcome is RotationOutcome.SUCCEEDED, (state.error, state.facts, state.proof)
        assert len(state.proof) == 3
        assert not place.logs_in(old)
        assert place.logs_in(vault.value("app"))


def test_a_value_that_fails_its_test_is_taken_back_and_the_next_rotation_works(
    place: Place, interference: Interference
) -> None:
    vault = place.vault

    def fail() -> None:
        raise ProbeFailed(target="there", account="app")

    interference.before["probe"] = fail
    state = vault.rotate("app")
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "probe_failed")
    assert place.logs_in(vault.value("app"))
    assert vault.labels("app") == {"current": 1}
    assert vault.rotate("app").outcome is RotationOutcome.SUCCEEDED
    assert place.logs_in(vault.value("app"))


def test_a_value_that_could_not_be_set_is_in_nobodys_way(place: Place, interference: Interference) -> None:
    vault = place.vault

    def fail() -> None:
        raise TargetDenied(target="there", account="app")

    interference.before["set"] = fail
    state = vault.rotate("app")
    if place.born_valid:
        # It logs in, whatever was answered.
        assert state.outcome is RotationOutcome.SUCCEEDED
    else:
        assert (state.outcome, state.error) == (RotationOutcome.FAILED, "target_denied")
    assert place.logs_in(vault.value("app"))
    state = vault.rotate("app")
    assert state.outcome is RotationOutcome.SUCCEEDED, (state.error, state.facts)
    assert place.logs_in(vault.value("app"))


def test_check_says_that_it_would_work(place: Place) -> None:
    place.vault.service.check("app")
    assert place.logs_in(place.vault.value("app"))
