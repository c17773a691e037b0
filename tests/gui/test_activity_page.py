from __future__ import annotations

import pytest
from conftest import Bench, FakeDesktop
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.gui.activity_page_driver import DAY, click, opened, opened_with_entries, shown
from tests.gui.samples import entry
from vaultapp.contracts.keys import KeysChanged
from vaultapp.core.errors import AgentGone
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.models.log_rows import Sort
from vaultapp.gui.pages.activity_page import ActivityPage
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.entry_panel import EntryPanel
from vaultapp.gui.widgets.labels import Plate, Text
from vaultapp.gui.widgets.whole_text import WholeText


@pytest.fixture
def page(bench: Bench) -> ActivityPage:
    return opened_with_entries(bench)


def texts(panel: EntryPanel) -> list[str]:
    labels = [text.whole if hasattr(text, "whole") else text.text() for text in panel.findChildren(Text)]
    return labels + [text.toPlainText() for text in panel.findChildren(WholeText)]


def test_the_newest_entry_is_on_top_and_equal_ones_are_one_row(page: ActivityPage) -> None:
    assert shown(page) == [
        ("11:40:00", "Rotated a key", "You", "Personal", "Done"),
        ("11:10:00", "Check a passphrase", "deploy.py", "Mara’s vault", "Refused"),
        ("11:00:00", "Decrypt a file", "You", "Mara’s vault", "Failed"),
        ("10:30:00", "Decrypted a text ×12", "deploy.py", "Work", "Done"),
        ("12:05:00", "Locked", "The vault itself", "Mara’s vault", "Done"),
        ("12:00:00", "Unlocked", "You", "Mara’s vault", "Done"),
        ("12:00:00", "Made the vault", "You", "Mara’s vault", "Done"),
    ]
    assert page.chain.text.whole == "18 entries"
    assert page.rows.cell(page.rows.index(0, 3)).hue == "petrol"
    assert page.rows.cell(page.rows.index(0, 1)).second == "Version 4, asked for"


def test_a_plate_is_the_keys_own_whatever_it_is_called_now(bench: Bench, page: ActivityPage) -> None:
    first, second = bench.keys.keys
    bench.keys.rename("Personal", "Home")
    bench.keys.rename("Work", "Personal")
    bench.vault.publish(KeysChanged((first.key_id, second.key_id)))
    bench.qtbot.waitUntil(lambda: page._parts.shelf.keys[1].name == "Personal")
    assert page.rows.index(0, 3).data() == "Personal"
    assert page.rows.cell(page.rows.index(0, 3)).hue == "petrol"
    click(bench, page, 0)
    assert page.panel is not None
    (plate,) = page.panel.findChildren(Plate)
    assert plate._hue == "petrol"


def test_a_key_that_the_log_has_no_id_of_has_no_hue_of_another(page: ActivityPage) -> None:
    assert page.rows.index(3, 3).data() == "Work"
    assert page.rows.cell(page.rows.index(3, 3)).hue == "slate"


def test_the_day_of_the_topmost_row_stands_over_the_table(bench: Bench, page: ActivityPage) -> None:
    assert page.day.text() == "Today, 24 November"
    assert [page.rows.band(number) for number in (0, 3, 4, 5, 6)] == [
        "", "", "Yesterday, 23 November", "", "Sunday, 22 November",
    ]  # fmt: skip
    heights = [page.table.rowHeight(number) for number in range(7)]
    assert heights[0] == page.look.px(48)
    assert [high > heights[0] for high in heights] == [False, False, False, False, True, False, True]


