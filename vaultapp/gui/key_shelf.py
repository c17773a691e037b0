"""The open vault's keys, as all pages see them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.core.errors import NotFound
from vaultapp.gui.tasks import TaskRunner

_A_PAGE = 5000
_FEW = 16


class KeyShelf(QObject):
    """Asks for all keys once, and after a change for those that changed.

    Args:
        keys: Lists and shows keys; blocks.
        tasks: Runs its calls.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, keys: KeysApi, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._api = keys
        self._tasks = tasks
        self._keys: dict[UUID, Key] = {}
        self.loaded = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, oldest first."""
        return tuple(self._keys.values())

    def key(self, key_id: UUID | str) -> Key | None:
        """Return a key by its id."""
        return self._keys.get(key_id if isinstance(key_id, UUID) else _uuid(key_id))

    def hue_of(self, key_id: str) -> str:
        """Return a key's hue; slate for one that is not known."""
        found = self.key(key_id)
        return found.hue if found is not None else "slate"

    def refresh(self) -> None:
        """Ask for all keys."""
        task = self._tasks.run(lambda _work: _all(self._api))
        task.succeeded.connect(self._take_all)
        task.failed.connect(self.failed)

    def take(self, key: Key) -> None:
        """Take the answer of a call that changed a key."""
        self._keys[key.key_id] = key
        self.changed.emit()

    def note_changes(self, key_ids: tuple[UUID, ...]) -> None:
        """The agent says that these changed."""
        if len(key_ids) > _FEW or not self.loaded:
            self.refresh()
            return
        task = self._tasks.run(lambda _work: [(key_id, _one(self._api, key_id)) for key_id in key_ids])
        task.succeeded.connect(self._take_some)
        task.failed.connect(self.failed)

    def _take_all(self, keys: dict[UUID, Key]) -> None:
        self._keys = keys
        self.loaded = True
        self.changed.emit()

    def _take_some(self, found: list[tuple[UUID, Key | None]]) -> None:
        for key_id, key in found:
            if key is None:
                self._keys.pop(key_id, None)
            else:
                self._keys[key_id] = key
        self.changed.emit()


def _all(keys: KeysApi) -> dict[UUID, Key]:
    found: list[Key] = []
    while True:
        page = keys.list(len(found), _A_PAGE)
        found.extend(page.keys)
        if len(found) >= page.total or not page.keys:
            return {key.key_id: key for key in found}


def _one(keys: KeysApi, key_id: UUID) -> Key | None:
    try:
        return keys.show(str(key_id))
    except NotFound:
        return None


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError:
        return None
