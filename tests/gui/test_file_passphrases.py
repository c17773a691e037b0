from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.files_page_driver import press, take
from vaultapp.gui.dialogs.passphrase_dialogs import FilePassphraseDialog, NewPassphraseDialog
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.widgets.work_actions import Act


@pytest.fixture
def page(bench: Bench) -> FilesPage:
    return bench.page()


def asked_for(bench: Bench, page: FilesPage, *files: bytes) -> NewPassphraseDialog:
    page.take_drop(files)
    bench.qtbot.waitUntil(lambda: page.intake.dialog is not None)
    dialog = page.intake.dialog
    assert isinstance(dialog, NewPassphraseDialog)
    return dialog


def test_a_passphrase_is_asked_for_before_sealing(bench: Bench, page: FilesPage) -> None:
    page.options.key.picked.emit("passphrase")
    assert page.zone.line.text().startswith("They are encrypted with a passphrase.")
    dialog = asked_for(bench, page, b"/d/a.pdf", b"/d/b.pdf")
    assert not dialog.encrypt.isEnabled()
    dialog.pair.first.setText("tide pool lamp oar")
    dialog.pair.again.setText("tide pool lamp oar")
    bench.qtbot.mouseClick(dialog.encrypt, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 2)
    request = bench.files.seals[0]
    assert bench.files.passphrases == ["tide pool lamp oar"]
    assert request.keys == (str(bench.keys.keys[0].key_id),)


def test_a_passphrase_alone_is_a_choice(bench: Bench, page: FilesPage) -> None:
    page.options.key.picked.emit("passphrase")
    dialog = asked_for(bench, page, b"/d/a.pdf")
    dialog.with_key.setChecked(False)
    dialog.pair.first.setText("tide pool lamp oar")
    dialog.pair.again.setText("tide pool lamp oar")
    dialog._give()
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    assert bench.files.seals[0].keys == ()


def test_turning_the_passphrase_down_encrypts_nothing(bench: Bench, page: FilesPage) -> None:
    page.options.key.picked.emit("passphrase")
    dialog = asked_for(bench, page, b"/d/a.pdf")
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: page.intake.dialog is None)
    assert page.queue.rows.rowCount() == 0


def test_a_suggested_passphrase_can_be_copied_for_ten_seconds(bench: Bench, page: FilesPage) -> None:
    page.options.key.picked.emit("passphrase")
    dialog = asked_for(bench, page, b"/d/a.pdf")
    assert not dialog.copy_button.isVisible()
    bench.qtbot.mouseClick(dialog.pair.suggest_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(dialog.copy_button.isVisible)
    bench.qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert dialog.copy_note.says == "Copied. The clipboard clears in 10 s."
    assert dialog.copy_note.ring.isVisible()
    page._parts.clipboard.clear()
    assert dialog.copy_note.says == ""
    dialog.reject()


def test_the_passphrase_of_a_file_is_asked_for_in_its_row(bench: Bench, page: FilesPage) -> None:
    bench.files.opens_with = "right"
    (row,) = take(bench, page, b"x.sealed")
    for typed in ("wrong", "right"):
        press(bench, page, row, Act.PASSPHRASE)
        dialog = page.dialog
        assert isinstance(dialog, FilePassphraseDialog)
        bench.qtbot.keyClicks(dialog.field, typed)
        bench.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        bench.qtbot.waitUntil(lambda: page.dialog is None and not page.queue.busy)
    assert row.state is RowState.DONE
    assert bench.files.passphrases == ["wrong", "right"]
