"""The list: what it tells, how it is narrowed, sorted, and left empty; and the bin."""

from __future__ import annotations

import time

import pytest
from conftest import Bench, FakeDesktop, window_of
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.modeltest import ModelTester

from tests.gui.credentials_page_driver import (
    LEFT,
    at,
    click_row,
    line,
    names,
    open_row,
    opened,
    press,
    shown_toast,
    some_credentials,
    undo,
)
from tests.gui.samples import NOON
from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.core.clock import DAY
from vaultapp.gui.credentials.kind_panel import KindPanel
from vaultapp.gui.dialogs.destroy_credential_dialog import DestroyCredentialDialog
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.theme import Appearance

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(bench: Bench) -> CredentialsPage:
    return opened(bench)


def test_a_row_tells_name_kind_account_target_age_next_rotation_and_status(page: CredentialsPage) -> None:
    assert line(page, 0) == [
        "Shop database, vault://prod/mysql/shop",
        "MySQL",
        "shop_app",
        "db-1.example.net:3306",
        "0 min",
        "in 30 days",
        "Current",
    ]
    assert line(page, 3)[1:] == ["AWS key", "AKIA0000000000007Q2M", "ci", "92 d", "overdue 2 d", "Due now"]
    assert [line(page, row)[-1] for row in (1, 2, 5)] == ["Due tomorrow", "Weak", "Old"]
    assert line(page, 7)[-2:] == ["expires 7 Jan", "Current"]


def test_the_model_is_one(page: CredentialsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.rows)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("redis", ["Session cache"]),
        ("AKIA", ["Build uploader"]),
        ("db-1", ["Shop database", "Reports database"]),
        ("team=infra", ["Registrar"]),
        ("prod/smtp", ["Mail relay"]),
    ],
)
def test_the_filter_looks_at_everything_that_names_one(
    bench: Bench, page: CredentialsPage, typed: str, found: list[str]
) -> None:
    bench.qtbot.keyClick(page, Qt.Key.Key_F, CONTROL)
    assert page.head.filter is not None
    bench.qtbot.keyClicks(page.head.filter, typed)
    bench.qtbot.waitUntil(lambda: names(page) == found)
    assert page.head.count.text() == f"{len(found)} of 8"


def test_what_the_filter_does_not_find_is_said_with_a_way_back(bench: Bench, page: CredentialsPage) -> None:
    assert page.head.filter is not None
    page.head.filter.setText("no such")
    assert page.nothing.isVisible()
    assert page.nothing.head.text() == "No credential matches “no such”"
    press(bench, page.nothing.button)
    assert len(names(page)) == 8


def test_it_is_sorted_by_what_is_urgent_and_that_is_remembered(bench: Bench, page: CredentialsPage) -> None:
    last = len(page.rows.columns) - 1
    page.table.sortByColumn(last, Qt.SortOrder.AscendingOrder)
    states = [line(page, row)[-1] for row in range(8)]
    assert states[:4] == ["Due now", "Due tomorrow", "Old", "Weak"]
    assert bench.settings.sort("credentials") == (last, False)


def test_a_vault_without_credentials_says_what_they_are_for(bench: Bench) -> None:
    page = opened(bench, some=False)
    assert page.empty.isVisible()
    assert not page.new_button.isVisible()
    press(bench, page.empty.new_button)
    assert isinstance(window_of(page).screens.host.panel, KindPanel)


def test_what_somebody_else_changes_is_seen_at_once(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    bench.credentials.change(at(bench, "Shop database"), name="Shop")
    bench.qtbot.waitUntil(lambda: names(page)[0] == "Shop" and panel.title.whole == "Shop")
    gone = bench.credentials.credentials.pop(0)
    bench.vault.publish(CredentialsChanged((gone.credential_id,)))
    bench.qtbot.waitUntil(lambda: len(names(page)) == 7 and page.panel is None)


def test_delete_moves_to_the_bin_and_control_z_takes_it_out(bench: Bench, page: CredentialsPage) -> None:
    click_row(bench, page, 6)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    toast = shown_toast(bench, page)
    assert toast.text.text() == "“Weather service” moved to the bin"
    bench.qtbot.waitUntil(lambda: "Weather service" not in names(page))
    assert at(bench, "Weather service").deletes_at == NOON + 30 * DAY
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: "Weather service" in names(page))
    assert at(bench, "Weather service").deletes_at is None


def test_several_are_moved_and_taken_back_together(bench: Bench, page: CredentialsPage) -> None:
    for row in (0, 1, 2):
        click_row(bench, page, row, CONTROL)
    assert page.panel is None, "a panel of one of them would mislead"
    bar = page.selection.bar
    assert (bar.count.text(), bar.note.text()) == ("3 selected", "3 targets")
    press(bench, page.selection.bin_button)
    bench.qtbot.waitUntil(lambda: len(names(page)) == 5)
    assert shown_toast(bench, page).text.text() == "3 credentials moved to the bin"
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: len(names(page)) == 8)


def test_the_bin_shows_what_lies_in_it_and_gives_it_back(bench: Bench) -> None:
    some_credentials(bench.credentials)
    for at_row in (0, 5):
        credential = bench.credentials.credentials[at_row]
        bench.credentials.credentials[at_row] = structs.replace(credential, deletes_at=NOON + 9 * DAY - 1)
    page = opened(bench)
    assert page.bin_button.isVisible()
    press(bench, page.bin_button)
    assert names(page) == ["Shop database", "Registrar"]
    assert line(page, 0)[-1] == "Gone in 9 days"
    panel = open_row(bench, page, 0)
    assert panel.bin_bar.isVisible()
    assert not panel.value.isVisible()
    assert not panel.rotate_button.isVisible()
    press(bench, panel.restore_button)
    bench.qtbot.waitUntil(lambda: names(page) == ["Registrar"] and page.panel is None)
    press(bench, page.bin_button)
    bench.qtbot.waitUntil(lambda: "Shop database" in names(page))


