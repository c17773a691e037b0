from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from tests.gui.samples import PASSPHRASE, description
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.paths import file_url
from vaultapp.gui.widgets.details_panel import DetailsPanel


def urls(*paths: bytes) -> QMimeData:
    data = QMimeData()
    data.setData("text/uri-list", b"\r\n".join(file_url(path) for path in paths))
    return data


def hover(window: MainWindow, data: QMimeData, actions: Qt.DropAction = Qt.DropAction.CopyAction) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(300, 300), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, data: QMimeData, actions: Qt.DropAction = Qt.DropAction.CopyAction) -> QDropEvent:
    event = QDropEvent(QPointF(300, 300), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, event)
    return event


def said(window: MainWindow) -> str:
    return window.drops.overlay.accessibleName()


def test_while_files_hover_the_window_says_what_will_happen(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    data = urls(b"/d/a.xlsx", b"/d/b.pdf", b"/d/c.png")
    hover(window, data)
    assert window.drops.overlay.isVisible()
    assert window.drops.overlay.geometry() == window.rect()
    assert said(window) == "Encrypt 3 files with Personal"
    assert "Saved next to the originals" in window.drops.overlay.accessibleDescription()
    assert "Originals stay where they are" in window.drops.overlay.accessibleDescription()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drops.overlay.isVisible()
    assert bench.files.seals == []


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


def test_the_page_below_is_not_painted_while_the_overlay_comes(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.look.motion.still = False
    try:
        overlay = window.drops.overlay
        below, drawn = Paints(page), Paints(overlay)
        hover(window, urls(b"/d/a.xlsx"))
        assert overlay.opacity < 1.0
        bench.qtbot.waitUntil(lambda: overlay.opacity == 1.0)
        steps = drawn.count
        overlay.update()
        bench.qtbot.waitUntil(lambda: drawn.count > steps)
        assert drawn.count > 2
        assert below.count == 0
    finally:
        bench.look.motion.still = True


def test_an_overlay_that_goes_while_it_comes_is_whole_and_comes_again(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    bench.look.motion.still = False
    try:
        overlay = window.drops.overlay
        hover(window, urls(b"/d/a.xlsx"))
        QApplication.sendEvent(window, QDragLeaveEvent())
        assert overlay.opacity == 1.0
        hover(window, urls(b"/d/a.xlsx"))
        assert overlay.opacity < 1.0
        bench.qtbot.waitUntil(lambda: overlay.opacity == 1.0)
    finally:
        bench.look.motion.still = True


def test_a_mixed_drop_says_both_numbers(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    hover(window, urls(b"/d/a.xlsx", b"/d/b.sealed", b"/d/c.sealed"))
    assert said(window) == "Encrypt 1 file with Personal. Decrypt 2 files"


def test_the_content_decides_once_the_agent_has_looked(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.folders = {b"photos.sealed"}
    bench.files.sizes = {b"a.xlsx": 48_200_000}
    bench.files.look_gate.clear()
    hover(window, urls(b"/d/a.xlsx"))
    assert "48.2 MB" not in window.drops.overlay.accessibleDescription()
    bench.files.look_gate.set()
    bench.qtbot.waitUntil(lambda: "48.2 MB" in window.drops.overlay.accessibleDescription())


def test_what_was_told_while_it_hovered_is_what_is_done(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    hover(window, urls(b"/d/a.xlsx"))
    drop(window, urls(b"/d/other.pdf"))
    bench.qtbot.waitUntil(lambda: not page.queue.busy and page.queue.rows.rowCount() == 1)
    assert [place.path for place in bench.files.seals[0].sources] == [b"/d/a.xlsx"]
    # A source that says only in the end what it has; what hovered before is forgotten.
    untold = QMimeData()
    untold.setData("text/uri-list", b"")
    hover(window, untold)
    drop(window, urls(b"/d/other.pdf"))
    bench.qtbot.waitUntil(lambda: not page.queue.busy and page.queue.rows.rowCount() == 2)
    assert [place.path for place in bench.files.seals[1].sources] == [b"/d/other.pdf"]


def test_a_drop_is_always_a_copy_and_is_worked_on(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    data = urls(b"/d/caf\xe9 1.pdf")
    assert hover(window, data, both).dropAction() == Qt.DropAction.CopyAction
    event = drop(window, data, both)
    assert (event.isAccepted(), event.dropAction()) == (True, Qt.DropAction.CopyAction)
    assert not window.drops.overlay.isVisible()
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    assert bench.files.seals[0].sources[0].path == b"/d/caf\xe9 1.pdf"


def refused(bench: Bench) -> tuple[FilesPage, MainWindow]:
    """Drop an address that is no file of this computer."""
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    data = QMimeData()
    data.setData("text/uri-list", b"https://example.net/a.pdf\r\n")
    assert hover(window, data).isAccepted()
    drop(window, data)
    bench.qtbot.waitUntil(lambda: page.zone.line.text().startswith("That was no file from this computer."))
    return page, window


def test_a_drop_without_files_of_this_computer_says_so(bench: Bench) -> None:
    page, _ = refused(bench)
    page.zone.calm()
    assert page.zone.line.text().startswith("They are encrypted")


def test_a_refusal_does_not_stay_beside_the_next_drop_that_is_taken(bench: Bench) -> None:
    page, window = refused(bench)
    hover(window, urls(b"/d/a.pdf"))
    drop(window, urls(b"/d/a.pdf"))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    assert page.zone.line.text().startswith("They are encrypted")


def test_text_that_is_dragged_is_not_for_the_window(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    data = QMimeData()
    data.setText("hello")
    assert not hover(window, data).isAccepted()


def test_no_input_takes_a_drop_from_the_window(bench: Bench) -> None:
    for state in (VaultState.LOCKED, VaultState.MISSING, VaultState.UNLOCKED):
        window = bench.window(state)
        takers = [widget for widget in window.findChildren(QWidget) if widget.acceptDrops()]
        assert [type(widget).__name__ for widget in takers] == []


def test_a_drop_on_a_locked_window_is_kept_and_offered_after_unlock(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    data = urls(b"/d/contract.pdf", b"/d/photos.zip")
    hover(window, data)
    assert said(window) == "Keep 2 files until you unlock"
    drop(window, data)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert screen.waiting.head.text() == "2 files are waiting"
    assert screen.waiting.body.text() == "contract.pdf and photos.zip are offered once you unlock."
    screen.form.field.setText(PASSPHRASE)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    page = window.screens.files_page
    assert page is not None
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert bench.files.seals == []


def test_what_was_told_to_wait_is_offered_although_the_vault_opens_in_the_same_moment(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    data = urls(b"/d/contract.pdf")
    hover(window, data)
    # The round of the drop is the one in which the pages come.
    monkeypatch.setattr(window.screens.telling, "take_state", lambda _checked: drop(window, data))
    screen.form.field.setText(PASSPHRASE)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    page = window.screens.files_page
    assert page is not None
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars) or bool(bench.files.seals))
    assert bench.files.seals == []


def test_files_that_wait_can_be_forgotten(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    data = urls(b"/d/contract.pdf")
    hover(window, data)
    drop(window, data)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    bench.qtbot.mouseClick(screen.waiting.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: not screen.waiting.isVisible())
    assert bench.files.waiting == []


def test_files_that_waited_before_the_window_came_are_shown(bench: Bench) -> None:
    bench.files.waiting = [b"/d/contract.pdf"]
    screen = bench.window(VaultState.LOCKED).screens.shown
    assert isinstance(screen, LockScreen)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert bench.files.waiting == [b"/d/contract.pdf"]


def test_the_first_run_takes_no_drops(bench: Bench) -> None:
    window = bench.window(VaultState.MISSING)
    assert isinstance(window.screens.shown, Wizard)
    assert not hover(window, urls(b"/d/a")).isAccepted()


def test_a_locked_window_inspects(bench: Bench) -> None:
    bench.files.described[b"x.sealed"] = description(b"x.sealed", bench.keys)
    window = bench.window(VaultState.LOCKED)
    window.screens._show_details(b"/d/x.sealed")
    panel = window.screens.host.panel
    assert isinstance(panel, DetailsPanel)
    bench.qtbot.waitUntil(lambda: any("ways" in text.text() for text in panel.findChildren(type(panel._waiting))))
    assert not panel.rewrap_button.isVisible()
