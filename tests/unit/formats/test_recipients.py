from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from struct import pack
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import AuthenticationFailed, Damaged, OutOfBounds, UnsupportedFormat, VaultError
from vaultapp.crypto.aead import AesGcm
from vaultapp.crypto.kdf import Argon2Parameters
from vaultapp.formats import recipients
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.message_header import EncryptedDataKey
from vaultapp.formats.recipients import (
    RecipientKind,
    check_passphrase_work,
    key_arn,
    key_name,
    kms_edk,
    parse_passphrase_info,
    parse_recipient,
    passphrase_edk,
    passphrase_info,
    passphrase_wrapping_key,
    raw_aes_edk,
    unwrap,
    unwrap_kms,
    unwrap_passphrase,
    unwrap_raw_aes,
)
from vaultapp.formats.text_blob import BlobCipher, seal_blob

MATERIAL = bytes(range(32))
KEY_ID = UUID("11111111-2222-4333-8444-555555555555")
OTHER_ID = UUID("99999999-2222-4333-8444-555555555555")
VERSION_ID = bytes.fromhex("0123456789abcdef")
DATA_KEY = bytes(range(0x80, 0xA0))
AAD = serialise({"purpose": "test"})
IV = bytes(range(12))
NONCE = bytes(range(24))
NAME = b"11111111-2222-4333-8444-555555555555/0123456789abcdef"
ARN = b"arn:aws:kms:local:000000000000:key/11111111-2222-4333-8444-555555555555"
PARAMETERS = Argon2Parameters(64 * 1024, 1, 2, bytes(range(16)))
GIB = 1024 * 1024

RAW = raw_aes_edk(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY, AAD, IV)
KMS = kms_edk(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY, AAD, NONCE)


def test_names_are_frozen_and_of_fixed_width() -> None:
    assert key_name(KEY_ID, VERSION_ID).encode() == NAME
    assert key_arn(KEY_ID).encode() == ARN
    assert len(key_name(UUID(int=0), bytes(8))) == len(NAME) == 53


def test_raw_layout_is_frozen() -> None:
    assert RAW.provider_id == "vaultapp"
    assert RAW.provider_info == NAME + pack(">I", 128) + pack(">I", 12) + IV
    assert RAW.ciphertext == AESGCM(MATERIAL).encrypt(IV, DATA_KEY, AAD)
    assert raw_aes_edk(AesGcm(MATERIAL), KEY_ID, VERSION_ID, bytearray(DATA_KEY), AAD, IV) == RAW


def test_kms_layout_is_frozen() -> None:
    assert EncryptedDataKey("aws-kms", ARN, seal_blob(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY, AAD, NONCE)) == KMS
    assert len(KMS.ciphertext) == 100
    kept = BlobCipher(MATERIAL, KEY_ID, VERSION_ID)
    assert kms_edk(kept, KEY_ID, VERSION_ID, DATA_KEY, AAD, NONCE) == KMS
    assert unwrap_kms(kept, KEY_ID, VERSION_ID, KMS, AAD) == DATA_KEY


def test_passphrase_layout_is_frozen() -> None:
    info = passphrase_info(PARAMETERS, IV)
    assert info == b"\x01" + pack(">IIB", 65_536, 1, 2) + PARAMETERS.salt + IV
    assert len(info) == 38
    key = passphrase_wrapping_key(bytearray(b"correct horse"), info)
    assert isinstance(key, bytearray)
    assert key == Argon2id(salt=PARAMETERS.salt, length=32, iterations=1, lanes=2, memory_cost=65_536).derive(
        b"correct horse"
    )
    edk = passphrase_edk(key, info, DATA_KEY, AAD)
    assert edk == EncryptedDataKey("vaultapp-passphrase", info, AESGCM(key).encrypt(IV, DATA_KEY, AAD))
    assert parse_recipient(edk).kind is RecipientKind.PASSPHRASE
    assert parse_recipient(edk).parameters == PARAMETERS
    assert unwrap_passphrase(key, edk, AAD) == DATA_KEY
    with pytest.raises(AuthenticationFailed):
        unwrap_passphrase(passphrase_wrapping_key(b"correct house", info), edk, AAD)


def test_keys_are_named_and_opened() -> None:
    for edk, kind in ((RAW, RecipientKind.KEY), (KMS, RecipientKind.KMS)):
        name = parse_recipient(edk)
        assert (name.kind, name.key_id, name.version_id) == (kind, KEY_ID, VERSION_ID)
        assert unwrap(MATERIAL, name, edk, AAD) == DATA_KEY
        assert unwrap(bytearray(MATERIAL), name, edk, AAD) == DATA_KEY
    assert (parse_recipient(RAW).name, parse_recipient(KMS).name) == (NAME.decode(), ARN.decode())


