"""AES-256-GCM."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vaultapp.core.errors import AuthenticationFailed

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

Buffer = bytes | bytearray | memoryview


class AesGcm:
    """One key; keeps the cipher's key schedule, so it is cheap to call again. Safe from several threads.

    Args:
        key: 32 bytes.

    Source:
        NIST SP 800-38D. Nonces are the caller's: never the same twice under one key.
    """

    __slots__ = ("_cipher",)

    def __init__(self, key: Buffer) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key of {len(key)} bytes")
        self._cipher = AESGCM(key)

    def seal(self, nonce: Buffer, plaintext: Buffer, aad: Buffer | None) -> bytes:
        """Return ciphertext ‖ 16-byte tag."""
        if len(nonce) != NONCE_BYTES:
            raise ValueError(f"a nonce of {len(nonce)} bytes")
        return self._cipher.encrypt(nonce, plaintext, aad)

    def open(self, nonce: Buffer, ciphertext: Buffer, aad: Buffer | None) -> bytes:
        """Return the plaintext of ciphertext ‖ tag.

        Raises:
            AuthenticationFailed: Wrong key, nonce, data or aad; also a nonce cut short.
        """
        if len(nonce) != NONCE_BYTES:
            raise AuthenticationFailed
        try:
            return self._cipher.decrypt(nonce, ciphertext, aad)
        except InvalidTag:
            raise AuthenticationFailed from None

    def encrypt_into(self, nonce: Buffer, plaintext: Buffer, aad: Buffer | None, out: Buffer) -> None:
        """Write ciphertext ‖ tag into ``out``, whose length is exactly the plaintext's plus 16."""
        self._cipher.encrypt_into(nonce, plaintext, aad, out)

    def decrypt_into(self, nonce: Buffer, ciphertext: Buffer, aad: Buffer | None, out: Buffer) -> None:
        """Write the plaintext into ``out``, whose length is exactly the ciphertext's less 16.

        Raises:
            AuthenticationFailed: As for :meth:`open`; ``out`` then holds nothing to be used.
        """
        try:
            self._cipher.decrypt_into(nonce, ciphertext, aad, out)
        except InvalidTag:
            raise AuthenticationFailed from None
