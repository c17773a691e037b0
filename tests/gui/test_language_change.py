"""The language changes while the window is open: everything is said in the other one, and nothing is lost."""

from __future__ import annotations

import pytest
from conftest import Bench
from fake_tray import in_tray
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tests.gui.samples import PASSPHRASE
from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultBusy
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.session import LockNote
from vaultapp.gui.workspace import Workspace


def shown(window: MainWindow) -> Workspace:
    workspace = window.screens.workspace
    assert workspace is not None
    return workspace


def opened(bench: Bench, page: str = "files") -> MainWindow:
    window = bench.window(VaultState.UNLOCKED)
    bench.qtbot.waitUntil(lambda: shown(window).shelf.loaded)
    shown(window).turn_to(page)
    return window


def change(bench: Bench, window: MainWindow, language: str = "zh_CN") -> None:
    before = window.screens.shown
    bench.languages.choose(language)
    bench.qtbot.waitUntil(lambda: window.screens.shown is not before)


def test_the_pages_are_there_in_the_other_language_and_back(bench: Bench) -> None:
    window = opened(bench)
    change(bench, window)
    assert [place.entry.title for place in shown(window).places] == ["文件", "文本", "凭据", "密钥", "活动", "设置"]
    assert shown(window).files.inspect_button.text() == "查看文件头…"
    change(bench, window, "en")
    titles = ["Files", "Text", "Credentials", "Keys", "Activity", "Settings"]
    assert [place.entry.title for place in shown(window).places] == titles
    assert bench.vault.state is VaultState.UNLOCKED


class TopLevels(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_is_a_window_of_its_own_while_it_is_built(bench: Bench, qapp: QApplication) -> None:
    window = opened(bench)
    seen = TopLevels()
    qapp.installEventFilter(seen)
    change(bench, window)
    for place in shown(window).places:
        shown(window).turn_to(place.entry.name)
    qapp.removeEventFilter(seen)
    assert seen.shown == []
    assert qapp.activeWindow() is window


@pytest.mark.parametrize("page", ["files", "text", "keys", "activity", "settings"])
def test_the_page_that_was_shown_is_shown(bench: Bench, page: str) -> None:
    window = opened(bench, page)
    change(bench, window)
    workspace = shown(window)
    assert workspace.page is workspace.built[page]
    assert workspace.sidebar.items[page].isChecked()


def test_a_batch_that_runs_goes_on_and_is_not_cancelled(bench: Bench) -> None:
    window = opened(bench)
    page = shown(window).files
    bench.files.script[b"done.pdf"] = FileUpdate(0, FileState.EXISTS)
    page.intake.take((b"/d/done.pdf",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.ASKS) == 1)
    bench.files.gate.clear()
    bench.files.begun.clear()
    page.intake.take((b"/d/a.pdf", b"/d/b.pdf"))
    bench.qtbot.waitUntil(lambda: len(bench.files.seals) == 2)
    rows = list(page.queue.rows.rows)

    change(bench, window)
    anew = shown(window).files
    assert anew is not page
    assert list(anew.queue.rows.rows) == rows
    assert window.busy
    assert anew.work.asking.text == "1 个待确认"
    assert not anew.work.clear.isVisible()
    bench.files.gate.set()
    bench.qtbot.waitUntil(lambda: anew.queue.rows.count(RowState.DONE) == 2)
    assert anew.queue.rows.count(RowState.CANCELLED) == 0
    assert len(bench.files.seals) == 2
    # What came afterwards is shown by the new page.
    bench.qtbot.waitUntil(anew.work.clear.isVisible)
    anew.intake.take((b"/d/c.pdf",))
    bench.qtbot.waitUntil(lambda: anew.queue.rows.count(RowState.DONE) == 3)


def test_what_was_dropped_and_is_being_looked_at_is_worked_on(bench: Bench) -> None:
    window = opened(bench)
    bench.files.look_gate.clear()
    shown(window).files.take_drop((b"/d/a.pdf",))
    change(bench, window)
    bench.files.look_gate.set()
    queue = shown(window).files.queue
    bench.qtbot.waitUntil(lambda: queue.rows.count(RowState.DONE) == 1)


def test_what_hovers_is_told_in_the_other_language(bench: Bench) -> None:
    window = opened(bench)
    change(bench, window)
    told: list[object] = []
    page = shown(window).files
    page.plan_changed.connect(told.append)
    page.plan_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: bool(told))
    assert page.plan_drop((b"/d/a.pdf",)).sentences[0].startswith("加密 1 个文件")


