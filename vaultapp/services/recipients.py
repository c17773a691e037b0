"""Data keys of files: wrapped for recipients, and got back from headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vaultapp.contracts.vault import KdfCost
from vaultapp.core.errors import (
    AuthenticationFailed,
    InvalidValue,
    KeyDisabled,
    KeyNotHere,
    KeyPendingDeletion,
    OperationCancelled,
    PassphraseNeeded,
    VaultError,
)
from vaultapp.crypto.aead import NONCE_BYTES
from vaultapp.crypto.kdf import SALT_BYTES, Argon2Parameters, passphrase_bytes
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.crypto.xaes import XAES_NONCE_BYTES
from vaultapp.files.message import Message
from vaultapp.formats.message_header import (
    DATA_KEY_BYTES,
    MESSAGE_ID_BYTES,
    EncryptedDataKey,
    MessageHeader,
    MessageKeys,
    build_header,
    verify_header,
)
from vaultapp.formats.recipients import (
    KEYS_LIMIT,
    PASSPHRASE_TRIES,
    RecipientKind,
    RecipientName,
    check_passphrase_work,
    kms_edk,
    parse_recipient,
    passphrase_edk,
    passphrase_info,
    passphrase_wrapping_key,
    raw_aes_edk,
    unwrap,
    unwrap_passphrase,
)
from vaultapp.services.key_ring import KeyMaterial, Ring

# What a passphrase recipient costs; the file may be opened on a smaller machine than this one.
PASSPHRASE_COST = KdfCost(memory_kib=256 * 1024, passes=3, lanes=4)
KEY_RANDOM = NONCE_BYTES + XAES_NONCE_BYTES
_MESSAGE_RANDOM = MESSAGE_ID_BYTES + DATA_KEY_BYTES

Checkpoint = Callable[[], object]


def _go_on() -> None:
    """Nobody stops it."""


def normal_passphrases(given: Sequence[bytearray], field_name: str) -> list[bytearray]:
    """Return passphrases in the form that keys are derived from, each once; what was given is overwritten.

    Raises:
        InvalidValue: One is empty, too long or not UTF-8, or there are more than are tried when opening.
    """
    try:
        normal = [passphrase_bytes(one, from_file=False) for one in given]
    finally:
        for one in given:
            wipe(one)
    different = [one for place, one in enumerate(normal) if one not in normal[:place]]
    if len(different) > PASSPHRASE_TRIES:
        raise InvalidValue(field=field_name, reason="too_many")
    return different


def wrap_for_key(key: KeyMaterial, data_key: bytes, wrap_aad: bytes, random: bytes) -> list[EncryptedDataKey]:
    """Return a vault key's two EDKs of a data key, the raw one first; ``random`` is 36 bytes."""
    iv, nonce = random[:NONCE_BYTES], random[NONCE_BYTES:]
    return [
        raw_aes_edk(key.cipher, key.key_id, key.version_id, data_key, wrap_aad, iv),
        kms_edk(key.blob, key.key_id, key.version_id, data_key, wrap_aad, nonce),
    ]


class PassphraseWrapper:
    """Wraps data keys for one passphrase: one derivation a batch, a fresh IV each.

    Args:
        passphrase: In normal form; the caller's.
        cost: What the derivation costs.
        random: For the salt.
    """

    __slots__ = ("_parameters", "_wrapping_key")

    def __init__(self, passphrase: bytearray, cost: KdfCost, random: Random) -> None:
        self._parameters = Argon2Parameters(cost.memory_kib, cost.passes, cost.lanes, random.bytes(SALT_BYTES))
        self._wrapping_key = passphrase_wrapping_key(passphrase, passphrase_info(self._parameters, bytes(NONCE_BYTES)))

    def wrap(self, data_key: bytes, wrap_aad: bytes, iv: bytes) -> EncryptedDataKey:
        """Return the EDK; ``iv`` is 12 random bytes."""
        return passphrase_edk(self._wrapping_key, passphrase_info(self._parameters, iv), data_key, wrap_aad)

    def close(self) -> None:
        """Overwrite the derived key."""
        wipe(self._wrapping_key)


