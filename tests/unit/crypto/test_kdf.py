from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from vaultapp.core.errors import InvalidValue, MemoryMissing, OutOfBounds
from vaultapp.crypto.kdf import FLOOR, Argon2Parameters, argon2id, calibrate, check_bounds, passphrase_bytes

MIB = 1024
GIB = 1024 * MIB
SALT = bytes(range(16))


class FixedRandom:
    def bytes(self, count: int) -> bytes:
        return b"\x5a" * count


class Machine:
    """A clock, and a derivation that advances it by the work it would take."""

    def __init__(self, ms_for_64_mib: float) -> None:
        self.seconds = 0.0
        self.ms_for_64_mib = ms_for_64_mib
        self.tried: list[tuple[int, int]] = []

    def now(self) -> int:
        return int(self.seconds * 1_000_000)

    def monotonic(self) -> float:
        return self.seconds

    def derive(self, passphrase: bytes, parameters: Argon2Parameters) -> None:
        self.tried.append((parameters.memory_kib // MIB, parameters.passes))
        self.seconds += self.ms_for_64_mib / 1000 * parameters.memory_kib / (64 * MIB) * parameters.passes

    def calibrate(self, available_mib: int = 16 * 1024, cores: int = 8) -> tuple[Argon2Parameters, int]:
        return calibrate(self, FixedRandom(), derive=self.derive, cores=cores, available=lambda: available_mib * MIB)


def never() -> int:
    raise AssertionError("memory was asked for")


def test_argon2id_agrees_with_another_implementation() -> None:
    key = argon2id(bytearray(b"correct horse"), Argon2Parameters(64 * MIB, 1, 2, SALT))
    other = Argon2id(salt=SALT, length=32, iterations=1, lanes=2, memory_cost=64 * MIB).derive(b"correct horse")
    assert isinstance(key, bytearray)
    assert key == other


@pytest.mark.parametrize(
    ("field", "memory_kib", "passes", "lanes", "limit"),
    [
        ("kdf_memory", 64 * MIB - 1, 1, 1, 64 * MIB),
        ("kdf_memory", 4 * GIB + 1, 1, 1, 4 * GIB),
        ("kdf_memory", 0, 1, 1, 64 * MIB),
        ("kdf_passes", 64 * MIB, 0, 1, 1),
        ("kdf_passes", 64 * MIB, 65, 1, 64),
        ("kdf_lanes", 64 * MIB, 1, 0, 1),
        ("kdf_lanes", 64 * MIB, 1, 17, 16),
        ("kdf_work", 4 * GIB, 17, 1, 64 * GIB),
    ],
)
def test_bounds_are_checked_before_memory_is_looked_at(
    field: str, memory_kib: int, passes: int, lanes: int, limit: int
) -> None:
    parameters = Argon2Parameters(memory_kib, passes, lanes, SALT)
    with pytest.raises(OutOfBounds) as caught:
        argon2id(b"x", parameters, available=never)
    assert caught.value.facts["field"] == field
    assert caught.value.facts["limit"] == limit


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17)])
def test_a_salt_of_another_length_is_out_of_bounds(salt: bytes) -> None:
    with pytest.raises(OutOfBounds) as caught:
        check_bounds(Argon2Parameters(64 * MIB, 1, 1, salt))
    assert caught.value.facts == {"field": "kdf_salt", "value": len(salt), "limit": 16}


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"), [(64 * MIB, 1, 1), (4 * GIB, 16, 16), (1 * GIB, 64, 16), (*FLOOR, 1)]
)
def test_floor_and_ceiling_themselves_are_allowed(memory_kib: int, passes: int, lanes: int) -> None:
    check_bounds(Argon2Parameters(memory_kib, passes, lanes, SALT))


def test_a_caller_may_lower_the_memory_ceiling() -> None:
    parameters = Argon2Parameters(GIB + 1, 1, 1, SALT)
    check_bounds(parameters)
    with pytest.raises(OutOfBounds):
        check_bounds(parameters, memory_ceiling_kib=GIB)
    with pytest.raises(OutOfBounds):
        argon2id(b"x", parameters, GIB, available=never)


def test_memory_that_the_machine_lacks_is_said_and_not_taken() -> None:
    with pytest.raises(MemoryMissing) as caught:
        argon2id(b"x", Argon2Parameters(4 * GIB, 1, 1, SALT), available=lambda: 4 * GIB - 1)
    assert caught.value.facts == {"needed": 4096}


def test_parameters_with_equal_values_are_equal_and_another_salt_gives_another_key() -> None:
    one, other = Argon2Parameters(64 * MIB, 1, 1, SALT), Argon2Parameters(64 * MIB, 1, 1, SALT[::-1])
    assert one == Argon2Parameters(64 * MIB, 1, 1, SALT)
    assert argon2id(b"x", one) != argon2id(b"x", other)