def test_the_day_follows_what_is_scrolled_to(bench: Bench) -> None:
    bench.activity.add(*(entry("vault.lock" if n % 2 else "vault.unlock", (2 - n // 20) * DAY) for n in range(60)))
    page = opened(bench)
    assert page.day.text() == "Today, 24 November"
    bar = page.table.verticalScrollBar()
    bench.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    assert page.day.text() == "Yesterday, 23 November"
    bar.setValue(bar.maximum())
    assert page.day.text() == "Sunday, 22 November"
    bar.setValue(0)
    assert page.day.text() == "Today, 24 November"


def test_screen_readers_hear_the_day_with_the_time_and_both_lines(page: ActivityPage) -> None:
    heard = Qt.ItemDataRole.AccessibleTextRole
    assert page.rows.index(4, 0).data(heard) == "Yesterday, 23 November, 12:05:00"
    assert page.rows.index(1, 1).data(heard) == "Check a passphrase, This passphrase does not open the vault."


def test_a_row_opens_with_all_that_is_known_of_it(bench: Bench, page: ActivityPage) -> None:
    click(bench, page, 2)
    panel = page.panel
    assert panel is not None
    told = texts(panel)
    for part in (
        "Entry 16", "The file is damaged.", "Tuesday, 24 November 2026, 11:00:00 (UTC)", "You",
        "/home/mara/a b/report.sealed", "file.open", "damaged", "window", "vaultapp", "71", "16",
    ):  # fmt: skip
        assert part in told, part
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.panel is not panel
    assert page.panel is not None
    assert page.panel.row.entry.action == "text.decrypt"
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.panel is None


def test_a_row_of_many_shows_each_with_time_and_number(bench: Bench, page: ActivityPage) -> None:
    page.table.setFocus()
    page.table.go_to(10)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    panel = page.panel
    assert panel is not None
    told = texts(panel)
    assert "Entries 4 to 15" in told
    assert [text for text in told if text in {str(number) for number in range(4, 16)}][:12] == [
        str(number) for number in range(15, 3, -1)
    ]
    assert told.count("10:30:00") == 12
    bench.qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert page.panel is None


def test_what_cannot_be_read_is_told_once(bench: Bench, page: ActivityPage) -> None:
    bench.activity.raises = AgentGone()
    page._poll.setInterval(1)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert not page._poll.isActive()
    assert page.rows.rowCount() == 7


def test_hostile_names_are_shown_as_escapes(bench: Bench) -> None:
    bench.activity.add(entry("file.open", outcome="damaged", facts={"path": "/d/\u202etxt.exe\x1b[2J"}))
    page = opened(bench)
    click(bench, page, 0)
    assert page.panel is not None
    assert "/d/\\u202etxt.exe\\x1b[2J" in texts(page.panel)


@pytest.mark.parametrize("wish", [Appearance.LIGHT, Appearance.DARK])
def test_rows_are_painted_in_the_colours_of_the_theme(
    bench: Bench, page: ActivityPage, desktop: FakeDesktop, wish: Appearance
) -> None:
    desktop.ask_for(wish)
    image: QImage = page.grab().toImage()
    corner = image.pixelColor(page.width() // 2, page.height() - 4)
    assert corner == page.look.colour("window")
    segment = page.segments.buttons[Sort.ALL]
    inside = segment.mapTo(page, QPoint(6, segment.height() // 2))
    assert image.pixelColor(inside) == page.look.colour("raised")
    badge = page.table.visualRect(page.rows.index(2, 4))
    at = page.table.viewport().mapTo(page, QPoint(badge.left() + 13, badge.center().y()))
    assert image.pixelColor(at) == page.look.colour("bad_soft")
    tops = page.table.visualRect(page.rows.index(4, 0))
    band = page.table.viewport().mapTo(page, QPoint(200, tops.top() + 12))
    assert image.pixelColor(band) == page.look.colour("window"), "a day's title has no ground"


def test_nothing_is_cut_in_the_least_window(bench: Bench) -> None:
    bench.activity.add(*(entry("vault.lock" if n % 2 else "vault.unlock", 2000 - n) for n in range(1500)))
    page = opened(bench, (LEAST.width(), LEAST.height()))
    page.check()
    bench.qtbot.waitUntil(lambda: page.chain.whole and not page.check_button.running)
    least = page.minimumSizeHint()
    assert (least.width() <= LEAST.width() - 59, least.height() <= LEAST.height()) == (True, True)
    for part in (page.chain.text, page.segments, page.filter, page.export_button, page.check_button, page.day):
        bench.qtbot.waitUntil(lambda part=part: part.width() >= part.sizeHint().width())
        assert page.rect().contains(part.mapTo(page, QPoint(part.width() - 1, part.height() - 1)))
    click(bench, page, 0)
    panel = page.panel
    assert panel is not None
    for text in panel.findChildren(WholeText):
        assert text.document().size().height() * text.fontMetrics().lineSpacing() <= text.height()


def test_every_control_has_a_name(page: ActivityPage) -> None:
    names = [
        widget.accessibleName()
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page)
    ]
    assert names
    assert all(names)
