from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from conftest import Bench, window_of
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QWidget

from tests.gui.keys_page_driver import click_row, opened, press
from vaultapp.gui.dialogs.export_key_dialog import ExportKeyDialog
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


def exporting(bench: Bench, page: KeysPage) -> ExportKeyDialog:
    panel = click_row(bench, page, 0)
    press(bench, panel.export_button)
    assert isinstance(page.dialog, ExportKeyDialog)
    return page.dialog


def confirm(bench: Bench, page: KeysPage) -> QFileDialog:
    dialog = exporting(bench, page)
    press(bench, dialog.go_button)
    bench.qtbot.keyClicks(dialog.name, "Personal")
    press(bench, dialog.go_button)
    found = window_of(page).findChildren(QFileDialog)
    assert len(found) == 1
    return found[0]


def test_an_export_is_asked_twice_and_written_for_its_owner_only(bench: Bench, page: KeysPage, tmp_path: Path) -> None:
    dialog = exporting(bench, page)
    assert not dialog.name.isVisible()
    dialog.version.picked.emit(bytes([2] * 8))
    press(bench, dialog.go_button)
    assert not dialog.go_button.isEnabled()
    bench.qtbot.keyClicks(dialog.name, "personal")
    assert not dialog.go_button.isEnabled()
    dialog.name.setText("Personal")
    assert bench.keys.asked == []
    press(bench, dialog.go_button)
    (chooser,) = window_of(page).findChildren(QFileDialog)
    assert chooser.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert [os.path.basename(name) for name in chooser.selectedFiles()] == ["Personal version 2.key.json"]
    assert not chooser.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert bench.keys.asked == []
    target = tmp_path / "p.json"
    target.write_text("older")
    target.chmod(0o644)
    chooser.filesSelected.emit([str(target)])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    key_id = bench.keys.keys[0].key_id
    assert json.loads(target.read_text()) == {
        "material": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "key_namespace": "vaultapp",
        "key_name": f"{key_id}#{'02' * 8}",
        "key": str(key_id),
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".vaultapp-*")) == []
    assert str(target) in page.notices.bars[0].head.text()
    assert "as safe as the vault" in page.notices.bars[0].body.text()
    assert bench.keys.asked == [("export", "Personal", "02" * 8)]


def test_an_exported_key_is_nowhere_on_the_screen_or_the_clipboard(
    bench: Bench, page: KeysPage, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setText("mine")
    chooser = confirm(bench, page)
    chooser.filesSelected.emit([str(tmp_path / "p.json")])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    secret = "AAECAwQFBgcI"
    assert secret in (tmp_path / "p.json").read_text()
    for widget in window_of(page).findChildren(QWidget):
        shown = widget.text() if isinstance(widget, QLabel | QLineEdit | QAbstractButton) else ""
        for text in (shown, widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            assert secret not in text
    assert QGuiApplication.clipboard().text() == "mine"


def test_an_export_that_cannot_be_written_leaves_nothing(bench: Bench, page: KeysPage, tmp_path: Path) -> None:
    chooser = confirm(bench, page)
    chooser.filesSelected.emit([str(tmp_path / "no such folder" / "p.json")])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert "No such file or directory" in page.notices.bars[0].head.text()
    assert [path.name for path in tmp_path.rglob("*.json") if path.name != "window.json"] == []
