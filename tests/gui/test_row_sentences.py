"""Of a sentence in the list the path gives way, its words do not."""

from __future__ import annotations

import pytest
from conftest import Bench

from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import Order, RowState, Verb, WorkRow
from vaultapp.gui.typography import Style
from vaultapp.gui.work_sentences import sentence_of

FOLDER = "/home/mara/" + "/".join(f"a rather long folder {n}" for n in range(8))


def failed(code: str, **facts: str | int) -> WorkRow:
    news = FileUpdate(0, FileState.FAILED, b"/home/mara/in/film.mkv", code=code, facts=facts)
    return WorkRow(news.source, Verb.SEAL, Order(), state=RowState.FAILED, news=news)


def test_its_own_path_is_its_name_and_another_is_told_from_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/mara")
    assert sentence_of(failed("source_missing", path="/home/mara/in/film.mkv")).startswith("“film.mkv” is not there.")
    assert sentence_of(failed("read_only", path="/home/mara/out")).startswith("“~/out” cannot be written")


@pytest.mark.parametrize("size", [(1180, 760), (860, 560)])
def test_the_facts_can_be_read_in_the_row(
    bench: Bench, look: Look, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOME", "/home/mara")
    page = bench.page(size)
    row = failed("space_missing", path=FOLDER, needed=21_600_000_000, free=8_100_000_000)
    page.queue.submit([row])
    view = page.work.view
    rect = view.visualRect(view.model().index(0, 0))
    room = view._delegate.places(row, rect.toRectF())[0][1].left() - 12 - rect.left() - 62
    shown = view._delegate.fitted(row, room)
    assert look.type.metrics(Style.CAPTION).horizontalAdvance(shown) <= room
    assert "21.6 GB needed, 8.1 GB free. Nothing was written." in shown
    assert shown.startswith("Not enough space at “~/")
    assert "…" in shown