def passphrase_wrappers(
    passphrases: Sequence[bytearray], cost: KdfCost, random: Random, checkpoint: Checkpoint
) -> list[PassphraseWrapper]:
    """Derive what wraps for each passphrase; ``checkpoint`` is called before each, and raises to stop."""
    made: list[PassphraseWrapper] = []
    try:
        for one in passphrases:
            checkpoint()
            made.append(PassphraseWrapper(one, cost, random))
    except BaseException:
        for wrapper in made:
            wrapper.close()
        raise
    return made


class Recipients:
    """Whom a batch is sealed for.

    Args:
        ring: Where keys come from.
        random: For data keys, message ids, IVs.
        keys: By name, alias or id; duplicates are one.
        passphrases: In normal form; the caller's.
        wraps: Messages that will be made; reserved at once.
        cost: Of passphrase recipients.
        checkpoint: Called before each derivation, which cannot be stopped; raises to stop.

    Attributes:
        materials: The versions that wrap now.

    Raises:
        InvalidValue: Nobody, or more than 15 keys.
        NotFound, KeyDisabled, KeyPendingDeletion, KeyExhausted, MemoryMissing: As they say.
    """

    def __init__(
        self,
        ring: Ring,
        random: Random,
        keys: Sequence[str],
        passphrases: Sequence[bytearray],
        wraps: int,
        cost: KdfCost = PASSPHRASE_COST,
        checkpoint: Checkpoint = _go_on,
    ) -> None:
        if not keys and not passphrases:
            raise InvalidValue(field="recipients", reason="none")
        self._ring = ring
        self._random = random
        self._ids = list(dict.fromkeys(str(ring.primary(key, 0).key_id) for key in keys))
        if len(self._ids) > KEYS_LIMIT:
            raise InvalidValue(field="keys", reason="too_many")
        self.materials = [ring.primary(key, wraps) for key in self._ids]
        self._left = wraps
        self._passphrases = passphrase_wrappers(passphrases, cost, random, checkpoint)

    def message(self, wrap_aad: bytes, frame_length: int) -> Message:
        """Make a data key and a header for one more file.

        Raises:
            OutOfBounds: The header is too long for its recipients and context.
        """
        if self._left == 0:
            # A folder grew since it was counted.
            self._left = 1
            self.materials = [self._ring.primary(key, self._left) for key in self._ids]
        self._left -= 1
        drawn = self._random.bytes(
            _MESSAGE_RANDOM + KEY_RANDOM * len(self.materials) + NONCE_BYTES * len(self._passphrases)
        )
        message_id, data_key = drawn[:MESSAGE_ID_BYTES], drawn[MESSAGE_ID_BYTES:_MESSAGE_RANDOM]
        edks = self.wrap(data_key, wrap_aad, drawn[_MESSAGE_RANDOM:])
        header, keys = build_header(
            message_id=message_id, context_bytes=wrap_aad, edks=edks, frame_length=frame_length, data_key=data_key
        )
        return Message(header, keys.encryption_key, message_id, frame_length)

    def wrap(self, data_key: bytes, wrap_aad: bytes, random: bytes) -> list[EncryptedDataKey]:
        """Return a data key's EDKs in their order; ``random`` is 36 bytes a key and 12 a passphrase."""
        edks: list[EncryptedDataKey] = []
        at = 0
        for key in self.materials:
            edks += wrap_for_key(key, data_key, wrap_aad, random[at : at + KEY_RANDOM])
            at += KEY_RANDOM
        for passphrase in self._passphrases:
            edks.append(passphrase.wrap(data_key, wrap_aad, random[at : at + NONCE_BYTES]))
            at += NONCE_BYTES
        return edks

    def close(self) -> None:
        """Overwrite what was derived."""
        for passphrase in self._passphrases:
            passphrase.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """A header whose data key was found.

    Attributes:
        key: The vault key that opened it; None for a passphrase.
    """

    data_key: bytes = field(repr=False)
    keys: MessageKeys = field(repr=False)
    key: KeyMaterial | None


