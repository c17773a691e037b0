"""The place in the page that says: drop here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text

TALL = 250
SHORT = 84
_REFUSAL_MS = 8000


class DropZone(QWidget):
    """Says what dropping does, and has the same by buttons.

    Args:
        look: Colours and fonts.
    """

    choose_files = Signal()
    choose_folder = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._refused = False
        self._short: bool | None = None
        self.glyph = Glyph(look, "file-lock", 32, "accent_text", 1.5)
        self.head = Text(look, self.tr("Drop files or folders here"), Style.HEADING)
        self.line = Text(look, "", tone="secondary", wrap=True)
        self.files_button = Button(look, self.tr("Choose files…"), icon="file-plus")
        self.folder_button = Button(look, self.tr("Choose folder…"), icon="folder-plus")
        self.files_button.clicked.connect(self.choose_files)
        self.folder_button.clicked.connect(self.choose_folder)
        self.choose_button = Button(look, self.tr("Choose…"), icon="file-plus")
        self.choose_button.clicked.connect(self._open_choices)
        self._grid = QGridLayout(self)
        self._buttons = QWidget()
        self._button_row = QHBoxLayout(self._buttons)
        self._button_row.setSpacing(8)
        self._button_row.addWidget(self.files_button)
        self._button_row.addWidget(self.folder_button)
        self._button_row.addWidget(self.choose_button)
        self._sentences = ("", "")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REFUSAL_MS)
        self._rest.timeout.connect(self.calm)
        self.set_short(False)

    def set_short(self, short: bool) -> None:
        """Be one line, in a low window."""
        if short == self._short:
            return
        self._short = short
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        for at in range(7):
            grid.setRowStretch(at, 0)
            grid.setRowMinimumHeight(at, 0)
            grid.setColumnStretch(at, 0)
        (self._arrange_short if short else self._arrange_tall)()
        self.glyph.setFixedSize(*((28, 28) if short else (32, 32)))
        self.head.setFont(self._look.font(Style.STRONG if short else Style.HEADING))
        self.line.setFont(self._look.font(Style.CAPTION if short else Style.BODY))
        self.setFixedHeight(self._look.px(SHORT if short else TALL))
        self.choose_button.setVisible(short)
        self.files_button.setVisible(not short)
        self.folder_button.setVisible(not short)
        if not self._refused:
            self.calm()
        self.updateGeometry()

    @property
    def first_button(self) -> Button:
        """The button that gets the focus first."""
        return self.choose_button if self._short else self.files_button

    def say(self, sentence: str, short: str) -> None:
        """Set the line that says what happens with what is dropped, at length and in short."""
        self._sentences = (sentence, short)
        if not self._refused:
            self.calm()

    def refuse(self, sentence: str) -> None:
        """Say why a drop could not be taken, for a while."""
        self._refused = True
        self.line.setText(sentence)
        self.line.set_tone("bad")
        self.glyph.show_icon("circle-x", "bad")
        self._rest.start()
        self.update()

    def calm(self) -> None:
        """Go back to the invitation."""
        self._refused = False
        self._rest.stop()
        self.line.set_tone("secondary")
        self.glyph.show_icon("file-lock", "accent_text")
        self.line.setText(self._sentences[1 if self._short else 0])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and dashes."""
        painter = QPainter(self)
        ground, edge = ("bad_soft", "bad") if self._refused else ("surface", "control")
        rect = QRectF(self.rect())
        shapes.rounded(painter, rect, 10, self._look.colour(ground), self._look.colour(edge), 1.25, (4, 4))
        painter.end()

    def _open_choices(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon, text, chosen in (
            ("file-plus", self.tr("Choose files…"), self.choose_files),
            ("folder-plus", self.tr("Choose folder…"), self.choose_folder),
        ):
            menu.addAction(self._look.icons.icon(icon), text).triggered.connect(chosen)
        menu.popup(self.choose_button.mapToGlobal(QPoint(0, self.choose_button.height() + 2)))

    def _arrange_tall(self) -> None:
        grid = self._grid
        centre = Qt.AlignmentFlag.AlignHCenter
        grid.setContentsMargins(24, 12, 24, 12)
        grid.setVerticalSpacing(3)
        grid.setRowStretch(0, 1)
        grid.addWidget(self.glyph, 1, 0, centre)
        grid.setRowMinimumHeight(2, 8)
        grid.addWidget(self.head, 3, 0, centre)
        self.line.setAlignment(centre)
        grid.addWidget(self.line, 4, 0)
        grid.addWidget(self._buttons, 5, 0, centre)
        self._button_row.setContentsMargins(0, 12, 0, 0)
        grid.setRowStretch(6, 1)
        grid.setColumnStretch(0, 1)

    def _arrange_short(self) -> None:
        grid = self._grid
        grid.setContentsMargins(20, 10, 16, 10)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.glyph, 0, 0, 2, 1)
        grid.addWidget(self.head, 0, 1, Qt.AlignmentFlag.AlignBottom)
        self.line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.line, 1, 1)
        grid.addWidget(self._buttons, 0, 2, 2, 1)
        self._button_row.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
