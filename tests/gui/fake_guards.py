"""A guard of the clipboard whose word a test gives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vaultapp.gui.guarding.fingerprint import Fingerprint
from vaultapp.gui.guarding.outcome import Outcome


class FakeLink(QObject):
    told = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked: list[str] = []
        self.watched: tuple[Fingerprint, float] | None = None

    def watch(self, fingerprint: Fingerprint, seconds: float) -> None:
        self.watched = (fingerprint, seconds)

    def clear(self) -> None:
        self.asked.append("clear")

    def release(self) -> None:
        self.asked.append("release")

    def say(self, *outcomes: Outcome) -> None:
        for outcome in outcomes:
            self.told.emit(outcome)


class FakeGuards:
    """Its links say nothing by themselves."""

    def __init__(self, *, limited: bool = False) -> None:
        self.limited = limited
        self.links: list[FakeLink] = []

    def start(self, parent: QObject) -> FakeLink:
        self.links.append(FakeLink(parent))
        return self.links[-1]
