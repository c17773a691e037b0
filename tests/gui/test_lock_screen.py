from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from conftest import Bench, FakeDesktop, window_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from tests.gui.samples import NOON, PASSPHRASE, WORDS
from vaultapp.contracts.files import FilesWait
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.errors import (
    AgentGone,
    NotAllowed,
    VaultError,
    VaultOlder,
    VaultTampered,
    WordsMistyped,
    WordsOfAnotherVault,
)
from vaultapp.gui import quantities
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.session import LockNote
from vaultapp.gui.theme import Appearance


@pytest.fixture
def screen(bench: Bench) -> LockScreen:
    return opened(bench.window(VaultState.LOCKED))


def opened(window: MainWindow) -> LockScreen:
    shown = window.screens.shown
    assert isinstance(shown, LockScreen)
    return shown


def type_and_enter(bench: Bench, screen: LockScreen, text: str) -> None:
    bench.qtbot.keyClicks(screen.form.field, text)
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)


def test_the_field_has_the_focus_and_hides_what_is_typed(bench: Bench, screen: LockScreen) -> None:
    bench.qtbot.waitUntil(screen.form.field.hasFocus)
    assert screen.form.field.echoMode() == QLineEdit.EchoMode.Password
    screen.form.field._toggle()
    assert screen.form.field.echoMode() == QLineEdit.EchoMode.Normal


def test_the_right_passphrase_opens_the_files_page(bench: Bench, screen: LockScreen) -> None:
    window = window_of(screen)
    type_and_enter(bench, screen, PASSPHRASE)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.vault.seen == [PASSPHRASE]
    assert bench.settings.recent == (bench.session.path,)


def test_while_it_opens_the_button_shows_that_and_a_second_enter_is_nothing(bench: Bench, screen: LockScreen) -> None:
    bench.vault.gate.clear()
    type_and_enter(bench, screen, PASSPHRASE)
    assert screen.form.button.busy
    width = screen.form.button.width()
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)
    bench.vault.gate.set()
    window = window_of(screen)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert len(bench.vault.seen) == 1
    assert width > 0


def test_a_wrong_passphrase_says_so_and_keeps_the_focus(bench: Bench, screen: LockScreen) -> None:
    type_and_enter(bench, screen, "wrong")
    bench.qtbot.waitUntil(lambda: "does not open" in screen.form.under.text())
    assert screen.form.under.text() == "This passphrase does not open the vault."
    assert screen.form.field.property("state") == "bad"
    assert screen.form.field.hasFocus()
    assert screen.form.field.selectedText()
    assert screen.form.button.isEnabled()


def test_each_further_try_waits_and_the_button_comes_back_by_itself(bench: Bench, screen: LockScreen) -> None:
    bench.vault.wait_after_wrong = 4
    type_and_enter(bench, screen, "wrong")
    bench.qtbot.waitUntil(lambda: screen.form.under.text().endswith("Try again in 4 s."))
    assert not screen.form.button.isEnabled()
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)
    assert bench.vault.seen == ["wrong"]
    bench.clock.time = 2.5
    screen.form._count_down()
    assert screen.form.under.text().endswith("Try again in 2 s.")
    bench.clock.time = 4
    screen.form._count_down()
    assert screen.form.button.isEnabled()
    assert screen.form.under.text() == "This passphrase does not open the vault."


def test_a_wait_from_before_is_shown_at_once(bench: Bench) -> None:
    bench.vault.retry_after = 8
    screen = opened(bench.window(VaultState.LOCKED))
    assert screen.form.under.text() == "The next passphrase is taken in 8 s."
    assert not screen.form.button.isEnabled()


def test_a_vault_that_is_open_for_programs_says_so_and_since_when_and_is_locked_with_a_click(bench: Bench) -> None:
    bench.vault.window_locked = NOON
    window = bench.window(VaultState.UNLOCKED, LockNote("idle", NOON, programs_go_on=True))
    screen = opened(window)
    bar = screen.going_on
    assert bar is not None
    assert bar.isVisible()
    assert bar.head.text() == "The vault is open for programs"
    assert quantities.clock_time(NOON) in bar.body.text()
    (button,) = bar.buttons
    assert button.text() == "Lock everything"
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert got.args == [LockNote("asked", bench.clock.now())]
    assert bench.vault.state is VaultState.LOCKED


