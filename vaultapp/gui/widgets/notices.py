"""Messages under the head of a page, newest at the top."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.message_bar import MessageBar


class Notices(QWidget):
    """Takes no room while there is nothing to say. Errors stay until they are dismissed.

    Args:
        look: Colours and fonts.
        margin: At the left and right, in pixels.
        above: Room over them, in pixels.
    """

    def __init__(self, look: Look, margin: int = 24, above: int = 0) -> None:
        super().__init__()
        self._look = look
        self.bars: list[MessageBar] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(margin, above, margin, 12)
        self._layout.setSpacing(8)
        self.hide()

    def add(self, bar: MessageBar) -> None:
        """Show a message."""
        bar.dismissed.connect(lambda: self.remove(bar))
        self.bars.insert(0, bar)
        self._layout.insertWidget(0, bar)
        self.show()

    def remove(self, bar: MessageBar) -> None:
        """Take a message away."""
        if bar in self.bars:
            self.bars.remove(bar)
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.setVisible(bool(self.bars))

    def tell(self, kind: str, sentence: Sentence) -> MessageBar:
        """Show what happened, until it is dismissed; the same message stands there once."""
        body = " ".join(part for part in (sentence.safe, sentence.todo) if part)
        for old in self.bars:
            if (old.head.text(), old.body.text()) == (sentence.what, body):
                self.remove(old)
                break
        bar = MessageBar(self._look, kind, sentence.what, body, closable=True)
        self.add(bar)
        return bar
