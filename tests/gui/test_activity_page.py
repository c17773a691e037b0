from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import Bench, FakeDesktop
from fake_activity import DEPLOY, ITSELF, entry
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.vault import VaultState
from vaultapp.core.errors import AgentGone, VaultTampered
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.cell_model import CellRole
from vaultapp.gui.models.log_rows import Sort
from vaultapp.gui.pages.activity_page import ActivityPage
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.entry_panel import EntryPanel
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.whole_text import WholeText

DAY = 24 * 60
WORK = {"subject_kind": "key", "subject": "Work"}


@pytest.fixture
def page(bench: Bench) -> ActivityPage:
    bench.activity.add(
        entry("vault.create", 2 * DAY, subject_kind="vault", subject="Mara’s vault"),
        entry("vault.unlock", DAY, facts={"failed": 2}),
        entry("vault.lock", DAY - 5, actor=ITSELF),
        *(entry("text.decrypt", 90, actor=DEPLOY, **WORK, facts={"version": 7, "context": "team"}) for _ in range(12)),
        entry("file.open", 60, subject_kind="file", outcome="damaged", facts={"path": "/home/mara/a b/report.sealed"}),
        entry("vault.admit", 50, actor=DEPLOY, outcome="wrong_passphrase"),
        entry("key.rotate", 20, subject_kind="key", subject="Personal", facts={"version": 4, "reason": "asked"}),
    )
    return opened(bench)


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> ActivityPage:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("activity")
    page = workspace.activity
    bench.qtbot.waitUntil(lambda: page.feed.loaded and not page.feed.looking)
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    return page


def shown(page: ActivityPage) -> list[tuple[str, ...]]:
    count = page.rows.columnCount()
    return [tuple(page.rows.index(at, column).data() for column in range(count)) for at in range(page.rows.rowCount())]


def click(bench: Bench, page: ActivityPage, number: int) -> None:
    at = page.table.visualRect(page.rows.index(number, 1)).center()
    bench.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)


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
    assert page.rows.index(0, 3).data(CellRole).hue == "petrol"
    assert page.rows.index(0, 1).data(CellRole).second == "Version 4, asked for"


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


def test_segments_and_filter_narrow_together(bench: Bench, page: ActivityPage) -> None:
    bench.qtbot.mouseClick(page.segments.buttons[Sort.PROBLEMS], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: [row[1] for row in shown(page)] == ["Check a passphrase", "Decrypt a file"])
    bench.qtbot.keyClicks(page.filter, "REPORT")
    bench.qtbot.waitUntil(lambda: [row[1] for row in shown(page)] == ["Decrypt a file"])
    bench.qtbot.mouseClick(page.segments.buttons[Sort.KEYS], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.head.text() == "Nothing like this is in the log"
    assert page.day.text() == ""
    bench.qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 7)
    assert (page.table.isVisible(), page.filter.text(), page.segments.value) == (True, "", Sort.ALL)


def test_arrows_go_through_the_segments_and_tab_stops_once(bench: Bench, page: ActivityPage) -> None:
    window = page.window()
    page.segments.buttons[Sort.ALL].setFocus(Qt.FocusReason.TabFocusReason)
    bench.qtbot.keyClick(page.segments.buttons[Sort.ALL], Qt.Key.Key_Right)
    assert page.segments.value == Sort.FILES
    bench.qtbot.keyClick(page.segments.buttons[Sort.FILES], Qt.Key.Key_Tab)
    assert window.focusWidget() is page.filter
    bench.qtbot.keyClick(page.filter, Qt.Key.Key_Down)
    assert window.focusWidget() is page.table
    assert page.table.selectionModel().hasSelection()
    bench.qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: window.focusWidget() is page.filter)