def test_what_the_agent_says_counts_and_not_the_note(bench: Bench) -> None:
    screen = opened(bench.window(VaultState.LOCKED, LockNote("idle", NOON, programs_go_on=True)))
    assert screen.going_on is not None
    assert not screen.going_on.isVisible()
    bench.vault.state, bench.vault.window_locked = VaultState.UNLOCKED, NOON
    screen.take_status(bench.vault.status())
    assert screen.going_on.isVisible()


def test_a_vault_that_a_terminal_unlocked_says_so_and_is_locked_with_a_click(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = opened(window)
    unlocked = msgspec.structs.replace(bench.vault.status(), state=VaultState.UNLOCKED, admitted=False)
    window.screens.confirm(bench.session, unlocked)
    assert screen.going_on is not None
    assert screen.going_on.isVisible()
    assert "terminal unlocked it" in screen.going_on.body.text()
    assert [button.text() for button in screen.going_on.buttons] == ["Lock everything"]


def test_where_everything_is_locked_nothing_of_programs_is_said(bench: Bench, screen: LockScreen) -> None:
    assert screen.going_on is None


def test_the_passphrase_opens_a_window_that_was_locked_alone(bench: Bench) -> None:
    bench.vault.window_locked = NOON
    window = bench.window(VaultState.UNLOCKED)
    type_and_enter(bench, opened(window), PASSPHRASE)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)


def test_a_lock_of_everything_that_is_refused_is_said(bench: Bench) -> None:
    bench.vault.window_locked = NOON
    screen = opened(bench.window(VaultState.UNLOCKED))
    assert screen.going_on is not None
    bench.vault.fails_with = VaultTampered(reason="rows_missing")
    bench.qtbot.mouseClick(screen.going_on.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(screen.notices.bars))


def test_a_locked_window_is_told_how_many_files_wait_and_comes_when_somebody_wants_it(bench: Bench) -> None:
    bench.vault.window_locked = NOON
    screen = opened(bench.window(VaultState.UNLOCKED))
    with bench.qtbot.waitSignal(bench.events.wanted):
        bench.vault.publish(FilesWait(2))
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert screen.waiting.head.text() == "2 files are waiting"


@pytest.mark.parametrize("wish", [Appearance.LIGHT, Appearance.DARK])
def test_open_for_programs_can_be_read_in_a_small_window(bench: Bench, desktop: FakeDesktop, wish: Appearance) -> None:
    desktop.ask_for(wish)
    bench.vault.window_locked = NOON
    window = bench.window(VaultState.UNLOCKED, LockNote("idle", NOON, programs_go_on=True))
    window.resize(860, 560)
    screen = opened(window)
    screen.show_waiting(2)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert (window.width(), window.height()) == (860, 560)
    assert screen.going_on is not None
    for text in (screen.going_on.head, screen.going_on.body):
        assert text.height() >= text.heightForWidth(text.width())
    button = screen.going_on.buttons[0]
    assert button.width() >= button.sizeHint().width()
    below = screen.waiting.mapTo(screen, screen.waiting.rect().bottomLeft()).y()
    assert screen.going_on.mapTo(screen, screen.going_on.rect().bottomLeft()).y() < below < screen.height()


def test_caps_lock_is_said(bench: Bench, screen: LockScreen) -> None:
    bench.qtbot.keyClicks(screen.form.field, "a")
    assert screen.form.under.text() == " "
    bench.qtbot.keyClicks(screen.form.field, "A")
    assert screen.form.under.text() == "Caps Lock is on"
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert screen.form.under.text() == "Caps Lock is on"
    bench.qtbot.keyClicks(screen.form.field, "c")
    assert screen.form.under.text() == " "


