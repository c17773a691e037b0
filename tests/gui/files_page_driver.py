"""The page of the files, and what people do on it."""

from __future__ import annotations

from conftest import Bench, window_of
from PySide6.QtCore import Qt

from vaultapp.gui.models.work_row import WorkRow
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.work_actions import Act


def take(bench: Bench, page: FilesPage, *names: bytes) -> list[WorkRow]:
    page.take_drop(tuple(b"/d/" + name for name in names))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() >= len(names) and not page.queue.busy)
    return list(page.queue.rows.rows)


def press(bench: Bench, page: FilesPage, row: WorkRow, act: Act) -> None:
    view = page.work.view
    view.repaint()
    bench.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(row, act).center())


def details(bench: Bench, page: FilesPage) -> DetailsPanel:
    window = window_of(page)
    bench.qtbot.waitUntil(lambda: window.screens.host.panel is not None)
    panel = window.screens.host.panel
    assert isinstance(panel, DetailsPanel)
    return panel