def test_waiting_offers_are_offered_again(bench: Bench) -> None:
    window = opened(bench)
    offers = shown(window).files.offers
    offers.offer((b"/d/a.pdf", b"/d/b.pdf"))
    offers.offer_rewrap((b"/d/c.sealed",))
    bench.qtbot.waitUntil(lambda: len(shown(window).files.notices.bars) == 2)
    change(bench, window)
    page = shown(window).files
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 2)
    assert page.offers.unanswered.dropped == (b"/d/a.pdf", b"/d/b.pdf")
    assert page.offers.unanswered.rewraps == (b"/d/c.sealed",)
    assert any("2 个文件" in bar.head.text() for bar in page.notices.bars)


def test_an_offer_that_is_being_looked_at_is_made_by_the_new_page(bench: Bench) -> None:
    window = opened(bench)
    bench.files.look_gate.clear()
    shown(window).files.offers.offer((b"/d/a.pdf",))
    change(bench, window)
    bench.files.look_gate.set()
    page = shown(window).files
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert len(page.notices.bars) == 1


def test_files_handed_over_afterwards_are_offered(bench: Bench) -> None:
    window = opened(bench)
    change(bench, window)
    bench.files.hand_over((b"/d/late.pdf",))
    page = shown(window).files
    bench.qtbot.waitUntil(lambda: page.offers.unanswered.dropped == (b"/d/late.pdf",))


def test_both_texts_and_the_context_are_kept(bench: Bench) -> None:
    window = opened(bench, "text")
    page = shown(window).text
    bench.qtbot.waitUntil(lambda: page.key.current is not None)
    page.key.picked.emit(page.key.choices[-1].value)
    bench.qtbot.mouseClick(page.context.add_button, Qt.MouseButton.LeftButton)
    page.context.rows[0].name.setText("purpose")
    page.context.rows[0].value.setText("door")
    bench.qtbot.mouseClick(page.context.add_button, Qt.MouseButton.LeftButton)
    page.context.rows[1].value.setText("half a pair")
    page.context.rows[1].name.setText("n")
    bench.qtbot.keyClicks(page.plain.edit, "Door code: 4471")
    page.encrypt()
    bench.qtbot.waitUntil(lambda: not page.encrypted.empty)
    encrypted, key = page.encrypted.text, page.key.current
    assert key is not None

    change(bench, window)
    anew = shown(window).text
    assert anew is not page
    assert (anew.plain.text, anew.plain.made) == ("Door code: 4471", False)
    assert (anew.encrypted.text, anew.encrypted.made) == (encrypted, True)
    assert anew.context.fields == (("purpose", "door"), ("n", "half a pair"))
    assert anew.key.current is not None
    assert anew.key.current.value == key.value
    assert anew.sides.encrypting
    assert anew.encrypt_button.text() == "加密"
    # It is still what the page made: it goes when the text changes.
    bench.qtbot.keyClicks(anew.plain.edit, "!")
    assert anew.encrypted.empty


def test_what_opened_a_text_is_told_in_the_other_language(bench: Bench) -> None:
    window = opened(bench, "text")
    page = shown(window).text
    bench.qtbot.keyClicks(page.plain.edit, "Door")
    page.encrypt()
    bench.qtbot.waitUntil(lambda: not page.encrypted.empty)
    text = page.encrypted.text
    page.sides.clear(page.plain, page.encrypted)
    page.encrypted.edit.setPlainText(text)
    page.decrypt()
    bench.qtbot.waitUntil(lambda: page.plain.text == "Door")
    assert page.plain.badge.text.startswith("Decrypted with")
    change(bench, window)
    anew = shown(window).text
    assert (anew.plain.text, anew.plain.made) == ("Door", True)
    assert anew.plain.badge.text.startswith("已用")
    assert not anew.sides.encrypting


def test_an_error_that_still_holds_is_told_in_the_other_language(bench: Bench) -> None:
    window = opened(bench, "keys")
    window.screens.telling.tell_error(VaultBusy(path="/d/a.vault"))
    first = shown(window).page.notices.bars[0].head.text()
    shown(window).turn_to("text")
    change(bench, window)
    keys = shown(window).keys
    assert [bar.head.text() for bar in keys.notices.bars] != [first]
    assert "保险库" in keys.notices.bars[0].head.text()
    keys.notices.remove(keys.notices.bars[0])
    change(bench, window, "en")
    assert shown(window).keys.notices.bars == []


def test_what_was_looked_for_is_still_looked_for(bench: Bench) -> None:
    window = opened(bench, "keys")
    head = shown(window).keys.head
    assert head.filter is not None
    head.filter.setText("pers")
    change(bench, window)
    anew = shown(window).keys.head
    assert anew.filter is not None
    assert anew.filter.text() == "pers"


