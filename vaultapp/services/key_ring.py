"""Materials for use: which version encrypts, which decrypts, and how often a wrap may be made."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

import msgspec

from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.core.clock import Clock
from vaultapp.core.errors import KeyDisabled, KeyExhausted, KeyPendingDeletion, NotFound
from vaultapp.core.events import EventBus
from vaultapp.crypto.aead import AesGcm
from vaultapp.formats.text_blob import BlobCipher
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.key_index import KeyIndex
from vaultapp.services.key_store import CREATED, KeyStore, Version
from vaultapp.services.recorder import Recorder
from vaultapp.store.vault_file import OpenVault

WRAP_BLOCK = 1024
_CACHE_LIMIT = 512


@dataclass(frozen=True, slots=True)
class WrapCaps:
    """How many raw AES wraps one version makes before it is rotated by itself, and before it refuses."""

    rotate_at: int = 2**31
    refuse_at: int = 2**32


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """One version, ready to be used.

    Attributes:
        version_id: 8 bytes.
        number: For people.
        material: 32 bytes.
        cipher: For raw AES wraps.
        blob: For texts and KMS wraps.
    """

    key_id: UUID
    version_id: bytes
    name: str
    number: int
    material: bytes = field(repr=False)
    cipher: AesGcm = field(repr=False, compare=False)
    blob: BlobCipher = field(repr=False, compare=False)


class Ring(Protocol):
    """Where materials come from: an open vault's ring, or none at all."""

    def primary(self, key: str, wraps: int) -> KeyMaterial:
        """Return the version that encrypts, with so many raw wraps reserved (0 for texts).

        Raises:
            NotFound, KeyDisabled, KeyPendingDeletion, KeyExhausted: It may not be used.
        """

    def find(self, key_id: UUID, version_id: bytes) -> KeyMaterial | None:
        """Return a version that decrypts; None when it is not here.

        Raises:
            KeyDisabled, KeyPendingDeletion: It is here and may not be used.
        """

    def label(self, key_id: UUID, version_id: bytes | None) -> tuple[str, int] | None:
        """Return name and version number for people, whatever the state; None when the key is not here."""


class NoRing:
    """The ring of an agent without a vault."""

    def primary(self, key: str, wraps: int) -> KeyMaterial:  # noqa: ARG002 - the protocol's
        """There is no key.

        Raises:
            NotFound: Always.
        """
        raise NotFound(kind="key", name=key)

    def find(self, key_id: UUID, version_id: bytes) -> KeyMaterial | None:  # noqa: ARG002 - the protocol's
        """There is no key."""
        return None

    def label(self, key_id: UUID, version_id: bytes | None) -> tuple[str, int] | None:  # noqa: ARG002
        """There is no key."""
        return None