class Openers:
    """What a batch can open files with. Derived keys are kept for the batch.

    Args:
        ring: Where keys come from.
        passphrases: In normal form; the caller's.
        checkpoint: Called before each derivation, which cannot be stopped; raises to stop.
    """

    def __init__(self, ring: Ring, passphrases: Sequence[bytearray], checkpoint: Checkpoint = _go_on) -> None:
        self._ring = ring
        self._passphrases = passphrases
        self._checkpoint = checkpoint
        self._derived: dict[tuple[int, Argon2Parameters | None], bytearray] = {}

    def open(self, header: MessageHeader) -> Opened:
        """Find the data key of a header, and verify the header with it.

        Raises:
            KeyDisabled, KeyPendingDeletion: A key that is here may not be used; said first.
            AuthenticationFailed: Every match failed.
            PassphraseNeeded: No key is here, a passphrase would open it, and none was given.
            KeyNotHere: No recipient matches.
            OutOfBounds, MemoryMissing: A passphrase recipient asks for too much, or all that are tried do.
            OperationCancelled: Somebody asked to stop.
        """
        recipients = [(edk, parse_recipient(edk)) for edk in header.edks]
        matches, blocked = self._matches(recipients)
        failure: VaultError | None = None
        for edk, name, material in [] if blocked else matches:
            try:
                data_key = unwrap(material.material, name, edk, header.wrap_aad)
                return Opened(data_key, verify_header(header, data_key), material)
            except AuthenticationFailed as exc:
                failure = exc
        by_passphrase = [(edk, name) for edk, name in recipients if name.kind is RecipientKind.PASSPHRASE]
        tried = by_passphrase[:PASSPHRASE_TRIES] if self._passphrases else []
        check_passphrase_work(name.parameters for _, name in tried if name.parameters is not None)
        for edk, name in tried:
            for place in range(len(self._passphrases)):
                try:
                    data_key = unwrap_passphrase(self._derive(place, edk, name), edk, header.wrap_aad)
                    return Opened(data_key, verify_header(header, data_key), None)
                except OperationCancelled:
                    raise
                except VaultError as exc:
                    failure = failure or exc
        if blocked or failure:
            raise blocked or failure or AuthenticationFailed
        if by_passphrase:
            raise PassphraseNeeded
        raise KeyNotHere(key=self._wanted([name for _, name in recipients]))

    def close(self) -> None:
        """Overwrite what was derived."""
        for derived in self._derived.values():
            wipe(derived)
        self._derived.clear()

    def _matches(
        self, recipients: Sequence[tuple[EncryptedDataKey, RecipientName]]
    ) -> tuple[list[tuple[EncryptedDataKey, RecipientName, KeyMaterial]], VaultError | None]:
        matches: list[tuple[EncryptedDataKey, RecipientName, KeyMaterial]] = []
        blocked: VaultError | None = None
        for edk, name in recipients:
            if name.key_id is None or name.version_id is None:
                continue
            try:
                material = self._ring.find(name.key_id, name.version_id)
            except (KeyDisabled, KeyPendingDeletion) as exc:
                blocked = blocked or exc
                continue
            if material is not None:
                matches.append((edk, name, material))
        return matches, blocked

    def _derive(self, place: int, edk: EncryptedDataKey, name: RecipientName) -> bytearray:
        parameters = name.parameters
        found = self._derived.get((place, parameters)) if parameters is not None else None
        if found is None:
            self._checkpoint()
            found = passphrase_wrapping_key(self._passphrases[place], edk.provider_info)
            self._derived[place, parameters] = found
        return found

    def _wanted(self, names: Sequence[RecipientName]) -> str:
        for name in names:
            if name.key_id is not None:
                known = self._ring.label(name.key_id, None)
                return known[0] if known else str(name.key_id)[:8]
        return names[0].provider[:64] if names else ""