def test_what_lies_in_the_bin_is_deleted_for_good_only_when_asked(bench: Bench) -> None:
    some_credentials(bench.credentials)
    bench.credentials.credentials[0] = structs.replace(bench.credentials.credentials[0], deletes_at=NOON + DAY)
    page = opened(bench)
    press(bench, page.bin_button)
    click_row(bench, page, 0)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = page.asking.dialog
    assert isinstance(dialog, DestroyCredentialDialog)
    assert bench.credentials.asked == []
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(page.nothing.isVisible)
    assert page.nothing.head.text() == "The bin is empty"
    assert ("delete", "Shop database", 30, True) in bench.credentials.asked
    press(bench, page.nothing.button)
    assert len(names(page)) == 7


@pytest.mark.parametrize("size", [(860, 560), (1180, 760)])
def test_nothing_is_wider_than_its_place(bench: Bench, size: tuple[int, int]) -> None:
    bench.credentials.add(
        "W" * 200,
        "prod/" + "w" * 400,
        "mysql",
        {"host": "h" * 200, "port": "3306", "username": "u" * 200, "password": "p"},
        tags={"t" * 100: "v" * 200},
        description="d" * 2000,
        settings={"probe": "p" * 300, "strategy": "dual", "tls": "off"},
    )
    page = opened(bench, size)
    hint = page.minimumSizeHint()
    assert (hint.width() <= LEAST.width() - 59, hint.height() <= LEAST.height()) == (True, True)
    panel = open_row(bench, page, 0)
    panel.value.label.eye.click()
    bench.qtbot.waitUntil(lambda: panel.value.label.revealed)
    bench.qtbot.wait(50)
    assert panel._scroll.widget().width() <= panel._scroll.viewport().width()
    assert page.table.columnWidth(0) >= 200


def test_every_control_has_a_name_and_can_be_reached_by_tab(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 5)
    page.asking.ask_value("mysql")
    form = window_of(page).screens.host.panel
    assert form is not None
    for root in (page, panel, form):
        for widget in root.findChildren(QWidget):
            if isinstance(widget.parent(), QLineEdit) or not widget.isVisible():
                continue
            if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit):
                assert widget.accessibleName(), widget
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()


def test_both_themes_paint_it_in_their_own_colours(bench: Bench, page: CredentialsPage, desktop: FakeDesktop) -> None:
    page.asking.ask_kind()
    panel = window_of(page).screens.host.panel
    assert isinstance(panel, KindPanel)
    row = panel.rows["note"]
    light = row.grab().toImage()
    desktop.ask_for(Appearance.DARK)
    assert row.grab().toImage() != light


def test_a_hundred_thousand_stay_smooth(bench: Bench) -> None:
    """What is done at a key or a change is short; only the first listing takes a worker a while."""
    first = bench.credentials.add("credential 0", "many/0", "token", {"token": "t"})
    bench.credentials.credentials = [
        structs.replace(
            first, credential_id=type(first.credential_id)(int=n + 1), name=f"credential {n}", identifier=f"many/{n}"
        )
        for n in range(100_000)
    ]
    page = opened(bench)
    assert page.head.filter is not None
    begun = time.process_time()
    page.head.filter.setText("99999")
    assert names(page) == ["credential 99999"]
    page.head.filter.clear()
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    spent = time.process_time() - begun
    assert page.rows.rowCount() == 100_000
    # Generous: a filter or a sort that asks row by row takes many seconds.
    assert spent < 3
    bench.qtbot.keyClick(page.table, Qt.Key.Key_A, CONTROL)
    assert page.selection.bar.count.text() == "100,000 selected"
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Home)
    bench.qtbot.mouseClick(page.selection.bar.clear_button, LEFT)


def test_the_way_out_of_the_bin_is_said_in_words(bench: Bench) -> None:
    page = opened(bench)
    bench.credentials.credentials[0] = structs.replace(bench.credentials.credentials[0], deletes_at=NOON + DAY)
    page.desk.shelf.refresh()
    bench.qtbot.waitUntil(page.bin_button.isVisible)
    assert (page.bin_button.text(), page.bin_button.accessibleName()) == ("", "Show the bin: 1")
    press(bench, page.bin_button)
    assert page.bin_button.text() == page.bin_button.accessibleName() == "Leave the bin"
    panel = open_row(bench, page, 0)
    assert [node.link.isVisible() for node in panel.versions.timeline.nodes] == [False]
    assert panel.bin_bar.geometry().bottom() < panel.card.geometry().top() or not panel.card.isVisible()
    press(bench, page.bin_button)
    assert (page.bin_button.text(), page.bin_button.accessibleName()) == ("", "Show the bin: 1")


def test_all_of_a_card_of_the_empty_page_is_pressed(bench: Bench) -> None:
    page = opened(bench, some=False)
    cards = page.empty.cards.values()
    bench.qtbot.waitUntil(lambda: all(card.isVisible() for card in cards))
    for card in cards:
        holder = card.parentWidget()
        assert holder.height() - card.height() <= 4


def test_the_cards_of_the_empty_page_are_whole_beside_a_panel(bench: Bench) -> None:
    page = opened(bench, some=False)
    cards = page.empty.cards.values()
    wide = min(card.width() for card in cards)
    press(bench, page.empty.new_button)
    bench.qtbot.waitUntil(lambda: max(card.width() for card in cards) < wide)
    bench.qtbot.waitUntil(lambda: all(card.height() >= card.heightForWidth(card.width()) for card in cards))
