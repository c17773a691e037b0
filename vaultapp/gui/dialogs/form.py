"""The frame of a small window that asks for something."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from vaultapp.gui.dialogs.fitted_dialog import FittedDialog
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button, dialog_button
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import row

_WIDTH = 460


class Form(FittedDialog):
    """A heading, parts below it, and two buttons at the foot. It is opened, never run.

    Args:
        look: Colours and fonts.
        title: Of the window, and its heading.
        go: What the main button says.
        kind: Of the main button: ``primary`` or ``danger``.
    """

    def __init__(self, look: Look, title: str, go: str, parent: QWidget, kind: str = "primary") -> None:
        super().__init__(parent.window())
        self.look = look
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = Text(look, title, Style.HEADING, wrap=True)
        # The harmless one is what Enter presses where the other cannot be taken back.
        self.go_button = dialog_button(look, go, kind, default=kind == "primary")
        self.cancel_button: Button = dialog_button(look, self.tr("Cancel"), default=kind != "primary")
        self.cancel_button.clicked.connect(self.reject)
        self._ring = FocusRing(look, self)
        # A widget of its own, so that screen readers meet what is in it before the buttons.
        parts = QWidget()
        self._body = QVBoxLayout(parts)
        self._body.setSpacing(0)
        self._body.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(parts)
        layout.addSpacing(20)
        layout.addLayout(row(None, self.cancel_button, self.go_button))
        self.setFixedWidth(look.px(_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        self._ring.watch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the usual button by Enter. Where that would be Cancel, Enter in a field leads to the other one."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.cancel_button.isDefault() and isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            self.go_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def stand_in_the_middle(self) -> None:
        """Stand over the middle of the window again, after growing by much: Qt does that once, when it is opened."""
        parent, layout = self.parentWidget(), self.layout()
        if parent is not None and layout is not None and self.isVisible():
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
            place = self.frameGeometry()
            place.moveCenter(parent.frameGeometry().center())
            self.move(place.topLeft())

    def add(self, part: QWidget | QLayout, above: int = 12) -> None:
        """Add a part below the others."""
        self._body.addSpacing(above)
        if isinstance(part, QLayout):
            self._body.addLayout(part)
        else:
            self._body.addWidget(part)

    def add_field(self, label: str, field: QWidget, above: int = 14) -> None:
        """Add a field under its label."""
        self.add(Text(self.look, label, Style.MEDIUM), above)
        self.add(field, 5)
