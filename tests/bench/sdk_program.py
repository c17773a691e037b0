"""The official AWS Encryption SDK as a program, with our suite and frame length.

Usage: sdk_program.py encrypt|decrypt KEYFILE SOURCE TARGET
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import aws_encryption_sdk
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKeyProvider

_FRAME = 256 * 1024
_SUITE = Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY


class OneKey(RawMasterKeyProvider):  # type: ignore[misc]  # the SDK has no types
    """A provider of one raw AES key."""

    provider_id = "bench"

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.key = b""

    def _get_raw_key(self, key_id: str) -> WrappingKey:
        return WrappingKey(
            wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
            wrapping_key=self.key,
            wrapping_key_type=EncryptionKeyType.SYMMETRIC,
        )


def main(verb: str, key: str, source: str, target: str) -> None:
    """Stream from source to target."""
    provider = OneKey()
    provider.key = Path(key).read_bytes()
    provider.add_master_key("bench")
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
    settings: dict[str, Any] = {"mode": verb, "key_provider": provider}
    if verb == "encrypt":
        settings |= {"algorithm": _SUITE, "frame_length": _FRAME, "source_length": Path(source).stat().st_size}
    with open(source, "rb") as plain, open(target, "wb") as sealed, client.stream(source=plain, **settings) as stream:
        shutil.copyfileobj(stream, sealed, 4 * _FRAME)


if __name__ == "__main__":
    main(*sys.argv[1:])
