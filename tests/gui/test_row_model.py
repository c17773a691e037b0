from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.rows import RowModel

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Thing:
    key: int
    name: str
    size: int


def model_of(things: list[Thing]) -> RowModel[Thing]:
    model: RowModel[Thing] = RowModel(
        (
            Column("Name", lambda thing: Cell(thing.name), lambda thing: thing.name, lambda thing: thing.name),
            Column("Size", lambda thing: Cell(str(thing.size)), lambda _thing: "", lambda thing: thing.size),
        ),
        lambda thing: thing.key,
    )
    model.show(model.prepare(things))
    return model


def shown(model: RowModel[Thing]) -> list[Thing]:
    return [model.row(model.index(row, 0)) for row in range(model.rowCount())]


@pytest.fixture
def things() -> list[Thing]:
    chance = random.Random(7)
    return [Thing(n, f"thing {chance.randrange(10**6)}", chance.randrange(500)) for n in range(5_000)]


def test_every_column_sorts_both_ways_however_many_rows_there_are(qtbot: QtBot, things: list[Thing]) -> None:
    model = model_of(things)
    assert shown(model) == things
    model.sort(0, UP)
    assert [thing.name for thing in shown(model)] == sorted(thing.name for thing in things)
    model.sort(1, DOWN)
    assert [thing.size for thing in shown(model)] == sorted((thing.size for thing in things), reverse=True)
    model.sort(-1)
    assert shown(model) == things


def test_a_filter_keeps_the_order(qtbot: QtBot, things: list[Thing]) -> None:
    model = model_of(things)
    model.sort(1, UP)
    model.set_needle("G 77")
    found = shown(model)
    assert {thing.key for thing in found} == {thing.key for thing in things if "g 77" in thing.name}
    assert [thing.size for thing in found] == sorted(thing.size for thing in found)
    assert model.filtered
    assert model.total == 5_000


def test_changed_and_new_rows_come_where_they_belong(qtbot: QtBot, things: list[Thing]) -> None:
    chance = random.Random(8)
    model = model_of(things)
    model.sort(1, UP)
    expected = {thing.key: thing for thing in things}
    for number in range(60):
        thing = Thing(chance.randrange(5_030), f"other {number}", chance.randrange(600))
        expected[thing.key] = thing
        model.upsert(thing)
        assert [one.size for one in shown(model)] == sorted(one.size for one in expected.values())
    assert {thing.key: thing for thing in shown(model)} == expected
    model.sort(0, UP)
    assert [one.name for one in shown(model)] == sorted(one.name for one in expected.values())


def test_a_change_moves_the_others_only_where_the_row_stands_elsewhere(qtbot: QtBot, things: list[Thing]) -> None:
    model = model_of(things)
    model.sort(1, UP)
    moves, repaints = list[int](), list[int]()
    model.layoutChanged.connect(lambda *_: moves.append(1))
    model.dataChanged.connect(lambda first, *_: repaints.append(model.row(first).key))
    old = things[77]
    at = model.find(old.key).row()
    model.upsert(Thing(old.key, "another name", old.size))
    assert (moves, repaints) == ([], [old.key])
    assert model.row(model.index(at, 0)).name == "another name"
    model.sort(0, UP)
    assert [thing.name for thing in shown(model)] == sorted(thing.name for thing in shown(model))
    model.sort(1, UP)
    moves.clear()
    model.upsert(Thing(old.key, "another name", 501))
    assert moves == [1]
    assert shown(model)[-1].key == old.key


def test_a_change_is_filtered_as_its_new_text_says(qtbot: QtBot, things: list[Thing]) -> None:
    model = model_of(things)
    model.set_needle("rare")
    assert shown(model) == []
    model.upsert(Thing(5, "a rare one", 3))
    assert [thing.key for thing in shown(model)] == [5]
    model.upsert(Thing(5, "a usual one", 3))
    assert shown(model) == []


def test_what_points_at_a_row_follows_it_by_its_key(qtbot: QtBot, things: list[Thing]) -> None:
    model = model_of(things)
    held = QPersistentModelIndex(model.find(4_321))
    model.sort(0, DOWN)
    assert model.row(held) is things[4_321]
    model.set_needle(things[4_321].name)
    assert held.row() == 0
    model.set_needle("")
    changed = [Thing(thing.key, thing.name + "!", 0) for thing in reversed(things)]
    model.show(model.prepare(changed))
    assert model.row(held).name == things[4_321].name + "!"
    model.show(model.prepare(things[:100]))
    assert not held.isValid()
    assert not model.find(4_321).isValid()


def test_it_is_a_sound_model_while_it_changes(qtbot: QtBot, qtmodeltester: ModelTester, things: list[Thing]) -> None:
    model = model_of(things[:50])
    qtmodeltester.check(model)
    model.sort(1, DOWN)
    model.set_needle("1")
    model.upsert(Thing(999, "thing 1", 3))
    model.show(model.prepare(things[20:40]))
