"""The recovery kit's sheet: on the screen, on paper, in a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter, QPen
from PySide6.QtWidgets import QWidget

from vaultapp.gui.icons import Icons
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

translate = QCoreApplication.translate

WIDTH = 372
HEIGHT = 504
_COLUMNS = 3
_ROWS = 8
_PAD = 28
_INK = QColor("#1E1C19")
_GREY = QColor("#57524A")
_PALE = QColor("#6B655C")
_EDGE = QColor("#D3CEC5")
_BOX = QColor("#F5F3EF")
_PAPER_WIDTH_MM = 150.0
_DPI = 600


@dataclass(frozen=True, slots=True)
class KitFacts:
    """What stands on the sheet: the vault's name, file name and id, the day, the words."""

    name: str
    file: str
    vault_id: str
    made: str
    words: tuple[str, ...]

    def __repr__(self) -> str:
        """Show no word."""
        return f"KitFacts({self.name!r})"


def paint_sheet(painter: QPainter, base: QFont, mono: QFont, facts: KitFacts) -> None:
    """Paint the sheet in black on white, 372 wide and 504 high from the origin: paper is paper in every theme."""
    icon = QRectF(_PAD, 24, 28, 28)
    Icons.draw_app(painter, icon)
    inner = WIDTH - 2 * _PAD
    _write(painter, base, QRectF(_PAD + 38, 22, inner - 38, 18), translate("KitSheet", "Recovery kit"), 15, 700, _INK)
    made = translate("KitSheet", "{name} · made on {date}").format(name=facts.name, date=facts.made)
    _write(painter, base, QRectF(_PAD + 38, 39, inner - 38, 16), made, 11, 400, _GREY)
    _write(
        painter,
        base,
        QRectF(_PAD, 70, inner, 16),
        translate("KitSheet", "Recovery words, in this order"),
        11,
        600,
        _GREY,
    )
    width = (inner - 2 * 8) / _COLUMNS
    for at, word in enumerate(facts.words):
        left = _PAD + at // _ROWS * (width + 8)
        top = 92 + at % _ROWS * 29
        number = QRectF(left, top, 17, 24)
        _write(painter, base, number, str(at + 1), 10, 500, _PALE, shapes.RIGHT)
        box = QRectF(left + 21, top, width - 21, 24)
        shapes.rounded(painter, box, 4, _BOX)
        _write(painter, mono, box.adjusted(6, 0, 0, 0), word, 12.5, 600, _INK)
    top = 92 + _ROWS * 29 + 8
    of_vault = ((translate("KitSheet", "Vault id"), facts.vault_id), (translate("KitSheet", "Vault file"), facts.file))
    for label, value in of_vault:
        _write(painter, base, QRectF(_PAD, top, inner, 16), label, 11, 600, _GREY)
        _write(painter, mono, QRectF(_PAD, top + 15, inner, 16), value, 11, 500, _INK)
        top += 36
    painter.setFont(_font(base, 11, 400))
    painter.setPen(_GREY)
    use = translate(
        "KitSheet",
        "These words open the vault without the passphrase. Keep the sheet where you keep a passport. To use it: "
        "Other ways to unlock, Recovery words.",
    )
    painter.drawText(QRectF(_PAD, top + 4, inner, 46), Qt.TextFlag.TextWordWrap, use)
    pen = QPen(_EDGE, 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawLine(_PAD, int(top + 58), WIDTH - _PAD, int(top + 58))
    _write(painter, base, QRectF(_PAD, top + 62, inner, 16), translate("KitSheet", "Kept at:"), 11, 400, _PALE)


def pdf_of(look: Look, facts: KitFacts) -> bytes:
    """Return the sheet as a PDF of one A4 page."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(translate("KitSheet", "Recovery kit"))
    writer.setCreator("vaultapp")
    writer.setPageLayout(page_layout())
    painter = QPainter(writer)
    print_sheet(painter, look, facts, QSizeF(writer.width(), writer.height()), _DPI)
    painter.end()
    buffer.close()
    return bytes(data.data())


def print_sheet(painter: QPainter, look: Look, facts: KitFacts, page: QSizeF, dpi: int) -> None:
    """Paint the sheet in the middle of a page, 15 cm wide."""
    scale = _PAPER_WIDTH_MM / 25.4 * dpi / WIDTH
    painter.translate((page.width() - WIDTH * scale) / 2, 0)
    painter.scale(scale, scale)
    paint_sheet(painter, look.font(Style.BODY), look.font(Style.MONO), facts)


def page_layout() -> QPageLayout:
    """Return A4 with margins that every printer can do."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(15, 20, 15, 15), QPageLayout.Unit.Millimeter)


class KitSheet(QWidget):
    """The sheet on the screen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: KitFacts | None = None
        self.setFixedSize(WIDTH + 8, HEIGHT + 8)
        self.setAccessibleName(self.tr("Recovery kit"))

    def show_facts(self, facts: KitFacts) -> None:
        """Show a kit."""
        self._facts = facts
        told = ", ".join(f"{at} {word}" for at, word in enumerate(facts.words, 1))
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper with a thin shadow, then the sheet."""
        painter = QPainter(self)
        paper = QRectF(1, 1, WIDTH, HEIGHT)
        for at in range(3):
            shapes.rounded(painter, paper.adjusted(-1, 3 + at, 1, 1 + at), 5, QColor(0, 0, 0, 9))
        shapes.rounded(painter, paper, 4, QColor("#FFFFFF"), _EDGE)
        if self._facts is not None:
            painter.translate(1, 1)
            paint_sheet(painter, self._look.font(Style.BODY), self._look.font(Style.MONO), self._facts)
        painter.end()


def _font(base: QFont, pixels: float, weight: int) -> QFont:
    # Sizes here are in the sheet's own units, which the painter's scale makes paper or screen.
    font = QFont(base)
    font.setPixelSize(round(pixels))
    font.setWeight(QFont.Weight(weight))
    return font


def _write(
    painter: QPainter,
    base: QFont,
    place: QRectF,
    text: str,
    pixels: float,
    weight: int,
    colour: QColor,
    align: Qt.AlignmentFlag = shapes.LEFT,
) -> None:
    font = _font(base, pixels, weight)
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(place.width()))
    painter.drawText(place, align, shown)
