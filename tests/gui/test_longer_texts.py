from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.text_page_driver import add_pair, opened, paste, write
from vaultapp.contracts.files import FileState, FileUpdate, OnExist
from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.widgets.text_edit import LINE_LIMIT
from vaultapp.gui.widgets.text_edit import TEXT_LIMIT as SHOWN_LIMIT

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def test_bytes_are_counted_not_characters(bench: Bench, page: TextPage) -> None:
    write(page, "ü" * 2048)
    assert page.counter.words.text() == "4,096 of 4,096 bytes"
    assert page.encrypt_button.isVisible()
    QTest.keyClicks(page.plain.edit, "x")
    assert page.counter.words.text() == "4,097 of 4,096 bytes"
    assert page.counter.words.property("tone") == "bad"
    assert not page.encrypt_button.isVisible()
    assert page.file_button.isVisible()


def choose_target(page: TextPage, target: Path) -> None:
    (dialog,) = page.window().findChildren(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.filesSelected.emit([str(target)])
    dialog.close()


@pytest.mark.parametrize(
    ("chosen", "named", "on_exist"),
    [("notes.txt.sealed", "notes.txt", OnExist.REPLACE), ("notes.txt", "notes.txt", OnExist.KEEP)],
)
def test_a_longer_text_becomes_a_sealed_file_and_nothing_else(
    bench: Bench,
    page: TextPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    named: str,
    on_exist: OnExist,
) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr(page._parts.shower, "show", shown.append)
    text = "line\n" * 1000
    write(page, text)
    add_pair(page, "team", "ops")
    QTest.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / chosen)
    toasts = window_of(page).screens.workspace.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    (request,) = bench.files.seals
    assert request.sources[0].path == os.fsencode(tmp_path / named)
    assert (request.keys, request.context) == ((str(bench.keys.keys[0].key_id),), {"team": "ops"})
    assert request.on_exist is on_exist
    assert bench.files.descriptors == [text.encode()]
    assert not list(tmp_path.glob("*.txt*"))
    assert toasts.shown is not None
    assert toasts.shown.text.text() == "notes.txt.sealed was written"
    assert toasts.shown.button is not None
    toasts.shown.button.click()
    assert shown == [os.fsencode(tmp_path / "notes.txt.sealed")]


def test_a_file_that_could_not_be_written_is_said(bench: Bench, page: TextPage, tmp_path: Path) -> None:
    bench.files.script = {b"notes.txt": FileUpdate(0, FileState.FAILED, code="space_missing", facts={"path": "/d"})}
    write(page, "line\n" * 1000)
    QTest.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / "notes.txt.sealed")
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.notices.bars[0].head.text() == "Not enough space at “/d”."
    assert page.file_button.isEnabled()


@pytest.mark.parametrize("text", ["x" * (LINE_LIMIT + 1), "line\n" * (SHOWN_LIMIT // 5 + 1)])
def test_more_than_can_be_shown_is_not_pasted_but_can_become_a_file(
    bench: Bench, page: TextPage, tmp_path: Path, text: str
) -> None:
    write(page, "mine")
    paste(page.plain, text)
    assert page.plain.text == "mine"
    QTest.mouseClick(page.plain.offer, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / "all.sealed")
    bench.qtbot.waitUntil(lambda: bench.files.descriptors == [text.encode()])
    paste(page.encrypted, text)
    assert page.encrypted.empty
    assert page.encrypted.sentence.text().startswith("That is more than is taken here.")
