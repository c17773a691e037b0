"""What was typed into a form for a credential, and not saved: it is kept whichever way the form is left."""

from __future__ import annotations

from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tests.gui.credentials_page_driver import at, click_row, names, open_row, opened, press
from tests.gui.test_credentials_making import form_of, shown, write
from vaultapp.gui.credentials.credential_form import CredentialForm
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.credentials.value_form import ValueForm
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.message_bar import MessageBar


def begun(bench: Bench, page: CredentialsPage) -> CredentialForm:
    """Return a form with a name, an account and a password in it."""
    form = form_of(bench, page, "login")
    form.name.setText("Bank")
    write(form.value, username="mara", password="secret")
    return form


def only_bar(page: CredentialsPage) -> MessageBar:
    (bar,) = page.notices.bars
    return bar


def gone(bench: Bench, part: QWidget) -> None:
    bench.qtbot.waitUntil(lambda: not isValid(part))


def test_a_form_that_esc_closes_comes_back_as_it_was(bench: Bench) -> None:
    page = opened(bench)
    form = begun(bench, page)
    bench.qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    assert shown(page) is None
    bar = only_bar(page)
    assert bar.head.text() == "The new credential “Bank” is not saved."
    assert "secret" not in bar.body.text()
    press(bench, bar.buttons[0])
    assert shown(page) is form
    assert form.isVisible()
    assert page.notices.bars == []
    assert (form.name.text(), form.value.values) == ("Bank", {"username": "mara", "password": "secret"})
    press(bench, form.go_button)
    bench.qtbot.waitUntil(lambda: "Bank" in names(page) and isinstance(shown(page), CredentialPanel))
    assert page.notices.bars == []


def test_another_row_another_page_and_another_form_keep_it_as_well(bench: Bench) -> None:
    page = opened(bench)
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    form = begun(bench, page)
    click_row(bench, page, 0)
    assert isinstance(shown(page), CredentialPanel)
    press(bench, only_bar(page).buttons[0])
    workspace.turn_to("files")
    assert shown(page) is None
    workspace.turn_to("credentials")
    press(bench, only_bar(page).buttons[0])
    second = form_of(bench, page, "token")
    second.name.setText("Weather")
    press(bench, only_bar(page).buttons[0])
    assert shown(page) is form
    assert only_bar(page).head.text() == "The new credential “Weather” is not saved."


def test_what_is_discarded_is_gone(bench: Bench) -> None:
    page = opened(bench)
    form = begun(bench, page)
    press(bench, form.close_button)
    press(bench, only_bar(page).buttons[1])
    assert page.notices.bars == []
    gone(bench, form)


def test_an_untouched_form_closes_without_a_word(bench: Bench) -> None:
    page = opened(bench)
    form = form_of(bench, page, "mysql")
    bench.qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    assert page.notices.bars == []
    gone(bench, form)


def test_a_changed_value_is_kept_and_cancel_gives_it_up(bench: Bench) -> None:
    page = opened(bench)
    panel = open_row(bench, page, 0)
    press(bench, panel.edit_button)
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    bench.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert page.notices.bars == []
    page.asking.edit(at(bench, "Shop database"))
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    write(form.value, host="db-9")
    bench.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert only_bar(page).head.text() == "The new value of “Shop database” is not saved."
    press(bench, only_bar(page).buttons[0])
    press(bench, form.cancel_button)
    assert page.notices.bars == []
    assert isinstance(shown(page), CredentialPanel)


def test_what_was_sent_before_it_was_closed_is_not_offered_again(bench: Bench) -> None:
    page = opened(bench)
    form = begun(bench, page)
    form._go()
    bench.qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    only_bar(page)
    bench.qtbot.waitUntil(lambda: "Bank" in names(page))
    bench.qtbot.waitUntil(lambda: page.notices.bars == [])


def test_the_kinds_are_chosen_by_enter_and_by_the_arrows(bench: Bench) -> None:
    page = opened(bench)
    page.make_new()
    rows = shown(page).rows  # type: ignore[attr-defined]
    bench.qtbot.waitUntil(rows["mysql"].hasFocus)
    bench.qtbot.keyClick(rows["mysql"], Qt.Key.Key_Down)
    assert rows["postgresql"].hasFocus()
    bench.qtbot.keyClick(rows["postgresql"], Qt.Key.Key_Return)
    form = shown(page)
    assert isinstance(form, CredentialForm)
    assert "dbname" in form.value.inputs
