"""Dialogs begin where files were chosen last for the same purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.window_settings import WindowSettings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    monkeypatch.setenv("HOME", str(found))
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(found / "Documents"))
    return found


def dialog_of(page: FilesPage) -> QFileDialog:
    return page.window().findChildren(QFileDialog)[-1]


def test_at_first_it_is_the_home_folder(home: Path) -> None:
    assert LastFolders().start("files").folder == home
    assert LastFolders().saving("files", "a").folder == home
    (home / "Documents").mkdir()
    assert LastFolders().start("files").folder == home
    start = LastFolders().saving("files", "a.pdf")
    assert (start.folder, start.name) == (home / "Documents", "a.pdf")


def test_each_purpose_has_its_own_and_it_outlives_the_window(home: Path, tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.json")
    settings.folders.start("files").remember(tmp_path)
    again = WindowSettings(tmp_path / "window.json").folders
    assert again.start("files").folder == tmp_path
    assert again.saving("files", "").folder == tmp_path
    assert again.start("inspect").folder == home


def test_a_folder_that_is_gone_counts_as_none(home: Path, tmp_path: Path) -> None:
    folders = LastFolders({"files": bytes(tmp_path / "gone")})
    assert folders.start("files").folder == home


def test_the_dialog_begins_there_and_remembers(bench: Bench, home: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    page = bench.page()
    page.choose_files()
    dialog = dialog_of(page)
    assert Path(dialog.directory().absolutePath()) == home
    dialog.filesSelected.emit([str(desk / "a.pdf")])
    dialog.reject()
    page.choose_files()
    assert Path(dialog_of(page).directory().absolutePath()) == desk
    dialog_of(page).reject()
    page.choose_folder()
    dialog = dialog_of(page)
    assert Path(dialog.directory().absolutePath()) == home
    dialog.filesSelected.emit([str(desk)])
    dialog.reject()
    assert bench.settings.folders.start("folder").folder == desk
