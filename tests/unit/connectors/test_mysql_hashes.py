"""What MariaDB keeps of a password, and how one proves to have it."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vaultapp.connectors.mysql_ed25519 import ed25519_answer, ed25519_kept
from vaultapp.connectors.mysql_hashes import native_hash
from vaultapp.connectors.mysql_logins import native_answer

SNOWMAN = "\N{SNOWMAN}"


def test_native_hashes_are_those_of_the_server() -> None:
    # SELECT PASSWORD('password'), PASSWORD('☃') on MariaDB 10.11 with utf8mb4.
    assert native_hash("password") == "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"
    assert native_hash(SNOWMAN) == "*A98FA9AD9BCB2A6D12D56FE2428988B46A830369"


def test_public_keys_are_those_of_the_server() -> None:
    # SELECT ED25519_PASSWORD('secret'), of MariaDB's documentation.
    assert ed25519_kept("secret") == "ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY"


def test_a_challenge_is_signed_as_by_ed25519() -> None:
    """A password of 32 bytes is a secret as RFC 8032 has it."""
    for seed in (b"x" * 32, bytes(range(32)), b"\xff" * 32):
        challenge = hashlib.sha256(seed).digest()
        assert ed25519_answer(seed, challenge) == Ed25519PrivateKey.from_private_bytes(seed).sign(challenge)


def test_the_native_answer_lets_a_server_find_the_hash_again() -> None:
    password, challenge = b"secret", bytes(range(1, 21))
    kept = bytes.fromhex(native_hash("secret")[1:])
    mask = hashlib.sha1(challenge + kept, usedforsecurity=False).digest()
    inner = bytes(left ^ right for left, right in zip(native_answer(password, challenge + b"\0"), mask, strict=True))
    assert hashlib.sha1(inner, usedforsecurity=False).digest() == kept
    assert native_answer(b"", challenge) == b""
