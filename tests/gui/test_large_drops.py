"""Ten thousand files in one drop."""

from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QTimer

from vaultapp.contracts.files import DropItem


def test_they_are_looked_at_in_pieces_and_all_worked_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page, pieces = bench.page(), list[int]()
    look = bench.files.look

    def counting(paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        pieces.append(len(paths))
        return look(paths)

    monkeypatch.setattr(bench.files, "look", counting)
    page.take_drop(tuple(b"/d/%05d" % number for number in range(10_000)))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 10_000 and not page.queue.busy, timeout=60_000)
    assert (sum(pieces), max(pieces)) == (10_000, 1000)
    assert sum(len(request.sources) for request in bench.files.seals) == 10_000


def test_the_window_goes_on_after_each_piece_that_is_queued(bench: Bench) -> None:
    page, seen = bench.page(), set[int]()
    beat = QTimer(page, interval=0)
    beat.timeout.connect(lambda: seen.add(page.queue.rows.rowCount()))
    bench.files.gate.clear()
    beat.start()
    page.take_drop(tuple(b"/d/%05d" % number for number in range(10_000)))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 10_000, timeout=60_000)
    beat.stop()
    assert seen >= set(range(0, 10_000, 1000))