def test_other_material_context_or_bytes_fail_alike() -> None:
    flipped = bytes([RAW.ciphertext[0] ^ 1]) + RAW.ciphertext[1:]
    flipped_iv = RAW.provider_info[:-1] + b"\xff"
    attempts: list[Callable[[], object]] = [
        lambda: unwrap_raw_aes(bytes(32), RAW, AAD),
        lambda: unwrap_raw_aes(MATERIAL, RAW, b""),
        lambda: unwrap_raw_aes(MATERIAL, replace(RAW, ciphertext=flipped), AAD),
        lambda: unwrap_raw_aes(MATERIAL, replace(RAW, ciphertext=RAW.ciphertext[:-1]), AAD),
        lambda: unwrap_raw_aes(MATERIAL, replace(RAW, provider_info=flipped_iv), AAD),
        lambda: unwrap_raw_aes(MATERIAL, replace(RAW, provider_info=b""), AAD),
        lambda: unwrap_kms(bytes(32), KEY_ID, VERSION_ID, KMS, AAD),
        lambda: unwrap_kms(MATERIAL, OTHER_ID, VERSION_ID, KMS, AAD),
        lambda: unwrap_kms(MATERIAL, KEY_ID, bytes(8), KMS, AAD),
        lambda: unwrap_kms(MATERIAL, KEY_ID, VERSION_ID, KMS, b""),
        lambda: unwrap_kms(MATERIAL, KEY_ID, VERSION_ID, replace(KMS, ciphertext=b"\xbe\x5b\x75\x02"), AAD),
        lambda: unwrap_kms(MATERIAL, KEY_ID, VERSION_ID, replace(KMS, ciphertext=b""), AAD),
        lambda: unwrap_passphrase(bytes(32), EncryptedDataKey("vaultapp-passphrase", b"\x02", b""), AAD),
    ]
    for attempt in attempts:
        with pytest.raises(AuthenticationFailed) as caught:
            attempt()
        assert caught.value.facts == {}


def test_a_wrapped_key_of_another_length_fails_although_it_is_authentic() -> None:
    short = seal_blob(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY[:16], AAD, NONCE)
    with pytest.raises(AuthenticationFailed):
        unwrap_kms(MATERIAL, KEY_ID, VERSION_ID, replace(KMS, ciphertext=short), AAD)
    raw = AESGCM(MATERIAL).encrypt(IV, DATA_KEY[:16], AAD)
    with pytest.raises(AuthenticationFailed):
        unwrap_raw_aes(MATERIAL, replace(RAW, ciphertext=raw), AAD)
    with pytest.raises(AuthenticationFailed):
        unwrap_passphrase(MATERIAL, EncryptedDataKey("vaultapp-passphrase", passphrase_info(PARAMETERS, IV), raw), AAD)


OTHER_KEY_BLOB = seal_blob(MATERIAL, OTHER_ID, VERSION_ID, DATA_KEY, AAD, NONCE)


@pytest.mark.parametrize(
    "edk",
    [
        EncryptedDataKey("unknown", RAW.provider_info, RAW.ciphertext),
        EncryptedDataKey("Vaultapp", RAW.provider_info, RAW.ciphertext),
        EncryptedDataKey("vaultapp", b"", RAW.ciphertext),
        EncryptedDataKey("vaultapp", NAME.upper() + RAW.provider_info[53:], RAW.ciphertext),
        EncryptedDataKey("vaultapp", b"x" + RAW.provider_info, RAW.ciphertext),
        EncryptedDataKey("vaultapp", NAME + pack(">II", 96, 12) + IV, RAW.ciphertext),
        EncryptedDataKey("vaultapp", NAME + pack(">II", 128, 16) + IV, RAW.ciphertext),
        EncryptedDataKey("vaultapp", NAME + b"\n" + RAW.provider_info[53:], RAW.ciphertext),
        EncryptedDataKey("vaultapp", RAW.provider_info, RAW.ciphertext[:-1]),
        EncryptedDataKey(
            "aws-kms", b"arn:aws:kms:eu-central-1:123456789012:key/" + str(KEY_ID).encode(), KMS.ciphertext
        ),
        EncryptedDataKey("aws-kms", ARN + b"\n", KMS.ciphertext),
        EncryptedDataKey("aws-kms", ARN, OTHER_KEY_BLOB),
        EncryptedDataKey("aws-kms", ARN, b"something of a remote service"),
        EncryptedDataKey("aws-kms", ARN, seal_blob(MATERIAL, KEY_ID, VERSION_ID, b"x", AAD, NONCE)),
        EncryptedDataKey("aws-kms", b"\xff\xfe", b""),
    ],
)
def test_what_is_unknown_or_malformed_is_somebody_elses(edk: EncryptedDataKey) -> None:
    name = parse_recipient(edk)
    assert (name.kind, name.key_id, name.version_id) == (RecipientKind.OTHER, None, None)
    assert name.provider == edk.provider_id
    with pytest.raises(ValueError, match="kind"):
        unwrap(MATERIAL, name, edk, AAD)


