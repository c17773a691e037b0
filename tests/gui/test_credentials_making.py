"""Making a credential: the kind first, then the form that its kind asks for; and giving it a new value."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit

from tests.gui.credentials_page_driver import (
    MYSQL,
    at,
    names,
    open_row,
    opened,
    press,
    shown_toast,
    some_credentials,
    undo,
)
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.credentials import Label, NewCredential
from vaultapp.core.errors import InvalidValue
from vaultapp.gui.credentials.credential_chooser import CredentialChooser
from vaultapp.gui.credentials.credential_form import CredentialForm, proposed
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.credentials.field_form import FieldForm
from vaultapp.gui.credentials.kind_panel import KindPanel
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.credentials.value_form import ValueForm
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.chooser import Chooser


@pytest.fixture
def page(bench: Bench) -> CredentialsPage:
    return opened(bench)


def shown(page: CredentialsPage) -> object:
    return window_of(page).screens.host.panel


def form_of(bench: Bench, page: CredentialsPage, kind: str) -> CredentialForm:
    bench.qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    panel = shown(page)
    assert isinstance(panel, KindPanel)
    press(bench, panel.rows[kind])
    form = shown(page)
    assert isinstance(form, CredentialForm)
    return form


def write(form: FieldForm, **texts: str) -> None:
    for name, text in texts.items():
        part = form.inputs[name]
        if isinstance(part, SecretMaker):
            part.field.setText(text)
        elif isinstance(part, QPlainTextEdit):
            part.setPlainText(text)
        elif isinstance(part, Chooser):
            part.picked.emit(text)
        else:
            part.setText(text)


def made(bench: Bench) -> NewCredential:
    bench.qtbot.waitUntil(lambda: any(call[0] == "create" for call in bench.credentials.asked))
    new = next(call[2] for call in bench.credentials.asked if call[0] == "create")
    assert isinstance(new, NewCredential)
    return new


def test_every_kind_is_offered_and_has_its_fields(bench: Bench, page: CredentialsPage) -> None:
    for name, kind in KINDS.items():
        form = form_of(bench, page, name)
        shown_fields = {field.name for field in kind.fields} - {"engine"}
        assert set(form.value.inputs) == shown_fields
        assert form.connection.isVisible() is kind.rotates
        assert not form.go_button.isEnabled()


def test_a_database_account_is_made_with_what_was_typed_and_the_defaults(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "mysql")
    form.name.setText("Stock")
    assert form.identifier.text() == "mysql/stock"
    write(form.value, host="db-2", username="stock", password="secret")
    write(form.settings, probe="SELECT 1")
    form.period.picked.emit(30)
    form.tags.setText("team=shop，stage=prod")
    assert form.go_button.isEnabled()
    press(bench, form.go_button)
    new = made(bench)
    assert new.value.fields == {
        "host": "db-2",
        "port": "3306",
        "username": "stock",
        "password": "secret",
        "engine": "mysql",
    }
    assert new.settings == {"strategy": "dual", "grace_minutes": "30", "tls": "verify", "probe": "SELECT 1"}
    assert (new.identifier, new.plan.days, new.tags) == ("mysql/stock", 30, {"team": "shop", "stage": "prod"})
    bench.qtbot.waitUntil(lambda: "Stock" in names(page))
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), CredentialPanel))
    assert page.table.current is not None
    assert page.table.current.name == "Stock"


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Shop database", "login/shop-database"),
        (" prod//Web /x/", "login/prod/web-/x"),
        ("数据库", ""),
        ("a" * 3, "login/aaa"),
    ],
)
def test_an_identifier_is_proposed_from_kind_and_name(name: str, identifier: str) -> None:
    assert proposed("login", name) == identifier


def test_an_identifier_that_was_typed_stays(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "login")
    form.identifier.setText("web/bank")
    form.name.setText("Bank")
    assert form.identifier.text() == "web/bank"


def test_a_secret_is_made_by_the_rules_and_graded(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "token")
    maker = form.value.inputs["token"]
    assert isinstance(maker, SecretMaker)
    maker.rules_button.click()
    assert maker.rules == KINDS["token"].rules
    maker.length.picked.emit(64)
    press(bench, maker.make_button)
    bench.qtbot.waitUntil(lambda: len(maker.field.text()) == 64)
    assert maker.field.revealed
    bench.qtbot.waitUntil(lambda: maker.grade.text() == "Strength: Very strong")
    maker.field.setText("short")
    bench.qtbot.waitUntil(lambda: maker.grade.text() == "Strength: Very weak")


def test_encryption_that_is_turned_off_is_said_in_red(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "postgresql")
    form.connection.unfold()
    note = form.settings.problems["tls"]
    assert not note.isVisible()
    write(form.settings, tls="off")
    assert note.isVisible()
    assert note.mark.isVisible()
    write(form.settings, tls="verify")
    assert not note.isVisible()


def test_what_is_refused_is_said_at_its_field(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "login")
    form.name.setText("Registrar")
    write(form.value, username="u", password="p")
    press(bench, form.go_button)
    bench.qtbot.waitUntil(form.problems["name"].isVisible)
    form.name.setText("Bank")
    assert not form.problems["name"].isVisible()
    bench.credentials.refuses = InvalidValue(field="totp", reason="seed")
    press(bench, form.go_button)
    bench.qtbot.waitUntil(form.value.problems["totp"].isVisible)
    bench.credentials.refuses = InvalidValue(field="identifier", reason="characters")
    press(bench, form.go_button)
    bench.qtbot.waitUntil(form.problems["identifier"].isVisible)
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: "Bank" in names(page))


def test_another_kind_can_be_chosen(bench: Bench, page: CredentialsPage) -> None:
    form = form_of(bench, page, "login")
    press(bench, form.back_button)
    assert isinstance(shown(page), KindPanel)


def test_a_new_value_is_written_and_control_z_takes_it_back(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 5)
    press(bench, panel.edit_button)
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    assert form.value.values["username"] == "mara.k"
    write(form.value, password="another-one")
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: len(at(bench, "Registrar").versions) == 2)
    fields = bench.credentials.values[at(bench, "Registrar").credential_id][2]
    assert fields == {
        "username": "mara.k",
        "password": "another-one",
        "url": "https://registrar.example",
        "totp": "JBSWY3DPEHPK3PXP",
    }
    assert shown_toast(bench, page).text.text() == "“Registrar” has a new value"
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: Label.CURRENT in at(bench, "Registrar").versions[0].labels)


def test_a_connection_is_changed_without_a_new_version(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    panel.connection.edit_button.click()
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    assert form.settings.isVisible()
    write(form.settings, strategy="single")
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").settings["strategy"] == "single")
    assert len(at(bench, "Shop database").versions) == 1


def test_who_changes_it_is_chosen_among_credentials_of_its_kind(bench: Bench) -> None:
    some_credentials(bench.credentials)
    for number in range(20):
        bench.credentials.add(f"Rotator {number}", f"prod/mysql/rotator-{number}", "mysql", MYSQL)
    bench.credentials.add("Gone", "prod/mysql/gone", "mysql", MYSQL, deletes_at=1)
    page = opened(bench)
    panel = page.open_credential(at(bench, "Shop database"))
    panel.connection.edit_button.click()
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    chooser = form.settings.inputs["admin"]
    assert isinstance(chooser, CredentialChooser)
    assert chooser.text() == "Itself"
    bench.qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: chooser.popup is not None)
    popup = chooser.popup
    assert popup is not None
    told = [choice.text for choice in popup._model.shown]
    assert told[0] == "Itself"
    assert len(told) == 21
    assert not any("Shop database" in text or "Gone" in text or "Reports" in text for text in told)
    assert popup.filter is not None
    bench.qtbot.keyClicks(popup.filter, "rotator-17")
    bench.qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert chooser.text() == "Rotator 17 · prod/mysql/rotator-17"
    assert form.settings.values["admin"] == "vault://prod/mysql/rotator-17"
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").settings.get("admin") == "vault://prod/mysql/rotator-17")


@pytest.mark.parametrize("written", ["prod/pg/reports", "vault://Prod/PG/reports", "no such any more"])
def test_who_changes_it_stays_as_it_was_written_until_another_is_chosen(bench: Bench, written: str) -> None:
    some_credentials(bench.credentials)
    bench.credentials.add("Orders", "prod/pg/orders", "postgresql", MYSQL, settings={"admin": written})
    page = opened(bench)
    panel = page.open_credential(at(bench, "Orders"))
    panel.connection.edit_button.click()
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    chooser = form.settings.inputs["admin"]
    assert isinstance(chooser, CredentialChooser)
    assert chooser.text() == written
    bench.qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: chooser.popup is not None)
    assert chooser.popup is not None
    chooser.popup.close()
    assert form.settings.values["admin"] == written
    assert form.unsaved == ""
    known = "Reports database · prod/pg/reports"
    assert chooser.text() == (written if written.startswith("no") else known)
    bench.qtbot.waitUntil(lambda: chooser.popup is None)
    chooser.picked.emit("")
    assert "admin" not in form.settings.values
    assert form.unsaved


def test_a_file_of_certificates_is_chosen_beside_its_field(bench: Bench, page: CredentialsPage, tmp_path: Path) -> None:
    form = form_of(bench, page, "mysql")
    form.connection.unfold()
    line = form.settings.inputs["tls_ca"]
    assert isinstance(line, QLineEdit)
    buttons = [each for each in form.settings.findChildren(Button) if each.text() == "Choose file…"]
    assert [each.accessibleName() for each in buttons] == ["Trusted certificates: Choose file…"]
    assert abs(buttons[0].geometry().center().y() - line.geometry().center().y()) <= 1
    press(bench, buttons[0])
    dialog = window_of(page).findChildren(QFileDialog)[-1]
    dialog.filesSelected.emit([str(tmp_path / "ca.pem")])
    dialog.reject()
    assert form.settings.values["tls_ca"] == str(tmp_path / "ca.pem")
    assert bench.settings.folders.start("certificates").folder == tmp_path


def test_nothing_is_written_when_nothing_was_changed(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    press(bench, panel.edit_button)
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), CredentialPanel))
    assert [call[0] for call in bench.credentials.asked] == ["read"]
