"""What the command palette offers of records, ready before anybody opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from vaultapp.core.collector import without_collector
from vaultapp.gui.commands import Command

R = TypeVar("R")


class CommandList(Generic[R]):
    """One command a record, in the order of arrival.

    Args:
        key: Tells records apart.
        make: Returns a record's command; any thread.
    """

    def __init__(self, key: Callable[[R], object], make: Callable[[R], Command]) -> None:
        self._key = key
        self._make = make
        self._records: dict[object, R] = {}
        self._commands: dict[object, Command] = {}

    @property
    def all(self) -> Sequence[R]:
        """The records."""
        return list(self._records.values())

    @property
    def commands(self) -> Sequence[Command]:
        """Their commands."""
        return list(self._commands.values())

    def prepare(self, rows: Sequence[R]) -> tuple[dict[object, R], dict[object, Command]]:
        """Make commands ready; any thread."""
        with without_collector():
            records = {self._key(row): row for row in rows}
            return records, {key: self._make(row) for key, row in records.items()}

    def show(self, prepared: tuple[dict[object, R], dict[object, Command]]) -> None:
        """Offer exactly these."""
        self._records, self._commands = prepared

    def knows(self, key: object) -> bool:
        """Tell whether a record with a key is offered."""
        return key in self._records

    def upsert(self, row: R) -> None:
        """Offer a changed record, or one more."""
        key = self._key(row)
        self._records[key], self._commands[key] = row, self._make(row)
