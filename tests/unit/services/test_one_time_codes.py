from __future__ import annotations

from base64 import b32encode

import pytest

from tests.given_vault import MICROS, GivenVault, log
from tests.unit.services.credential_samples import login
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.services.one_time_codes import one_time_code
from vaultapp.services.unlocked import UnlockedVault

# RFC 6238, appendix B; the seeds of SHA-256 and SHA-512 are as long as the erratum 2866 says.
SEEDS = {"SHA1": 20, "SHA256": 32, "SHA512": 64}
VECTORS = [
    (59, "SHA1", "94287082"),
    (59, "SHA256", "46119246"),
    (59, "SHA512", "90693936"),
    (1111111109, "SHA1", "07081804"),
    (1111111109, "SHA256", "68084774"),
    (1111111109, "SHA512", "25091201"),
    (1111111111, "SHA1", "14050471"),
    (1111111111, "SHA256", "67062674"),
    (1111111111, "SHA512", "99943326"),
    (1234567890, "SHA1", "89005924"),
    (1234567890, "SHA256", "91819424"),
    (1234567890, "SHA512", "93441116"),
    (2000000000, "SHA1", "69279037"),
    (2000000000, "SHA256", "90698825"),
    (2000000000, "SHA512", "38618901"),
    (20000000000, "SHA1", "65353130"),
    (20000000000, "SHA256", "77737706"),
    (20000000000, "SHA512", "47863826"),
]
SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # 12345678901234567890


def seed(algorithm: str) -> str:
    return b32encode((b"1234567890" * 7)[: SEEDS[algorithm]]).decode()


@pytest.mark.parametrize(("seconds", "algorithm", "code"), VECTORS)
def test_the_published_codes_come_out(seconds: int, algorithm: str, code: str) -> None:
    address = f"otpauth://totp/Shop:mara?secret={seed(algorithm).rstrip('=')}&algorithm={algorithm}&digits=8"
    made = one_time_code(address, seconds * MICROS)
    assert (made.code, made.seconds) == (code, 30 - seconds % 30)
    assert code not in repr(made)


@pytest.mark.parametrize(
    "given",
    [
        SEED,
        SEED.lower(),
        " gezd gnbv gy3t qojq-gezd gnbv gy3t qojq ",
        f"otpauth://totp/x?secret={SEED}",
        f"OTPAUTH://TOTP/x?SECRET={SEED}&issuer=Shop",
        f"otpauth://totp/x?secret={SEED}&algorithm=sha-1&digits=6&period=30",
    ],
)
def test_a_seed_may_be_written_in_many_ways(given: str) -> None:
    assert one_time_code(given, 59 * MICROS).code == "287082"


def test_digits_and_period_are_as_the_address_says() -> None:
    made = one_time_code(f"otpauth://totp/x?secret={SEED}&digits=7&period=60", 59 * MICROS)
    assert (made.code, made.seconds) == ("4755224"[-7:], 1)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "seed"),
        ("====", "seed"),
        ("not a seed!", "seed"),
        ("A", "seed"),
        ("ä", "seed"),
        ("otpauth://totp/x", "seed"),
        ("otpauth://[/x", "seed"),
        (f"otpauth://hotp/x?secret={SEED}&counter=1", "not_by_time"),
        (f"otpauth://totp/x?secret={SEED}&digits=5", "parameters"),
        (f"otpauth://totp/x?secret={SEED}&digits=9", "parameters"),
        (f"otpauth://totp/x?secret={SEED}&period=0", "parameters"),
        (f"otpauth://totp/x?secret={SEED}&period=99999999", "parameters"),
        (f"otpauth://totp/x?secret={SEED}&algorithm=MD5", "parameters"),
    ],
)
def test_what_is_no_seed_is_refused_and_not_quoted(given: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        one_time_code(given, 0)
    assert caught.value.facts == {"field": "totp", "reason": reason}
    assert caught.value.__cause__ is None


def test_the_service_gives_the_code_of_now_and_records_it(given: GivenVault, unlocked: UnlockedVault) -> None:
    credentials = given.credentials(unlocked)
    credentials.create(login(value={"totp": SEED}))
    given.clock.forward(seconds=7)
    made = credentials.code("web/shop")
    assert made == one_time_code(SEED, given.clock.now())
    assert made.seconds == 23
    assert log(unlocked)[-1].action == "credential.code"
    assert made.code not in repr(log(unlocked))


def test_without_a_seed_there_is_no_code(given: GivenVault, unlocked: UnlockedVault) -> None:
    credentials = given.credentials(unlocked)
    credentials.create(login())
    with pytest.raises(NotFound) as caught:
        credentials.code("web/shop")
    assert caught.value.facts == {"kind": "credential_field", "name": "totp"}
    assert log(unlocked)[-1].outcome == "not_found"
