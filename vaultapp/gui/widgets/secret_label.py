"""A secret that is hidden until somebody asks to see it, and then for a short time only."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.private_edit import PrivateEdit

SHOWN_S = 30
_DOTS = "•" * 16
_HEIGHT = 40
_LINES = 8
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SecretLabel(QFrame):
    """Always sixteen dots, whatever the length. It keeps no secret but the one that is shown.

    Args:
        look: Colours and fonts.
        name: What the secret is, for screen readers.
    """

    reveal_wanted = Signal()
    copy_wanted = Signal()
    copied = Signal(object)  # str: what was selected and copied
    hidden = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setProperty("card", "sunken")
        self._name = name
        self._left = 0
        self.dots = Text(look, _DOTS, Style.MONO)
        self.edit = _Shown(look, name)
        self.edit.hide()
        self.ring = Countdown(look)
        self.ring.hide()
        self.eye = Button(look, kind="ghost", icon="eye", name=" ")
        self.copy_button = Button(look, kind="ghost", icon="copy", name=self.tr("Copy: {name}").format(name=name))
        self.setLayout(
            row(
                (self.dots, 1),
                (self.edit, 1),
                (self.ring, _MIDDLE),
                (self.eye, _MIDDLE),
                (self.copy_button, _MIDDLE),
                gap=2,
                margins=(12, 4, 5, 4),
            )
        )
        self.setMinimumHeight(look.px(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self.eye.clicked.connect(self._turn)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.edit.copied.connect(self.copied)
        self._say()

    @property
    def revealed(self) -> bool:
        """True while it can be read."""
        return not self.edit.isHidden()

    def show_secret(self, secret: str) -> None:
        """Show it for thirty seconds."""
        self.edit.setPlainText(secret)
        self.edit.fit()
        self.dots.hide()
        self.edit.show()
        self.ring.show()
        self._left = SHOWN_S
        self.ring.tell(self._left, SHOWN_S)
        self._timer.start()
        self.eye.set_busy(False)
        self._say()

    def hide_secret(self) -> None:
        """Show dots again."""
        self._timer.stop()
        self.eye.set_busy(False)
        if self.revealed:
            self.edit.clear()
            self.edit.hide()
            self.ring.hide()
            self.dots.show()
            self._say()
            self.hidden.emit()

    def _turn(self) -> None:
        if self.revealed:
            self.hide_secret()
        else:
            self.reveal_wanted.emit()

    def _tick(self) -> None:
        self._left -= 1
        self.ring.tell(self._left, SHOWN_S)
        if self._left <= 0:
            self.hide_secret()

    def _say(self) -> None:
        shown = self.revealed
        self.eye.set_icon("eye-off" if shown else "eye")
        words = self.tr("Hide: {name}") if shown else self.tr("Show for 30 seconds: {name}")
        self.eye.setAccessibleName(words.format(name=self._name))
        self.eye.setToolTip(words.format(name=self._name))
        hidden = self.tr("{name}, hidden").format(name=self._name)
        self.dots.setAccessibleName(hidden)
        self.setAccessibleName(self._name if shown else hidden)


class _Shown(PrivateEdit):
    """The secret itself, as high as it needs, up to some lines."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setProperty("flat", "1")
        self.setFont(look.font(Style.MONO))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._marks = _Marks(self.document())

    def fit(self) -> None:
        """Take the height that the text needs in this width."""
        lines = min(_LINES, max(1, int(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()


class _Marks(QSyntaxHighlighter):
    """Tells digits and signs from letters by weight: O from 0, l from 1."""

    _OTHER = re.compile(r"[^A-Za-z\s]+")

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._format = QTextCharFormat()
        self._format.setFontWeight(QFont.Weight.DemiBold)

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        for found in self._OTHER.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._format)
