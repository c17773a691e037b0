from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vaultapp.core.errors import AuthenticationFailed, Damaged
from vaultapp.crypto.asymmetric import EcdsaP384Verifier

PRIVATE = ec.derive_private_key(0xC0FFEE, ec.SECP384R1())
POINT = PRIVATE.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
SIGNATURE = PRIVATE.sign(b"header and frames", ec.ECDSA(SHA384()))


def verifier_of(*pieces: bytes) -> EcdsaP384Verifier:
    verifier = EcdsaP384Verifier(POINT)
    for piece in pieces:
        verifier.update(memoryview(piece))
    return verifier


def test_accepts_a_signature_over_all_pieces() -> None:
    verifier_of(b"header", b" and ", b"", b"frames").verify(SIGNATURE)


def test_refuses_other_bytes_keys_and_signatures() -> None:
    other = PRIVATE.sign(b"something else", ec.ECDSA(SHA384()))
    for verifier, signature in (
        (verifier_of(b"header and frame"), SIGNATURE),
        (verifier_of(b"header and frames"), other),
        (verifier_of(b"header and frames"), b""),
        (verifier_of(b"header and frames"), b"\x30\x00"),
        (verifier_of(b"header and frames"), SIGNATURE + b"\x00"),
        (verifier_of(b"header and frames"), bytes(103)),
    ):
        with pytest.raises(AuthenticationFailed):
            verifier.verify(signature)


@pytest.mark.parametrize(
    "point",
    [
        b"",
        b"\x02" + b"\xff" * 48,
        b"\x05" + POINT[1:],
        POINT + b"\x00",
        POINT[:-1],
        PRIVATE.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        bytes(49),
    ],
)
def test_what_is_no_compressed_point_of_the_curve_is_damage(point: bytes) -> None:
    with pytest.raises(Damaged):
        EcdsaP384Verifier(point)
