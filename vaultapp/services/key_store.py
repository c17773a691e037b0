"""Keys and versions as records: how they are read and changed inside a transaction."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.core.clock import DAY, Clock
from vaultapp.core.errors import NotFound
from vaultapp.crypto.random import Random
from vaultapp.services.descriptions import KEY, KEY_VERSION, KeyDescription, VersionDescription, decode, encode
from vaultapp.store.vault_file import OpenVault, Transaction

CREATED = "created"
"""Origin of keys whose material is made here; only those can be rotated by themselves."""
MATERIAL_BYTES = 32
VERSION_ID_BYTES = 8
WRAPS_UNKNOWN = 2**20
CHECK_TEXT = b"vaultapp-kcv-1"


class Version(Struct, frozen=True, gc=False):
    """A version's record."""

    row_id: UUID
    key_id: UUID
    description: VersionDescription


class KeyStore:
    """Reads and writes keys of one vault; knows no rules of use.

    Args:
        vault: The open vault.
        clock: For times of making.
        random: For ids and material.
    """

    def __init__(self, vault: OpenVault, clock: Clock, random: Random) -> None:
        self._vault = vault
        self._clock = clock
        self._random = random

    def versions(self, key_id: UUID) -> list[Version]:
        """Return a key's versions, oldest first."""
        return [
            Version(record.row_id, key_id, decode(VersionDescription, record.description))
            for record in self._vault.records.children(key_id, KEY_VERSION)
        ]

    def material(self, version: Version) -> bytearray:
        """Return a version's 32 bytes."""
        return self._vault.records.secret(version.row_id)

    def insert_key(self, transaction: Transaction, key_id: UUID, key: KeyDescription) -> None:
        """Write a new key."""
        transaction.insert(key_id, KEY, None, encode(key), None)

    def write_key(self, transaction: Transaction, key_id: UUID, key: KeyDescription) -> None:
        """Write a changed key."""
        transaction.update(key_id, encode(key, self._vault.records.get(key_id).description))

    def write_version(self, transaction: Transaction, version: Version, changed: VersionDescription) -> None:
        """Write a changed version; its material stays."""
        before = self._vault.records.get(version.row_id).description
        transaction.update(version.row_id, encode(changed, before))

    def new_version_id(self) -> bytes:
        """Return 8 random bytes: versions are known by them, never by their number."""
        return self._random.bytes(VERSION_ID_BYTES)

    def insert_version(
        self, transaction: Transaction, key_id: UUID, version_id: bytes, number: int, wraps_reserved: int = 0
    ) -> VersionDescription:
        """Write a version with fresh material."""
        material = self._random.bytes(MATERIAL_BYTES)
        version = VersionDescription(
            version_id=version_id,
            number=number,
            state=KeyState.ENABLED,
            created=self._clock.now(),
            origin=CREATED,
            check=check_value(material),
            wraps_reserved=wraps_reserved,
        )
        row_id = new_id(self._random)
        transaction.insert(row_id, KEY_VERSION, key_id, encode(version), material)
        return version

    def rotate(
        self, transaction: Transaction, key_id: UUID, key: KeyDescription, wraps_reserved: int = 0
    ) -> tuple[KeyDescription, int]:
        """Write a new primary version; return the key that names it, and its number."""
        number = max((version.description.number for version in self.versions(key_id)), default=0) + 1
        version_id = self.new_version_id()
        version = self.insert_version(transaction, key_id, version_id, number, wraps_reserved)
        due = next_rotation(version.created, key.rotation_days)
        rotated = msgspec.structs.replace(key, primary=version_id, next_rotation=due)
        self.write_key(transaction, key_id, rotated)
        return rotated, number

    def raise_reserved(self, transaction: Transaction) -> None:
        """Raise every version's count of wraps by 2^20: an older copy does not know of those made after it."""
        for record in self._vault.records.of_kind(KEY_VERSION):
            version = decode(VersionDescription, record.description)
            changed = msgspec.structs.replace(version, wraps_reserved=version.wraps_reserved + WRAPS_UNKNOWN)
            transaction.update(record.row_id, encode(changed, record.description))

    def delete(self, transaction: Transaction, key_id: UUID) -> None:
        """Remove a key and all its versions."""
        for version in self.versions(key_id):
            transaction.delete(version.row_id)
        transaction.delete(key_id)


def as_contract(key_id: UUID, key: KeyDescription, versions: Sequence[Version]) -> Key:
    """Return what callers see of a key."""
    return Key(
        key_id=key_id,
        name=key.name,
        aliases=key.aliases,
        description=key.description,
        tags=key.tags,
        kind=key.kind,
        state=key.state,
        created=key.created,
        primary=key.primary,
        hue=key.hue,
        origin=key.origin,
        versions=tuple(version.description.as_contract() for version in versions),
        deletes_at=key.deletes_at,
        rotation_days=key.rotation_days,
        next_rotation=key.next_rotation,
        last_used=key.last_used,
    )


def find_version(versions: Sequence[Version], wanted: str) -> Version:
    """Return a version by its number or by the 16 hex digits of its id.

    Raises:
        NotFound: There is none.
    """
    for version in versions:
        if wanted in (str(version.description.number), version.description.version_id.hex()):
            return version
    raise NotFound(kind="version", name=wanted)


def next_rotation(last: int, days: int | None) -> int | None:
    """Return when a key is due, from its last rotation."""
    return None if days is None else last + days * DAY


def check_value(material: bytes | bytearray) -> bytes:
    """Return 8 bytes that tell two materials apart without telling them."""
    return hmac.digest(bytes(material), CHECK_TEXT, "sha256")[:8]


def new_id(random: Random) -> UUID:
    """Return a random uuid (RFC 9562, version 4)."""
    return UUID(bytes=random.bytes(16), version=4)