def test_calibration_raises_memory_first_and_passes_then() -> None:
    machine = Machine(ms_for_64_mib=40)
    parameters, milliseconds = machine.calibrate()
    assert machine.tried == [(64, 1), (128, 1), (256, 1), (256, 6)]
    assert (parameters.memory_kib, parameters.passes, parameters.lanes) == (256 * MIB, 6, 4)
    assert parameters.salt == b"\x5a" * 16
    assert milliseconds == 960


def test_calibration_comes_closer_where_the_first_pass_is_the_dear_one() -> None:
    class FirstTouch(Machine):
        def derive(self, passphrase: bytes, parameters: Argon2Parameters) -> None:
            super().derive(passphrase, parameters)
            self.seconds += 0.1

    machine = FirstTouch(ms_for_64_mib=20)
    parameters, milliseconds = machine.calibrate()
    assert machine.tried == [(64, 1), (128, 1), (256, 1), (256, 6), (256, 10)]
    assert parameters.passes == 10
    assert milliseconds == 900


def test_calibration_of_a_slow_machine_stays_near_a_second() -> None:
    assert Machine(ms_for_64_mib=600).calibrate()[1] == 1200
    assert Machine(ms_for_64_mib=700).calibrate()[1] == 700
    slowest, milliseconds = Machine(ms_for_64_mib=5000).calibrate()
    assert (slowest.memory_kib, slowest.passes, milliseconds) == (*FLOOR, 5000)


def test_calibration_of_a_small_machine_leaves_half_of_its_memory() -> None:
    parameters, _ = Machine(ms_for_64_mib=40).calibrate(available_mib=300)
    assert parameters.memory_kib == 128 * MIB
    assert parameters.passes == 12


def test_calibration_takes_no_more_lanes_than_cores() -> None:
    assert Machine(40).calibrate(cores=1)[0].lanes == 1
    assert Machine(40).calibrate(cores=3)[0].lanes == 3


def test_calibration_never_proposes_what_the_bounds_refuse() -> None:
    for ms in (0.0001, 0.3, 3, 1000, 100_000):
        check_bounds(Machine(ms).calibrate()[0])


@pytest.mark.parametrize(
    ("raw", "from_file", "expected"),
    [
        (b"pass", False, b"pass"),
        (b"pass\n", False, b"pass\n"),
        (b"pass\n", True, b"pass"),
        (b"pass\r\n", True, b"pass"),
        (b"pass\n\n", True, b"pass\n"),
        (b"pass\r", True, b"pass\r"),
        (b" pass ", True, b" pass "),
        ("Ångström".encode(), False, "Ångström".encode()),
        (unicodedata.normalize("NFD", "Ångström").encode(), False, "Ångström".encode()),
        ("ﬁ".encode(), False, "ﬁ".encode()),
        ("가".encode() * 1365, False, "가".encode() * 1365),
    ],
)
def test_passphrases_are_nfc_and_lose_one_line_end_of_a_file(raw: bytes, from_file: bool, expected: bytes) -> None:
    given = bytearray(raw)
    assert passphrase_bytes(given, from_file=from_file) == expected
    assert given == raw


def test_decomposed_text_that_is_longer_than_the_limit_counts_in_its_composed_form() -> None:
    decomposed = unicodedata.normalize("NFD", "가" * 1365).encode()
    assert len(decomposed) > 4096
    assert passphrase_bytes(bytearray(decomposed), from_file=False) == ("가" * 1365).encode()


@pytest.mark.parametrize(
    ("raw", "from_file", "reason"),
    [
        (b"", False, "empty"),
        (b"\n", True, "empty"),
        (b"\r\n", True, "empty"),
        (b"\xff", False, "not_utf8"),
        (b"\xed\xa0\x80", False, "not_utf8"),
        (b"x" * 4097, False, "too_long"),
        (b"x" * 10_000_000, False, "too_long"),
        # NFC takes this letter apart: three bytes become six.
        (("\u0958" * 1365).encode(), False, "too_long"),
    ],
)
def test_what_is_no_passphrase_is_refused_with_its_reason(raw: bytes, from_file: bool, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        passphrase_bytes(bytearray(raw), from_file=from_file)
    assert caught.value.facts == {"field": "passphrase", "reason": reason}


def test_a_passphrase_buffer_is_let_go_so_that_the_caller_can_clear_it() -> None:
    for raw in (bytearray(b"pass\n"), bytearray(b"\xff\n")):
        with suppress(InvalidValue):
            passphrase_bytes(raw, from_file=True)
        raw.clear()
        assert raw == b""
