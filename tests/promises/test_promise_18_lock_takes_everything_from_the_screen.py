"""18. Lock closes what shows secrets, clears our clipboard, and names what it could not do.

A real agent goes to sleep, and with it the window, on the screen in memory.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.buses.logind import FakeLogind
from tests.desktop.processes import wait_until
from tests.promises.guarded_agent import GuardedAgent
from tests.promises.window_of_agent import WindowOfAgent, session_of
from vaultapp.contracts.files import FileUpdate, Place, SealRequest
from vaultapp.contracts.locking import LockTrigger
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.errors import VaultError
from vaultapp.core.work import WorkContext
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.look import Look
from vaultapp.gui.session import LockNote
from vaultapp.gui.tasks import TaskRunner

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support ")
SECRET = "the-value-of-a-small-secret-5581"


@pytest.fixture
def agent(logind: FakeLogind) -> Iterator[GuardedAgent]:
    found = GuardedAgent()
    found.wait_hears(LockTrigger.SLEEP)
    yield found
    found.close()


@pytest.fixture
def shown(agent: GuardedAgent, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[WindowOfAgent]:
    found = WindowOfAgent(agent, qtbot, qapp, tmp_path)
    yield found
    found.close()


def locked(shown: WindowOfAgent, logind: FakeLogind, qtbot: QtBot) -> LockNote:
    with qtbot.waitSignal(shown.window.lock_requested, timeout=20_000) as got:
        logind.sleep()
    note: LockNote = got.args[0]
    print(note)
    assert note.reason == "sleep"
    return note


def test_promise_18_a_text_a_dialog_and_the_clipboard_are_gone_with_the_lock(
    shown: WindowOfAgent, logind: FakeLogind, qtbot: QtBot
) -> None:
    workspace = shown.window.screens.workspace
    assert workspace is not None
    workspace.turn_to("text")
    workspace.text.plain.edit.setPlainText(SECRET)
    dialog = QDialog(shown.window)
    dialog.open()
    qtbot.waitUntil(lambda: workspace.text.isVisible() and dialog.isVisible())
    clipboard = QGuiApplication.clipboard()
    shown.window.clipboard.copy(SECRET)
    assert clipboard.text() == SECRET
    before = shown.window.grab().toImage()
    note = locked(shown, logind, qtbot)
    assert clipboard.text() == ""
    assert not dialog.isVisible()
    assert not workspace.isVisible()
    assert note.not_done == ()
    after = shown.window.grab().toImage()
    colours = {after.pixelColor(x, y).name() for x in range(0, after.width(), 3) for y in range(0, after.height(), 3)}
    print("colours of the window behind the lock:", colours)
    assert len(colours) == 1
    assert before != after


def test_promise_18_what_others_copied_stays(shown: WindowOfAgent, logind: FakeLogind, qtbot: QtBot) -> None:
    shown.window.clipboard.copy(SECRET)
    QGuiApplication.clipboard().setText("something of another program")
    locked(shown, logind, qtbot)
    assert QGuiApplication.clipboard().text() == "something of another program"


class StubbornClipboard:
    """A desktop's that lets nobody but the program in front clear it."""

    def __init__(self) -> None:
        self._text = ""

    def text(self) -> str:
        return self._text

    def setMimeData(self, data: QMimeData) -> None:
        self._text = data.text()

    def clear(self) -> None:
        return


def test_promise_18_a_clipboard_that_could_not_be_cleared_is_named(
    shown: WindowOfAgent, logind: FakeLogind, qtbot: QtBot
) -> None:
    stubborn = SecretClipboard(StubbornClipboard(), parent=shown.window)  # type: ignore[arg-type]
    shown.window.clipboard = stubborn
    stubborn.copy(SECRET)
    assert locked(shown, logind, qtbot).not_done == ("clipboard",)


def test_promise_18_work_that_waits_for_its_input_stops_in_time(
    agent: GuardedAgent, logind: FakeLogind, tmp_path: Path
) -> None:
    # A source that gives nothing: the other end of the pipe is held here.
    reading, writing = os.pipe()
    output = os.open(tmp_path / "output", os.O_WRONLY | os.O_CREAT)
    work: WorkContext[FileUpdate] = WorkContext(descriptors=(reading, output))
    request = SealRequest((Place(b"", 0),), keys=("Personal",), output=Place(b"", 1))

    def seal() -> None:
        with pytest.raises(VaultError):
            agent.files.seal(request, work)

    thread = threading.Thread(target=seal)
    thread.start()
    wait_until(lambda: agent.lock.due().held, "the work")
    logind.sleep()
    agent.wait_locked("sleep").close()
    thread.join(20)
    for descriptor in (reading, writing, output):
        os.close(descriptor)
    (event,) = agent.locking
    print(event)
    assert event.not_done == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("clipboard", "The clipboard could not be cleared."),
        ("work", "Some work did not stop in time, and was cut off."),
        ("activity", "The activity log does not tell of this lock."),
    ],
)
def test_promise_18_the_lock_screen_tells_what_could_not_be_done(
    agent: GuardedAgent, qtbot: QtBot, qapp: QApplication, code: str, words: str
) -> None:
    session = session_of(agent)
    tasks = TaskRunner()
    note = LockNote("sleep", 0, not_done=(code,))
    screen = LockScreen(Look.of(qapp, still=True), session, tasks, lambda: 0.0, note)
    qtbot.addWidget(screen)
    screen.set_slots((SlotKind.PASSPHRASE,))
    told = [bar.accessibleName() + bar.head.text() for bar in screen.notices.bars]
    print(told)
    assert any(words in text for text in told)
    assert tasks.shutdown()
