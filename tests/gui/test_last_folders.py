"""Dialogs begin where files were chosen last for the same purpose."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from tests.desktop.processes import wait_until
from vaultapp.gui.answering_folders import AnsweringFolders
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


def test_a_dialog_that_has_another_place_to_begin_begins_there_until_one_was_chosen(home: Path, tmp_path: Path) -> None:
    beside, chosen = tmp_path / "vaults", tmp_path / "usb"
    folders = LastFolders()
    assert folders.start("vault", beside).folder == home, "that is not there"
    beside.mkdir()
    chosen.mkdir()
    start = folders.start("vault", beside)
    assert start.folder == beside
    start.remember(chosen)
    assert folders.start("vault", beside).folder == chosen


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


class DeadDrive:
    """A drive that does not answer until it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.answers = threading.Event()

    def is_folder(self, _folder: Path) -> bool:
        self.asked += 1
        return self.answers.wait(30)


def test_a_drive_that_does_not_answer_holds_nobody_up(home: Path, tmp_path: Path) -> None:
    drive = DeadDrive()
    answering = AnsweringFolders(drive.is_folder, 0.01)
    folders = LastFolders({"files": bytes(tmp_path)}, answering=answering)
    began = time.monotonic()
    for _ in range(3):
        assert folders.start("files").folder == home
        assert folders.at(tmp_path).folder == home
    assert time.monotonic() - began < 1
    assert drive.asked == 1, "who hangs is not asked once more"
    drive.answers.set()
    wait_until(lambda: folders.start("files").folder == tmp_path, "the drive")
    assert folders.at(tmp_path).folder == tmp_path


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
