from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from conftest import Bench, FakeDesktop
from fake_tray import InTray, in_tray
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.gates import pass_gate
from tests.gui.quick_decrypt_driver import SECRET, copied, notice, opened, with_text
from tests.gui.samples import description
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, KeyNotHere
from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.theme import Appearance
from vaultapp.gui.tray.self_closing import SECONDS
from vaultapp.gui.unlock_form import UnlockForm
from vaultapp.gui.workspace import Workspace


def test_what_the_clipboard_holds_is_shown_and_copied(bench: Bench) -> None:
    copied(f"Hi Tom,\nthis is it: “{bench.text.blob(SECRET.encode())}”. Bye")
    quick = opened(in_tray(bench))
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    assert quick.shown is not None
    assert quick.shown.edit.exact_text() == SECRET
    assert quick.shown.edit.isReadOnly()
    assert quick.badge.text == "Opened with Personal v4"
    assert quick.head.whole == "From the clipboard"
    assert QApplication.clipboard().text() == SECRET
    bench.qtbot.waitUntil(lambda: "The clipboard clears in" in quick.shown.note.says)  # type: ignore[union-attr]
    assert bench.files.opens == []


def reading_by(bench: Bench, asks: Callable[[], bytes | None]) -> InTray:
    return in_tray(bench, reading=ClipboardReading(QApplication.clipboard(), bench.tasks, asks))


def test_a_program_that_does_not_answer_holds_nothing_up(bench: Bench) -> None:
    gate = threading.Event()

    def asks() -> None:
        pass_gate(gate)

    copied(bench.text.blob(SECRET.encode()))
    quick = opened(reading_by(bench, asks))
    notice(bench, quick, "Reading the clipboard…")
    gate.set()
    notice(bench, quick, "The program that holds the clipboard does not answer.")
    assert quick.shown is None


def test_what_another_program_holds_is_shown(bench: Bench) -> None:
    blob = bench.text.blob(SECRET.encode())
    copied("")
    quick = opened(reading_by(bench, blob.encode))
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    assert quick.shown is not None
    assert quick.shown.edit.exact_text() == SECRET


def test_a_late_answer_takes_nothing_off_a_file(bench: Bench) -> None:
    found = description(b"note.sealed", bench.keys)
    bench.files.described[b"note.sealed"] = structs.replace(found, content_length=5)
    bench.files.contents[b"note.sealed"] = b"hazel"
    gate, answered = threading.Event(), threading.Event()

    def asks() -> None:
        pass_gate(gate)
        answered.set()

    quick = opened(reading_by(bench, asks))
    quick.take_file(b"/home/mara/note.sealed")
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    gate.set()
    bench.qtbot.waitUntil(answered.is_set)
    assert bench.tasks.shutdown()
    QApplication.sendPostedEvents()
    assert quick.shown is not None


def test_it_closes_by_itself_once_the_person_has_left_it(bench: Bench) -> None:
    quick = with_text(bench)
    text = quick.shown
    assert text is not None
    quick.attended.emit(True)
    for _ in range(SECONDS * 2):
        quick.closing.tick()
    assert quick.isVisible()
    assert text.sentence.text() == f"Closes {SECONDS} s after you leave it."
    quick.attended.emit(False)
    quick.closing.tick()
    assert text.sentence.text() == f"Closes in {SECONDS - 1} s."
    assert text.ring.isVisible()
    quick.attended.emit(True)
    quick.attended.emit(False)
    assert text.sentence.text() == f"Closes in {SECONDS} s."
    edit = text.edit
    for _ in range(SECONDS):
        quick.closing.tick()
    assert not quick.isVisible()
    assert edit.toPlainText() == ""
    assert "hazel" not in repr(vars(text))


def test_the_pointer_in_it_holds_the_time(bench: Bench) -> None:
    quick = with_text(bench)
    seen: list[bool] = []
    quick.attended.connect(seen.append)
    QTest.mouseMove(quick, QPoint(30, 30))
    bench.qtbot.waitUntil(lambda: bool(seen) or quick.is_attended)
    assert quick.is_attended


def test_keep_open_keeps_it_until_it_is_let_go(bench: Bench) -> None:
    quick = with_text(bench)
    quick.attended.emit(False)
    text = quick.shown
    assert text is not None
    bench.qtbot.mouseClick(text.keep_button, Qt.MouseButton.LeftButton)
    for _ in range(SECONDS * 2):
        quick.closing.tick()
    assert quick.isVisible()
    assert text.sentence.text() == "Stays open until you close it."
    bench.qtbot.mouseClick(text.keep_button, Qt.MouseButton.LeftButton)
    assert quick.closing.left == SECONDS
    assert not quick.closing.kept


