from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor

import pytest

from vaultapp.core.errors import AuthenticationFailed
from vaultapp.crypto.aead import NONCE_BYTES, TAG_BYTES, AesGcm

# McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
KEY = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
NONCE = bytes.fromhex("cafebabefacedbaddecaf888")
PLAINTEXT = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
    "ba637b39"
)
AAD = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
SEALED = bytes.fromhex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0a"
    "bcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
)


def test_seals_and_opens_the_published_vector() -> None:
    cipher = AesGcm(KEY)
    assert (NONCE_BYTES, TAG_BYTES) == (12, 16)
    assert cipher.seal(NONCE, PLAINTEXT, AAD) == SEALED
    assert cipher.open(NONCE, SEALED, AAD) == PLAINTEXT


def test_works_between_buffers_without_copies() -> None:
    page = mmap.mmap(-1, mmap.PAGESIZE)
    with memoryview(page) as out:
        AesGcm(bytearray(KEY)).encrypt_into(NONCE, memoryview(PLAINTEXT), bytearray(AAD), out[: len(SEALED)])
        assert page[: len(SEALED)] == SEALED
        AesGcm(KEY).decrypt_into(NONCE, out[: len(SEALED)], AAD, out[2048 : 2048 + len(PLAINTEXT)])
        assert page[2048 : 2048 + len(PLAINTEXT)] == PLAINTEXT
    page.close()


@pytest.mark.parametrize("at", [0, len(PLAINTEXT) - 1, len(PLAINTEXT), len(SEALED) - 1])
def test_any_changed_bit_fails_alike(at: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= 0x80
    cipher = AesGcm(KEY)
    with pytest.raises(AuthenticationFailed) as opened:
        cipher.open(NONCE, changed, AAD)
    with pytest.raises(AuthenticationFailed) as opened_into:
        cipher.decrypt_into(NONCE, changed, AAD, bytearray(len(PLAINTEXT)))
    assert opened.value.facts == opened_into.value.facts == {}


def test_other_key_nonce_aad_or_a_cut_fail() -> None:
    cipher = AesGcm(KEY)
    for other, nonce, sealed, aad in (
        (AesGcm(bytes(32)), NONCE, SEALED, AAD),
        (cipher, bytes(12), SEALED, AAD),
        (cipher, NONCE[:11], SEALED, AAD),
        (cipher, b"", SEALED, AAD),
        (cipher, NONCE, SEALED, b""),
        (cipher, NONCE, SEALED[:-1], AAD),
        (cipher, NONCE, SEALED[:15], AAD),
        (cipher, NONCE, b"", AAD),
    ):
        with pytest.raises(AuthenticationFailed):
            other.open(nonce, sealed, aad)


def test_failure_carries_no_other_error_with_it() -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        AesGcm(KEY).open(NONCE, bytes(40), None)
    assert caught.value.__suppress_context__ is True


def test_wrong_lengths_are_the_callers_bug() -> None:
    for length in (0, 16, 24, 31, 33):
        with pytest.raises(ValueError, match="key"):
            AesGcm(bytes(length))
    with pytest.raises(ValueError, match="nonce"):
        AesGcm(KEY).seal(bytes(16), b"", None)


def test_one_cipher_serves_several_threads() -> None:
    cipher = AesGcm(KEY)
    contents = [bytes([n]) * 300_000 for n in range(16)]
    nonces = [n.to_bytes(12, "big") for n in range(16)]
    alone = [AesGcm(KEY).seal(nonce, content, AAD) for nonce, content in zip(nonces, contents, strict=True)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda n: cipher.seal(nonces[n], contents[n], AAD), range(16)))
    assert together == alone
