"""Vault keys and their versions."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class KeyState(StrEnum):
    """What a key may be used for."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    PENDING_DELETION = "pending_deletion"
    PENDING_IMPORT = "pending_import"


class KeyVersion(Struct, frozen=True, gc=False):
    """One material of a key, without the material.

    Attributes:
        version_id: 8 random bytes; what ciphertexts name.
        number: 1, 2, …; for people only.
        check: First 8 bytes of HMAC-SHA256(material, "vaultapp-kcv-1").
        wraps: Upper bound of the data keys wrapped so far.
    """

    version_id: bytes
    number: int
    state: KeyState
    created: int
    origin: str
    check: bytes
    wraps: int = 0


class Key(Struct, frozen=True, gc=False):
    """One vault key. Times are microseconds UTC.

    Attributes:
        primary: Version id that encrypts; all enabled ones decrypt.
        hue: Name of the plate's hue.
        versions: Oldest first.
        known_files: Files known to need this key; -1 when not counted in this answer.
        older_files: Those of them that need another version than the primary; -1 when not counted.
    """

    key_id: UUID
    name: str
    aliases: tuple[str, ...]
    description: str
    tags: dict[str, str]
    kind: str
    state: KeyState
    created: int
    primary: bytes
    hue: str
    origin: str
    versions: tuple[KeyVersion, ...]
    deletes_at: int | None = None
    rotation_days: int | None = None
    next_rotation: int | None = None
    last_used: int | None = None
    known_files: int = -1
    older_files: int = -1

    @property
    def primary_number(self) -> int:
        """The primary version's number, for people."""
        return next((v.number for v in self.versions if v.version_id == self.primary), 0)


class KeyPage(Struct, frozen=True):
    """A stretch of the list, oldest key first."""

    keys: tuple[Key, ...]
    total: int


class OlderFiles(Struct, frozen=True):
    """A stretch of the known files that need an older version of a key.

    Attributes:
        paths: Those that are where they were.
        gone: How many of this stretch are not.
        next: Offset of the stretch after this one.
        total: How many there are in all.
    """

    paths: tuple[bytes, ...]
    gone: int
    next: int
    total: int


class NewKey(Struct, frozen=True):
    """What a key is made from."""

    name: str
    description: str = ""
    tags: dict[str, str] = {}
    kind: str = "symmetric"
    rotation_days: int | None = None


class ExportedMaterial(Struct, frozen=True):
    """A version's raw AES-256 material and the names under which the official SDK's raw keyring knows it."""

    material: bytearray
    key_namespace: str
    key_name: str

    def __repr__(self) -> str:
        """Show the name only."""
        return f"ExportedMaterial({self.key_name})"


class KeysChanged(Struct, frozen=True, tag=True):
    """Event: these keys were made, changed or removed."""

    key_ids: tuple[UUID, ...]


class KeysApi(Protocol):
    """Make and look after keys.

    ``key`` is a name, an alias, or an id everywhere; ``version`` is a number or 16 hex digits.

    Raises:
        NotFound: No such key or version.
        NameTaken, InvalidValue: Names are NFC, 1-256 characters, unique by case folding.
    """

    def create(self, new: NewKey) -> Key:
        """Make a key with one version."""

    def list(self, offset: int = 0, limit: int = 5000) -> KeyPage:
        """Return up to 5,000 keys from an offset; fewer where they are large."""

    def show(self, key: str) -> Key:
        """Return one key, with its known files counted."""

    def older_files(self, key: str, offset: int = 0) -> OlderFiles:
        """Return up to 5,000 known files that need another version than the primary, from an offset."""

    def rename(self, key: str, name: str) -> Key:
        """Give the key another name; ciphertexts name its id and do not care."""

    def alias(self, key: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Key:
        """Add and remove aliases."""

    def describe(self, key: str, description: str) -> Key:
        """Set the description."""

    def tag(self, key: str, put: dict[str, str], remove: tuple[str, ...] = ()) -> Key:
        """Set and remove tags."""

    def rotate(self, key: str) -> Key:
        """Make a new primary version; older ones still decrypt."""

    def schedule_rotation(self, key: str, days: int | None) -> Key:
        """Rotate by itself every so many days; None never."""

    def enable(self, key: str, version: str | None = None) -> Key:
        """Allow use again, of the key or of one version."""

    def disable(self, key: str, version: str | None = None) -> Key:
        """Refuse use, of the key or of one version that is not primary."""

    def delete(self, key: str, days: int) -> Key:
        """Refuse use from now on and delete for good after 7-30 days."""

    def undelete(self, key: str) -> Key:
        """Take a deletion back; the key is disabled until enabled."""

    def export(self, key: str, version: str | None = None) -> ExportedMaterial:
        """Return a version's material (the primary's by default). The face has asked twice."""
