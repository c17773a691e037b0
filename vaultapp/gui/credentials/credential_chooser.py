"""Choosing one of the vault's credentials, or none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from vaultapp.contracts.credentials import SCHEME, Credential
from vaultapp.core.printable import printable
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser


class CredentialChooser(Chooser):
    """Shows the address of a credential, and opens a list of those of one kind, which can be narrowed by typing.

    Args:
        look: Colours and fonts.
        title: What is chosen here, for screen readers.
        none: What choosing none means.
        shelf: The credentials.
        tasks: Makes the list: there may be very many.
        kind: Which ones are offered.
        without: One that is not.
    """

    changed = Signal()

    def __init__(
        self,
        look: Look,
        title: str,
        none: str,
        shelf: CredentialShelf,
        tasks: TaskRunner,
        kind: str,
        without: UUID | None = None,
    ) -> None:
        super().__init__(look, title)
        self._none = Choice("", none)
        self._shelf = shelf
        self._tasks = tasks
        self._kind = kind
        self._without = without
        self._value = ""
        self.picked.connect(self._pick)
        self.show_value("")

    @property
    def value(self) -> str:
        """The address of what was chosen, or what was shown, as it was written; empty for none."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show what is chosen, as it was written: an address, a name or an id."""
        self._value = value
        self.offer(self._with((), value), value)

    def open(self) -> None:
        """Make the list, and show it."""
        records, kind, without = self._shelf.records, self._kind, self._without
        task = self._tasks.run(lambda _work: _choices(records, kind, without))
        task.tell(self, done=self._open_list)

    def _open_list(self, choices: tuple[Choice, ...]) -> None:
        wanted = self._value.removeprefix(SCHEME).casefold()
        meant = (choice.value for choice in choices if choice.value.removeprefix(SCHEME).casefold() == wanted)
        value = next(meant, self._value)
        self.offer(self._with(choices, value), value)
        super().open()

    def _with(self, choices: tuple[Choice, ...], value: str) -> tuple[Choice, ...]:
        """Return the list with none before it, and with what is chosen, if that is not in it."""
        known = not value or any(choice.value == value for choice in choices)
        return (self._none, *(() if known else (Choice(value, printable(value)),)), *choices)

    def _pick(self, value: str) -> None:
        self._value = value
        self.offer(self.choices, value)
        self.changed.emit()


def _choices(records: Sequence[Credential], kind: str, without: UUID | None) -> tuple[Choice, ...]:
    found = [
        Choice(SCHEME + record.identifier, f"{printable(record.name)} · {printable(record.identifier)}")
        for record in records
        if record.kind == kind and record.deletes_at is None and record.credential_id != without
    ]
    return tuple(sorted(found, key=lambda choice: choice.sought))