def test_a_raw_name_is_parsed_from_the_end() -> None:
    tricky = NAME + pack(">II", 128, 12) + IV
    name = parse_recipient(EncryptedDataKey("vaultapp", tricky + pack(">II", 128, 12) + IV, RAW.ciphertext))
    assert name.kind is RecipientKind.OTHER
    other = EncryptedDataKey("x", tricky + pack(">II", 128, 12) + IV, RAW.ciphertext)
    assert unwrap_raw_aes(MATERIAL, other, AAD) == DATA_KEY


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes", "field"),
    [
        (GIB + 1, 1, 1, "kdf_memory"),
        (0xFFFFFFFF, 1, 1, "kdf_memory"),
        (64 * 1024 - 1, 1, 1, "kdf_memory"),
        (GIB, 65, 1, "kdf_passes"),
        (GIB, 17, 1, "kdf_work"),
        (256 * 1024 + 1, 64, 1, "kdf_work"),
        (64 * 1024, 0, 1, "kdf_passes"),
        (64 * 1024, 0xFFFFFFFF, 1, "kdf_passes"),
        (64 * 1024, 1, 0, "kdf_lanes"),
        (64 * 1024, 1, 17, "kdf_lanes"),
    ],
)
def test_hostile_parameters_are_refused_before_memory_is_taken(
    memory_kib: int, passes: int, lanes: int, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> bytearray:
        raise AssertionError("derived")

    monkeypatch.setattr(recipients, "argon2id", forbidden)
    info = b"\x01" + pack(">IIB", memory_kib, passes, lanes) + bytes(28)
    with pytest.raises(OutOfBounds) as caught:
        passphrase_wrapping_key(b"x", info)
    assert caught.value.facts["field"] == field
    name = parse_recipient(EncryptedDataKey("vaultapp-passphrase", info, bytes(48)))
    assert (name.kind, name.parameters) == (RecipientKind.PASSPHRASE, None)
    with pytest.raises(OutOfBounds):
        passphrase_info(Argon2Parameters(memory_kib, passes, lanes, bytes(16)), IV)


@pytest.mark.parametrize(("memory_kib", "passes"), [(GIB, 16), (GIB // 4, 64)])
def test_16_gibibytes_times_passes_are_still_read(memory_kib: int, passes: int) -> None:
    most = Argon2Parameters(memory_kib, passes, 16, bytes(16))
    assert parse_passphrase_info(passphrase_info(most, IV)) == (most, IV)


def test_the_recipients_of_a_message_have_one_limit_together() -> None:
    half = Argon2Parameters(GIB, 8, 1, bytes(16))
    check_passphrase_work([half, half])
    with pytest.raises(OutOfBounds) as caught:
        check_passphrase_work([half, half, PARAMETERS])
    assert caught.value.facts == {"field": "kdf_work", "value": 16 * GIB + 64 * 1024, "limit": 16 * GIB}


def test_malformed_passphrase_recipients_are_told() -> None:
    info = passphrase_info(PARAMETERS, IV)
    for data, error in (
        (b"", Damaged),
        (info[:-1], Damaged),
        (info + b"\x00", Damaged),
        (b"\x02" + info[1:], UnsupportedFormat),
    ):
        with pytest.raises(error):
            parse_passphrase_info(data)
        assert parse_recipient(EncryptedDataKey("vaultapp-passphrase", data, bytes(48))).parameters is None


EDKS = st.builds(
    EncryptedDataKey,
    st.sampled_from(["vaultapp", "aws-kms", "vaultapp-passphrase", "x"]),
    st.one_of(
        st.binary(max_size=80), st.binary(max_size=24).map(NAME.__add__), st.just(ARN), st.just(RAW.provider_info)
    ),
    st.one_of(
        st.binary(max_size=120), st.binary(min_size=48, max_size=48), st.binary().map(b"\xbe\x5b\x75\x01".__add__)
    ),
)


@given(EDKS)
def test_arbitrary_recipients_raise_only_our_errors(edk: EncryptedDataKey) -> None:
    name = parse_recipient(edk)
    attempts: list[Callable[[], object]] = [
        lambda: unwrap_raw_aes(MATERIAL, edk, AAD),
        lambda: unwrap_kms(MATERIAL, KEY_ID, VERSION_ID, edk, AAD),
        lambda: unwrap_passphrase(MATERIAL, edk, AAD),
    ]
    for attempt in attempts:
        with pytest.raises(AuthenticationFailed):
            attempt()
    if name.kind in (RecipientKind.KEY, RecipientKind.KMS):
        with pytest.raises(VaultError):
            unwrap(MATERIAL, name, edk, AAD)


def test_wrong_lengths_are_the_callers_bug() -> None:
    with pytest.raises(ValueError, match="data key"):
        raw_aes_edk(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY[:16], AAD, IV)
    with pytest.raises(ValueError, match="data key"):
        kms_edk(MATERIAL, KEY_ID, VERSION_ID, b"", AAD, NONCE)
    with pytest.raises(ValueError, match="IV"):
        passphrase_info(PARAMETERS, IV[:-1])
