from __future__ import annotations

import pytest
from conftest import Bench
from msgspec import structs
from PySide6.QtCore import Qt

from tests.gui.files_page_driver import details, press, take
from tests.gui.samples import description
from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.contracts.keys import KeysChanged
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.work_actions import Act


@pytest.fixture
def page(bench: Bench) -> FilesPage:
    return bench.page()


def labels(panel: DetailsPanel) -> list[str]:
    return [text.text() for text in panel.findChildren(Text)]


def test_details_say_what_the_header_says(bench: Bench, page: FilesPage) -> None:
    bench.files.described[b"a.pdf.sealed"] = description(b"a.pdf.sealed", bench.keys)
    (row,) = take(bench, page, b"a.pdf")
    press(bench, page, row, Act.DETAILS)
    panel = details(bench, page)
    bench.qtbot.waitUntil(lambda: "3 ways" in labels(panel))
    told = labels(panel)
    assert "2.4 MB" in told
    assert "10 of 256 KiB" in told
    assert "infrastructure" in told
    assert "A key that is not here" in told
    assert told.count("Personal, version 4") == 1


def test_of_a_file_with_a_damaged_end_no_size_is_told(bench: Bench, page: FilesPage) -> None:
    whole = description(b"b.sealed", bench.keys)
    bench.files.described[b"b.sealed"] = structs.replace(whole, complete=False, frames=0, content_length=0)
    (row,) = take(bench, page, b"b.sealed")
    page.act(row, Act.DETAILS)
    panel = details(bench, page)
    bench.qtbot.waitUntil(lambda: "Content" in labels(panel))
    told = labels(panel)
    assert told.count("Not known") == 2
    assert "0 B" not in told
    assert "The end of this file is missing or damaged." in told


def test_a_failed_row_tells_its_whole_sentence_in_the_panel(bench: Bench, page: FilesPage) -> None:
    bench.files.script = {b"a.pdf": FileUpdate(0, FileState.FAILED, code="space_missing", facts={"path": "/d"})}
    (row,) = take(bench, page, b"a.pdf")
    press(bench, page, row, Act.DETAILS)
    panel = details(bench, page)
    assert any("space" in text.lower() for text in labels(panel))


def test_the_panel_closes_on_escape_and_gives_the_focus_back(bench: Bench, page: FilesPage) -> None:
    (row,) = take(bench, page, b"b.sealed")
    window = page.window()
    assert isinstance(window, MainWindow)
    page.work.view.setFocus()
    page.act(row, Act.DETAILS)
    panel = details(bench, page)
    bench.qtbot.waitUntil(panel.close_button.hasFocus)
    bench.qtbot.keyClick(panel.close_button, Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: window.screens.host.panel is None)
    bench.qtbot.waitUntil(page.work.view.hasFocus)


def test_a_file_that_opens_with_the_newest_version_need_not_be_re_wrapped(bench: Bench, page: FilesPage) -> None:
    bench.files.described[b"b.sealed"] = description(b"b.sealed", bench.keys)
    (row,) = take(bench, page, b"b.sealed")
    page.act(row, Act.DETAILS)
    panel = details(bench, page)
    bench.qtbot.waitUntil(lambda: "Personal, version 4" in labels(panel))
    assert not panel.rewrap_button.isVisible()


def test_rewrap_is_offered_where_an_older_version_opens(bench: Bench, page: FilesPage) -> None:
    bench.keys.rotate("Personal")
    bench.vault.publish(KeysChanged((bench.keys.keys[0].key_id,)))
    bench.qtbot.waitUntil(lambda: page._parts.shelf.newest_of(str(bench.keys.keys[0].key_id)) == 5)
    bench.files.described[b"b.sealed"] = description(b"b.sealed", bench.keys)
    (row,) = take(bench, page, b"b.sealed")
    page.act(row, Act.DETAILS)
    panel = details(bench, page)
    bench.qtbot.waitUntil(panel.rewrap_button.isVisible)
    assert "The newest version is 5" in labels(panel)
    bench.qtbot.mouseClick(panel.rewrap_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: len(bench.files.rewraps) == 1)