def test_escape_closes_and_nothing_of_the_text_stays(bench: Bench) -> None:
    quick = with_text(bench)
    assert quick.shown is not None
    edit = quick.shown.edit
    bench.qtbot.keyClick(quick, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    assert edit.toPlainText() == ""


def test_hide_shows_as_many_dots_whatever_the_length(bench: Bench) -> None:
    quick = with_text(bench)
    assert quick.shown is not None
    bench.qtbot.mouseClick(quick.shown.hide_button, Qt.MouseButton.LeftButton)
    assert quick.shown.edit.exact_text() == "•" * 16
    assert quick.shown.hide_button.accessibleName() == "Show the text"
    bench.qtbot.mouseClick(quick.shown.hide_button, Qt.MouseButton.LeftButton)
    assert quick.shown.edit.exact_text() == SECRET


def test_copy_again_copies_all_of_it(bench: Bench) -> None:
    quick = with_text(bench)
    assert quick.shown is not None
    copied("something else")
    bench.qtbot.mouseClick(quick.shown.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == SECRET


def test_a_clipboard_without_an_encrypted_text_is_read_again_when_asked(bench: Bench) -> None:
    copied("lunch at one?")
    quick = opened(in_tray(bench))
    notice(bench, quick, "There is no encrypted text on the clipboard.")
    assert bench.text.inspected == []
    copied(bench.text.blob(b"hazel"))
    bench.qtbot.mouseClick(quick.foot.read_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    copied("")
    bench.qtbot.mouseClick(quick.foot.read_button, Qt.MouseButton.LeftButton)
    notice(bench, quick, "There is no encrypted text on the clipboard.")
    assert not quick.badge.isVisible()


def test_a_second_call_brings_the_same_window_and_reads_anew(bench: Bench) -> None:
    copied("nothing")
    shown = in_tray(bench)
    quick = opened(shown)
    copied(bench.text.blob(b"hazel"))
    assert opened(shown) is quick
    bench.qtbot.waitUntil(lambda: quick.shown is not None)


def test_a_locked_vault_is_unlocked_in_the_same_window(bench: Bench) -> None:
    copied(bench.text.blob(b"hazel"))
    shown = in_tray(bench, VaultState.LOCKED)
    quick = opened(shown)
    bench.qtbot.waitUntil(lambda: quick.findChild(UnlockForm) is not None)
    form = quick.findChild(UnlockForm)
    bench.qtbot.keyClicks(form.field, "wrong")
    bench.qtbot.keyClick(form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: "does not open" in form.under.text())
    form.field.setText(bench.vault.passphrase)
    bench.qtbot.keyClick(form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    bench.qtbot.waitUntil(lambda: isinstance(shown.window.screens.shown, Workspace))
    assert shown.desk.icon._tip == "Mara’s vault, unlocked"


def test_a_text_that_needs_a_context_asks_for_it(bench: Bench) -> None:
    blob = bench.text.blob(SECRET.encode(), context={"purpose": "oncall"})
    copied(blob)
    quick = opened(in_tray(bench))
    bench.qtbot.waitUntil(lambda: quick.context is not None)
    card, said = quick.context, quick.notice
    assert card is not None
    assert said is not None
    assert "it needs another context" in said.accessibleName()
    assert quick.focusWidget() is card.rows[0].name
    bench.qtbot.keyClicks(card.rows[0].name, "purpose")
    bench.qtbot.keyClicks(card.rows[0].value, "lunch")
    bench.qtbot.mouseClick(said.buttons[-1], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: quick.context not in (None, card))
    assert quick.context is not None
    assert quick.context.pairs == {"purpose": "lunch"}
    quick.context.rows[0].value.setText("oncall")
    assert quick.notice is not None
    bench.qtbot.mouseClick(quick.notice.buttons[-1], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    assert quick.shown is not None
    assert quick.shown.edit.exact_text() == SECRET


def test_what_went_wrong_is_said_in_our_words(bench: Bench) -> None:
    copied(bench.text.blob(b"x"))
    bench.text.raises["decrypt"] = KeyNotHere(key="8f41c2d0")
    quick = opened(in_tray(bench))
    notice(bench, quick, "No key here opens this text. It needs “8f41c2d0”.")
    bench.text.raises["decrypt"] = AgentGone()
    quick.read_clipboard()
    bench.qtbot.waitUntil(lambda: quick.notice is not None and "Decrypting" not in quick.notice.accessibleName())


def test_what_is_no_text_is_not_shown(bench: Bench) -> None:
    copied(bench.text.blob(b"\xff\xfe\x00"))
    quick = opened(in_tray(bench))
    notice(bench, quick, "Personal v4 opens this, but it is not UTF-8 text.")


def test_an_answer_to_an_older_question_does_not_count(bench: Bench) -> None:
    copied(bench.text.blob(b"old"))
    bench.text.gate.clear()
    shown = in_tray(bench)
    quick = opened(shown)
    copied("nothing")
    quick.read_clipboard()
    bench.text.gate.set()
    bench.qtbot.waitUntil(lambda: not bench.tasks._live)
    assert quick.shown is None
    notice(bench, quick, "There is no encrypted text on the clipboard.")


def test_a_missing_vault_is_said(bench: Bench) -> None:
    copied(bench.text.blob(b"x"))
    shown = in_tray(bench)
    bench.vault.state = VaultState.MISSING
    quick = opened(shown)
    notice(bench, quick, "There is no vault here.")


def test_every_control_has_a_name_and_is_reached_by_tab(bench: Bench) -> None:
    quick = with_text(bench)
    text = quick.shown
    assert text is not None
    wanted = {text.edit, text.hide_button, text.keep_button, text.copy_button}
    wanted |= {quick.foot.choose_button, quick.foot.read_button}
    reached = set()
    for _ in range(12):
        quick.focusNextChild()
        reached.add(quick.focusWidget())
    assert wanted <= reached
    assert all(control.accessibleName() for control in wanted)


@pytest.mark.parametrize("wish", [Appearance.LIGHT, Appearance.DARK])
def test_long_texts_and_names_stay_inside_the_small_window(
    bench: Bench, desktop: FakeDesktop, wish: Appearance
) -> None:
    desktop.ask_for(wish)
    bench.keys.keys[0] = structs.replace(bench.keys.keys[0], name="Keys of the infrastructure team, " * 6)
    quick = with_text(bench, "x" * 3000 + "\n" * 80)
    assert quick.shown is not None
    assert quick.width() == bench.look.px(420)
    assert quick.height() < 560
    assert quick.badge.geometry().right() <= quick.width()
    assert quick.badge.text == "Opened with Keys of…am,  v4"
    assert "infrastructure" in quick.badge.toolTip()
    assert quick.shown.edit.height() <= bench.look.px(300)
