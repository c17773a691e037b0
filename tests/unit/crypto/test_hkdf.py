from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vaultapp.crypto.hkdf import hkdf, hkdf_expand, hkdf_extract

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "hkdf_sha512.json").read_text())["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: str(v["id"]))
def test_gives_the_published_keys(vector: dict[str, str]) -> None:
    ikm, salt, info, okm = (bytes.fromhex(vector[name]) for name in ("ikm", "salt", "info", "okm"))
    assert hkdf(ikm, salt=salt, info=info, length=len(okm)) == okm
    assert hkdf_expand(hkdf_extract(salt, ikm), info, len(okm)) == okm


@pytest.mark.parametrize("length", [1, 32, 63, 64, 65, 128, 255 * 64])
def test_agrees_with_another_implementation_at_every_block_border(length: int) -> None:
    other = HKDF(SHA512(), length, b"salt", b"info").derive(b"input")
    assert hkdf(bytearray(b"input"), salt=b"salt", info=b"info", length=length) == other


def test_no_salt_is_a_salt_of_zeros() -> None:
    assert hkdf_extract(b"", b"input") == hkdf_extract(bytes(64), b"input")


@pytest.mark.parametrize("length", [0, -1, 255 * 64 + 1])
def test_impossible_lengths_are_the_callers_bug(length: int) -> None:
    with pytest.raises(ValueError, match="bytes of key"):
        hkdf(b"input", salt=b"", info=b"", length=length)
