"""Keys in memory, without material."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import structs

from tests.gui.gates import open_gate, pass_gate
from tests.gui.samples import NOON, key
from vaultapp.contracts.events import Event
from vaultapp.contracts.keys import (
    ExportedMaterial,
    Key,
    KeyPage,
    KeysApi,
    KeysChanged,
    KeyState,
    KeyVersion,
    NewKey,
    OlderFiles,
)
from vaultapp.core.clock import DAY
from vaultapp.core.errors import (
    NameTaken,
    NotFound,
    VaultError,
)
from vaultapp.services.keys import PAGE_LIMIT


@dataclass
class FakeKeys:
    """A list of keys, changed by the calls that the window makes.

    Attributes:
        asked: Every change that was asked for, in order: name of the call and its arguments.
        refuses: Raised by the next change, once.
        gate: A change waits here before it is made.
        known: Known files by key name.
        publish: Told of every change after it was made, as by the agent.
        older: Those that need an older version, by key name; an empty path is a file that is gone.
    """

    keys: list[Key] = field(default_factory=lambda: [key("Personal", "petrol"), key("Work", "indigo", 7)])
    asked: list[tuple[object, ...]] = field(default_factory=list)
    refuses: VaultError | None = None
    gate: threading.Event = field(default_factory=open_gate)
    publish: Callable[[Event], None] = lambda _event: None
    known: dict[str, int] = field(default_factory=dict)
    older: dict[str, list[bytes]] = field(default_factory=dict)
    now: Callable[[], int] = lambda: NOON

    def list(self, offset: int = 0, limit: int = PAGE_LIMIT) -> KeyPage:
        begin = max(0, offset)
        return KeyPage(tuple(self.keys[begin : begin + max(1, min(limit, PAGE_LIMIT))]), len(self.keys))

    def show(self, key: str) -> Key:
        found = self.keys[self._at(key)]
        older = self.older.get(found.name, [])
        return structs.replace(found, known_files=self.known.get(found.name, 0), older_files=len(older))

    def older_files(self, key: str, offset: int = 0) -> OlderFiles:
        found = self.older.get(self.keys[self._at(key)].name, [])
        piece = found[offset : offset + 2]
        return OlderFiles(tuple(filter(None, piece)), piece.count(b""), offset + len(piece), len(found))

    def create(self, new: NewKey) -> Key:
        self._ask("create", new)
        if any(new.name.casefold() == old.name.casefold() for old in self.keys):
            raise NameTaken(name=new.name)
        made = key(new.name, "olive", 1)
        self.keys.append(
            structs.replace(
                made,
                description=new.description,
                tags=new.tags,
                rotation_days=new.rotation_days,
                next_rotation=new.rotation_days and self.now() + new.rotation_days * DAY,
            )
        )
        return self._told(self.keys[-1])

    def rotate(self, key: str) -> Key:
        found = self._found("rotate", key)
        number = len(found.versions) + 1
        made = KeyVersion(bytes([number] * 8), number, KeyState.ENABLED, self.now(), "created", bytes(8))
        return self._put(key, versions=(*found.versions, made), primary=made.version_id)

    def schedule_rotation(self, key: str, days: int | None) -> Key:
        self._found("schedule_rotation", key, days)
        return self._put(key, rotation_days=days, next_rotation=days and self.now() + days * DAY)

    def rename(self, key: str, name: str) -> Key:
        self._found("rename", key, name)
        return self._put(key, name=name)

    def describe(self, key: str, description: str) -> Key:
        self._found("describe", key, description)
        return self._put(key, description=description)

    def alias(self, key: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Key:
        found = self._found("alias", key, add, remove)
        return self._put(key, aliases=(*(old for old in found.aliases if old not in remove), *add))

    def tag(self, key: str, put: dict[str, str], remove: tuple[str, ...] = ()) -> Key:
        found = self._found("tag", key, put, remove)
        return self._put(key, tags={tag: value for tag, value in found.tags.items() if tag not in remove} | put)

    def enable(self, key: str, version: str | None = None) -> Key:
        return self._turned("enable", key, version, KeyState.ENABLED)

    def disable(self, key: str, version: str | None = None) -> Key:
        return self._turned("disable", key, version, KeyState.DISABLED)

    def delete(self, key: str, days: int) -> Key:
        self._found("delete", key, days)
        return self._put(key, state=KeyState.PENDING_DELETION, deletes_at=self.now() + days * DAY)

    def undelete(self, key: str) -> Key:
        self._found("undelete", key)
        return self._put(key, state=KeyState.DISABLED, deletes_at=None)

    def export(self, key: str, version: str | None = None) -> ExportedMaterial:
        found = self._found("export", key, version)
        return ExportedMaterial(bytearray(range(32)), "vaultapp", f"{found.key_id}#{version}")

    def _at(self, name: str) -> int:
        for at, found in enumerate(self.keys):
            if name in (found.name, str(found.key_id)):
                return at
        raise NotFound(kind="key", name=name)

    def _ask(self, *call: object) -> None:
        pass_gate(self.gate)
        refuses, self.refuses = self.refuses, None
        if refuses is not None:
            raise refuses
        self.asked.append(call)

    def _found(self, call: str, name: str, *arguments: object) -> Key:
        found = self.keys[self._at(name)]
        self._ask(call, found.name, *arguments)
        return found

    def _put(self, name: str, /, **changes: object) -> Key:
        at = self._at(name)
        self.keys[at] = structs.replace(self.keys[at], **changes)
        return self._told(self.keys[at])

    def _told(self, changed: Key) -> Key:
        self.publish(KeysChanged((changed.key_id,)))
        return changed

    def _turned(self, call: str, name: str, version: str | None, state: KeyState) -> Key:
        found = self._found(call, name, version)
        if version is None:
            return self._put(name, state=state)
        versions = tuple(
            structs.replace(v, state=state) if v.version_id.hex() == version else v for v in found.versions
        )
        return self._put(name, versions=versions)


if TYPE_CHECKING:
    _: type[KeysApi] = FakeKeys
