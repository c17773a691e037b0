from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.activity_page_driver import opened_with_entries
from vaultapp.core.errors import VaultTampered
from vaultapp.gui.pages.activity_page import ActivityPage
from vaultapp.gui.show_in_folder import FolderShower


@pytest.fixture
def page(bench: Bench) -> ActivityPage:
    return opened_with_entries(bench)


def test_a_whole_chain_is_said_and_the_check_shows_how_far_it_is(bench: Bench, page: ActivityPage) -> None:
    bench.activity.check_gate.clear()
    bench.qtbot.mouseClick(page.check_button.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.check_button.button.text() == "Checking… 50 %")
    width = page.check_button.button.width()
    assert (page.check_button.button.isEnabled(), page.chain.whole) == (False, False)
    bench.activity.check_gate.set()
    bench.qtbot.waitUntil(lambda: page.chain.whole)
    bench.qtbot.waitUntil(lambda: not page.check_button.running)
    assert page.chain.text.whole == "18 entries, chain complete"
    assert page.chain.glyph.isVisible()
    assert page.chain.toolTip() == "Numbers 1 to 18 were checked at 12:00."
    assert page.check_button.button.text() == "Check again"
    bench.qtbot.waitUntil(lambda: page.check_button.button.width() < width)


def test_a_check_can_be_stopped(bench: Bench, page: ActivityPage) -> None:
    bench.activity.check_gate.clear()
    page.check_button.button.setFocus()
    bench.qtbot.keyClick(page.check_button.button, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: page.window().focusWidget() is page.check_button.stop_button)
    bench.qtbot.keyClick(page.check_button.stop_button, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: not page.check_button.running)
    assert (page.chain.whole, page.notices.bars) == (False, [])
    assert page.check_button.button.text() == "Check the chain"
    assert page.window().focusWidget() is page.check_button.button


def test_a_broken_chain_is_a_message_that_goes_when_it_is_whole_again(bench: Bench, page: ActivityPage) -> None:
    page.check()
    bench.qtbot.waitUntil(lambda: page.chain.whole and not page.check_button.running)
    bench.activity.broken = VaultTampered(reason="activity", sequence=7)
    page.check()
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars) and not page.check_button.running)
    (bar,) = page.notices.bars
    assert bar.property("bar") == "bad"
    assert bar.head.text() == "The activity log was changed: entry 7 is not as it was written."
    assert not page.chain.whole
    assert "complete" not in page.chain.text.whole
    bench.activity.broken = None
    page.check()
    bench.qtbot.waitUntil(lambda: page.notices.bars == [])


def test_the_log_is_exported_and_can_be_shown_in_its_folder(
    bench: Bench, page: ActivityPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    window = window_of(page)
    monkeypatch.setattr(FolderShower, "show", lambda _self, path: seen.append(path))
    bench.qtbot.mouseClick(page.export_button.button, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("/Mara’s vault 2026-11-24.csv")
    dialog.selectNameFilter("JSON Lines (*.jsonl)")
    dialog.filterSelected.emit("JSON Lines (*.jsonl)")
    assert dialog.selectedFiles()[0].endswith("/Mara’s vault 2026-11-24.jsonl")
    target = tmp_path / "caf\udce9.jsonl"
    page.export(os.fsencode(target), as_table=True)
    dialog.reject()
    toasts = window.screens.workspace.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    assert toasts.shown is not None
    assert toasts.shown.text.text() == "All of the activity was exported"
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, 19))
    toasts.undo()
    assert seen == [], "there is nothing to take back"
    page.export(str(tmp_path).encode() + b"/again.csv", as_table=True)
    bench.qtbot.waitUntil(lambda: toasts.shown is not None and not page.export_button.running)
    assert toasts.shown is not None
    assert toasts.shown.button is not None
    bench.qtbot.mouseClick(toasts.shown.button, Qt.MouseButton.LeftButton)
    assert seen == [str(tmp_path).encode() + b"/again.csv"]


def test_an_export_that_is_stopped_leaves_nothing(bench: Bench, page: ActivityPage, tmp_path: Path) -> None:
    bench.activity.gate.clear()
    page.export(str(tmp_path).encode() + b"/log.csv", as_table=True)
    bench.qtbot.waitUntil(page.export_button.stop_button.isVisible)
    bench.qtbot.mouseClick(page.export_button.stop_button, Qt.MouseButton.LeftButton)
    bench.activity.gate.set()
    bench.qtbot.waitUntil(lambda: not page.export_button.running)
    assert list(tmp_path.glob("*.csv")) + list(tmp_path.glob(".activity*")) == []
    assert window_of(page).screens.workspace.toasts.shown is None
