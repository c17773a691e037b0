"""The way to a first vault, gone as people do."""

from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.samples import PASSPHRASE, WORDS
from vaultapp.contracts.vault_state import VaultState
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
