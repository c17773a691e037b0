from __future__ import annotations

import pytest
from conftest import Bench, FakeDesktop, window_of
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from tests.gui.keys_page_driver import click_row, opened, press, some_keys
from vaultapp.contracts.keys import KeyState
from vaultapp.gui.dialogs.new_key_dialog import NewKeyDialog
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.theme import Appearance


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


def test_a_vault_without_keys_offers_to_make_one(bench: Bench) -> None:
    page = opened(bench, [])
    assert page.empty.isVisible()
    assert (page.empty.head.text(), page.head.count.text()) == ("No keys yet", "0 keys")
    press(bench, page.empty.button)
    assert isinstance(page.dialog, NewKeyDialog)
    page.dialog.reject()


@pytest.mark.parametrize("size", [(860, 560), (1180, 760)])
def test_nothing_is_wider_than_its_place(bench: Bench, size: tuple[int, int]) -> None:
    keys = some_keys()
    *older, primary = keys[0].versions
    disabled = [structs.replace(version, state=KeyState.DISABLED) for version in older]
    keys[0] = structs.replace(
        keys[0],
        name="W" * 256,
        aliases=("a" * 250,),
        tags={"t" * 128: "v" * 256},
        description="d" * 2000,
        versions=(*disabled, primary),
    )
    page = opened(bench, keys, size)
    hint = page.minimumSizeHint()
    assert (hint.width() <= LEAST.width() - 59, hint.height() <= LEAST.height()) == (True, True)
    panel = click_row(bench, page, 0)
    room = panel._scroll.viewport().width()
    assert panel._scroll.widget().width() <= room
    for node in panel.timeline.nodes[1:]:
        assert node.link.geometry().right() <= node.width()
    narrow = page.table.viewport().width()
    shown = [c for c in range(3) if not page.table.isColumnHidden(c)]
    assert sum(page.table.columnWidth(c) for c in shown) <= narrow
    assert page.table.columnWidth(0) >= 200


def test_every_control_has_a_name_and_can_be_reached_by_tab(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    for root in (page, panel):
        for widget in root.findChildren(QWidget):
            if isinstance(widget.parent(), QLineEdit) or not widget.isVisible():
                continue
            if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit):
                assert widget.accessibleName(), widget
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()
    seen: set[QWidget] = set()
    panel.more_button and panel.more_button.setFocus()
    for _ in range(60):
        focused = window_of(page).focusWidget()
        if focused is not None:
            seen.add(focused)
            bench.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = (panel.rotate_button, panel.export_button, panel.rotation.switch, panel.rotation.period)
    assert set(wanted) <= seen
    assert {panel.delete_button, panel.names.name.pencil, page.table} <= seen


def test_both_themes_paint_the_page_in_their_own_colours(bench: Bench, page: KeysPage, desktop: FakeDesktop) -> None:
    panel = click_row(bench, page, 0)
    switch = panel.rotation.switch

    def colour() -> str:
        return switch.grab().toImage().pixelColor(8, 10).name()

    def disc() -> str:
        node = panel.timeline.nodes[0]
        image = node.grab().toImage()
        return image.pixelColor(5, node.title.geometry().center().y() + 1).name()

    assert (colour(), disc()) == ("#0b6175", "#0b6175")
    desktop.ask_for(Appearance.DARK)
    assert (colour(), disc()) == ("#63c1d4", "#63c1d4")