class KeyRing:
    """The ring of an open vault. Thread safe.

    Raw AES wraps take random 96-bit nonces, so they are counted: in blocks that are written before they are used,
    a key is rotated by itself at 2^31 and refuses at 2^32. Texts take longer nonces and need no counting.

    Args:
        vault: The open vault.
        index: Its keys.
        store: Its keys as records.
        recorder: Writes down the rotations that the ring makes.
        clock: For the time of last use.
        bus: Told of the rotations that the ring makes.
        caps: Smaller in tests.
    """

    def __init__(
        self,
        vault: OpenVault,
        index: KeyIndex,
        store: KeyStore,
        recorder: Recorder,
        clock: Clock,
        bus: EventBus,
        caps: WrapCaps | None = None,
    ) -> None:
        self._vault = vault
        self._index = index
        self._store = store
        self._recorder = recorder
        self._clock = clock
        self._bus = bus
        self._caps = caps or WrapCaps()
        self._lock = threading.RLock()
        self._left: dict[bytes, int] = {}
        self._cache: dict[tuple[UUID, bytes], KeyMaterial] = {}

    def primary(self, key: str, wraps: int) -> KeyMaterial:
        """Return the version that encrypts, with so many raw wraps reserved (0 for texts).

        Raises:
            NotFound, KeyDisabled, KeyPendingDeletion: It may not be used.
            KeyExhausted: 2^32 wraps were made, and this key can't be rotated.
        """
        key_id = self._index.resolve(key)
        version_id = _usable(self._index.named(key_id)).primary
        rotated = False
        if wraps:
            version_id, rotated = self._reserve(key_id, wraps)
        found = self._material(key_id, version_id)
        if found is None:
            raise NotFound(kind="version", name=version_id.hex())
        if rotated:
            self._bus.publish(KeysChanged((key_id,)))
        self._index.touch(key_id, self._clock.now())
        return found

    def find(self, key_id: UUID, version_id: bytes) -> KeyMaterial | None:
        """Return a version that decrypts; None when key or version are not here.

        Raises:
            KeyDisabled, KeyPendingDeletion: It is here and may not be used.
        """
        description = self._index.get(key_id)
        if description is None:
            return None
        _usable(description)
        found = self._material(key_id, version_id)
        if found is not None:
            self._index.touch(key_id, self._clock.now())
        return found

    def label(self, key_id: UUID, version_id: bytes | None) -> tuple[str, int] | None:
        """Return name and version number for people, whatever the state; None when the key is not here.

        The number is 0 when no version is asked for, or that version is not here.
        """
        description = self._index.get(key_id)
        if description is None:
            return None
        cached = None if version_id is None else self._cache.get((key_id, version_id))
        if cached is not None:
            return description.name, cached.number
        version = None if version_id is None else self._version(key_id, version_id)
        return description.name, 0 if version is None else version.description.number

    def forget(self, key_id: UUID) -> None:
        """Drop what is kept in memory of a key, because a change of it was committed."""
        with self._lock:
            self._cache = {place: kept for place, kept in self._cache.items() if place[0] != key_id}

    def write_last_used(self) -> None:
        """Write the times of last use that are only in memory; before the vault is closed.

        Raises:
            HostError: Nothing was written.
        """
        with self._index.changing:
            touched = self._index.take_touched()
            if touched:
                with self._vault.transaction() as transaction:
                    for key_id, key in touched:
                        self._store.write_key(transaction, key_id, key)

    def _version(self, key_id: UUID, version_id: bytes) -> Version | None:
        versions = self._store.versions(key_id)
        return next((found for found in versions if found.description.version_id == version_id), None)

    def _material(self, key_id: UUID, version_id: bytes) -> KeyMaterial | None:
        """Return an enabled version; None when there is no such version."""
        found = self._cache.get((key_id, version_id))
        if found is not None:
            return found
        # Reading and keeping are one hold of the lock, so that ``forget`` after a change drops what was read before.
        with self._lock:
            return self._loaded(key_id, version_id)

    def _loaded(self, key_id: UUID, version_id: bytes) -> KeyMaterial | None:
        version = self._version(key_id, version_id)
        if version is None:
            return None
        name, number = self._index.named(key_id).name, version.description.number
        if version.description.state is not KeyState.ENABLED:
            raise KeyDisabled(key=name, version=number)
        material = bytes(self._store.material(version))
        blob = BlobCipher(material, key_id, version_id)
        found = KeyMaterial(key_id, version_id, name, number, material, AesGcm(material), blob)
        if len(self._cache) >= _CACHE_LIMIT:
            self._cache = {}
        self._cache[key_id, version_id] = found
        return found

    def _reserve(self, key_id: UUID, wraps: int) -> tuple[bytes, bool]:
        """Take wraps from what is written already, or write more first; return the version and if it is a new one."""
        with self._index.changing:
            key = _usable(self._index.named(key_id))
            left = self._left.get(key.primary, 0)
            if left >= wraps:
                self._left[key.primary] = left - wraps
                return key.primary, False
            version = self._version(key_id, key.primary)
            if version is None or version.description.state is not KeyState.ENABLED:
                return key.primary, False  # The caller finds out and says so.
            reserved = version.description.wraps_reserved
            needed = reserved + wraps - left
            if needed > self._caps.rotate_at and wraps <= self._caps.rotate_at and key.origin == CREATED:
                return self._rotate(key_id, key, wraps), True
            if needed > self._caps.refuse_at:
                raise KeyExhausted(key=key.name, version=version.description.number)
            # A block in advance, but never over a cap that these wraps alone keep.
            cap = self._caps.rotate_at if needed <= self._caps.rotate_at else self._caps.refuse_at
            block = min(max(WRAP_BLOCK, wraps - left), cap - reserved)
            changed = msgspec.structs.replace(version.description, wraps_reserved=reserved + block)
            used = msgspec.structs.replace(key, last_used=self._clock.now())
            with self._vault.transaction() as transaction:
                self._store.write_version(transaction, version, changed)
                self._store.write_key(transaction, key_id, used)
            self._index.put(key_id, used)
            self._left[key.primary] = left + block - wraps
            return key.primary, False

    def _rotate(self, key_id: UUID, key: KeyDescription, wraps: int) -> bytes:
        """Rotate a key whose version has made as many wraps as are good, and reserve from the new one."""
        block = max(wraps, min(WRAP_BLOCK, self._caps.rotate_at))
        with self._vault.transaction() as transaction:
            rotated, number = self._store.rotate(transaction, key_id, key, wraps_reserved=block)
            facts: dict[str, str | int] = {"version": number, "reason": "wraps", "key": str(key_id)}
            transaction.record(self._recorder.entry("key.rotate", "key", key.name, "ok", **facts))
        self._index.put(key_id, rotated)
        self._left[rotated.primary] = block - wraps
        return rotated.primary


def _usable(key: KeyDescription) -> KeyDescription:
    if key.state is KeyState.PENDING_DELETION:
        raise KeyPendingDeletion(key=key.name)
    if key.state is not KeyState.ENABLED:
        raise KeyDisabled(key=key.name, version=0)
    return key