def test_a_search_reads_on_in_the_background_says_so_and_stops_when_left(bench: Bench) -> None:
    bench.activity.add(
        entry("key.create", 30_000),
        *(entry("vault.lock" if number % 2 else "vault.unlock", 20_000 - number) for number in range(9000)),
    )
    page = opened(bench)
    bench.activity.gate.clear()
    page.segments.buttons[Sort.KEYS].click()
    bench.qtbot.waitUntil(page.foot.isVisible)
    assert page.foot.text().startswith("Looking through older entries…")
    assert page.foot.text().endswith("of 9,001")
    bench.qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(page.isHidden)
    assert not page.feed.looking
    asked = len(bench.activity.asked)
    bench.activity.gate.set()
    assert bench.tasks._pool.waitForDone(5000)
    assert len(bench.activity.asked) <= asked
    bench.qtbot.keyClick(page.window(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    if page.isHidden():  # pages may be more by now
        workspace = window_of(page).screens.workspace
        assert workspace is not None
        workspace.turn_to("activity")
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 1 and page.feed.ended, timeout=10_000)
    bench.qtbot.waitUntil(lambda: not page.foot.isVisible())


def window_of(page: ActivityPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def test_older_entries_come_as_one_scrolls(bench: Bench) -> None:
    bench.activity.add(*(entry("vault.lock" if n % 2 else "vault.unlock", 20_000 - n) for n in range(4000)))
    page = opened(bench)
    first = page.rows.rowCount()
    assert first < 1000
    page.table.setFocus()
    bench.qtbot.keyClick(page.table, Qt.Key.Key_End)
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() > first and not page.feed.looking)
    assert page.table.current is not None
    assert page.table.current.newest == 4001 - first
    assert page.rows.rowCount() < 4000


def test_a_new_entry_arrives_while_the_page_is_shown_and_only_then(bench: Bench, page: ActivityPage) -> None:
    click(bench, page, 2)
    held = page.table.current
    bench.activity.add(entry("key.export", **WORK))
    bench.vault.publish(KeysChanged((bench.keys.keys[0].key_id,)))
    bench.qtbot.waitUntil(lambda: shown(page)[0][1] == "Exported a key's material")
    assert page.table.current is held
    assert page.chain.text.whole == "19 entries"
    bench.activity.add(entry("key.disable", **WORK))
    page._poll.setInterval(1)
    bench.qtbot.waitUntil(lambda: shown(page)[0][1] == "Disabled a key")
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    workspace.turn_to("files")
    assert not page._poll.isActive()


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
    assert page.check_button.button.width() < width


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
    monkeypatch.setattr(window.screens._shower, "show", seen.append)
    bench.qtbot.mouseClick(page.export_button.button, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("/Mara’s vault 2026-11-24.csv")
    dialog.selectNameFilter("JSON Lines (*.jsonl)")
    dialog.filterSelected.emit("JSON Lines (*.jsonl)")
    assert dialog.selectedFiles()[0].endswith("/Mara’s vault 2026-11-24.jsonl")
    target = tmp_path / "caf\udce9.jsonl"
    page.export(os.fsencode(target))
    dialog.reject()
    toasts = window.screens.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    assert toasts.shown is not None
    assert toasts.shown.text.text() == "Activity was exported"
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, 19))
    toasts.undo()
    assert seen == [], "there is nothing to take back"
    page.export(str(tmp_path).encode() + b"/again.csv")
    bench.qtbot.waitUntil(lambda: toasts.shown is not None and not page.export_button.running)
    assert toasts.shown is not None
    assert toasts.shown.button is not None
    bench.qtbot.mouseClick(toasts.shown.button, Qt.MouseButton.LeftButton)
    assert seen == [str(tmp_path).encode() + b"/again.csv"]


def test_an_export_that_is_stopped_leaves_nothing(bench: Bench, page: ActivityPage, tmp_path: Path) -> None:
    bench.activity.gate.clear()
    page.export(str(tmp_path).encode() + b"/log.csv")
    bench.qtbot.waitUntil(page.export_button.stop_button.isVisible)
    bench.qtbot.mouseClick(page.export_button.stop_button, Qt.MouseButton.LeftButton)
    bench.activity.gate.set()
    bench.qtbot.waitUntil(lambda: not page.export_button.running)
    assert list(tmp_path.glob("*.csv")) + list(tmp_path.glob(".activity*")) == []
    assert window_of(page).screens.toasts.shown is None


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


def test_the_window_stays_awake_while_a_long_log_is_searched(bench: Bench) -> None:
    bench.activity.add(*(entry("vault.lock" if n % 2 else "vault.unlock", 90_000 - n) for n in range(100_000)))
    page = opened(bench)
    beat = Heartbeat(page)
    page.filter.setText("no such thing")
    bench.qtbot.waitUntil(lambda: page.feed.ended and not page.feed.looking, timeout=120_000)
    page.filter.clear()
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() > 50_000 and not page.feed.looking, timeout=60_000)
    assert beat.number > 20
    assert page.rows.rowCount() == 100_000


class Heartbeat(QObject):
    """Counts how often the window's thread comes round."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.number = 0
        timer = QTimer(self)
        timer.timeout.connect(self._beat)
        timer.start(5)

    def _beat(self) -> None:
        self.number += 1