def test_keys_are_not_asked_for_again(bench: Bench) -> None:
    window = opened(bench, "keys")
    shelf = shown(window).shelf
    change(bench, window)
    assert shown(window).shelf is shelf
    assert shown(window).keys.isVisible()


def test_the_focus_stays_where_the_language_was_chosen(bench: Bench) -> None:
    window = opened(bench, "settings")
    appearance = shown(window).settings.appearance
    appearance.language.setFocus()
    appearance.language.picked.emit("zh_CN")
    bench.qtbot.waitUntil(lambda: shown(window).settings.ensure_built() is None and "语言" in _titles(window))
    anew = shown(window).settings
    bench.qtbot.waitUntil(anew.appearance.language.hasFocus)
    assert anew.view.rect().intersects(_place(anew.appearance.language, anew.view))


def test_a_question_before_leaving_is_taken_for_a_no(bench: Bench) -> None:
    window = opened(bench)
    bench.files.gate.clear()
    shown(window).files.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: window.busy)
    went: list[str] = []
    window.screens.leave("Stop", lambda: went.append("then"), lambda: went.append("stay"))
    change(bench, window)
    assert went == ["stay"]
    assert window.busy
    assert shown(window).files.notices.bars == []
    bench.files.gate.set()


def test_the_lock_screen_follows_and_still_opens(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED, LockNote("idle", 1))
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    window.screens.drop_taker.take_drop((b"/d/a.pdf",))  # type: ignore[union-attr]
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    change(bench, window)
    anew = window.screens.shown
    assert isinstance(anew, LockScreen)
    assert anew.title.text().startswith("解锁")
    assert "锁定" in anew.why.text()
    assert "1 个文件" in anew.waiting.head.text()
    bench.qtbot.keyClicks(anew.form.field, PASSPHRASE)
    bench.qtbot.keyClick(anew.form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    page = shown(window).files
    bench.qtbot.waitUntil(lambda: page.offers.unanswered.dropped == (b"/d/a.pdf",))


def test_a_passphrase_that_is_being_tried_is_not_cut_off(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    bench.vault.gate.clear()
    bench.qtbot.keyClicks(screen.form.field, PASSPHRASE)
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: screen.busy)
    bench.languages.choose("zh_CN")
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    assert shown(window).places[0].entry.title == "文件"


def test_pages_that_are_being_built_come_in_the_language_of_now(bench: Bench) -> None:
    window, first = bench.opening()
    screens = window.screens
    assert screens.workspace is None
    bench.languages.choose("zh_CN")
    bench.qtbot.waitUntil(lambda: screens.workspace is not None and not isValid(first))
    assert shown(window).places[0].entry.title == "文件"


def test_first_run_and_a_vault_that_is_gone_follow(bench: Bench) -> None:
    window = bench.window(VaultState.MISSING)
    assert isinstance(window.screens.shown, Wizard)
    change(bench, window)
    assert isinstance(window.screens.shown, Wizard)
    assert window.screens.shown.next.text() == "继续"
    bench.settings.remember_vault(bench.session.path)
    gone = bench.window(VaultState.MISSING)
    assert isinstance(gone.screens.shown, MissingScreen)
    change(bench, gone, "en")
    assert isinstance(gone.screens.shown, MissingScreen)
    assert gone.screens.shown.again.text() == "Look again"


def test_pages_behind_the_way_to_a_new_vault_follow_when_they_come_back(bench: Bench) -> None:
    window = opened(bench, "text")
    bench.qtbot.keyClicks(shown(window).text.plain.edit, "Door")
    window.screens._make_another()
    change(bench, window)
    wizard = window.screens.shown
    assert isinstance(wizard, Wizard)
    bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    assert shown(window).places[1].entry.title == "文本"
    assert shown(window).text.plain.text == "Door"


def test_the_sheet_of_keys_and_the_palette_follow(bench: Bench) -> None:
    window = opened(bench)
    change(bench, window)
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_shown is not None
    window.keys.close_palette()
    assert [shortcut.words for shortcut in window.keys._told()][5] == "撤销"


def test_the_tray_follows(bench: Bench) -> None:
    put = in_tray(bench)
    assert put.desk.menu.leave.text() == "Quit"
    bench.languages.choose("zh_CN")
    # At once: it waits for no screen.
    assert put.desk.menu.leave.text() == "退出"
    assert put.desk.menu.lock.text() == "锁定"
    assert "已解锁" in put.desk.menu.head.text()


def _titles(window: MainWindow) -> list[str]:
    page = shown(window).settings
    return [line.title.text() for section in page.sections for line in section.lines]


def _place(part: QWidget, within: QWidget) -> QRect:
    place = part.rect()
    place.moveTopLeft(part.mapTo(within, place.topLeft()))
    return place
