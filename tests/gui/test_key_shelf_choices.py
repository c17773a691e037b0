"""What pages offer of very many keys is ready before they ask, and one change touches one key."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from conftest import Bench
from msgspec import structs
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.samples import NOON, key
from vaultapp.contracts.keys import Key, KeysChanged, KeyState
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.key_choices import KeyChoices
from vaultapp.gui.look import Look
from vaultapp.gui.models.shelf_rows import ShelfRows
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.drop_options import DropOptions
from vaultapp.gui.workspace import Workspace

MANY = 2_000
# Made anew for each, 100,000 keys take a second and more.
_AT_MOST_S = 0.15


def some(*names: str) -> dict[UUID, Key]:
    return {made.key_id: made for made in (key(name, "petrol") for name in names)}


def changed(keys: dict[UUID, Key], choices: KeyChoices, key_id: UUID, new: Key | None) -> list[str]:
    choices.change(key_id, keys.get(key_id), new)
    if new is None:
        del keys[key_id]
    else:
        keys[key_id] = new
    return [choice.text for choice in choices.in_order(keys)]


def test_a_changed_key_is_patched_where_it_stands() -> None:
    keys = some("a", "b", "c")
    choices = KeyChoices(keys)
    first, second, _ = keys.values()
    assert changed(keys, choices, first.key_id, structs.replace(first, name="A\t", hue="")) == ["A\\t", "b", "c"]
    assert choices.in_order(keys)[0].hue == "slate"
    assert changed(keys, choices, second.key_id, structs.replace(second, state=KeyState.DISABLED)) == ["A\\t", "c"]
    assert changed(keys, choices, second.key_id, second) == ["A\\t", "b", "c"]
    added = key("d", "rust")
    assert changed(keys, choices, added.key_id, added) == ["A\\t", "b", "c", "d"]
    assert changed(keys, choices, first.key_id, None) == ["b", "c", "d"]


def test_what_no_choice_shows_leaves_them_as_they_are() -> None:
    keys = some("a", "b")
    choices = KeyChoices(keys)
    before = choices.in_order(keys)
    first = next(iter(keys.values()))
    changed(keys, choices, first.key_id, structs.replace(first, last_used=NOON))
    assert choices.in_order(keys) is before


def workspace_of(bench: Bench, count: int) -> Workspace:
    one = key("one", "petrol", 1)
    bench.keys.keys = [structs.replace(one, key_id=UUID(int=n + 1), name=f"key {n:05}") for n in range(count)]
    workspace = bench.window(VaultState.UNLOCKED).screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.keys.rows.total == count, timeout=30_000)
    return workspace


def test_one_changed_key_is_shown_everywhere_and_no_other_is_made_anew(bench: Bench) -> None:
    workspace = workspace_of(bench, MANY)
    before = workspace.shelf.choices
    prepared: list[object] = []

    def note(shown: Any) -> None:
        ready = shown.prepare

        def noted(rows: Sequence[Key]) -> object:
            # One row is made ready by itself.
            if len(rows) > 1:
                prepared.append(rows)
            return ready(rows)

        shown.prepare = noted

    note(workspace.keys.rows)
    note(workspace.keys._found)
    old = bench.keys.keys[MANY // 2]
    bench.keys.keys[MANY // 2] = structs.replace(old, name="renamed", hue="rust")
    bench.vault.publish(KeysChanged((old.key_id,)))
    bench.qtbot.waitUntil(lambda: workspace.shelf.hue_of(str(old.key_id)) == "rust")
    for offered in (workspace.text.key.choices, workspace.files.options.key.choices):
        assert offered[MANY // 2].text == "renamed"
        assert offered[MANY // 2 + 1] is before[MANY // 2 + 1]
    assert workspace.keys.rows.row(workspace.keys.rows.find(old.key_id)).name == "renamed"
    titles = [command.title for command in workspace.commands()]
    assert "renamed" in titles
    assert old.name not in titles
    assert len(titles) == len(set(titles))
    assert prepared == []


def test_for_one_changed_key_the_others_are_not_looked_at(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = workspace_of(bench, MANY)
    before, offered = workspace.shelf.choices, list[object]()
    workspace.files.options.changed.connect(lambda: offered.append("files"))

    def look_at_all(_rows: object, records: Sequence[Key]) -> None:
        raise AssertionError(len(records))

    bench.qtbot.waitUntil(
        lambda: workspace.keys._found.knows(bench.keys.keys[-1].key_id) and workspace.pages.count() == 6
    )
    monkeypatch.setattr(ShelfRows, "show", look_at_all)
    used = bench.keys.keys[MANY // 2] = structs.replace(bench.keys.keys[MANY // 2], last_used=NOON)
    bench.vault.publish(KeysChanged((used.key_id,)))
    rows = workspace.keys.rows
    bench.qtbot.waitUntil(lambda: rows.row(rows.find(used.key_id)).last_used == NOON)
    assert workspace.shelf.keys[MANY // 2] is workspace.shelf.key(used.key_id)
    assert workspace.shelf.keys is workspace.shelf.keys
    assert workspace.shelf.choices is before
    assert offered == []


def test_a_key_in_the_place_of_another_is_no_small_change(bench: Bench) -> None:
    workspace = workspace_of(bench, MANY)
    gone = bench.keys.keys.pop()
    bench.keys.keys.append(key("new", "rust"))
    bench.vault.publish(KeysChanged((gone.key_id, bench.keys.keys[-1].key_id)))
    bench.qtbot.waitUntil(lambda: workspace.keys.rows.find(bench.keys.keys[-1].key_id).isValid())
    bench.qtbot.waitUntil(lambda: not workspace.keys.rows.find(gone.key_id).isValid())
    assert workspace.keys.rows.total == MANY


def test_removing_originals_offers_no_key_anew(qtbot: QtBot, look: Look) -> None:
    options = DropOptions(look)
    qtbot.addWidget(options)
    options.set_keys([Choice(str(n), f"key {n}", "petrol") for n in range(10)])
    before = options.key.choices
    options.remove.click()
    assert options.choices.remove_originals
    assert options.key.choices is before
    options.key.picked.emit("7")
    assert options.order().key_name == "key 7"


def test_a_chooser_of_very_many_opens_and_narrows_at_once(qtbot: QtBot, look: Look) -> None:
    chooser = Chooser(look, "Encrypt with")
    qtbot.addWidget(chooser)
    chooser.offer([Choice(n, f"key {n:06}", "petrol") for n in range(20_000)], 19_999)
    chooser.show()
    begun = time.process_time()
    chooser.open()
    opened = time.process_time() - begun
    popup = chooser.popup
    assert popup is not None
    assert popup.filter is not None
    assert popup.list.currentIndex().data() == "key 019999"
    assert popup.list.model().rowCount() == 1000
    assert popup.rest.isVisible()
    assert popup.rest.text() == "The first 1,000 of 20,000. Type to narrow."
    qtbot.keyClicks(popup.filter, "EY 0199")
    qtbot.waitUntil(lambda: popup.list.model().rowCount() == 100)
    assert not popup.rest.isVisible()
    assert not popup.list.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
    popup.close()
    assert opened < _AT_MOST_S
