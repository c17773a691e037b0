from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.text_page_driver import NOTE, opened, paste, write
from vaultapp.core.errors import AgentGone, Damaged, KeyDisabled, KeyPendingDeletion, UnsupportedFormat
from vaultapp.gui.pages.text_page import TextPage

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def test_an_answer_to_what_was_changed_meanwhile_is_not_shown(bench: Bench, page: TextPage) -> None:
    bench.text.gate.clear()
    write(page, "one")
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    assert not page.encrypt_button.isEnabled()
    write(page, " two")
    bench.text.gate.set()
    bench.qtbot.waitUntil(page.encrypt_button.isEnabled)
    assert page.encrypted.empty


def test_a_failure_of_what_was_changed_meanwhile_is_not_said(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.gate.clear()
    bench.text.raises["encrypt"] = KeyDisabled(key="Personal", version=0)
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    write(page, "more")
    bench.text.gate.set()
    bench.qtbot.waitUntil(lambda: not page.encrypt_button.busy)
    assert "disabled" not in page.plain.sentence.text()


def test_without_a_key_it_says_so(bench: Bench) -> None:
    bench.keys.keys = []
    page = opened(bench)
    bench.qtbot.waitUntil(lambda: page._parts.shelf.loaded)
    write(page, "x")
    assert page.plain.sentence.text() == "No key can encrypt now. Make one, or enable one."
    assert not page.encrypt_button.isEnabled()


def test_a_text_of_a_key_that_is_not_here_says_so_at_once(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, bench.text.blob(b"x", "8f41c2d0"))
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text == "No key here opens this")
    assert page.encrypted.sentence.text().startswith("No key here opens this text.")
    assert not page.decrypt_button.isEnabled()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Damaged(reason="cut_short"), "The text is cut short. Copy all of it."),
        (
            UnsupportedFormat(found="text version 2"),
            "This is of a form that is not known here (text version 2). A newer vaultapp may know it.",
        ),
    ],
)
def test_a_text_that_cannot_be_read_says_why(
    bench: Bench, page: TextPage, error: Damaged | UnsupportedFormat, sentence: str
) -> None:
    bench.text.raises["inspect"] = error
    paste(page.encrypted, "vlt1AAAA")
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text() == sentence)
    assert page.encrypted.text == "vlt1AAAA"
    assert not page.decrypt_button.isEnabled()


def test_a_key_that_may_not_be_used_is_said_under_the_side_that_asked(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.raises["encrypt"] = KeyDisabled(key="Personal", version=0)
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.plain.sentence.text() == "“Personal” is disabled. Enable it first.")
    assert page.plain.text == NOTE
    page.make_new()
    paste(page.encrypted, bench.text.blob(b"x"))
    bench.text.raises["decrypt"] = KeyPendingDeletion(key="Personal")
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text().startswith("“Personal” waits for its deletion."))


def test_what_is_nobodys_fault_is_said_by_the_window(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.raises["encrypt"] = AgentGone()
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.plain.text == NOTE
    assert page.encrypt_button.isEnabled()


def test_bytes_that_are_no_text_are_not_shown(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, bench.text.blob(b"\xff\xfe"))
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: "not UTF-8 text" in page.encrypted.sentence.text())
    assert page.plain.empty
