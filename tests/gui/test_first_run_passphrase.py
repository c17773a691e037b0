from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.first_run_driver import LIST, begin, to_passphrase
from tests.gui.samples import PASSPHRASE
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.errors import MemoryMissing


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


def test_how_hard_a_suggestion_is_to_guess_is_known_until_it_is_changed(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    pair = wizard.passphrase.pair
    bench.qtbot.mouseClick(pair.suggest_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: pair.strength.bits == 66)
    assert pair._note.whole == "one of 2⁶⁶, drawn at random"
    pair.first.setText(pair.first.text() + "s")
    bench.qtbot.waitUntil(lambda: pair._estimate is None)
    assert pair.strength.bits == 0
    assert pair._note.whole.startswith("about 10")


def test_a_cost_that_could_not_be_measured_stays_said_and_can_be_measured_again(bench: Bench) -> None:
    bench.vault.calibrate_fails_with = MemoryMissing(needed=64, free=10)
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    step = wizard.passphrase
    bench.qtbot.waitUntil(step.again.isVisible)
    step.pair.first.setText(PASSPHRASE)
    step.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(lambda: step.pair._estimate is None)
    assert "memory" in step.cost_bar.head.text()
    assert not wizard.next.isEnabled()
    bench.vault.calibrate_fails_with = None
    bench.qtbot.mouseClick(step.again, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    assert not step.again.isVisible()
    assert step.change.isVisible()
