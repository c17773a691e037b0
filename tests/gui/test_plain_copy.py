from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.plain_copy import PlainCopy
from vaultapp.gui.tasks import TaskRunner


@dataclass
class Clipboard:
    """One that other programs share. Reading it is refused while one of them owns it: that would be waited for."""

    owned: list[bool]
    held: str = ""
    put: list[str] = field(default_factory=list)

    def ownsClipboard(self) -> bool:
        return self.owned.pop(0) if len(self.owned) > 1 else self.owned[0]

    def setText(self, text: str) -> None:
        self.held = text

    def text(self) -> str:
        assert self.owned[0], "read what another program owns"
        return self.held


def copied(clipboard: Clipboard, *, shared: bool = True) -> list[str]:
    heard: list[str] = []
    copy = PlainCopy(clipboard, shared=shared)  # type: ignore[arg-type]
    copy.put("a key id", lambda: heard.append("there"), lambda: heard.append("refused"))
    heard.append("returned")
    copy.setParent(_KEPT)
    return heard


_KEPT = QObject()


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr("vaultapp.gui.plain_copy._AGAIN_MS", 1)


def test_what_is_there_is_told_at_once() -> None:
    assert copied(Clipboard([True])) == ["there", "returned"]


def test_what_comes_a_moment_later_is_waited_for(qtbot: QtBot) -> None:
    heard = copied(Clipboard([False, False, True]))
    qtbot.waitUntil(lambda: heard == ["returned", "there"])


def test_what_another_program_took_is_not_read(qtbot: QtBot) -> None:
    heard = copied(Clipboard([False]))
    qtbot.waitUntil(lambda: heard == ["returned", "refused"])


def test_our_own_is_read_without_asking_anybody(tasks: TaskRunner) -> None:
    def asks() -> bytes | None:
        raise AssertionError("asked")

    heard: list[str] = []
    reading = ClipboardReading(Clipboard([True], "mine"), tasks, asks)  # type: ignore[arg-type]
    reading.read(_KEPT, heard.append, lambda: heard.append("unanswered"))
    assert heard == ["mine"]


def test_what_another_program_owns_is_asked_for(tasks: TaskRunner, qtbot: QtBot) -> None:
    heard: list[str] = []
    reading = ClipboardReading(Clipboard([False]), tasks, lambda: b"theirs")  # type: ignore[arg-type]
    reading.read(_KEPT, heard.append, lambda: heard.append("unanswered"))
    qtbot.waitUntil(lambda: heard == ["theirs"])
