"""The window's table over 100,000 keys: one key stroke in the filter, and one sort."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from uuid import UUID

from tests.bench.stage import Stage
from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.clock import SystemClock

_KEYS = 100_000
_BAR_MS = 50.0
_NEEDLES = ("k", "ke", "key 0", "key 04", "key 043", "zz", "")


def bench(stage: Stage) -> None:
    """Time what the window's own thread does until the rows are painted; making them ready is not its work."""
    # The screen in memory: painting goes to a picture, and nothing else has a part in it.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QObject, Qt
    from PySide6.QtWidgets import QApplication

    from vaultapp.gui.look import Look
    from vaultapp.gui.pages.key_rows import key_rows
    from vaultapp.gui.widgets.table import Table

    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("there is an application without widgets")
    keeper = QObject()
    rows = key_rows(SystemClock(), keeper)
    table: Table[Key] = Table(Look.of(app, still=True), rows, "Keys")
    table.resize(900, 700)
    table.show()
    keys = _keys()
    ready = stage.report.repeat(lambda: _milliseconds(lambda: rows.prepare(keys)))
    stage.report.figure(f"make {_KEYS:,} keys ready, beside the window's thread", unit="ms", runs=ready)
    rows.show(rows.prepare(keys))
    table.go_to(keys[_KEYS // 2].key_id)

    def painted(change: Callable[..., object], *arguments: object) -> float:
        def change_and_paint() -> None:
            change(*arguments)
            table.viewport().repaint()

        return _milliseconds(change_and_paint)

    def slowest_key() -> float:
        return max(painted(rows.set_needle, text) for text in _NEEDLES)

    def slowest_sort() -> float:
        orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        return max(painted(rows.sort, at, order) for at in range(len(rows.columns)) for order in orders)

    for name, measure in (("filter", slowest_key), ("sort", slowest_sort), ("filter a sorted list", slowest_key)):
        stage.report.figure(
            f"{name}, {_KEYS:,} keys, the slowest of a few", unit="ms", runs=stage.report.repeat(measure), most=_BAR_MS
        )
    table.close()


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def _keys() -> Sequence[Key]:
    version = KeyVersion(bytes(8), 1, KeyState.ENABLED, 0, "created", bytes(8))
    return [
        Key(
            key_id=UUID(int=number * 7919 % _KEYS + 1),
            name=f"Key {number * 7919 % _KEYS:06}",
            aliases=(),
            description="",
            tags={},
            kind="symmetric",
            state=KeyState.ENABLED if number % 7 else KeyState.DISABLED,
            created=0,
            primary=version.version_id,
            hue="petrol",
            origin="created",
            versions=(version,),
            next_rotation=number * 31 % 9973 if number % 3 else None,
        )
        for number in range(_KEYS)
    ]
