"""The keys of an open vault in memory: their descriptions, and who has which name."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import islice
from uuid import UUID

import msgspec

from vaultapp.core.collector import without_collector
from vaultapp.core.errors import NameTaken, NotFound
from vaultapp.services.descriptions import KEY, KeyDescription, decode
from vaultapp.services.names import as_id, folded
from vaultapp.store.vault_file import OpenVault


class KeyIndex:
    """Names and aliases are one namespace, compared by case folding. Names are sealed, so uniqueness is kept here.

    Who changes a key holds ``changing`` from reading its description here, over the transaction, to putting the
    changed one here; else one change could undo another. Reading needs no such hold.

    Args:
        vault: Read once; changes come by :meth:`put` and :meth:`remove`, after their commit.
    """

    def __init__(self, vault: OpenVault) -> None:
        self.changing = threading.RLock()
        self._lock = threading.Lock()
        with without_collector():
            self._keys: dict[UUID, KeyDescription] = {
                record.row_id: decode(KeyDescription, record.description) for record in vault.records.of_kind(KEY)
            }
            self._names = {
                folded(name): key_id for key_id, key in self._keys.items() for name in (key.name, *key.aliases)
            }
        self._touched: set[UUID] = set()

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._keys)

    def resolve(self, key: str) -> UUID:
        """Return the id of a key given by name, alias or id.

        Raises:
            NotFound: There is none.
        """
        wanted = key.strip()
        with self._lock:
            found = self._names.get(folded(wanted))
            if found is None:
                found = as_id(wanted)
            if found is None or found not in self._keys:
                raise NotFound(kind="key", name=key)
            return found

    def get(self, key_id: UUID) -> KeyDescription | None:
        """Return a key's description; None when it is not here."""
        with self._lock:
            return self._keys.get(key_id)

    def named(self, key_id: UUID) -> KeyDescription:
        """Return a key's description.

        Raises:
            NotFound: It is not here (any more).
        """
        found = self.get(key_id)
        if found is None:
            raise NotFound(kind="key", name=str(key_id))
        return found

    def page(self, offset: int, limit: int) -> list[tuple[UUID, KeyDescription]]:
        """Return a stretch of the keys, oldest first."""
        with self._lock:
            return list(islice(self._keys.items(), offset, offset + limit))

    def newest(self) -> KeyDescription | None:
        """Return the key that was made last; None when there is none."""
        with self._lock:
            return next(reversed(self._keys.values()), None)

    def check_free(self, name: str, owner: UUID | None = None) -> None:
        """Refuse a name or alias that another key has.

        Raises:
            NameTaken: By another key than ``owner``.
        """
        with self._lock:
            if self._names.get(folded(name), owner) != owner:
                raise NameTaken(name=name)

    def put(self, key_id: UUID, key: KeyDescription) -> None:
        """Add or replace a key."""
        with self._lock:
            self._forget_names(key_id)
            self._keys[key_id] = key
            for name in (key.name, *key.aliases):
                self._names[folded(name)] = key_id

    def remove(self, key_id: UUID) -> None:
        """Forget a key."""
        with self._lock:
            self._forget_names(key_id)
            self._keys.pop(key_id, None)
            self._touched.discard(key_id)

    def touch(self, key_id: UUID, at: int) -> None:
        """Note when a key was used; in memory, until somebody writes it."""
        with self._lock:
            key = self._keys.get(key_id)
            if key is not None and (key.last_used is None or key.last_used < at):
                self._keys[key_id] = msgspec.structs.replace(key, last_used=at)
                self._touched.add(key_id)

    def take_touched(self) -> Sequence[tuple[UUID, KeyDescription]]:
        """Return the keys whose last use is not written yet, and take them as written."""
        with self._lock:
            touched, self._touched = self._touched, set()
            return [(key_id, self._keys[key_id]) for key_id in touched if key_id in self._keys]

    def _forget_names(self, key_id: UUID) -> None:
        old = self._keys.get(key_id)
        if old is not None:
            for name in (old.name, *old.aliases):
                self._names.pop(folded(name), None)
