from __future__ import annotations

import pytest
from conftest import Bench, FakeDesktop, window_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.samples import key
from tests.gui.text_page_driver import NOTE, add_pair, decrypted, encrypted, opened, paste, write
from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.theme import Appearance

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def press_act(page: TextPage) -> None:
    QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_it_stands_between_files_and_credentials(page: TextPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    assert [place.entry.name for place in workspace.places][:3] == ["files", "text", "credentials"]
    QTest.keyClick(page.window(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.window(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert workspace.page is page


def test_what_is_encrypted_says_which_key_opens_it(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    assert bench.text.made[blob] == (str(bench.keys.keys[0].key_id), NOTE.encode(), {})
    assert page.encrypted.badge.text == "Opens with Personal v4"
    assert page.plain.text == NOTE


def test_what_is_decrypted_says_what_opened_it(bench: Bench, page: TextPage) -> None:
    blob = bench.text.blob(NOTE.encode())
    assert decrypted(bench, page, f'password: "{blob[:40]}\n{blob[40:]}"') == NOTE
    assert page.plain.badge.text == "Decrypted with Personal v4"
    assert page.encrypted.badge.text == "Opens with Personal v4"


def test_ctrl_enter_does_the_one_action(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    press_act(page)
    bench.qtbot.waitUntil(lambda: page.encrypted.made)
    blob = page.encrypted.text
    page.make_new()
    page.encrypted.edit.setFocus()
    paste(page.encrypted, blob)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    press_act(page)
    bench.qtbot.waitUntil(lambda: page.plain.text == NOTE)


def test_the_one_action_is_that_of_the_side_that_the_person_wrote(bench: Bench, page: TextPage) -> None:
    write(page, "abc")
    assert page.encrypt_button.isVisible()
    assert not page.decrypt_button.isVisible()
    paste(page.encrypted, bench.text.blob(b"x"))
    assert page.decrypt_button.isVisible()
    assert not page.encrypt_button.isVisible()
    page.plain.edit.setFocus()
    assert page.encrypt_button.isVisible()


def test_nothing_can_be_done_with_nothing(page: TextPage) -> None:
    assert page.encrypt_button.isVisible()
    for button in (page.encrypt_button, page.copy_button, page.plain.clear_button, page.encrypted.clear_button):
        assert not button.isEnabled()


def test_a_result_goes_when_what_it_was_made_from_changes(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    QTest.keyClicks(page.plain.edit, "!")
    assert page.encrypted.empty
    assert page.encrypted.badge.text == ""
    page.make_new()
    decrypted(bench, page, bench.text.blob(NOTE.encode()))
    page.encrypted.edit.setFocus()
    QTest.keyClicks(page.encrypted.edit, "!")
    assert page.plain.empty


def test_a_result_of_another_context_or_key_goes(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    add_pair(page, "a", "b")
    assert page.encrypted.empty
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.made)
    page.key.picked.emit(str(bench.keys.keys[1].key_id))
    assert page.encrypted.empty
    assert page.plain.text == NOTE


def test_the_key_is_remembered_and_only_those_that_can_encrypt_are_offered(bench: Bench, page: TextPage) -> None:
    work = bench.keys.keys[1]
    page.key.picked.emit(str(work.key_id))
    encrypted(bench, page)
    assert page.encrypted.badge.text == "Opens with Work v7"
    again = opened(bench)
    assert again.key.current is not None
    assert again.key.current.text == "Work"
    bench.keys.keys[1] = key("Work", "indigo", 7, KeyState.DISABLED, work.key_id)
    bench.vault.publish(KeysChanged((work.key_id,)))
    bench.qtbot.waitUntil(lambda: [choice.text for choice in again.key.choices] == ["Personal"])


def test_a_badge_follows_the_state_of_its_key(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    first = bench.keys.keys[0]
    for state, words in (
        (KeyState.DISABLED, "Personal v4 is disabled"),
        (KeyState.PENDING_DELETION, "Personal v4 waits for its deletion"),
        (KeyState.ENABLED, "Opens with Personal v4"),
    ):
        bench.keys.keys[0] = key("Personal", "petrol", 4, state, first.key_id)
        bench.vault.publish(KeysChanged((first.key_id,)))
        bench.qtbot.waitUntil(lambda words=words: page.encrypted.badge.text == words)  # type: ignore[misc]


def test_in_a_narrow_window_the_panes_stand_one_above_the_other(bench: Bench) -> None:
    page = opened(bench, (LEAST.width(), LEAST.height()))
    assert page.plain.geometry().bottom() < page.encrypted.geometry().top()
    assert page.plain.width() == page.encrypted.width()
    least = page.minimumSizeHint()
    assert least.width() <= LEAST.width() - 59
    assert least.height() <= LEAST.height()
    page.window().resize(1180, 760)
    bench.qtbot.waitUntil(lambda: page.plain.geometry().top() == page.encrypted.geometry().top())


@pytest.mark.parametrize("size", [(860, 560), (900, 600), (1060, 700), (1180, 760)])
def test_no_words_are_cut_at_any_size(bench: Bench, size: tuple[int, int]) -> None:
    page = opened(bench, size)
    encrypted(bench, page)
    assert abs(page.plain.width() - page.encrypted.width()) <= 1
    badge = page.encrypted.badge
    bench.qtbot.waitUntil(lambda: badge.width() >= badge.sizeHint().width())
    write(page, "x" * 5000)
    for pane, parts in (
        (page.plain, (page.counter.words, page.file_button, page.plain.clear_button)),
        (page.encrypted, (page.copy_button, page.encrypted.clear_button)),
    ):
        for part in parts:
            bench.qtbot.waitUntil(lambda part=part: part.width() >= part.sizeHint().width())  # type: ignore[misc]
            assert part.mapTo(pane, part.rect().topRight()).x() <= pane.width()


def test_both_themes_show_the_focus_and_the_ring(bench: Bench, page: TextPage, desktop: FakeDesktop) -> None:
    decrypted(bench, page, bench.text.blob(b"x"))
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    page.plain.edit.setFocus()
    for wish in (Appearance.LIGHT, Appearance.DARK):
        desktop.ask_for(wish)
        picture = page.plain.grab().toImage()
        assert picture.pixelColor(page.plain.width() // 2, 1) == page.look.colour("focus")
        ring = page.plain_note.ring.grab().toImage()
        accent = page.look.colour("accent")
        assert any(ring.pixelColor(x, y) == accent for x in range(ring.width()) for y in range(ring.height()))
