"""What lists and plates show of the keys, ready before anyone asks: to make it of very many takes a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.core.printable import printable
from vaultapp.gui.widgets.choice_popup import Choice


class KeyChoices:
    """The keys that can encrypt, as choices. A change touches the key alone.

    Args:
        keys: All keys by their ids. Any thread.
    """

    def __init__(self, keys: Mapping[UUID, Key]) -> None:
        self._choices = {key_id: _choice(key) for key_id, key in keys.items() if key.state is KeyState.ENABLED}
        self._ready: tuple[Choice, ...] | None = tuple(self._choices.values())
        self._in_order = True

    def in_order(self, order: Iterable[UUID]) -> tuple[Choice, ...]:
        """Return the keys that can encrypt, in the order of all keys; the same object while nothing changed."""
        if self._ready is None:
            if not self._in_order:
                found = self._choices
                self._choices = {key_id: found[key_id] for key_id in order if key_id in found}
                self._in_order = True
            self._ready = tuple(self._choices.values())
        return self._ready

    def choice(self, key_id: UUID) -> Choice | None:
        """Return a key as a choice; None for one that cannot encrypt."""
        return self._choices.get(key_id)

    def change(self, key_id: UUID, old: Key | None, new: Key | None) -> None:
        """Take a changed, new or deleted key."""
        choice = _choice(new) if new is not None and new.state is KeyState.ENABLED else None
        if choice == self._choices.get(key_id):
            return
        self._ready = None
        if choice is None:
            del self._choices[key_id]
        else:
            # One that can encrypt again does not stand last.
            self._in_order = self._in_order and (key_id in self._choices or old is None)
            self._choices[key_id] = choice


def _choice(key: Key) -> Choice:
    return Choice(str(key.key_id), printable(key.name), hue=key.hue or "slate")