@pytest.mark.parametrize("error", [VaultTampered(reason="rows_missing"), AgentGone()])
def test_other_failures_are_told_in_full_and_the_passphrase_stays(
    bench: Bench, screen: LockScreen, error: VaultError
) -> None:
    bench.vault.fails_with = error
    type_and_enter(bench, screen, PASSPHRASE)
    bench.qtbot.waitUntil(screen.form.problem.isVisible)
    assert screen.form.field.text() == PASSPHRASE
    assert screen.form.button.isEnabled()


def test_an_older_copy_is_opened_only_when_the_person_says_so(bench: Bench, screen: LockScreen) -> None:
    bench.vault.older = VaultOlder(seen=9, found=7, fork=0)
    window = window_of(screen)
    type_and_enter(bench, screen, PASSPHRASE)
    bench.qtbot.waitUntil(screen.form.problem.isVisible)
    assert bench.vault.state is VaultState.LOCKED
    problem = screen.form.problem
    bench.qtbot.mouseClick(problem.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)


def test_why_it_is_locked_is_said(bench: Bench) -> None:
    screen = opened(bench.window(VaultState.LOCKED, LockNote("sleep", NOON)))
    assert "because the computer went to sleep" in screen.why.text()


def test_other_ways_are_offered_only_where_there_are_some(bench: Bench) -> None:
    assert opened(bench.window(VaultState.LOCKED)).other_ways.isVisible()
    bench.vault.ways = (SlotKind.PASSPHRASE,)
    assert not opened(bench.window(VaultState.LOCKED)).other_ways.isVisible()


def test_nothing_moves_when_the_agent_tells_of_other_ways(bench: Bench) -> None:
    screen = opened(bench.window(VaultState.LOCKED))
    layout, field = screen.other_ways.parentWidget().layout(), screen.form.field
    places = []
    for kinds in ((), (SlotKind.RECOVERY_WORDS,)):
        screen.set_slots(kinds)
        layout.activate()
        places.append(field.mapTo(screen, QPoint()))
    assert places[0] == places[1]


def test_recovery_words_lead_to_a_new_passphrase(bench: Bench, screen: LockScreen) -> None:
    window = window_of(screen)
    screen.show_recovery()
    form = screen.recovery
    assert not form.button.isEnabled()
    form.words.edit.setPlainText(WORDS)
    assert form.words.under.text() == "24 of 24 words"
    form.pair.first.setText("new tide pool lamp")
    form.pair.again.setText("new tide pool lamp")
    bench.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.vault.passphrase == "new tide pool lamp"


def test_what_is_said_of_no_passphrase_yet_stands_beside_its_mark(bench: Bench, screen: LockScreen) -> None:
    screen.show_recovery()
    pair = screen.recovery.pair
    bench.qtbot.waitUntil(lambda: pair._note.isVisible() and pair._mark.isVisible())
    assert pair._note.text() == "Four or more unrelated words"
    assert pair._note.x() - pair._mark.geometry().right() < 10


def test_enter_in_the_last_field_unlocks_with_the_recovery_words(bench: Bench, screen: LockScreen) -> None:
    window = window_of(screen)
    screen.show_recovery()
    form = screen.recovery
    form.pair.first.setText("new tide pool lamp")
    form.pair.again.setText("new tide pool lamp")
    bench.qtbot.keyClick(form.pair.again, Qt.Key.Key_Return)
    assert not form.busy
    form.words.edit.setPlainText(WORDS)
    bench.qtbot.keyClick(form.pair.again, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.vault.passphrase == "new tide pool lamp"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WordsMistyped(reason="word", position=7), "Word 7 is not one of the recovery words."),
        (WordsOfAnotherVault(), "belong to another vault or to an older kit"),
    ],
)
def test_wrong_words_are_said_under_them_and_everything_typed_stays(
    bench: Bench, screen: LockScreen, error: VaultError, words: str
) -> None:
    bench.vault.fails_with = error
    screen.show_recovery()
    form = screen.recovery
    form.words.edit.setPlainText(WORDS)
    form.pair.first.setText("new tide pool lamp")
    form.pair.again.setText("new tide pool lamp")
    bench.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: words in form.words.under.text())
    assert form.words.edit.toPlainText() == WORDS
    assert form.button.isEnabled()


