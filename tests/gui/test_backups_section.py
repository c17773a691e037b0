from __future__ import annotations

import re

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.samples import NOON, PASSPHRASE
from tests.gui.settings_page_driver import DAILY, HOUR, REPLACED, opened, press, toast
from vaultapp.contracts.vault import BackupRecord, VaultLocking
from vaultapp.core.errors import HostError, VaultTampered
from vaultapp.gui.dialogs.restore_dialog import RestoreDialog
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.session import LockNote


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    bench.vault.copies = [DAILY, REPLACED]
    return opened(bench)[1]


def test_the_copies_are_listed_with_time_kind_and_size(page: SettingsPage) -> None:
    told = [(row.title.text(), row.line.text()) for row in page.backups.copies.rows]
    assert [line for _, line in told] == ["Daily copy, 49.2 kB", "Kept when a copy was restored, 45.1 kB"]
    assert re.fullmatch(r"Today \d\d:00", told[0][0])
    assert re.fullmatch(r"15 Nov \d\d:00", told[1][0])


def test_a_vault_without_copies_says_so(bench: Bench) -> None:
    _, page = opened(bench)
    assert [row.title.text() for row in page.backups.copies.rows] == ["There are no copies yet"]


def test_more_copies_than_fit_are_counted(bench: Bench) -> None:
    bench.vault.copies = [BackupRecord(b"/b/%d" % n, NOON - n * HOUR, 1000, "conflict") for n in range(100)]
    _, page = opened(bench)
    assert page.backups.copies.rows[-1].title.text() == "70 older ones are not shown"


def test_a_copy_is_made_and_listed(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.backups.make_button)
    bench.qtbot.waitUntil(lambda: len(page.backups.copies.rows) == 3)
    assert toast(page) == "A copy was made and read whole"
    assert page.backups.make_button.isEnabled()


def test_a_copy_is_saved_in_a_folder_under_a_name_of_its_own(bench: Bench, page: SettingsPage) -> None:
    page.backups.save_to(b"/media/stick")
    bench.qtbot.waitUntil(lambda: toast(page) == "Saved as made.vault, and read whole")


def test_a_copy_that_could_not_be_made_is_told_on_the_page(bench: Bench, page: SettingsPage) -> None:
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, page.backups.make_button)
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.backups.make_button.isEnabled()
    assert len(page.backups.copies.rows) == 2


def restore_dialog(bench: Bench, page: SettingsPage) -> RestoreDialog:
    page.backups.restore(DAILY.path, "Today 09:00 · Daily copy")
    dialog = page.backups.dialog
    assert isinstance(dialog, RestoreDialog)
    return dialog


def test_a_restore_locks_the_window_once_it_is_known_where_the_old_vault_is_kept(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.vault.kept = b"/home/mara/mara.replaced-2.vault"
    dialog = restore_dialog(bench, page)
    qtbot.keyClicks(dialog.passphrase.field, PASSPHRASE)
    qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)
    assert bench.vault.restores == []
    assert dialog.focusWidget() is dialog.go_button
    with qtbot.waitSignal(window.lock_requested) as locked:
        qtbot.keyClick(dialog.go_button, Qt.Key.Key_Return)
    assert bench.vault.restores == [(DAILY.path, PASSPHRASE)]
    assert locked.args == [LockNote("restored", bench.clock.now(), (), bench.vault.kept)]
    assert not any(bench.vault.given[-1])


def test_a_restore_that_closed_the_vault_and_failed_says_so_on_the_lock_screen(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = restore_dialog(bench, page)
    dialog.passphrase.field.setText(PASSPHRASE)
    bench.vault.gate.clear()
    press(bench, dialog.go_button)
    bench.vault.fails_with = HostError(reason="Input/output error")
    bench.events.locking.emit(VaultLocking("restored"))
    with qtbot.waitSignal(window.lock_requested) as locked:
        bench.vault.gate.set()
    assert locked.args is not None
    assert locked.args[0].reason == "not_restored"


def test_a_wrong_passphrase_of_the_copy_is_said_and_nothing_locks(bench: Bench, page: SettingsPage) -> None:
    dialog = restore_dialog(bench, page)
    bench.qtbot.keyClicks(dialog.passphrase.field, "wrong")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.passphrase.under.text().startswith("This passphrase does not open the copy."))
    assert dialog.isVisible()
    assert bench.vault.restores == []
    assert page.isVisible()


def test_an_unsound_copy_is_told_in_full(bench: Bench, page: SettingsPage) -> None:
    dialog = restore_dialog(bench, page)
    dialog.passphrase.field.setText(PASSPHRASE)
    bench.vault.fails_with = VaultTampered(reason="rows_missing")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.problem.isVisible)
    problem = dialog.problem
    assert problem.head.text() == "Records of the vault are missing."


def test_the_check_tells_what_it_read(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.vault.check_button)
    bench.qtbot.waitUntil(lambda: "1,042 records, 2 keys, 12,480 activity entries" in page.vault.check.line.text())
    assert page.vault.check_button.isEnabled()


def test_a_vault_that_is_not_whole_is_told_at_the_check_and_over_the_page(bench: Bench, page: SettingsPage) -> None:
    bench.vault.fails_with = VaultTampered(reason="rows_missing")
    press(bench, page.vault.check_button)
    bench.qtbot.waitUntil(lambda: page.vault.check.line.text() == "Records of the vault are missing.")
    assert page.notices.bars[0].head.text() == "Records of the vault are missing."
