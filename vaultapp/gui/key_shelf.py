"""The open vault's keys, as all pages see them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.core.collector import without_collector
from vaultapp.core.errors import NotFound
from vaultapp.gui.key_choices import KeyChoices
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.choice_popup import Choice

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
        self._choices = KeyChoices({})
        self.loaded = False
        self._numbers = count()
        # The newest question after each key: another answer is older than what is known.
        self._asked: dict[UUID, int] = {}
        self._listing = False
        self._list_again = False
        # What changed while the list was being read may stand in it as it was before.
        self._meanwhile: set[UUID] = set()

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, oldest first."""
        return tuple(self._keys.values())

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The keys that can encrypt, oldest first; the same object while none of them changed."""
        return self._choices.in_order(self._keys)

    def key(self, key_id: UUID | str) -> Key | None:
        """Return a key by its id."""
        return self._keys.get(key_id if isinstance(key_id, UUID) else _uuid(key_id))

    def hue_of(self, key_id: str) -> str:
        """Return a key's hue; slate for one that is not known."""
        found = self.key(key_id)
        return found.hue if found is not None else "slate"

    def newest_of(self, key_id: str) -> int:
        """Return the number of a key's primary version; 0 for a key that is not known."""
        found = self.key(key_id)
        return found.primary_number if found is not None else 0

    def refresh(self) -> None:
        """Ask for all keys; once more afterwards, if they are being asked for already."""
        if self._listing:
            self._list_again = True
            return
        self._listing, self._list_again = True, False
        self._meanwhile = set(self._asked)
        task = self._tasks.run(lambda _work: _all_with_choices(self._api))
        task.tell(self, done=self._take_all, failed=self.failed.emit, ended=self._listed)

    def take(self, key: Key) -> None:
        """Take the answer of a call that changed a key."""
        key_id = key.key_id
        self._put(key_id, key)
        if self._listing:
            self._meanwhile.add(key_id)
        if self._asked.pop(key_id, None) is not None:
            # Which of the two is newer is not known.
            self._ask_for((key_id,))
        self.changed.emit()

    def note_changes(self, key_ids: tuple[UUID, ...]) -> None:
        """The agent says that these changed."""
        if len(key_ids) > _FEW or not self.loaded:
            self.refresh()
            return
        if self._listing:
            self._meanwhile.update(key_ids)
        self._ask_for(key_ids)

    def _ask_for(self, key_ids: Iterable[UUID]) -> None:
        asked = {key_id: next(self._numbers) for key_id in key_ids}
        self._asked.update(asked)
        task = self._tasks.run(lambda _work: [(key_id, _one(self._api, key_id)) for key_id in asked])
        task.tell(self, done=partial(self._take_some, asked), failed=partial(self._not_told, asked))

    def _take_all(self, listed: tuple[dict[UUID, Key], KeyChoices]) -> None:
        before = self._keys
        self._keys, self._choices = listed
        for key_id in self._meanwhile:
            if key_id in before or self.loaded:
                self._put(key_id, before.get(key_id))
        self.loaded = True
        self.changed.emit()
        if self._meanwhile:
            self._ask_for(tuple(self._meanwhile))

    def _put(self, key_id: UUID, key: Key | None) -> None:
        self._choices.change(key_id, self._keys.get(key_id), key)
        if key is None:
            self._keys.pop(key_id, None)
        else:
            self._keys[key_id] = key

    def _listed(self) -> None:
        self._listing = False
        if self._list_again:
            self.refresh()

    def _not_told(self, asked: dict[UUID, int], error: BaseException) -> None:
        for key_id, number in asked.items():
            if self._asked.get(key_id) == number:
                del self._asked[key_id]
        self.failed.emit(error)

    def _take_some(self, asked: dict[UUID, int], found: list[tuple[UUID, Key | None]]) -> None:
        for key_id, key in found:
            if self._asked.get(key_id) != asked[key_id]:
                continue
            del self._asked[key_id]
            self._put(key_id, key)
        self.changed.emit()


def _all_with_choices(api: KeysApi) -> tuple[dict[UUID, Key], KeyChoices]:
    with without_collector():
        keys = _all(api)
        return keys, KeyChoices(keys)


def _all(keys: KeysApi) -> dict[UUID, Key]:
    found: list[Key] = []
    while True:
        # Each page begins with the last key of the one before: a deletion meanwhile moves the rest up.
        page = keys.list(max(0, len(found) - 1), _A_PAGE)
        if found and (not page.keys or page.keys[0].key_id != found[-1].key_id):
            found = []
            continue
        found.extend(page.keys[1 if found else 0 :])
        if len(found) >= page.total or len(page.keys) <= 1:
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
