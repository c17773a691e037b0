"""Messages under the head of a page, newest at the top."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.problem_bar import ProblemBar

if TYPE_CHECKING:
    from vaultapp.core.sentences import Sentence

# The page keeps the rest, however much there is to say.
_MOST = 0.4
_LEAST = 90


class Told(NamedTuple):
    """What can be told again in another language.

    Attributes:
        kind: Of the message.
        words: Returns the sentences in the language of now.
    """

    kind: str
    words: Callable[[], Sentence]


class Notices(QScrollArea):
    """Takes no room while there is nothing to say, and scrolls where there is much. Errors stay until dismissed.

    Args:
        look: Colours and fonts.
        margin: At the left and right, in pixels.
        above: Room over them, in pixels.
    """

    def __init__(self, look: Look, margin: int = 24, above: int = 0) -> None:
        super().__init__()
        self._look = look
        self._margin = margin
        self.bars: list[MessageBar] = []
        self._told: dict[MessageBar, Told] = {}
        self._inner = QWidget()
        self._layout = QVBoxLayout(self._inner)
        self._layout.setContentsMargins(margin, above, margin, 12)
        self._layout.setSpacing(8)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._inner.installEventFilter(self)
        self.hide()

    def heightForWidth(self, width: int) -> int:
        """Return what all messages need, up to a part of the window."""
        most = max(self._look.px(_LEAST), round(self.window().height() * _MOST))
        return min(self._layout.totalHeightForWidth(width), most)

    def sizeHint(self) -> QSize:
        """Return the size at the width that there is."""
        return QSize(self._inner.sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; what is higher scrolls."""
        return QSize(self._inner.minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the messages need in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as the messages need when one of them changes."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def add(self, bar: MessageBar) -> None:
        """Show a message."""
        bar.dismissed.connect(lambda: self.remove(bar))
        self.bars.insert(0, bar)
        self._layout.insertWidget(0, bar)
        self.show()
        self.updateGeometry()
        self.verticalScrollBar().setValue(0)

    def keep_clear(self, covered: int) -> None:
        """Stand beside what covers so many pixels at the right."""
        edges = self._layout.contentsMargins()
        edges.setRight(self._margin + covered)
        self._layout.setContentsMargins(edges)
        self.updateGeometry()

    def remove(self, bar: MessageBar) -> None:
        """Take a message away."""
        if bar in self.bars:
            self.bars.remove(bar)
            self._told.pop(bar, None)
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.setVisible(bool(self.bars))
            self.updateGeometry()

    @property
    def told(self) -> tuple[Told, ...]:
        """What :meth:`tell_by` showed and nobody dismissed, oldest first."""
        return tuple(self._told[bar] for bar in reversed(self.bars) if bar in self._told)

    def tell_by(self, told: Told) -> None:
        """Show what happened, as :meth:`tell` does, so that it can be told again."""
        self._told[self.tell(told.kind, told.words())] = told

    def tell(self, kind: str, sentence: Sentence) -> MessageBar:
        """Show what happened, until it is dismissed; the same message stands there once."""
        for old in self.bars:
            if (old.head.text(), old.body.text()) == (sentence.what, sentence.rest):
                self.remove(old)
                break
        bar = ProblemBar(self._look, sentence, kind, closable=True)
        self.add(bar)
        return bar
