"""The first page: a new vault, one that is there, or a copy of one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.first_run.step import Step
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.labels import Text

_HEIGHT = 76


class WayCard(QAbstractButton):
    """A large button: icon, name, sentence."""

    def __init__(self, look: Look, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._sentence = sentence
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the height of two lines and room."""
        return QSize(320, self._look.px(_HEIGHT))

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines and room."""
        more = self._sentence_height(width) - self._look.type.line(Style.CAPTION)
        return self._look.px(_HEIGHT) + max(0, more)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        shapes.rounded(painter, rect, 8, look.colour(ground), look.colour("control"))
        middle = rect.center().y()
        look.icons.draw(painter, self._icon, QRectF(20, middle - 12, 24, 24), "accent_text", 1.6)
        name = look.type.line(Style.STRONG)
        line = self._sentence_height(self.width())
        top = middle - (name + line + 3) / 2
        width = rect.width() - 76
        shapes.write(painter, look, QRectF(60, top, width, name), self.text(), Style.STRONG)
        sentence = QRectF(60, top + name + 3, width, line)
        shapes.paragraph(painter, look, sentence, self._sentence, Style.CAPTION, "text2")
        painter.end()

    def _sentence_height(self, width: int) -> int:
        return shapes.paragraph_height(self._look, self._sentence, Style.CAPTION, width - 76)


class WelcomeStep(Step):
    """Says what this is, and leads on."""

    new_clicked = Signal()
    existing_clicked = Signal()
    restore_clicked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, QCoreApplication.translate("WelcomeStep", "Keys that stay with you"))
        line = self.tr(
            "A vault is one file on this computer. It holds keys that encrypt your files, and it opens with a "
            "passphrase that only you know."
        )
        self.new = WayCard(
            look,
            "circle-plus",
            self.tr("Make a new vault"),
            self.tr("Choose a place and a passphrase. Takes two minutes."),
        )
        self.existing = WayCard(
            look,
            "folder-open",
            self.tr("Open an existing vault"),
            self.tr("A .vault file from here or from another computer."),
        )
        self.restore = WayCard(
            look,
            "history",
            self.tr("Restore a backup"),
            self.tr("A copy becomes the vault here, once it was read whole."),
        )
        self.content.addSpacing(6)
        self.content.addWidget(Text(look, line, tone="secondary", wrap=True))
        self.content.addSpacing(24)
        self.content.addWidget(self.new)
        self.content.addSpacing(12)
        self.content.addWidget(self.existing)
        self.content.addSpacing(12)
        self.content.addWidget(self.restore)
        self.new.clicked.connect(self.new_clicked)
        self.existing.clicked.connect(self.existing_clicked)
        self.restore.clicked.connect(self.restore_clicked)

    def begin(self) -> None:
        """Begin with the new vault."""
        self.new.setFocus()
