from __future__ import annotations

import pytest
from pykeepass.kdbx_parsing import common

from vaultapp.crypto.aes_kdf import aes_kdf

SEED, COMPOSITE = bytes(range(32)), bytes(range(100, 132))


@pytest.mark.parametrize("rounds", [1, 2, 3, 6000, 65535, 65536, 65537, 131_072, 200_001])
def test_it_is_what_the_library_derives_one_by_one(rounds: int) -> None:
    assert aes_kdf(SEED, rounds, COMPOSITE) == common.aes_kdf(SEED, rounds, COMPOSITE)


@pytest.mark.parametrize(
    ("seed", "rounds", "composite"), [(SEED[1:], 1, COMPOSITE), (SEED, 0, COMPOSITE), (SEED, 1, b"")]
)
def test_other_lengths_are_a_callers_bug(seed: bytes, rounds: int, composite: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        aes_kdf(seed, rounds, composite)
