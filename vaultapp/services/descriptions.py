"""What the records of a vault hold, by kind. Unknown fields of newer records survive a change."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.contracts.keys import KeyState, KeyVersion
from vaultapp.core.errors import VaultDamaged

KEY = "key"
KEY_VERSION = "key_version"
KNOWN_FILE = "known_file"
SETTING = "setting"

DescriptionT = TypeVar("DescriptionT", bound=Struct)

# Descriptions hold no cycles, and there may be hundreds of thousands: the collector need not look at them (gc=False).
_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")


class KeyDescription(Struct, frozen=True, gc=False):
    """A key, without its versions. Times are microseconds UTC."""

    name: str
    kind: str
    state: KeyState
    created: int
    primary: bytes
    hue: str
    origin: str = "created"
    aliases: tuple[str, ...] = ()
    description: str = ""
    tags: dict[str, str] = {}
    deletes_at: int | None = None
    rotation_days: int | None = None
    next_rotation: int | None = None
    last_used: int | None = None


class VersionDescription(Struct, frozen=True, gc=False):
    """One version of a key; its material is the record's secret."""

    version_id: bytes
    number: int
    state: KeyState
    created: int
    origin: str
    check: bytes
    wraps_reserved: int = 0

    def as_contract(self) -> KeyVersion:
        """Return what callers see."""
        return KeyVersion(
            self.version_id, self.number, self.state, self.created, self.origin, self.check, self.wraps_reserved
        )


class KnownFile(Struct, frozen=True, gc=False):
    """A sealed file that was made or opened here, and what opens it."""

    path: bytes
    message_id: bytes
    keys: tuple[UUID, ...]
    versions: tuple[bytes, ...]
    seen: int


class LockingDescription(Struct, frozen=True, gc=False):
    """The settings by which a vault locks; of all settings the record of this name."""

    name: str
    idle_minutes: int
    on_sleep: bool
    on_session_lock: bool
    on_screen_saver: bool
    on_user_switch: bool
    programs_go_on: bool = False


class PluginsDescription(Struct, frozen=True, gc=False):
    """Whose connectors may be loaded; of all settings the record of this name."""

    name: str
    allowed: tuple[str, ...]


class SettingName(Struct, frozen=True, gc=False):
    """What every record of a setting begins with."""

    name: str


@cache
def _decoder(kind: type[Struct]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def decode(kind: type[DescriptionT], packed: bytes) -> DescriptionT:
    """Read a description.

    Raises:
        VaultDamaged: It is authentic and yet not what its kind must hold.
    """
    try:
        found: DescriptionT = _decoder(kind).decode(packed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # Not "from": what could not be read is quoted there.
        raise VaultDamaged(reason="description") from None
    return found


def encode(description: Struct, before: bytes | None = None) -> bytes:
    """Write a description, keeping fields of ``before`` that are not known here."""
    fields = msgspec.to_builtins(description, builtin_types=(bytes, UUID))
    if before is not None:
        fields = msgspec.msgpack.decode(before) | fields
    return _ENCODER.encode(fields)
