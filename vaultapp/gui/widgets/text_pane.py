"""A card that holds a text: what it is, the text, what is wrong with it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QIcon,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Badge, Glyph, Text, rule
from vaultapp.gui.widgets.layouts import Part, column, row
from vaultapp.gui.widgets.text_edit import TextEdit

_HEAD = 43
_FOOT = 52
_HEAD_GAPS = 50
_RADIUS = 8
_LEAST = 240
_ICONS = {"bad": "circle-x", "warn": "triangle-alert", "info": "info"}
_TONES = {"bad": "bad", "warn": "warn", "info": "accent_text"}


class TextPane(QFrame):
    """Shows one of the two sides. Knows who wrote what it holds: the person, or the page.

    Args:
        look: Colours and fonts.
        title: What the text is.
        hint: Shown while it is empty.
        secret: The text is one.

    Attributes:
        made: The page wrote what is there, and can write it again.
    """

    edited = Signal()  # by the person
    focused = Signal()
    pasted = Signal(object, bool)
    refused = Signal(object, bool)

    def __init__(self, look: Look, title: str, hint: str, *, secret: bool) -> None:
        super().__init__()
        self.setProperty("card", "1")
        # As wide as the other one, whatever stands in it.
        self.setMinimumWidth(look.px(_LEAST))
        self._look = look
        self._title = Text(look, title, Style.STRONG)
        self.made = False
        self._exact: str | None = None
        self._writing = False
        self.edit = TextEdit(look, title, secret=secret)
        self.edit.setPlaceholderText(hint)
        self.edit.document().setDocumentMargin(0)
        self.badge = Badge(look, "")
        self.badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.badge.hide()
        self.paste_button = Button(look, self.tr("Paste"), "ghost", "clipboard-paste")
        self.clear_button = Button(look, self.tr("Clear"), "ghost")
        self._cross = look.icons.icon("x")
        self._buttons = 0
        for button in (self.paste_button, self.clear_button):
            button.setAccessibleName(f"{button.text()}: {title}")
            button.ensurePolished()
            self._buttons += button.sizeHint().width()
        self._mark = Glyph(look, "info", 16)
        self.sentence = Text(look, style=Style.CAPTION, wrap=True)
        self.offer = Button(look, " ", "link")
        self._offered: Callable[[], object] | None = None
        self._problem = QWidget()
        self._problem.setLayout(row(self._mark, (self.sentence, 1), self.offer, margins=(14, 6, 12, 8)))
        self._problem.hide()
        self._foot = QWidget()
        self._foot.setFixedHeight(look.px(_FOOT))
        head = QWidget()
        head.setFixedHeight(look.px(_HEAD))
        head.setLayout(
            row(self._title, self.badge, None, self.paste_button, self.clear_button, margins=(14, 0, 6, 0), gap=6)
        )
        body = column(self.edit, margins=(16, 12, 4, 4))
        self.setLayout(column(head, rule(), (body, 1), self._problem, rule(), self._foot, gap=0, margins=(1, 1, 1, 1)))
        self.edit.textChanged.connect(self._changed)
        self.edit.pasted.connect(self.pasted)
        self.edit.refused.connect(self.refused)
        self.edit.installEventFilter(self)
        self.paste_button.clicked.connect(self.paste)
        self.offer.clicked.connect(self._accept)
        self._sync()

    @property
    def text(self) -> str:
        """What it holds, character for character."""
        return self.edit.exact_text() if self._exact is None else self._exact

    @property
    def empty(self) -> bool:
        """It holds nothing."""
        return self.edit.document().isEmpty()

    @property
    def free(self) -> bool:
        """Nothing is lost when something else is put here."""
        return self.made or self.empty

    def set_foot(self, *parts: Part) -> None:
        """Set what stands at the foot, at last the one action."""
        self._foot.setLayout(row(*parts, margins=(16, 0, 10, 0)))

    def put(self, text: str, *, made: bool) -> None:
        """Show a text; ``edited`` does not follow. Made: the page wrote it."""
        self._writing = True
        # This leaves nothing of the earlier text to be undone.
        self.edit.setPlainText(text)
        self._writing = False
        self.made = made and bool(text)
        self._exact = text
        self.calm()
        self._sync()

    def tell(self, kind: str, sentence: str, action: str = "", call: Callable[[], object] | None = None) -> None:
        """Say something under the text until it is changed. Kind: ``bad``, ``warn`` or ``info``."""
        self._mark.show_icon(_ICONS[kind], _TONES[kind])
        self.sentence.set_tone("bad" if kind == "bad" else "secondary")
        self.sentence.setText(sentence)
        self.offer.setText(action)
        self.offer.setAccessibleName(action)
        self.offer.setVisible(bool(action))
        self._offered = call
        self._problem.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def calm(self) -> None:
        """Say nothing under the text."""
        self._offered = None
        self.sentence.setText("")
        self._problem.hide()

    def say(self, text: str, kind: str = "ok", icon: str = "key-round") -> None:
        """Say in the head what opens or opened the text; nothing for an empty one."""
        self.badge.show_state(text, kind, icon)
        self.badge.setToolTip(text)
        self.badge.setVisible(bool(text))
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show on the card that its text has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
            if event.type() == QEvent.Type.FocusIn:
                self.focused.emit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the head to the width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edge that shows the focus over the card's own, so that nothing inside moves."""
        super().paintEvent(event)
        if self.edit.hasFocus():
            painter = QPainter(self)
            shapes.rounded(painter, QRectF(self.rect()), _RADIUS, None, self._look.colour("focus"), 2)
            painter.end()

    def _fit(self) -> None:
        """Leave the head's room to the badge where there is little."""
        badge = self.badge.sizeHint().width() + 8 if self.badge.text else 0
        compact = self.width() < self._title.sizeHint().width() + badge + self._buttons + _HEAD_GAPS
        self.paste_button.set_compact(compact)
        self.clear_button.setIcon(self._cross if compact else QIcon())
        self.clear_button.set_compact(compact)

    def _changed(self) -> None:
        if not self._writing:
            self.made = False
            self._exact = None
            self.calm()
            self._sync()
            self.edited.emit()

    def _sync(self) -> None:
        self.clear_button.setEnabled(not self.empty)

    def paste(self) -> None:
        """Put what is on the clipboard in place of what is not lost thereby, else where the cursor is."""
        data = QGuiApplication.clipboard().mimeData()
        if self.made:
            self.edit.selectAll()
        self.edit.setFocus()
        self.edit.insertFromMimeData(data)

    def _accept(self) -> None:
        call = self._offered
        self.calm()
        if call is not None:
            call()
