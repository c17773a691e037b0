from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from vaultapp.core.errors import AuthenticationFailed
from vaultapp.crypto.xaes import XAES_NONCE_BYTES, XaesGcm

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "xaes_256_gcm.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda v: v["key"][:2])
def test_seals_and_opens_the_published_vectors(vector: dict[str, str]) -> None:
    key, nonce, plaintext, aad, ciphertext = (
        bytes.fromhex(vector[name]) for name in ("key", "nonce", "plaintext", "aad", "ciphertext")
    )
    assert XaesGcm(key).seal(nonce, plaintext, aad) == ciphertext
    assert XaesGcm(key).open(nonce, ciphertext, aad) == plaintext


def test_gives_the_accumulated_digest_of_the_specification() -> None:
    rounds = VECTORS["accumulated"]["rounds"]
    # A round takes at most 32 + 24 + 1 + 255 + 1 + 255 bytes of the stream.
    stream = memoryview(hashlib.shake_128(b"").digest(rounds * 568))
    at = 0

    def take(count: int) -> bytes:
        nonlocal at
        at += count
        return bytes(stream[at - count : at])

    digest = hashlib.shake_128()
    for _ in range(rounds):
        key, nonce = take(32), take(24)
        plaintext = take(take(1)[0])
        aad = take(take(1)[0])
        cipher = XaesGcm(key)
        ciphertext = cipher.seal(nonce, plaintext, aad)
        assert cipher.open(nonce, ciphertext, aad) == plaintext
        digest.update(ciphertext)
    assert digest.hexdigest(32) == VECTORS["accumulated"]["digest"]


def test_every_byte_of_the_nonce_counts() -> None:
    cipher = XaesGcm(bytes(range(32)))
    nonce = bytes(range(XAES_NONCE_BYTES))
    sealed = cipher.seal(nonce, b"text", b"aad")
    for at in range(XAES_NONCE_BYTES):
        changed = bytearray(nonce)
        changed[at] ^= 1
        with pytest.raises(AuthenticationFailed):
            cipher.open(changed, sealed, b"aad")


def test_wrong_lengths_are_the_callers_bug() -> None:
    with pytest.raises(ValueError, match="key"):
        XaesGcm(bytes(16))
    with pytest.raises(ValueError, match="nonce"):
        XaesGcm(bytes(32)).seal(bytes(12), b"", b"")
