from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import QObject, Qt, QTimer

from tests.gui.activity_page_driver import WORK, click, opened, opened_with_entries, shown
from tests.gui.samples import entry
from vaultapp.contracts.keys import KeysChanged
from vaultapp.gui.models.log_rows import Sort
from vaultapp.gui.pages.activity_page import ActivityPage


@pytest.fixture
def page(bench: Bench) -> ActivityPage:
    return opened_with_entries(bench)


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
