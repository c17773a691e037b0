"""The key derivation of older KeePass databases: AES over and over."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BYTES = 16
KEY_BYTES = 32
_CHUNK = bytes(1 << 20)


def aes_kdf(seed: bytes, rounds: int, composite: bytes) -> bytes:
    """Return the transformed key.

    Each half of the composite key is encrypted by AES-256 so many times. In CBC the encryption of zeros is just that,
    because every block is the one before, encrypted: a loop in C, a hundred times as fast as one in Python.

    Args:
        seed: 32 bytes, the AES key.
        rounds: As the database has it; at least one.
        composite: 32 bytes.

    Returns:
        32 bytes.

    Raises:
        ValueError: A length is another, or there are no rounds; a caller's bug.

    Source:
        KeePass, "Database encryption", AES-KDF; checked against pykeepass.
    """
    if len(seed) != KEY_BYTES or len(composite) != KEY_BYTES or rounds < 1:
        raise ValueError("a seed and a key of 32 bytes, and one round at least")
    return hashlib.sha256(
        _iterated(seed, rounds, composite[:BLOCK_BYTES]) + _iterated(seed, rounds, composite[BLOCK_BYTES:])
    ).digest()


def _iterated(key: bytes, rounds: int, block: bytes) -> bytes:
    # The first block is the IV, so that a CBC stream of zeros begins with its encryption.
    stream = Cipher(algorithms.AES(key), modes.CBC(block)).encryptor()
    left = rounds * BLOCK_BYTES
    out = bytearray(len(_CHUNK) + BLOCK_BYTES)
    last = block
    while left:
        count = min(left, len(_CHUNK))
        written = stream.update_into(memoryview(_CHUNK)[:count], out)
        last = bytes(out[written - BLOCK_BYTES : written])
        left -= count
    return last
