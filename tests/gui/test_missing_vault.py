from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.samples import PASSPHRASE, WORDS
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultMissing
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.missing_screen import MissingScreen


@pytest.fixture
def screen(bench: Bench) -> LockScreen:
    shown = bench.window(VaultState.LOCKED).screens.shown
    assert isinstance(shown, LockScreen)
    return shown


def by_passphrase(screen: LockScreen) -> None:
    screen.form.field.setText(PASSPHRASE)
    screen.form.unlock()


def by_words(screen: LockScreen) -> None:
    screen.show_recovery()
    screen.recovery.words.edit.setPlainText(WORDS)
    screen.recovery.pair.first.setText("new tide pool lamp")
    screen.recovery.pair.again.setText("new tide pool lamp")
    screen.recovery.button.click()


@pytest.mark.parametrize("unlock", [by_passphrase, by_words])
def test_a_file_that_is_gone_at_unlock_has_its_own_screen(bench: Bench, screen: LockScreen, unlock: object) -> None:
    window = bench._windows[0]
    bench.vault.fails_with = VaultMissing(path=str(bench.session.path))
    unlock(screen)  # type: ignore[operator]
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, MissingScreen))
    bench.files.hand_over((b"/d/a.pdf",))
    bench.vault.fails_with = None
    missing = window.screens.shown
    assert isinstance(missing, MissingScreen)
    bench.qtbot.mouseClick(missing.again, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, LockScreen))


def test_nothing_moves_when_there_is_something_to_say(bench: Bench, screen: LockScreen) -> None:
    form = screen.form
    before = form.field.mapTo(screen, form.field.rect().topLeft()), form.button.mapTo(screen, form.rect().topLeft())
    form.field.setText("wrong")
    form.unlock()
    bench.qtbot.waitUntil(lambda: "does not open" in form.under.text())
    bench.qtbot.waitUntil(form.under.mark.isVisible)
    screen.grab()
    after = form.field.mapTo(screen, form.field.rect().topLeft()), form.button.mapTo(screen, form.rect().topLeft())
    assert after == before
