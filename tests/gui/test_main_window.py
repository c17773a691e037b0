from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import Bench
from fakes import NOON, PASSPHRASE, description
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from vaultapp.contracts.vault import VaultLocking, VaultState
from vaultapp.core.errors import VaultBusy
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.paths import file_url
from vaultapp.gui.screens import WindowParts
from vaultapp.gui.session import LockNote
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


def test_a_drop_without_files_of_this_computer_says_so(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    data = QMimeData()
    data.setData("text/uri-list", b"https://example.net/a.pdf\r\n")
    assert hover(window, data).isAccepted()
    drop(window, data)
    assert page.zone.line.text().startswith("That was no file from this computer.")
    page.zone.calm()
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


def test_lock_asks_the_agent_and_then_for_a_new_process(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    bench.clock.time = 60
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert got.args == [LockNote("asked", NOON + 60_000_000)]
    assert bench.settings.geometry
    assert bench.vault.state is VaultState.LOCKED


def test_the_lock_in_the_sidebar_locks(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    shown = window.screens.shown
    with bench.qtbot.waitSignal(window.lock_requested):
        bench.qtbot.mouseClick(shown.sidebar.lock, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]


def test_files_that_a_lock_interrupts_are_carried_over_and_wait_afterwards(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf", b"/d/b.pdf"))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        window.lock()
    note: LockNote = got.args[0]
    assert sorted(note.unfinished) == [b"/d/a.pdf", b"/d/b.pdf"]
    window.screens._waiting.close()  # the process that it stands for is gone
    screen = bench.window(VaultState.LOCKED, note).screens.shown
    assert isinstance(screen, LockScreen)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert sorted(bench.files.waiting) == [b"/d/a.pdf", b"/d/b.pdf"]


@pytest.mark.parametrize(("send", "reason"), [(VaultLocking("sleep"), "sleep"), (None, "gone")])
def test_the_agent_may_lock_or_end_by_itself(bench: Bench, send: VaultLocking | None, reason: str) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        bench.vault.publish(send)  # type: ignore[arg-type]
    assert got.args[0].reason == reason


def test_the_process_is_asked_to_be_replaced_once(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    asked: list[object] = []
    window.lock_requested.connect(asked.append)
    with bench.qtbot.waitSignal(window.lock_requested):
        window.lock()
        window.lock()
    bench.vault.publish(None)  # type: ignore[arg-type]
    bench.qtbot.waitUntil(lambda: True)
    QApplication.sendPostedEvents()
    assert len(asked) == 1


def test_a_lock_that_is_refused_is_said(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.vault.fails_with = VaultBusy(path="x")
    window.lock()
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    bench.vault.fails_with = None
    with bench.qtbot.waitSignal(window.lock_requested):
        window.lock()


def test_the_window_comes_back_as_large_as_it_was(bench: Bench) -> None:
    first = bench.window(VaultState.LOCKED, size=(860, 600))
    first.close()
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock)
    second = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(second)
    assert second.size() == QSize(860, 600)


def test_the_first_window_has_its_usual_size(bench: Bench) -> None:
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock)
    window = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(window)
    assert window.size() == QSize(1180, 760)


class Spontaneous(QCloseEvent):
    """As the desktop sends it."""

    def spontaneous(self) -> bool:
        return True


def test_closing_while_files_are_worked_on_asks_first(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    for _ in range(2):
        event = Spontaneous()
        window.closeEvent(event)
        assert not event.isAccepted()
    assert len(page.notices.bars) == 1
    bench.qtbot.mouseClick(page.notices.bars[0].buttons[0], Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_quitting_by_the_program_itself_is_not_held_up(bench: Bench) -> None:
    page = bench.page()
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    assert page.window().close()


def test_in_a_narrow_window_the_sidebar_is_a_rail(bench: Bench) -> None:
    page = bench.page((1059, 700))
    window = page.window()
    assert isinstance(window, MainWindow)
    sidebar = window.screens.shown.sidebar  # type: ignore[union-attr]
    assert sidebar.width() == 59
    window.resize(1060, 700)
    bench.qtbot.waitUntil(lambda: sidebar.width() == 212)


def test_in_a_narrow_window_the_panel_covers_the_list(bench: Bench) -> None:
    page = bench.page((900, 600))
    window = page.window()
    assert isinstance(window, MainWindow)
    before = page.width()
    window.screens._show_details(b"/d/x.sealed")
    assert page.width() == before
    window.resize(1180, 700)
    bench.qtbot.waitUntil(lambda: page.width() == 1180 - 212 - 360)


STATES = (VaultState.UNLOCKED, VaultState.LOCKED, VaultState.MISSING)


@pytest.mark.parametrize("state", STATES)
def test_every_screen_fits_the_least_window(bench: Bench, state: VaultState) -> None:
    window = bench.window(state, size=(LEAST.width(), LEAST.height()))
    shown = window.screens.shown
    assert shown is not None
    least: QSize = shown.minimumSizeHint()
    assert least.width() <= LEAST.width()
    assert least.height() <= LEAST.height()


CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)


def controls(root: QWidget) -> Sequence[QWidget]:
    found = [widget for widget in root.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    # A head belongs to its table, which is one stop; what it does is also in the command palette.
    found = [widget for widget in found if not isinstance(widget, QHeaderView)]
    return [w for w in found if not w.objectName().startswith("qt_") and type(w) is not QWidget]


@pytest.mark.parametrize("state", STATES)
def test_every_control_has_a_name_for_screen_readers(bench: Bench, state: VaultState) -> None:
    window = bench.window(state)
    window.screens._show_details(b"/d/x.sealed")
    nameless = [w for w in controls(window) if not w.accessibleName()]
    assert [f"{type(w).__name__} {w.parentWidget()}" for w in nameless] == []


@pytest.mark.parametrize("state", STATES)
def test_every_control_can_be_reached_by_tab(bench: Bench, state: VaultState) -> None:
    window = bench.window(state)
    shown = window.screens.shown
    assert shown is not None
    for stack in shown.findChildren(QStackedWidget):
        for at in range(stack.count()):
            for control in controls(stack.widget(at)):
                reachable = control.focusPolicy() & Qt.FocusPolicy.TabFocus
                clear = isinstance(control, QToolButton) and not control.isVisibleTo(control.parentWidget())
                assert reachable or clear, control


def test_the_focus_ring_is_shown_after_keys_only(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    page.zone.folder_button.setFocus()
    assert not window.ring.isVisible()
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    bench.qtbot.waitUntil(window.ring.isVisible)
    target = window.focusWidget()
    assert target is not None
    place = target.mapTo(window, QPoint(0, 0))
    assert window.ring.geometry().contains(place)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(600, 5))
    assert not window.ring.isVisible()


def test_f6_jumps_between_sidebar_page_list_and_panel(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    page.take_drop((b"/d/b.sealed",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    window.screens._show_details(b"/d/b.sealed")
    panel = window.screens.host.panel
    assert isinstance(panel, DetailsPanel)
    sidebar = window.screens.shown.sidebar  # type: ignore[union-attr]
    files = sidebar.items["files"]
    stops = (files, page.zone.first_button, page.work.view, panel.close_button, files)
    panel.close_button.setFocus()
    for stop in stops:
        window._jump()
        bench.qtbot.waitUntil(stop.hasFocus)
