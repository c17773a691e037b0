from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from conftest import Bench
from fakes import PASSPHRASE, WORDS
from PySide6.QtCore import Qt

from vaultapp.contracts.vault import KdfCost, VaultState
from vaultapp.core.errors import VaultExists
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.main_window import MainWindow

LIST = WORDS.split()


def begin(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, Wizard]:
    window = bench.window(VaultState.MISSING, size=size)
    shown = window.screens.shown
    assert isinstance(shown, Wizard)
    return window, shown


def to_passphrase(bench: Bench, wizard: Wizard) -> None:
    bench.qtbot.mouseClick(wizard.welcome.new, Qt.MouseButton.LeftButton)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)


def to_kit(bench: Bench, wizard: Wizard) -> None:
    to_passphrase(bench, wizard)
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))


def type_words(wizard: Wizard) -> None:
    for field in wizard.kit.fields:
        field.edit.setText(LIST[field.number - 1])


def test_the_whole_way_makes_a_vault_with_a_first_key(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    assert not wizard.make.isEnabled()
    type_words(wizard)
    assert bench.vault.made is None
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    made = bench.vault.made
    assert made is not None
    assert made.passphrase == PASSPHRASE.encode()
    assert made.recovery_words == WORDS.encode()
    assert made.first_key == "Personal"
    assert made.cost == KdfCost(256 * 1024, 3, 2, 1000)
    assert bench.connects == []


def test_another_place_gets_its_agent_in_the_last_step_only(bench: Bench, tmp_path: Path) -> None:
    window, wizard = begin(bench)
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path / "elsewhere"))
    wizard.place.name.setText("Travel")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    wizard._continue()
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))
    assert bench.connects == []
    type_words(wizard)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.connects == [tmp_path / "elsewhere" / "Travel.vault"]
    assert bench.vault.made is None
    assert not (tmp_path / "elsewhere").exists()


def test_back_always_works_and_keeps_what_was_typed(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    words = wizard.kit.facts.words
    for step in (2, 1, 0):
        bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
        assert wizard.step == step
    assert not wizard.back.isVisible()
    assert wizard.passphrase.pair.first.text() == PASSPHRASE
    wizard.go(3)
    assert wizard.kit.facts.words == words


def test_a_place_that_is_taken_is_said_at_the_place(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    (tmp_path / "there.vault").write_bytes(b"")
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path))
    wizard.place.name.setText("there")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.place.under.text().startswith("There is a file of this name"))
    assert wizard.step == 1


@pytest.mark.parametrize("name", ["", "a/b", ".hidden", "x" * 260, "a\tb"])
def test_a_name_that_no_file_can_have_is_not_taken(bench: Bench, name: str) -> None:
    _, wizard = begin(bench)
    wizard.go(1)
    wizard.place.name.setMaxLength(1000)
    wizard.place.name.setText(name)
    assert not wizard.next.isEnabled()


@pytest.mark.parametrize(
    ("first", "again", "ready"),
    [
        (PASSPHRASE, PASSPHRASE, True),
        (PASSPHRASE, "", False),
        (PASSPHRASE, PASSPHRASE + "x", False),
        ("password", "password", False),
        ("", "", False),
    ],
)
def test_going_on_needs_the_same_passphrase_twice_and_not_a_very_weak_one(
    bench: Bench, first: str, again: str, ready: bool
) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    pair = wizard.passphrase.pair
    pair.first.setText(first)
    pair.again.setText(again)
    bench.qtbot.waitUntil(lambda: pair._estimate is None and wizard.passphrase.cost is not None)
    assert wizard.next.isEnabled() is ready


def test_the_cost_is_measured_here_and_told_with_what_it_costs_an_attacker(bench: Bench) -> None:
    bench.vault.gate.clear()
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    bar = wizard.passphrase.cost_bar
    assert bar.head.text().startswith("Measuring")
    assert not wizard.passphrase.change.isEnabled()
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: bar.head.text() == "Opening the vault takes 1.0 s and 256 MB on this computer.")
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    bench.qtbot.waitUntil(lambda: "With a hundred graphics cards" in bar.body.text())


def test_a_dearer_cost_has_more_passes(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    bench.qtbot.waitUntil(lambda: wizard.passphrase.cost is not None)
    wizard.passphrase._set_factor(4)
    assert wizard.passphrase.cost == KdfCost(256 * 1024, 12, 2, 4000)
    assert "takes 4.0 s" in wizard.passphrase.cost_bar.head.text()


def test_a_suggestion_is_shown_and_must_be_typed_once_more(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    pair = wizard.passphrase.pair
    bench.qtbot.mouseClick(pair.suggest_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: pair.first.text() == " ".join(LIST[:6]))
    assert pair.first.revealed
    assert pair.again.text() == ""


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
    bench.qtbot.waitUntil(lambda: wizard.kit._problem is not None)


def test_a_screen_reader_hears_the_words(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    assert wizard.kit.sheet.accessibleDescription().startswith("1 abandon, 2 ability")


def test_a_file_that_came_in_between_leads_back_to_the_place(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.vault.fails_with = VaultExists(path="x")
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 1)
    assert wizard.passphrase.pair.first.text() == PASSPHRASE


def test_while_it_is_made_nothing_else_can_be_pressed(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.vault.gate.clear()
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    assert wizard.make.busy
    assert not wizard.back.isEnabled()
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)


def test_the_list_of_steps_goes_first_in_a_narrow_window(bench: Bench) -> None:
    _, wide = begin(bench)
    assert wide.steps.isVisible()
    _, narrow = begin(bench, (860, 560))
    assert not narrow.steps.isVisible()


def test_the_way_can_be_gone_by_keyboard(bench: Bench) -> None:
    _, wizard = begin(bench)
    assert wizard.welcome.new.hasFocus() or wizard.welcome.new.isVisible()
    bench.qtbot.keyClick(wizard.welcome.new, Qt.Key.Key_Space)
    assert wizard.step == 1
    bench.qtbot.keyClick(wizard.place.name, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
