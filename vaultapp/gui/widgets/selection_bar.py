"""What can be done with several rows, floating over the foot of their page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import row

_HEIGHT = 46
_FOOT = 24
_SIDE = 12
_SHADOW = 0.14


class SelectionBar(QFrame):
    """Stands there while two or more rows are selected.

    Args:
        look: Colours and fonts.
        over: The page.
        buttons: What can be done, the main one first.
    """

    cleared = Signal()

    def __init__(self, look: Look, over: QWidget, *buttons: Button) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("selection")
        self.count = Text(look, style=Style.STRONG)
        self.note = Text(look, style=Style.CAPTION, tone="hint")
        self.buttons = buttons
        self.clear_button = Button(look, kind="ghost", icon="x", name=self.tr("Clear the selection"))
        self.clear_button.clicked.connect(self.cleared)
        self.setLayout(row(self.count, self.note, 6, *buttons, self.clear_button, margins=(16, 7, 10, 7)))
        self.setMinimumHeight(look.px(_HEIGHT))
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(20)
        shadow.setOffset(0, 4)
        ground = QColor(look.colour("scrim"))
        ground.setAlphaF(_SHADOW)
        shadow.setColor(ground)
        self.setGraphicsEffect(shadow)
        over.installEventFilter(self)
        self.hide()

    def say(self, count: str, note: str = "") -> None:
        """Show how many are selected, and one thing more."""
        self.count.setText(count)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(count)
        self.show()
        self.raise_()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._over.width() - 2 * _SIDE
        for button in self.buttons[1:]:
            button.set_compact(False)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        if self.sizeHint().width() > room:
            # In a narrow window the icons are enough; their words are tooltips then.
            for button in self.buttons[1:]:
                button.set_compact(True)
        self.adjustSize()
        width = min(self.sizeHint().width(), room)
        self.setGeometry(
            (self._over.width() - width) // 2, self._over.height() - self.height() - _FOOT, width, self.height()
        )
