from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.first_run_driver import begin, to_kit
from tests.gui.samples import PASSPHRASE
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultDamaged, VaultError
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.session import LockNote

COPY = b"/media/stick/mara-20261124T084100Z.vault"


def to_copy(bench: Bench) -> tuple[MainWindow, Wizard]:
    window, wizard = begin(bench)
    wizard.restore_from(COPY)
    assert wizard.step == 1
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    return window, wizard


def test_a_backup_is_restored_where_no_vault_is(bench: Bench) -> None:
    window, wizard = to_copy(bench)
    assert not wizard.restore.isEnabled()
    assert bench.vault.restores == []
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, PASSPHRASE)
    with bench.qtbot.waitSignal(window.lock_requested) as locked:
        bench.qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    assert bench.vault.restores == [(COPY, PASSPHRASE)]
    assert locked.args == [LockNote("restored", bench.clock.now())]
    assert not any(bench.vault.given[-1])


@pytest.mark.parametrize(
    ("error", "words"),
    [(None, "This passphrase does not open the copy."), (VaultDamaged(reason="not_a_vault"), "This file is not")],
)
def test_a_copy_that_does_not_open_leaves_nothing(bench: Bench, error: VaultError | None, words: str) -> None:
    _, wizard = to_copy(bench)
    bench.vault.fails_with = error
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, "wrong")
    bench.qtbot.keyClick(wizard.copy.passphrase.field, Qt.Key.Key_Return)

    def told() -> str:
        problem = wizard.copy.problem
        return problem.head.text() if problem.isVisible() else wizard.copy.passphrase.under.text()

    bench.qtbot.waitUntil(lambda: told().startswith(words))
    assert wizard.step == 2
    assert wizard.restore.isEnabled()
    assert bench.vault.restores == []


def test_a_vault_that_came_to_the_place_meanwhile_is_not_replaced(bench: Bench) -> None:
    _, wizard = to_copy(bench)
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, PASSPHRASE)
    bench.vault.state = VaultState.LOCKED
    bench.qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.target.under.text().startswith("There is a file of this name"))
    assert wizard.step == 1
    assert bench.vault.restores == []


def test_from_the_way_back_one_can_still_make_a_new_vault(bench: Bench) -> None:
    _, wizard = to_copy(bench)
    for _ in range(2):
        bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    assert wizard.step == 0
    to_kit(bench, wizard)
    assert wizard.step == 3
