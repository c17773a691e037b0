"""What every dialog keeps: Tab and screen readers follow what is seen, Enter does no harm, Escape leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest
from conftest import Bench
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.dialogs.passphrase_dialogs import FilePassphraseDialog, NewPassphraseDialog
from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.workspace import Workspace

Open = Callable[[Bench, MainWindow, Workspace], QDialog]


def _key(open_it: str, at: int = 0) -> Open:
    def opened(bench: Bench, _window: MainWindow, workspace: Workspace) -> QDialog:
        page = workspace.keys
        bench.qtbot.waitUntil(lambda: page.rows.total == 2)
        getattr(page, open_it)(*([] if open_it == "make_new" else [bench.keys.keys[at]]))
        assert page.dialog is not None
        return page.dialog

    return opened


def _setting(button: str) -> Open:
    def opened(bench: Bench, _window: MainWindow, workspace: Workspace) -> QDialog:
        workspace.turn_to("settings")
        unlock = workspace.settings.unlock
        bench.qtbot.waitUntil(unlock.change_button.isEnabled)
        getattr(unlock, button).click()
        assert unlock.dialog is not None
        return unlock.dialog

    return opened


def _new_words(bench: Bench, window: MainWindow, workspace: Workspace) -> QDialog:
    replace = _setting("replace_button")(bench, window, workspace)
    replace.go_button.click()  # type: ignore[attr-defined]
    dialog = workspace.settings.unlock.dialog
    assert dialog is not None
    assert dialog is not replace
    bench.qtbot.waitUntil(lambda: bool(dialog.kit.facts.words))  # type: ignore[attr-defined]
    return dialog


def _restore(_bench: Bench, _window: MainWindow, workspace: Workspace) -> QDialog:
    workspace.turn_to("settings")
    workspace.settings.backups.restore(b"/home/mara/copy.vault")
    assert workspace.settings.backups.dialog is not None
    return workspace.settings.backups.dialog


def _new_passphrase(bench: Bench, window: MainWindow, _workspace: Workspace) -> QDialog:
    clipboard = SecretClipboard(QGuiApplication.clipboard(), 10, window)
    suggest = bench.vault.suggest_words
    dialog = NewPassphraseDialog(bench.look, bench.tasks, clipboard, suggest, "3 files", "Personal", window)
    dialog.open()
    dialog.copy_button.show()
    return dialog


def _file_passphrase(bench: Bench, window: MainWindow, _workspace: Workspace) -> QDialog:
    dialog = FilePassphraseDialog(bench.look, "a.sealed", window, wrong=True)
    dialog.open()
    return dialog


def _shortcuts(bench: Bench, window: MainWindow, _workspace: Workspace) -> QDialog:
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    return sheet


DIALOGS: dict[str, Open] = {
    "new key": _key("make_new"),
    "delete": _key("ask_delete"),
    "export": _key("ask_export"),
    "change passphrase": _setting("change_button"),
    "drill": _setting("drill_button"),
    "replace words": _setting("replace_button"),
    "new words": _new_words,
    "restore": _restore,
    "passphrase for files": _new_passphrase,
    "passphrase of a file": _file_passphrase,
    "shortcuts": _shortcuts,
}
every_dialog = pytest.mark.parametrize("name", DIALOGS)


@pytest.fixture
def dialog(bench: Bench, name: str) -> Iterator[QDialog]:
    window = bench.window(VaultState.UNLOCKED)
    workspace = window.screens.workspace
    assert workspace is not None
    dialog = DIALOGS[name](bench, window, workspace)
    bench.qtbot.waitUntil(dialog.isVisible)
    bench.qtbot.wait(20)
    yield dialog
    QGuiApplication.clipboard().clear()


def place_of(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def before(first: QWidget, second: QWidget) -> bool:
    """Tell whether the first is read first: it is above, or in the same line at the left, or around the second."""
    one, other = place_of(first), place_of(second)
    if one.contains(other):
        return True
    same_line = one.top() < other.bottom() and other.top() < one.bottom()
    # What stands beside a whole column of parts is read before or after all of them.
    return one.right() <= other.left() if same_line or one.right() <= other.left() else one.bottom() <= other.top()


def out_of_order(parts: Sequence[QWidget]) -> list[str]:
    """Name those that come before what is read before them."""
    return [
        f"{first.accessibleName()!r} before {second.accessibleName()!r}"
        for first, second in pairwise(parts)
        if not before(first, second)
    ]


def tab_chain(dialog: QDialog) -> list[QWidget]:
    """Return what Tab goes through, from the topmost part on: it is a ring."""
    found, part = [], dialog.nextInFocusChain()
    while part is not dialog:
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is dialog:
            found.append(part)
        part = part.nextInFocusChain()
    first = min(range(len(found)), key=lambda at: (place_of(found[at]).top(), place_of(found[at]).left()))
    return found[first:] + found[:first]


@every_dialog
def test_tab_goes_through_a_dialog_as_it_is_read(dialog: QDialog) -> None:
    chain = tab_chain(dialog)
    assert chain
    assert out_of_order(chain) == []


@every_dialog
def test_a_screen_reader_meets_the_parts_of_a_dialog_as_they_are_read(dialog: QDialog) -> None:
    fields = [part for part in told_in_order(dialog) if isinstance(part, QLineEdit | QPlainTextEdit | QAbstractButton)]
    fields = [part for part in fields if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()]
    assert fields
    assert out_of_order(fields) == []


def told_in_order(part: QWidget) -> Iterator[QWidget]:
    interface = QAccessible.queryAccessibleInterface(part)
    yield part
    for at in range(interface.childCount() if interface is not None else 0):
        child = interface.child(at)
        inner = child.object() if child is not None else None
        if isinstance(inner, QWidget) and inner is not part:
            yield from told_in_order(inner)


@every_dialog
def test_what_destroys_is_never_what_enter_presses(dialog: QDialog) -> None:
    usual = [button for button in dialog.findChildren(QPushButton) if button.isDefault()]
    assert len(usual) == 1
    assert usual[0].property("kind") != "danger"


@every_dialog
def test_escape_leaves_a_dialog(bench: Bench, dialog: QDialog) -> None:
    with bench.qtbot.waitSignal(dialog.finished) as left:
        bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert left.args == [QDialog.DialogCode.Rejected] or isinstance(dialog, ShortcutsSheet)
    assert bench.keys.asked == []
    assert bench.vault.restores == []


@every_dialog
def test_enter_presses_the_button_that_has_the_focus(bench: Bench, dialog: QDialog) -> None:
    for button in dialog.findChildren(Button):
        if not button.isVisible() or not button.isEnabled():
            continue
        pressed: list[object] = []
        button.clicked.disconnect()
        button.clicked.connect(lambda *_, pressed=pressed: pressed.append(1))
        button.setFocus()
        bench.qtbot.keyClick(button, Qt.Key.Key_Return)
        assert pressed == [1], button.text()
    assert dialog.isVisible()


@pytest.mark.parametrize("name", ["restore"])
def test_enter_in_the_field_of_a_dialog_that_destroys_only_leads_to_its_button(bench: Bench, dialog: QDialog) -> None:
    field = dialog.findChild(QLineEdit)
    assert field is not None
    bench.qtbot.keyClicks(field, "some passphrase")
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert bench.vault.restores == []
    now = dialog.focusWidget()
    assert isinstance(now, Button)
    assert now.property("kind") == "danger"
