from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from conftest import Bench
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from tests.gui.first_run_driver import LIST, begin, to_kit, type_words
from vaultapp.core.errors import SpaceMissing
from vaultapp.gui.first_run import kit_sheet, kit_step
from vaultapp.gui.look import Look


def test_wrong_words_do_not_count_and_case_does_not_matter(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    field = wizard.kit.fields[0]
    right = field.edit.text()
    field.edit.setText("zoo")
    assert not wizard.make.isEnabled()
    field.edit.setText(f" {right.upper()} ")
    assert wizard.make.isEnabled()


def test_the_vaults_id_and_file_stand_whole_on_the_sheet(
    bench: Bench, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    facts = wizard.kit.facts
    written: list[str] = []
    write = kit_sheet._write

    def noted(painter: QPainter, base: QFont, place: QRectF, text: str, *rest: Any) -> None:
        write(painter, base, place, text, *rest)
        if painter.fontMetrics().horizontalAdvance(text) <= place.width():
            written.append(text)
        assert place.bottom() <= kit_sheet.HEIGHT

    monkeypatch.setattr(kit_sheet, "_write", noted)
    assert kit_sheet.pdf_of(look, facts).startswith(b"%PDF")
    assert UUID(facts.vault_id).version == 4
    assert facts.vault_id in written
    assert facts.file in written
    assert all(word in written for word in facts.words)


def test_each_word_says_by_itself_that_it_is_wrong(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    first, second, third = wizard.kit.fields
    right = LIST[first.number - 1]
    bench.qtbot.keyClicks(first.edit, right[:2])
    assert (first.mark.isVisible(), first.under.text(), first.edit.accessibleDescription()) == (False, " ", "")
    bench.qtbot.keyClicks(second.edit, "zx")
    told = f"This is not word {second.number}."
    assert (second.under.text(), second.edit.accessibleDescription()) == (told, told)
    assert second.mark.isVisible()
    assert (second.mark.name, second.mark.tone) == ("circle-x", "bad")
    assert second.edit.property("state") == "bad"
    assert not third.mark.isVisible()
    bench.qtbot.keyClick(second.edit, Qt.Key.Key_Backspace)
    bench.qtbot.keyClick(second.edit, Qt.Key.Key_Backspace)
    assert (second.mark.isVisible(), second.under.text()) == (False, " ")
    bench.qtbot.keyClicks(first.edit, right[2:])
    assert (first.mark.name, first.edit.accessibleDescription()) == ("circle-check", "Right")
    assert first.mark.isVisible()


def test_an_unfinished_word_is_wrong_when_it_is_left(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    first, second, _ = wizard.kit.fields
    first.edit.setFocus()
    bench.qtbot.keyClicks(first.edit, LIST[first.number - 1][:2])
    second.edit.setFocus()
    assert first.under.text() == f"This is not word {first.number}."
    assert second.under.text() == " "


def test_three_different_words_are_asked_for(bench: Bench) -> None:
    _, wizard = begin(bench)
    numbers = [field.number for field in wizard.kit.fields]
    assert len(set(numbers)) == 3
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(range(1, 25))


def test_the_kit_is_saved_as_a_pdf_that_only_this_user_may_read(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    target = tmp_path / "kit.pdf"
    target.write_bytes(b"older")
    target.chmod(0o644)
    wizard.kit.save_to(os.fsencode(target))
    bench.qtbot.waitUntil(lambda: "Saved" in wizard.kit._note.head.text())
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_pdf_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    wizard.kit.save_to(os.fsencode(tmp_path / "nowhere" / "kit.pdf"))
    bench.qtbot.waitUntil(wizard.kit.problem.isVisible)


def test_a_screen_reader_hears_the_words(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    assert wizard.kit.sheet.accessibleDescription().startswith("1 abandon, 2 ability")


def test_a_full_stick_is_said_as_such(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: bytes, _data: bytearray) -> None:
        raise SpaceMissing(path="/media/stick", needed=0, free=0)

    _, wizard = begin(bench)
    to_kit(bench, wizard)
    monkeypatch.setattr(kit_step, "write_private", full)
    wizard.kit.save_to(os.fsencode(tmp_path / "kit.pdf"))
    bench.qtbot.waitUntil(wizard.kit.problem.isVisible)
    problem = wizard.kit.problem
    assert "space" in problem.head.text()
