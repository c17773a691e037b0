"""Signatures of messages that other writers signed."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from vaultapp.core.errors import AuthenticationFailed, Damaged
from vaultapp.crypto.aead import Buffer

POINT_BYTES = 49


class EcdsaP384Verifier:
    """Checks one ECDSA P-384 signature over SHA-384, fed piece by piece.

    Args:
        point: The public key as a compressed SEC 1 point, 49 bytes.

    Raises:
        Damaged: Not a point of the curve.

    Source:
        AWS Encryption SDK algorithms reference, suites with signing.
    """

    def __init__(self, point: bytes) -> None:
        if len(point) != POINT_BYTES:
            raise Damaged(reason="public_key")
        try:
            self._key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), point)
        except ValueError:
            raise Damaged(reason="public_key") from None
        self._digest = hashes.Hash(hashes.SHA384())

    def update(self, data: Buffer) -> None:
        """Feed the next bytes of the message."""
        self._digest.update(data)

    def verify(self, signature: bytes) -> None:
        """Check the DER signature over everything fed.

        Raises:
            AuthenticationFailed: It is not this key's over these bytes.
        """
        try:
            self._key.verify(signature, self._digest.finalize(), ec.ECDSA(Prehashed(hashes.SHA384())))
        except InvalidSignature:
            raise AuthenticationFailed from None
