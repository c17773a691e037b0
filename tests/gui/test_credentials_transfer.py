"""Bringing credentials in says first what would come of it; taking them out asks who may open the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.credentials_page_driver import click_row, names, opened, press, shown_toast
from vaultapp.contracts.credential_transfer import LossReason, OnTaken, TransferFormat
from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import Damaged, SourceChanged
from vaultapp.gui.credentials import transfer_words
from vaultapp.gui.dialogs.export_credentials_dialog import ExportCredentialsDialog
from vaultapp.gui.dialogs.import_credentials_dialog import ImportCredentialsDialog
from vaultapp.gui.pages.credentials_page import CredentialsPage

SOURCE = b"/home/mara/logins.csv"


@pytest.fixture
def page(bench: Bench) -> CredentialsPage:
    return opened(bench)


def reading(bench: Bench, page: CredentialsPage) -> ImportCredentialsDialog:
    page.asking.read_in(SOURCE)
    dialog = page.asking.dialog
    assert isinstance(dialog, ImportCredentialsDialog)
    bench.qtbot.waitUntil(lambda: not dialog.working)
    return dialog


def cells(dialog: ImportCredentialsDialog, row: int) -> list[str]:
    return [dialog.rows.index(row, column).data() for column in range(3)]


def test_nothing_is_read_in_before_the_person_saw_what_goes_in(bench: Bench, page: CredentialsPage) -> None:
    dialog = reading(bench, page)
    told = "CSV table: 2 go in, 1 are left out, 1 fields are not kept."
    assert dialog.summary.text() == told
    middle = dialog.frameGeometry().center() - page.window().frameGeometry().center()
    assert middle.manhattanLength() <= 4
    assert cells(dialog, 0) == ["Mail", "Login", "Nothing"]
    assert cells(dialog, 1) == ["Shop", "Login, numbered", "autofill"]
    assert cells(dialog, 2) == ["Card", "Unknown type", ""]
    assert len(names(page)) == 8
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: len(names(page)) == 10)
    assert shown_toast(bench, page).text.text() == "2 credentials are imported"
    assert bench.transfer.asked[-1] == ("apply", SOURCE, OnTaken.KEEP, "")


def test_other_choices_are_planned_anew(bench: Bench, page: CredentialsPage) -> None:
    dialog = reading(bench, page)
    dialog.taken.picked.emit(OnTaken.SKIP)
    bench.qtbot.waitUntil(lambda: dialog.go_button.text() == "Import 1")
    dialog.prefix.setText("imported/")
    dialog.prefix.editingFinished.emit()
    bench.qtbot.waitUntil(
        lambda: dialog.plan is not None and dialog.plan.credentials[0].identifier == "imported/login/mail"
    )
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: bench.transfer.asked[-1] == ("apply", SOURCE, OnTaken.SKIP, "imported/"))


def test_an_encrypted_file_asks_for_its_passphrase(bench: Bench, page: CredentialsPage) -> None:
    bench.transfer.passphrase = "hazel quorum"
    dialog = reading(bench, page)
    assert dialog.field.isVisible()
    assert not dialog.go_button.isEnabled()
    bench.qtbot.keyClicks(dialog.field, "wrong")
    bench.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(dialog.under.isVisible)
    dialog.field.setText("hazel quorum")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.plan is not None)
    assert not dialog.field.isVisible()
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: len(names(page)) == 10)


def test_a_file_that_is_none_is_said(bench: Bench, page: CredentialsPage) -> None:
    bench.transfer.fails = Damaged(reason="json")
    dialog = reading(bench, page)
    assert dialog.problem.isVisible()
    assert not dialog.go_button.isEnabled()
    dialog.reject()


def test_a_file_that_changed_meanwhile_is_planned_again(bench: Bench, page: CredentialsPage) -> None:
    dialog = reading(bench, page)
    bench.transfer.fails = SourceChanged(path="x")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.plan is None
    assert len(names(page)) == 8
    dialog.reject()


def test_every_reason_and_format_has_words() -> None:
    assert all(transfer_words.loss(reason) for reason in LossReason)
    assert all(transfer_words.format_name(each) for each in TransferFormat)


def test_a_selection_is_exported_for_a_key_and_a_passphrase(
    bench: Bench, page: CredentialsPage, tmp_path: Path
) -> None:
    for row in (0, 1):
        click_row(bench, page, row, Qt.KeyboardModifier.ControlModifier)
    press(bench, page.selection.export_button)
    dialog = page.asking.dialog
    assert isinstance(dialog, ExportCredentialsDialog)
    assert dialog.heading.text() == "Export 2 credentials"
    assert dialog.key.text() == "Personal"
    dialog.key.picked.emit("")
    assert not dialog.go_button.isEnabled(), "nobody could open it"
    dialog.with_passphrase.click()
    dialog.pair.first.setText("hazel quorum tin")
    dialog.pair.again.setText("hazel quorum")
    assert not dialog.go_button.isEnabled()
    dialog.pair.again.setText("hazel quorum tin")
    assert dialog.go_button.isEnabled()
    dialog.reject()
    chosen = tuple(str(each.credential_id) for each in page.table.selected)
    secret = bytearray(b"hazel quorum tin")
    page.asking.export_to(chosen, "", secret, bytes(tmp_path / "out"))
    bench.qtbot.waitUntil(lambda: len(bench.transfer.exports) == 1)
    request, secrets = bench.transfer.exports[0]
    assert request.target == bytes(tmp_path / "out.sealed")
    assert (request.credentials, secrets, request.on_exist) == (chosen, [b"hazel quorum tin"], OnExist.KEEP)
    assert "2 credentials are exported" in shown_toast(bench, page).text.text()
    assert secret == bytes(len(secret)), "the passphrase is overwritten"
