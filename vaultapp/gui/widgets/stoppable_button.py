"""A button that shows how far its work is, and a cross beside it that stops the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.layouts import row

_RING = 30


class StoppableButton(QWidget):
    """At rest an ordinary button.

    Args:
        look: Colours and fonts.
        text: At rest.
        running: While it works; ``{percent}`` stands for how far it is.
        stop: What the cross does, for screen readers.
        kind: As a button's.
        icon: As a button's.
    """

    clicked = Signal()
    stopped = Signal()

    def __init__(self, look: Look, text: str, running: str, stop: str, kind: str = "", icon: str = "") -> None:
        super().__init__()
        self._text = text
        self._running = running
        self.button = Button(look, text, kind, icon)
        self.stop_button = Button(look, kind="ghost", icon="x", name=stop)
        self.stop_button.hide()
        self.button.clicked.connect(self.clicked)
        self.stop_button.clicked.connect(self.stopped)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(row(self.button, self.stop_button, gap=2))
        self.setFocusProxy(self.button)

    @property
    def running(self) -> bool:
        """True while it shows that its work is under way."""
        return self.button.busy

    def set_text(self, text: str) -> None:
        """Say something else at rest."""
        self._text = text
        if not self.running:
            self._say(text)

    def start(self) -> None:
        """Show that the work is under way."""
        # Wide enough for the end, so that nothing beside it moves.
        self._say(self._running.format(percent=100))
        self.button.setFixedWidth(self.button.sizeHint().width() + _RING)
        self._say(self._running.format(percent=0))
        # Beside it before it is disabled: Qt moves the focus to the next that can have it.
        self.stop_button.show()
        self.button.set_busy(True)

    def tell(self, done: int, total: int) -> None:
        """Say how far it is, where that is known."""
        if total and self.running:
            self._say(self._running.format(percent=done * 100 // total))

    def rest(self) -> None:
        """Be an ordinary button again."""
        self.button.set_busy(False)
        self.stop_button.hide()
        self._say(self._text)
        self.button.setMinimumWidth(0)
        self.button.setMaximumWidth(16777215)

    def _say(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(text)
