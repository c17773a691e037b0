from __future__ import annotations

import pytest
from conftest import Bench
from pytestqt.qtbot import QtBot

from tests.gui.samples import PASSPHRASE, WORDS
from tests.gui.settings_page_driver import DAILY, REPLACED, opened, press, toast
from vaultapp.contracts.vault import KdfCost
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.errors import HostError, WordsMistyped
from vaultapp.gui.dialogs.change_passphrase_dialog import ChangePassphraseDialog
from vaultapp.gui.dialogs.drill_dialog import DrillDialog
from vaultapp.gui.dialogs.new_words_dialog import NewWordsDialog
from vaultapp.gui.dialogs.replace_words_dialog import ReplaceWordsDialog
from vaultapp.gui.pages.settings_page import SettingsPage

NEW = "new tide pool lamp"


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    bench.vault.copies = [DAILY, REPLACED]
    return opened(bench)[1]


def change_dialog(bench: Bench, page: SettingsPage) -> ChangePassphraseDialog:
    press(bench, page.unlock.change_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, ChangePassphraseDialog)
    return dialog


def fill(bench: Bench, dialog: ChangePassphraseDialog, old: str = PASSPHRASE, new: str = NEW) -> None:
    bench.qtbot.keyClicks(dialog.old, old)
    dialog.pair.first.setText(new)
    bench.qtbot.keyClicks(dialog.pair.again, new)
    bench.qtbot.waitUntil(dialog.go_button.isEnabled)


def test_the_ways_in_are_told_as_the_vault_has_them(page: SettingsPage) -> None:
    assert "256 MB of memory and 3 passes" in page.unlock.passphrase.line.text()
    assert "Made on 25 Oct 2026." in page.unlock.words.line.text()


def test_a_vault_without_words_is_warned_about_and_gets_some(bench: Bench) -> None:
    bench.vault.ways = (SlotKind.PASSPHRASE,)
    _, page = opened(bench)
    assert not page.unlock.drill_button.isVisible()
    assert "nothing opens the vault" in page.unlock.words.line.text()
    assert page.unlock.replace_button.text() == "Make…"
    press(bench, page.unlock.replace_button)
    assert isinstance(page.unlock.dialog, NewWordsDialog)


def test_the_passphrase_is_changed_and_what_was_typed_is_overwritten(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: toast(page).startswith("The passphrase is changed."))
    assert bench.vault.passphrase == NEW
    assert bench.vault.cost == KdfCost(256 * 1024, 3, 2)
    assert [bytes(secret) for secret in bench.vault.given] == [bytes(len(PASSPHRASE)), bytes(len(NEW))]


def test_a_wrong_present_passphrase_is_said_at_its_field(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog, old="wrong")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.under.text().startswith("This is not the current passphrase."))
    assert dialog.old.property("state") == "bad"
    assert dialog.pair.first.text() == NEW
    assert dialog.isVisible()
    assert bench.vault.passphrase == PASSPHRASE


def test_a_weak_or_different_passphrase_is_not_taken(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    dialog.pair.again.setText(NEW + "x")
    assert not dialog.go_button.isEnabled()
    dialog.pair.first.setText("password")
    dialog.pair.again.setText("password")
    bench.qtbot.waitUntil(lambda: dialog.pair._estimate is None)
    assert not dialog.go_button.isEnabled()
    dialog.reject()


def test_the_cost_can_be_measured_anew(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.gate.clear()
    dialog.anew.setChecked(True)
    assert not dialog.go_button.isEnabled()
    assert dialog.cost.text().startswith("Measuring")
    bench.vault.gate.set()
    bench.qtbot.waitUntil(dialog.go_button.isEnabled)
    assert "1.0 s and 256 MB" in dialog.cost.text()
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: bench.vault.passphrase == NEW)
    assert bench.vault.cost.milliseconds == 1000


def test_cancel_while_it_is_changed_changes_nothing(bench: Bench, page: SettingsPage, qtbot: QtBot) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.gate.clear()
    press(bench, dialog.go_button)
    press(bench, dialog.cancel_button)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        bench.vault.gate.set()
    assert bench.vault.passphrase == PASSPHRASE


def test_other_failures_are_told_in_the_dialog_and_everything_typed_stays(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.problem.isVisible)
    assert (dialog.old.text(), dialog.pair.again.text()) == (PASSPHRASE, NEW)
    assert dialog.go_button.isEnabled()


def test_a_drill_says_what_the_words_opened(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.drill_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, DrillDialog)
    assert not dialog.go_button.isEnabled()
    dialog.words.edit.setPlainText(WORDS)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.told.isVisible)
    assert "2 keys and 1,042 records" in dialog.told.body.text()
    assert dialog.words.edit.toPlainText() == ""
    assert not any(bench.vault.given[-1])
    assert "The last drill passed just now." in page.unlock.words.line.text()


def test_wrong_words_are_said_under_them(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.drill_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, DrillDialog)
    dialog.words.edit.setPlainText(WORDS)
    bench.vault.fails_with = WordsMistyped(reason="word", position=7)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.words.under.text().startswith("Word 7 is not"))
    assert dialog.words.edit.toPlainText() == WORDS


def test_words_are_replaced_only_after_two_questions_and_three_words(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.replace_button)
    first = page.unlock.dialog
    assert isinstance(first, ReplaceWordsDialog)
    # Enter is the harmless one.
    assert first.cancel_button.isDefault()
    press(bench, first.go_button)
    second = page.unlock.dialog
    assert isinstance(second, NewWordsDialog)
    bench.qtbot.waitUntil(lambda: bool(second.kit.facts.words))
    assert not second.go_button.isEnabled()
    assert bench.vault.given == []
    words = WORDS.split()
    for field in second.kit.fields:
        bench.qtbot.keyClicks(field.edit, words[field.number - 1])
    press(bench, second.go_button)
    bench.qtbot.waitUntil(lambda: toast(page).startswith("The vault has new recovery words."))
    assert len(bench.vault.given) == 1
    assert not any(bench.vault.given[0])


def test_words_that_were_not_taken_stay_on_the_sheet(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.replace_button)
    first = page.unlock.dialog
    assert isinstance(first, ReplaceWordsDialog)
    press(bench, first.go_button)
    second = page.unlock.dialog
    assert isinstance(second, NewWordsDialog)
    bench.qtbot.waitUntil(lambda: bool(second.kit.facts.words))
    words = WORDS.split()
    for field in second.kit.fields:
        field.edit.setText(words[field.number - 1])
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, second.go_button)
    bench.qtbot.waitUntil(second.kit.problem.isVisible)
    assert second.isVisible()
    assert second.kit.facts.words == tuple(words)
    assert second.go_button.isEnabled()
