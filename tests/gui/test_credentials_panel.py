"""One credential: its value hidden, shown and copied, its versions, files, words and uses."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from tests.gui.credentials_page_driver import (
    MYSQL,
    at,
    click_row,
    open_row,
    opened,
    press,
    shown_toast,
    undo,
)
from tests.gui.samples import NOON, YOU, entry
from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, Label, OneTimeCode, SecretFields
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import VersionNotActive
from vaultapp.core.errors import NameTaken
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.secret_label import SHOWN_S


@pytest.fixture
def page(bench: Bench, empty_clipboard: None) -> CredentialsPage:
    return opened(bench)


def clipboard() -> str:
    return QApplication.clipboard().text(QClipboard.Mode.Clipboard)


def test_the_value_is_read_only_when_it_is_wanted_and_hides_itself(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    label = panel.value.label
    assert bench.credentials.asked == [], "to look at a credential reads no value"
    assert label.dots.text() == "•" * 16
    assert label.dots.accessibleName() == "Value, hidden"
    press(bench, label.eye)
    bench.qtbot.waitUntil(lambda: label.revealed)
    assert label.edit.toPlainText() == "tulip-7-Harbour"
    assert bench.credentials.asked == [("read", "Shop database", "current")]
    assert panel.value._fields.isVisible()
    for _ in range(SHOWN_S - 1):
        label._tick()
    assert label.revealed
    label._tick()
    assert not label.revealed
    assert label.edit.toPlainText() == ""
    assert not panel.value._fields.isVisible()


def test_a_secret_that_is_shown_is_hidden_when_another_credential_is(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    press(bench, panel.value.label.eye)
    bench.qtbot.waitUntil(lambda: panel.value.label.revealed)
    click_row(bench, page, 1)
    assert not panel.value.label.revealed


def test_what_is_selected_of_a_secret_goes_to_no_primary_selection(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    press(bench, panel.value.label.eye)
    bench.qtbot.waitUntil(lambda: panel.value.label.revealed)
    panel.value.label.edit.selectAll()
    data = panel.value.label.edit.createMimeDataFromSelection()
    assert not data.hasText()


def test_the_secret_is_copied_without_being_shown_and_the_clipboard_clears(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    press(bench, panel.value.label.copy_button)
    bench.qtbot.waitUntil(lambda: clipboard() == "tulip-7-Harbour")
    assert not panel.value.label.revealed
    assert panel.value.note.says == "Copied. The clipboard clears in 10 s."
    secrets = window_of(page).clipboard
    for _ in range(secrets.seconds):
        secrets._tick()
    assert clipboard() == ""


def test_control_c_copies_the_secret_of_the_row(bench: Bench, page: CredentialsPage) -> None:
    click_row(bench, page, 6)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: clipboard() == "t")
    text = shown_toast(bench, page).text.text()
    assert text == "The secret of “Weather service” is copied. The clipboard clears in 10 s"


def test_a_value_that_is_not_given_out_is_said(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    bench.credentials.refuses = VersionNotActive(credential="Shop database", reason="expired")
    press(bench, panel.value.label.eye)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert page.notices.bars[0].head.text() == "This version of “Shop database” has expired."
    assert not panel.value.label.revealed
    assert panel.value.label.isEnabled()


def test_a_weak_secret_and_one_that_is_used_elsewhere_are_said(bench: Bench, page: CredentialsPage) -> None:
    bench.credentials.change(at(bench, "Session cache"), reused=2)
    panel = open_row(bench, page, 2)
    bench.qtbot.waitUntil(lambda: "2 other credentials" in panel.value.quality.text())
    assert panel.value.quality.text() == "Strength: Very weak.\n2 other credentials have the same secret."


def test_a_one_time_code_comes_with_its_time_and_then_the_next(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 5)
    bench.credentials.one_time = OneTimeCode("492039", 2)
    press(bench, panel.code.show_button)
    bench.qtbot.waitUntil(lambda: panel.code.digits.text() == "492 039")
    assert panel.code.ring.seconds == 2
    press(bench, panel.code.copy_button)
    bench.qtbot.waitUntil(lambda: clipboard() == "492039")
    bench.credentials.one_time = OneTimeCode("111222", 30)
    panel.code._tick()
    panel.code._tick()
    bench.qtbot.waitUntil(lambda: panel.code.digits.text() == "111 222")
    press(bench, panel.code.show_button)
    assert panel.code.digits.text() == ""


def test_a_login_without_a_seed_says_how_to_add_one(bench: Bench, page: CredentialsPage) -> None:
    credential = at(bench, "Registrar")
    del bench.credentials.values[credential.credential_id][1]["totp"]
    panel = open_row(bench, page, 5)
    press(bench, panel.code.show_button)
    bench.qtbot.waitUntil(panel.code.line.isVisible)
    assert panel.code.line.text() == "No seed is kept with this login. Edit it to add one."


def test_an_earlier_version_is_made_current_and_that_is_taken_back(bench: Bench, page: CredentialsPage) -> None:
    credential = at(bench, "Registrar")
    bench.credentials.put(str(credential.credential_id), SecretFields({"username": "mara.k", "password": "new"}))
    panel = open_row(bench, page, 5)
    bench.qtbot.waitUntil(lambda: len(panel.versions.timeline.nodes) == 2)
    older = panel.versions.timeline.nodes[1]
    assert (older.badge.text, older.link.text()) == ("Previous", "Make current")
    older.link.click()
    bench.qtbot.waitUntil(lambda: Label.CURRENT in at(bench, "Registrar").versions[0].labels)
    assert shown_toast(bench, page).text.text() == "An earlier value of “Registrar” is current"
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: Label.CURRENT in at(bench, "Registrar").versions[1].labels)


def test_an_earlier_value_of_what_rotates_is_said_to_be_current_here_only(bench: Bench, page: CredentialsPage) -> None:
    credential = at(bench, "Shop database")
    bench.credentials.put(str(credential.credential_id), SecretFields({**MYSQL, "password": "new"}))
    panel = open_row(bench, page, 0)
    bench.qtbot.waitUntil(lambda: len(panel.versions.timeline.nodes) == 2)
    panel.versions.timeline.nodes[1].link.click()
    told = "An earlier value of “Shop database” is current here; the target was not told"
    assert shown_toast(bench, page).text.text() == told


def test_an_earlier_version_is_put_out_of_use_and_back(bench: Bench, page: CredentialsPage) -> None:
    credential = at(bench, "Registrar")
    bench.credentials.put(str(credential.credential_id), SecretFields({"username": "mara.k", "password": "new"}))
    panel = open_row(bench, page, 5)
    nodes = panel.versions.timeline.nodes
    bench.qtbot.waitUntil(lambda: len(nodes) == 2)
    assert nodes[0].off_button is None, "the current one stays in use"
    off = nodes[1].off_button
    assert off is not None
    assert off.accessibleName().startswith("Disable: ")
    press(bench, off)
    bench.qtbot.waitUntil(lambda: not at(bench, "Registrar").versions[0].enabled)
    bench.qtbot.waitUntil(lambda: nodes[1].badge.text == "Disabled")
    assert not off.isVisible()
    assert nodes[1].link.text() == "Enable"
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: nodes[1].badge.text == "Previous")
    assert off.isVisible()


def test_what_is_said_of_it_is_changed_and_taken_back(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_F2)
    field = panel.about.name.field.edit
    bench.qtbot.waitUntil(field.isVisible)
    field.setText("Shop")
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: panel.title.whole == "Shop")
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: panel.title.whole == "Shop database")
    panel.about.tags.added.emit("stage=prod")
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").tags == {"stage": "prod"})
    bench.qtbot.waitUntil(lambda: "stage" in panel.about.tags.crosses)
    window_of(page).screens.workspace.toasts.close()
    panel.about.tags.crosses["stage"].click()
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").tags == {})
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").tags == {"stage": "prod"})


def test_a_name_that_is_taken_is_said_under_its_field(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    panel.rename()
    panel.about.name.field.edit.setText("Registrar")
    bench.qtbot.keyClick(panel.about.name.field.edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(panel.about.name.field.problem.isVisible)
    bench.credentials.refuses = NameTaken(kind="credential", name="x")
    panel.about.identifier.begin()
    panel.about.identifier.field.edit.setText("vault://x")
    bench.qtbot.keyClick(panel.about.identifier.field.edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(panel.about.identifier.field.problem.isVisible)


def test_a_reminder_is_set_and_taken_back(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    panel.about.reminder.picked.emit(NOON + 30 * DAY)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").remind_at == NOON + 30 * DAY)
    bench.qtbot.waitUntil(lambda: panel.about.reminder.text() == "On 24 Dec 2026")
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").remind_at is None)


def test_files_are_attached_saved_and_removed_with_a_way_back(
    bench: Bench, page: CredentialsPage, tmp_path: Path
) -> None:
    source = tmp_path / "ca.pem"
    source.write_bytes(b"certificate")
    panel = open_row(bench, page, 0)
    panel.attachments.attach((bytes(source),))
    bench.qtbot.waitUntil(lambda: panel.attachments._rows.count() == 1)
    saved = tmp_path / "saved.pem"
    panel.attachments.save("ca.pem", bytes(saved))
    bench.qtbot.waitUntil(saved.exists)
    assert saved.read_bytes() == b"certificate"
    assert saved.stat().st_mode & 0o777 == 0o600
    panel.attachments._remove("ca.pem")
    bench.qtbot.waitUntil(lambda: panel.attachments._rows.count() == 0)
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: panel.attachments._rows.count() == 1)
    assert bench.credentials.files[at(bench, "Shop database").credential_id, "ca.pem"] == b"certificate"


def test_a_file_that_is_too_large_is_not_read(bench: Bench, page: CredentialsPage, tmp_path: Path) -> None:
    source = tmp_path / "large"
    source.write_bytes(bytes(ATTACHMENT_LIMIT + 1))
    panel = open_row(bench, page, 0)
    panel.attachments.attach((bytes(source),))
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert bench.credentials.asked == []


def test_the_lines_for_programs_name_it_and_never_its_value(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    section = panel.program
    assert section.lines.toPlainText() == "vaultapp read 'vault://prod/mysql/shop#password'"
    section.ways.buttons["env"].click()
    assert section.lines.toPlainText().splitlines() == [
        "export MYSQL_USER='vault://prod/mysql/shop#username'",
        "export MYSQL_PASSWORD='vault://prod/mysql/shop#password'",
        "vaultapp run -- ./program",
    ]
    press(bench, section.copy_button)
    bench.qtbot.waitUntil(lambda: clipboard() == section.lines.toPlainText())
    assert bench.credentials.asked == []


def test_the_history_is_what_the_log_says_of_it(bench: Bench, page: CredentialsPage) -> None:
    about = {"subject_kind": "credential", "actor": YOU}
    panel = open_row(bench, page, 0)
    shop = {"credential": str(panel.credential.credential_id)}
    bench.activity.add(
        entry("credential.read", 20, subject="What it was called then", facts=shop, **about),
        entry("credential.read", 10, subject="Shop database", facts={"credential": str(uuid4())}, **about),
        entry("credential.edit", 5, subject="Shop database", facts=shop, **about),
    )
    panel.history.show_button.click()
    bench.qtbot.waitUntil(lambda: panel.history._rows.count() == 2)
    click_row(bench, page, 1)
    assert panel.history._rows.count() == 0
