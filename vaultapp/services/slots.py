"""Ways to the root key: each slot wraps it under a key made from factors.

slot key = HKDF-SHA512(salt = the slot's 32 bytes, ikm = canonical("slot-factors", every factor's output in the order
of kinds), info ``vaultapp/1/slot``), 32 bytes; AES-256-GCM over the root key, stored as nonce 12 ‖ ciphertext ‖ tag 16,
with AAD canonical("slot", vault id, slot id, the exact parameter bytes), so that no parameter can be changed unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.contracts.vault import KdfCost, SlotRecord
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.clock import Clock
from vaultapp.core.errors import (
    AuthenticationFailed,
    NoSuchSlot,
    VaultDamaged,
    VaultTampered,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.crypto.aead import NONCE_BYTES, AesGcm
from vaultapp.crypto.hkdf import hkdf
from vaultapp.crypto.kdf import SALT_BYTES, Argon2Parameters, argon2id, check_bounds, check_work
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import ROOT_KEY_BYTES, wipe
from vaultapp.formats.canonical import canonical
from vaultapp.formats.recovery_words import check_value, entropy_of
from vaultapp.services.key_store import new_id
from vaultapp.store.vault_file import SlotRow

SLOT_SALT_BYTES = 32
_SLOT_INFO = b"vaultapp/1/slot"
_KINDS = frozenset(kind.value for kind in SlotKind)


class Argon2Setting(Struct, frozen=True):
    """Argon2id parameters as a slot holds them; memory in KiB."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes


class SlotParameters(Struct, frozen=True, omit_defaults=True):
    """A slot's clear part: a msgpack map.

    Attributes:
        kinds: The factors, in the order in which they go into the slot's key.
        created: Microseconds UTC.
        salt: 32 bytes, of the slot.
        argon2: For a passphrase.
        check: 8 bytes that tell recovery words of another vault from mistyped ones.
    """

    kinds: tuple[str, ...]
    created: int
    salt: bytes
    argon2: Argon2Setting | None = None
    check: bytes | None = None


class SlotMaker:
    """Makes slots of one vault.

    Args:
        vault_id: Bound into every slot.
        clock: Source of time.
        random: Source of salts and nonces.
    """

    def __init__(self, vault_id: UUID, clock: Clock, random: Random) -> None:
        self._vault_id = vault_id
        self._clock = clock
        self._random = random

    def for_passphrase(self, root_key: bytes | bytearray, passphrase: bytearray, cost: KdfCost) -> SlotRow:
        """Make a slot for a passphrase, as ``crypto.kdf.passphrase_bytes`` returns it. It takes about a second.

        Raises:
            OutOfBounds, MemoryMissing: The cost is not allowed, or not possible here; before memory is taken.
        """
        setting = Argon2Setting(cost.memory_kib, cost.passes, cost.lanes, self._random.bytes(SALT_BYTES))
        factor = argon2id(passphrase, _argon2(setting))
        return self._slot(root_key, SlotKind.PASSPHRASE, factor, argon2=setting)

    def for_words(self, root_key: bytes | bytearray, entropy: bytearray) -> SlotRow:
        """Make a slot for recovery words, given as their 32 bytes, which stay the caller's."""
        return self._slot(root_key, SlotKind.RECOVERY_WORDS, bytearray(entropy), check=check_value(entropy))

    def _slot(
        self,
        root_key: bytes | bytearray,
        kind: SlotKind,
        factor: bytearray,
        argon2: Argon2Setting | None = None,
        check: bytes | None = None,
    ) -> SlotRow:
        salt = self._random.bytes(SLOT_SALT_BYTES)
        parameters = msgspec.msgpack.encode(SlotParameters((kind.value,), self._clock.now(), salt, argon2, check))
        slot_id = new_id(self._random)
        nonce = self._random.bytes(NONCE_BYTES)
        try:
            cipher = AesGcm(slot_key(salt, [factor]))
        finally:
            wipe(factor)
        sealed = cipher.seal(nonce, root_key, _aad(self._vault_id, slot_id, parameters))
        return SlotRow(slot_id, parameters, nonce + sealed)


def slot_key(salt: bytes, factors: Sequence[bytes | bytearray]) -> bytes:
    """Return a slot's 32-byte key; every factor changes all of it."""
    return hkdf(canonical("slot-factors", *factors), salt=salt, info=_SLOT_INFO, length=32)


