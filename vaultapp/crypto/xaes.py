"""XAES-256-GCM: AES-256-GCM with 24-byte nonces, safe to take at random without counting."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from vaultapp.crypto.aead import KEY_BYTES, AesGcm, Buffer

XAES_NONCE_BYTES = 24
_BLOCK = 16


class XaesGcm:
    """One key. Each nonce derives a key of its own, so the key path needs no counter.

    Args:
        key: 32 bytes.

    Source:
        c2sp.org/XAES-256-GCM.
    """

    __slots__ = ("_k1", "_key")

    def __init__(self, key: Buffer) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key of {len(key)} bytes")
        # Single blocks under ECB are the bare block cipher that the CMAC of the specification is made of.
        self._key = Cipher(algorithms.AES(bytes(key)), modes.ECB())  # noqa: S305
        block = int.from_bytes(self._block(bytes(_BLOCK)), "big")
        doubled = (block << 1) & ((1 << 128) - 1)
        self._k1 = doubled ^ (0x87 if block >> 127 else 0)

    def seal(self, nonce: Buffer, plaintext: Buffer, aad: Buffer | None) -> bytes:
        """Return ciphertext ‖ 16-byte tag."""
        return self._derive(nonce).seal(nonce[12:], plaintext, aad)

    def open(self, nonce: Buffer, ciphertext: Buffer, aad: Buffer | None) -> bytes:
        """Return the plaintext of ciphertext ‖ tag.

        Raises:
            AuthenticationFailed: Wrong key, nonce, data or aad.
            ValueError: A nonce of another length.
        """
        return self._derive(nonce).open(nonce[12:], ciphertext, aad)

    def _derive(self, nonce: Buffer) -> AesGcm:
        if len(nonce) != XAES_NONCE_BYTES:
            raise ValueError(f"a nonce of {len(nonce)} bytes")
        head = bytes(nonce[:12])
        blocks = b"".join(
            (int.from_bytes(bytes((0, counter, 0x58, 0)) + head, "big") ^ self._k1).to_bytes(_BLOCK, "big")
            for counter in (1, 2)
        )
        return AesGcm(self._block(blocks))

    def _block(self, blocks: bytes) -> bytes:
        encryptor = self._key.encryptor()
        return encryptor.update(blocks) + encryptor.finalize()
