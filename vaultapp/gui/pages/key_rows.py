"""Keys as rows of a table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.core.clock import Clock
from vaultapp.core.printable import printable
from vaultapp.gui import key_words
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.rows import RowModel

translate = QCoreApplication.translate

_NEVER = 2**63
_ORDER = {state: at for at, state in enumerate(KeyState)}


def key_rows(clock: Clock, parent: QObject) -> RowModel[Key]:
    """Return a model of keys. Cells speak of the time at which they are painted."""

    def name(key: Key) -> Cell:
        return Cell(printable(key.name), second=key_words.used(key, clock.now()), hue=key.hue, strong=True)

    columns = (
        Column(translate("KeyRows", "Key"), name, key_words.searched, lambda key: key.name.casefold(), width=240),
        Column(
            translate("KeyRows", "State"), lambda key: key_words.state(key, clock.now()), _no_text, _by_state, width=172
        ),
        Column(
            translate("KeyRows", "Next rotation"),
            lambda key: key_words.rotation(key, clock.now()),
            _no_text,
            lambda key: _NEVER if key.next_rotation is None else key.next_rotation,
            width=130,
            drops=1,
        ),
    )
    return RowModel(columns, lambda key: key.key_id, parent)


def _no_text(_key: Key) -> str:
    return ""


def _by_state(key: Key) -> tuple[int, int]:
    return _ORDER[key.state], key.deletes_at or 0
