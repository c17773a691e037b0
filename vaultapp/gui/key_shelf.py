"""The vault's keys in the window, kept up to date for every page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.core.collector import without_collector
from vaultapp.core.errors import NotFound
from vaultapp.gui.key_choices import KeyChoices
from vaultapp.gui.record_shelf import RecordShelf
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.choice_popup import Choice


class KeyShelf(RecordShelf[Key]):
    """Asks for all keys once, and after a change for those that changed.

    Args:
        keys: Lists and shows keys; blocks.
        tasks: Runs its calls.
    """

    def __init__(self, keys: KeysApi, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(tasks, parent)
        self._api = keys
        self._choices = KeyChoices({})

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, oldest first."""
        return self.records

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The keys that can encrypt, oldest first; the same object while none of them changed."""
        return self._choices.in_order(self._records)

    def key(self, key_id: UUID | str) -> Key | None:
        """Return a key by its id."""
        found = key_id if isinstance(key_id, UUID) else _uuid(key_id)
        return None if found is None else self.record(found)

    def hue_of(self, key_id: str) -> str:
        """Return a key's hue; slate for one that is not known."""
        found = self.key(key_id)
        return found.hue if found is not None else "slate"

    def newest_of(self, key_id: str) -> int:
        """Return the number of a key's primary version; 0 for a key that is not known."""
        found = self.key(key_id)
        return found.primary_number if found is not None else 0

    def _id(self, record: Key) -> UUID:
        return record.key_id

    def _page(self, offset: int, limit: int) -> tuple[Sequence[Key], int]:
        page = self._api.list(offset, limit)
        return page.keys, page.total

    def _one(self, record_id: UUID) -> Key | None:
        try:
            return self._api.show(str(record_id))
        except NotFound:
            return None

    def _read(self) -> tuple[dict[UUID, Key], KeyChoices]:
        with without_collector():
            keys = self._all()
            return keys, KeyChoices(keys)

    def _adopt(self, listed: tuple[dict[UUID, Key], KeyChoices]) -> None:
        self._records, self._choices = listed

    def _put(self, record_id: UUID, record: Key | None) -> None:
        self._choices.change(record_id, self._records.get(record_id), record)
        super()._put(record_id, record)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
