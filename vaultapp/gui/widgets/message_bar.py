"""A message in the page, where it concerns what is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text

_ICONS = {"bad": "circle-x", "warn": "triangle-alert", "info": "info", "ok": "circle-check"}
_TONES = {"bad": "bad", "warn": "warn", "info": "accent_text", "ok": "ok"}


class MessageBar(QFrame):
    """What happened, and what can be done about it.

    Args:
        look: Colours and fonts.
        kind: ``bad``, ``warn``, ``info`` or ``ok``.
        head: One strong sentence.
        body: One more.
        icon: Another icon than the kind's own.
        closable: With a cross.
    """

    dismissed = Signal()

    def __init__(
        self, look: Look, kind: str, head: str, body: str = "", icon: str = "", *, closable: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("bar", kind)
        self.glyph = Glyph(look, icon or _ICONS[kind], 18, _TONES[kind])
        self.head = Text(look, head, Style.STRONG, wrap=True)
        self.body = Text(look, body, Style.BODY, "secondary", wrap=True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.head)
        words.addWidget(self.body)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 10, 12, 10)
        self._row.setSpacing(10)
        self._row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        # Not before it is laid out: a label without a parent would be shown as a window.
        self.body.setVisible(bool(body))
        self.setAccessibleName(head)
        self.setAccessibleDescription(body)
        self.buttons: list[Button] = []
        if closable:
            close = Button(look, kind="ghost", icon="x", size="sm", name=self.tr("Dismiss"))
            close.clicked.connect(self.dismissed)
            self._row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
            self.close_button: Button | None = close
        else:
            self.close_button = None

    def add_action(self, text: str, call: Callable[[], object]) -> Button:
        """Add a button."""
        button = Button(self._look, text, "bar")
        button.clicked.connect(lambda *_: call())
        at = self._row.count() - (1 if self.close_button is not None else 0)
        self._row.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        return button

    def remove_actions(self) -> None:
        """Take the buttons away."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()

    def show_kind(self, kind: str, icon: str = "") -> None:
        """Become a message of another kind."""
        set_state(self, "bar", kind)
        self.glyph.show_icon(icon or _ICONS[kind], _TONES[kind])

    def say(self, head: str, body: str = "") -> None:
        """Say something else."""
        self.head.setText(head)
        self.body.setText(body)
        self.body.setVisible(bool(body))
        self.setAccessibleName(head)
        self.setAccessibleDescription(body)
