"""The frame of what stands in the side panel: head, sections that scroll, foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Elided, Text, rule
from vaultapp.gui.widgets.layouts import column, frame, row

_LABEL = 104
TOP = Qt.AlignmentFlag.AlignTop


class SidePanel(QFrame):
    """Scrolls by itself; Escape and the cross ask to close it.

    Args:
        look: Colours and fonts.
        mark: Plate or icon at the head, 36 pixels.
        title: The name of what is shown.
        subtitle: Under it.
        name: For screen readers.
        more: Give the head a button for a menu.
        under: Of the subtitle.
    """

    closed = Signal()
    settled = Signal()  # what was typed is saved or given up

    def __init__(
        self,
        look: Look,
        mark: QWidget,
        title: str,
        subtitle: str,
        name: str,
        *,
        more: bool = False,
        under: Style = Style.IDENTIFIER,
    ) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("panel")
        self.setAccessibleName(name)
        self.title = Elided(look, title, Style.HEADING)
        # Of an address the end tells most, of a sentence the beginning.
        elide = Qt.TextElideMode.ElideMiddle if under is Style.IDENTIFIER else Qt.TextElideMode.ElideRight
        self.subtitle = Elided(look, subtitle, under, "hint", elide)
        self.close_button = Button(look, kind="ghost", icon="x", name=self.tr("Close the panel"))
        self.close_button.clicked.connect(self.closed)
        self.more_button = Button(look, kind="ghost", icon="ellipsis", name=self.tr("More actions")) if more else None
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._body.setContentsMargins(20, 16, 12, 16)
        words = column(self.title, self.subtitle, gap=1)
        buttons = ((self.more_button, TOP),) if self.more_button is not None else ()
        self._body.addLayout(row((mark, TOP), (words, 1), *buttons, (self.close_button, TOP), gap=10))
        self._body.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll bar that appears would narrow the panel: its room is kept.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_thumb)
        self._show_thumb()
        self._foot: QFrame | None = None
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(1, 0, 0, 0)
        self._page.setSpacing(0)
        self._page.addWidget(self._scroll, 1)

    @property
    def unsaved(self) -> str:
        """A sentence that says what is typed here and not saved yet; empty where nothing would be lost."""
        return ""

    def take_focus(self) -> None:
        """Give the focus to what a person uses first."""
        self.close_button.setFocus()

    def show_top(self) -> None:
        """Scroll to the top."""
        self._scroll.verticalScrollBar().setValue(0)

    def add(self, part: QWidget | QLayout, above: int = 8) -> None:
        """Add a part at the end, with a gap above it."""
        at = self._body.count() - 1
        self._body.insertSpacing(at, above)
        if isinstance(part, QLayout):
            self._body.insertLayout(at + 1, part)
        else:
            self._body.insertWidget(at + 1, part)

    def add_section(self, title: str, note: str = "", control: QWidget | None = None) -> None:
        """Begin a section: a hairline, a title, and at the right a note or a control."""
        self.add(rule(), above=18)
        right = control or Text(self.look, note, Style.CAPTION, "hint")
        self.add(row(Text(self.look, title, Style.STRONG), None, right), above=14)

    def add_pair(self, label: str, value: str, style: Style = Style.BODY, above: int = 8) -> None:
        """Add a name and its value, which can be selected."""
        text = Text(self.look, value, style, wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.add_labelled(label, text, above)

    def add_labelled(self, label: str, part: QWidget | QLayout, above: int = 8) -> None:
        """Add a name and what stands beside it."""
        name = Text(self.look, label, tone="secondary", wrap=True)
        name.setFixedWidth(_LABEL)
        self.add(row((name, TOP), (part, 1)), above)

    def set_foot(self, *parts: QWidget, last: QWidget | None = None) -> QFrame:
        """Put buttons under the scrolled part, and return their frame. Last: stands at the right."""
        right = (last,) if last is not None else ()
        inner = frame(row(*parts, None, *right, margins=(20, 10, 20, 10)))
        self._foot = frame(column(rule(), inner, gap=0))
        self._page.addWidget(self._foot)
        return self._foot

    def _show_thumb(self) -> None:
        """Show no thumb where there is nothing to scroll."""
        bar = self._scroll.verticalScrollBar()
        set_state(bar, "still", "" if bar.maximum() > bar.minimum() else "1")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