def test_going_back_forgets_the_words(bench: Bench, screen: LockScreen) -> None:
    screen.show_recovery()
    screen.recovery.words.edit.setPlainText(WORDS)
    screen.recovery.back_button.click()
    assert screen.recovery.words.edit.toPlainText() == ""


def test_a_vault_that_was_here_and_is_gone_has_its_own_words(bench: Bench) -> None:
    bench.settings.remember_vault(bench.session.path)
    window = bench.window(VaultState.MISSING)
    shown = window.screens.shown
    assert isinstance(shown, MissingScreen)
    bench.vault.state = VaultState.LOCKED
    bench.qtbot.mouseClick(shown.again, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, LockScreen))


def test_another_vault_can_be_turned_to(bench: Bench, screen: LockScreen, tmp_path: Path) -> None:
    window = window_of(screen)
    other = tmp_path / "other.vault"
    screen.vault_picked.emit(other)
    bench.qtbot.waitUntil(lambda: window.screens.session.path == other)
    assert bench.connects == [other]
    assert window.windowTitle() == "other — vaultapp"


def test_what_was_typed_is_overwritten_after_the_call(bench: Bench, screen: LockScreen) -> None:
    window = window_of(screen)
    type_and_enter(bench, screen, "wrong")
    bench.qtbot.waitUntil(lambda: "does not open" in screen.form.under.text())
    screen.show_recovery()
    form = screen.recovery
    form.words.edit.setPlainText(WORDS)
    form.pair.first.setText("new tide pool lamp")
    form.pair.again.setText("new tide pool lamp")
    bench.qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert len(bench.vault.given) == 3
    assert not any(any(secret) for secret in bench.vault.given)


def test_why_one_vault_was_locked_is_not_told_of_another(bench: Bench, tmp_path: Path) -> None:
    window = bench.window(VaultState.LOCKED, LockNote("sleep", NOON))
    other = tmp_path / "other.vault"
    bench.settings.remember_vault(other)
    opened(window).vault_picked.emit(other)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, MissingScreen))
    opened_again = window.screens
    opened_again.open_vault(bench.session.path)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, LockScreen))
    assert opened(window).why.text() == " "


def test_an_agent_that_tells_no_names_is_believed_the_number(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that found the agent running may not take the list before it unlocked."""

    def refused() -> None:
        raise NotAllowed(subject="files", method="take_waiting")

    bench.files.waiting = [b"/a/contract.pdf", b"/a/photos.zip"]
    bench.files.publish = lambda _event: None
    monkeypatch.setattr(bench.files, "take_waiting", refused)
    screen = opened(bench.window(VaultState.LOCKED, LockNote("asked", NOON, (b"/a/half.bin",))))
    bench.qtbot.waitUntil(lambda: screen.waiting.head.text() == "3 files are waiting")
    assert screen.waiting.isVisible()
    assert screen.waiting.body.text() == "They are offered once you unlock."
    assert not screen.waiting.buttons[0].isVisible()
    assert screen.notices.bars == []


def test_files_that_wait_are_named_and_can_be_forgotten(bench: Bench) -> None:
    screen = opened(bench.window(VaultState.LOCKED, LockNote("asked", NOON, (b"/a/contract.pdf",))))
    bench.qtbot.waitUntil(lambda: "contract.pdf is offered" in screen.waiting.body.text())
    bench.qtbot.mouseClick(screen.waiting.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: not screen.waiting.isVisible())
    assert bench.files.waiting == []


def test_after_a_restore_it_is_said_where_the_old_vault_is(bench: Bench) -> None:
    screen = opened(bench.window(VaultState.LOCKED, LockNote("restored", NOON, (), b"/home/mara/m.replaced-1.vault")))
    assert "because a backup was restored" in screen.why.text()
    assert "“/home/mara/m.replaced-1.vault”" in screen.notices.bars[0].body.text()