def open_with_passphrase(vault_id: UUID, slots: Sequence[SlotRow], passphrase: bytearray) -> tuple[bytearray, UUID]:
    """Return the root key and the slot that gave it. It takes about a second.

    Args:
        vault_id: The vault's id.
        slots: All its slots.
        passphrase: As ``crypto.kdf.passphrase_bytes`` returns it.

    Raises:
        NoSuchSlot: The vault has no passphrase.
        WrongPassphrase: It opens none.
        VaultDamaged: A slot's parameters are malformed.
        OutOfBounds, MemoryMissing: Before any memory is taken; all slots together may cost no more than one.
    """
    tried = []
    for slot, parameters in _of_kind(slots, SlotKind.PASSPHRASE):
        if parameters.argon2 is None:
            raise VaultDamaged(reason="slots")
        tried.append((slot, parameters, _argon2(parameters.argon2)))
    check_work([setting for _, _, setting in tried])
    for slot, parameters, setting in tried:
        factor = argon2id(passphrase, setting)
        root_key = _opened(vault_id, slot, parameters, factor)
        if root_key is not None:
            return root_key, slot.slot_id
    raise WrongPassphrase


def open_with_words(vault_id: UUID, slots: Sequence[SlotRow], words: str | bytes | bytearray) -> tuple[bytearray, UUID]:
    """Return the root key and the slot that gave it.

    Raises:
        WordsMistyped: Their checksum fails.
        NoSuchSlot: The vault has no recovery words.
        WordsOfAnotherVault: Sound words, but not this vault's, or of an older kit.
        VaultDamaged, OutOfBounds: A slot's parameters are malformed or out of bounds.
        VaultTampered: The words are this vault's, and their slot was changed.
    """
    entropy = entropy_of(words)
    try:
        for slot, parameters in _of_kind(slots, SlotKind.RECOVERY_WORDS):
            if parameters.check == check_value(entropy):
                root_key = _opened(vault_id, slot, parameters, bytearray(entropy))
                if root_key is None:
                    raise VaultTampered(reason="slots")
                return root_key, slot.slot_id
        raise WordsOfAnotherVault
    finally:
        wipe(entropy)


def slot_records(slots: Sequence[SlotRow]) -> tuple[SlotRecord, ...]:
    """Return what people see of the slots; kinds that are not known here are left out.

    Raises:
        VaultDamaged: Malformed parameters.
    """
    records = []
    for slot in slots:
        parameters = _parameters(slot)
        if len(parameters.kinds) != 1 or parameters.kinds[0] not in _KINDS:
            continue
        setting = parameters.argon2
        cost = None if setting is None else KdfCost(setting.memory_kib, setting.passes, setting.lanes)
        records.append(SlotRecord(slot.slot_id, SlotKind(parameters.kinds[0]), parameters.created, cost))
    return tuple(records)


def slot_kinds(slots: Sequence[SlotRow]) -> tuple[SlotKind, ...]:
    """Return the ways in, each once; none where the slots are damaged, which unlocking says."""
    with suppress(VaultDamaged):
        return tuple(dict.fromkeys(record.kind for record in slot_records(slots)))
    return ()


def check_slots(slots: Sequence[SlotRow]) -> list[tuple[SlotRow, SlotParameters]]:
    """Check every slot's parameters before any of them costs memory, and return them.

    Raises:
        VaultDamaged: Malformed.
        OutOfBounds: An Argon2id setting outside floor and ceiling.
    """
    parsed = [(slot, _parameters(slot)) for slot in slots]
    for _, parameters in parsed:
        if parameters.argon2 is not None:
            check_bounds(_argon2(parameters.argon2))
    return parsed


def _of_kind(slots: Sequence[SlotRow], kind: SlotKind) -> list[tuple[SlotRow, SlotParameters]]:
    found = [(slot, parameters) for slot, parameters in check_slots(slots) if parameters.kinds == (kind.value,)]
    if not found:
        raise NoSuchSlot(kind=kind.value)
    return found


def _parameters(slot: SlotRow) -> SlotParameters:
    try:
        return msgspec.msgpack.decode(slot.parameters, type=SlotParameters)
    except (msgspec.MsgspecError, RecursionError, ValueError) as exc:
        raise VaultDamaged(reason="slots") from exc


def _argon2(setting: Argon2Setting) -> Argon2Parameters:
    return Argon2Parameters(setting.memory_kib, setting.passes, setting.lanes, setting.salt)


def _opened(vault_id: UUID, slot: SlotRow, parameters: SlotParameters, factor: bytearray) -> bytearray | None:
    """Return the root key, or None when this factor does not open the slot; the factor is overwritten."""
    aad = _aad(vault_id, slot.slot_id, slot.parameters)
    try:
        cipher = AesGcm(slot_key(parameters.salt, [factor]))
        root_key = bytearray(cipher.open(slot.wrapped[:NONCE_BYTES], slot.wrapped[NONCE_BYTES:], aad))
    except (AuthenticationFailed, ValueError):
        return None
    finally:
        wipe(factor)
    return root_key if len(root_key) == ROOT_KEY_BYTES else None


def _aad(vault_id: UUID, slot_id: UUID, parameters: bytes) -> bytes:
    return canonical("slot", vault_id.bytes, slot_id.bytes, parameters)
