"""All kinds of widgets that Qt has, made before they are needed."""

from __future__ import annotations

from functools import partial

from PySide6 import QtWidgets
from PySide6.QtCore import QObject

from vaultapp.gui.when_idle import WhenIdle


class WidgetKinds(QObject):
    """Makes one at a time while the window has nothing else to do.

    PySide makes a class when it is first named, and all of these at once when a widget that Qt itself made, such as
    the viewport of a list, is first asked for: 20 ms and more. Not in a worker: PySide does not guard the making of a
    class against a second thread that asks for the same one.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._idle: WhenIdle | None = None

    def make(self) -> None:
        """Begin, if that was not done yet."""
        if self._idle is None:
            self._idle = WhenIdle(self)
            for name in dir(QtWidgets):
                self._idle.add(partial(getattr, QtWidgets, name))
