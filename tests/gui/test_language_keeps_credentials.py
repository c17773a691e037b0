"""What is typed and what is said on the page of the credentials outlives a change of the language."""

from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt

from tests.gui.credentials_page_driver import MYSQL, at, opened, press
from tests.gui.test_credentials_making import form_of, shown, write
from tests.gui.test_language_change import change
from vaultapp.contracts.rotation import RotationOutcome, RotationStep
from vaultapp.core.target_errors import TargetUnreachable
from vaultapp.gui.credentials.credential_form import CredentialForm
from vaultapp.gui.credentials.value_form import ValueForm
from vaultapp.gui.pages.credentials_page import CredentialsPage


def changed(bench: Bench, page: CredentialsPage, language: str = "zh_CN") -> CredentialsPage:
    window = window_of(page)
    change(bench, window, language)
    workspace = window.screens.workspace
    assert workspace is not None
    return workspace.credentials


def heads(page: CredentialsPage) -> list[str]:
    return [bar.head.text() for bar in page.notices.bars]


@pytest.mark.parametrize("closed", [True, False])
def test_a_new_credential_is_kept_as_it_was_typed(bench: Bench, *, closed: bool) -> None:
    page = opened(bench)
    form = form_of(bench, page, "mysql")
    form.name.setText("Orders")
    form.tags.setText("team=shop")
    form.period.picked.emit(30)
    write(form.value, host="db-9", username="orders", password="typed-Secret-9")
    write(form.settings, tls="off", admin="vault://prod/mysql/shop", tls_ca="/etc/ca.pem")
    typed = form.draft
    if closed:
        bench.qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    page = changed(bench, page)
    assert heads(page) == ["新凭据“Orders”尚未保存。"]
    page = changed(bench, page, "en")
    assert heads(page) == ["The new credential “Orders” is not saved."]
    page.wanted.emit()
    press(bench, page.notices.bars[0].buttons[0])
    again = shown(page)
    assert isinstance(again, CredentialForm)
    assert again.draft == typed
    assert again.back_button.text() == "Another kind"
    again.name.setText("Orders 2")
    assert again.identifier.text() == "mysql/orders-2", "nobody typed another one"
    press(bench, again.go_button)
    bench.qtbot.waitUntil(lambda: any(each.name == "Orders 2" for each in bench.credentials.credentials))
    assert heads(page) == []


def test_a_new_value_is_kept_and_a_form_without_one_is_not(bench: Bench) -> None:
    page = opened(bench)
    page.open_credential(at(bench, "Shop database")).edit_button.click()
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    page = changed(bench, changed(bench, page), "en")
    assert heads(page) == []
    page.open_credential(at(bench, "Shop database")).edit_button.click()
    bench.qtbot.waitUntil(lambda: isinstance(shown(page), ValueForm))
    form = shown(page)
    assert isinstance(form, ValueForm)
    write(form.value, password="typed-Secret-9")
    page = changed(bench, page)
    press(bench, page.notices.bars[0].buttons[0])
    again = shown(page)
    assert isinstance(again, ValueForm)
    assert again.value.values["password"] == "typed-Secret-9"
    assert again.go_button.text() == "保存"
    press(bench, again.go_button)
    shop = at(bench, "Shop database").credential_id
    bench.qtbot.waitUntil(lambda: len(bench.credentials.values[shop]) == 2)


def test_a_form_that_was_discarded_does_not_come_back(bench: Bench) -> None:
    page = opened(bench)
    form = form_of(bench, page, "login")
    form.name.setText("Bank")
    bench.qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    press(bench, page.notices.bars[0].buttons[1])
    assert heads(changed(bench, page)) == []


def test_how_a_rotation_ended_is_still_said_and_can_be_tried_again(bench: Bench) -> None:
    page = opened(bench)
    error = TargetUnreachable(target="db-1.example.net:3306")
    bench.rotation.fails["Shop database"] = error, RotationStep.SET, RotationOutcome.FAILED
    press(bench, page.open_credential(at(bench, "Shop database")).rotate_button)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    before = heads(page)
    page = changed(bench, changed(bench, page), "en")
    assert heads(page) == before
    bench.rotation.fails.clear()
    page.wanted.emit()
    press(bench, page.notices.bars[0].buttons[1])
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").rotation is not None and page.notices.bars == [])
    assert heads(changed(bench, page)) == [], "what is solved is not said again"


def test_many_that_were_not_rotated_are_still_said_in_one(bench: Bench) -> None:
    for number in range(5):
        bench.credentials.add(f"Orders {number}", f"prod/mysql/orders-{number}", "mysql", MYSQL)
        error = TargetUnreachable(target="db-1.example.net:3306")
        bench.rotation.fails[f"Orders {number}"] = error, RotationStep.SET, RotationOutcome.FAILED
    page = opened(bench)
    page.desk.rotations.rotate(tuple(bench.credentials.credentials))
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    before = heads(page)
    assert before[0].startswith("5 of 5 ")
    assert heads(changed(bench, changed(bench, page), "en")) == before


def test_a_rotation_that_is_under_way_meanwhile_says_its_end_on_the_new_page(bench: Bench) -> None:
    page = opened(bench)
    gate = bench.rotation.gates[RotationStep.TEST]
    gate.clear()
    shop = at(bench, "Shop database")
    press(bench, page.open_credential(shop).rotate_button)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").rotation is not None)
    page = changed(bench, page)
    assert page.desk.rotations.under_way(shop)
    gate.set()
    toasts = page._parts.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None and "“Shop database”" in toasts.shown.text.text())
    assert not page.desk.rotations.under_way(at(bench, "Shop database"))
