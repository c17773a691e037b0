from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.text_page_driver import NOTE, add_pair, decrypted, encrypted, opened, paste, write
from vaultapp.gui.pages.text_page import TextPage

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def test_the_context_goes_both_ways(bench: Bench, page: TextPage) -> None:
    add_pair(page, "purpose", "on call")
    blob = encrypted(bench, page)
    assert bench.text.made[blob][2] == {"purpose": "on call"}
    page.make_new()
    assert decrypted(bench, page, blob) == NOTE


def test_another_context_is_said_and_everything_stays(bench: Bench, page: TextPage) -> None:
    blob = bench.text.blob(b"x", context={"a": "b"})
    paste(page.encrypted, blob)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(page.encrypted.offer.isVisible)
    sentence = "This text was changed, or it needs another context. Give the context it was made with."
    assert page.encrypted.sentence.text() == sentence
    assert page.encrypted.text == blob
    QTest.mouseClick(page.encrypted.offer, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.context.rows[0].name, "a")
    QTest.keyClicks(page.context.rows[0].value, "b")
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.plain.text == "x")


def test_names_that_cannot_be_are_said_in_their_row(page: TextPage) -> None:
    write(page, "x")
    add_pair(page, "a", "1")
    add_pair(page, "a", "2")
    first, second = page.context.rows
    assert first.problem.text() == ""
    assert second.problem.text() == "“a” is there already."
    assert not page.encrypt_button.isEnabled()
    second.name.setText("vaultapp-x")
    assert "kept for programs" in second.problem.text()
    assert not page.encrypt_button.isEnabled()
    second.name.setText("")
    assert second.problem.text() == "A context pair has an empty name."
    QTest.mouseClick(second.remove_button, Qt.MouseButton.LeftButton)
    assert page.context.pairs == {"a": "1"}
    assert page.encrypt_button.isEnabled()
    assert first.name.hasFocus()


def test_names_that_are_kept_for_programs_may_be_given_to_decrypt(bench: Bench, page: TextPage) -> None:
    add_pair(page, "aws-crypto-x", "1")
    blob = bench.text.blob(b"x", context={"aws-crypto-x": "1"})
    assert decrypted(bench, page, blob) == "x"


def test_a_pair_with_nothing_in_it_does_not_count(page: TextPage) -> None:
    write(page, "x")
    QTest.mouseClick(page.context.add_button, Qt.MouseButton.LeftButton)
    assert page.context.pairs == {}
    assert page.encrypt_button.isEnabled()


def test_what_did_not_open_is_not_said_of_another_context(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, bench.text.blob(b"x", context={"a": "b"}))
    add_pair(page, "a", "c")
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text() != "")
    page.context.add()
    assert page.encrypted.sentence.text() != "", "an empty pair changes nothing"
    QTest.keyClicks(page.context.rows[0].value, "d")
    assert page.encrypted.sentence.text() == ""
