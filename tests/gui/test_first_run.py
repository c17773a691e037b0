from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.first_run_driver import begin, to_kit, type_words
from tests.gui.samples import PASSPHRASE, WORDS
from vaultapp.contracts.vault import KdfCost


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
    assert str(made.vault_id) == wizard.kit.facts.vault_id
    assert made.vault_id is not None
    assert made.vault_id.version == 4
    assert made.cost == KdfCost(256 * 1024, 3, 2, 1000)
    assert bench.connects == []


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


def test_what_was_typed_is_overwritten_after_the_call(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert len(bench.vault.given) == 2
    assert not any(any(secret) for secret in bench.vault.given)
