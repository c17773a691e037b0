"""Promise 6: Argon2id of at least 64 MiB, by default at most 256 MiB and 4 lanes, calibrated towards one second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import COST, WINDOW, GivenVault, secret
from vaultapp.contracts.vault import KdfCost, NewVault
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import OutOfBounds
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import Argon2Parameters, calibrate
from vaultapp.crypto.random import SystemRandom
from vaultapp.services.vault_keeper import VaultKeeper

MIB = 1024


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


class Machine:
    """A machine of a given speed: time passes by the work of each derivation."""

    def __init__(self, mib_a_second: float) -> None:
        self._speed = mib_a_second
        self._seconds = 0.0

    def now(self) -> int:
        return 0

    def monotonic(self) -> float:
        return self._seconds

    def derive(self, _secret: bytes, parameters: Argon2Parameters) -> None:
        self._seconds += parameters.memory_kib / MIB * parameters.passes / self._speed


def proposed(mib_a_second: float, *, cores: int = 4, available_mib: int = 16 * MIB) -> tuple[KdfCost, int]:
    machine = Machine(mib_a_second)
    found, milliseconds = calibrate(
        machine, SystemRandom(), derive=machine.derive, cores=cores, available=lambda: available_mib * MIB
    )
    return KdfCost(found.memory_kib, found.passes, found.lanes), milliseconds


@pytest.mark.parametrize("speed", [20, 64, 100, 200, 256, 500, 1000, 2000, 8000])
def test_promise_06_calibration_raises_memory_first_and_comes_near_a_second(speed: int) -> None:
    cost, milliseconds = proposed(speed)
    print(f"{speed} MiB/s: {cost.memory_kib // MIB} MiB, {cost.passes} passes, {cost.lanes} lanes, {milliseconds} ms")
    assert 64 * MIB <= cost.memory_kib <= 256 * MIB
    assert 1 <= cost.lanes <= 4
    if cost.passes > 1:
        assert cost.memory_kib == 256 * MIB
    if 128 <= speed <= 8000:
        assert 660 <= milliseconds <= 1500


def test_promise_06_a_slow_machine_still_gets_the_floor() -> None:
    assert proposed(1)[0] == KdfCost(64 * MIB, 1, 4)


def test_promise_06_a_machine_with_little_memory_keeps_half_of_it_free() -> None:
    cost, _ = proposed(2000, available_mib=300)
    print(f"of 300 MiB: {cost.memory_kib // MIB} MiB")
    assert 64 * MIB <= cost.memory_kib <= 150 * MIB


@pytest.mark.parametrize(("cores", "lanes"), [(1, 1), (2, 2), (4, 4), (64, 4)])
def test_promise_06_there_are_at_most_four_lanes(cores: int, lanes: int) -> None:
    assert proposed(1000, cores=cores)[0].lanes == lanes


def test_promise_06_a_vault_that_names_no_cost_is_calibrated_on_this_machine(given: GivenVault) -> None:
    real = SystemClock()
    keeper = VaultKeeper(given.path, given.places, real, given.random, given.bus)
    keeper.create(NewVault(secret("pass phrase")), WorkContext())
    (slot,) = keeper.slot_changes(WINDOW).records()
    keeper.close()
    print(f"here: {slot.cost}")
    assert slot.cost is not None
    assert 64 * MIB <= slot.cost.memory_kib <= 256 * MIB
    assert 1 <= slot.cost.lanes <= 4


@pytest.mark.parametrize("cost", [KdfCost(64 * MIB - 1, 1, 1), KdfCost(19 * MIB, 2, 1), KdfCost(64 * MIB, 0, 1)])
def test_promise_06_no_vault_is_made_below_the_floor(given: GivenVault, cost: KdfCost) -> None:
    with pytest.raises(OutOfBounds) as caught:
        given.keeper().create(NewVault(secret("pass phrase"), None, cost), WorkContext())
    print(f"{cost}: {caught.value}")
    assert not given.path.exists()


def test_promise_06_more_is_taken_by_choice(given: GivenVault) -> None:
    service = given.service(given.created())
    assert [slot.cost for slot in service.slots()] == [COST]
    more = KdfCost(320 * MIB, 1, 2)
    service.change_passphrase(secret("correct horse battery staple"), secret("new"), WorkContext(), more)
    assert [slot.cost for slot in service.slots()] == [more]
