"""What is shown over the whole window while files hover."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vaultapp.gui import joining
from vaultapp.gui.drop_plan import DropPlan
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import key_cap, shapes

_FADE_MS = 120
_INSET = 14
_PAPER = QRectF(-28, -35, 56, 70)
_FAN = {1: ((0, 0),), 2: ((-22, -6), (22, 6)), 3: ((-42, -9), (42, 9), (0, 0))}


class DropOverlay(QWidget):
    """Covers the page while files hover and says what dropping them does.

    The mouse and the drag go through it, to the window.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._plan: DropPlan | None = None
        self.opacity = 1.0  # of what it says
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(self._fade_to)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def tell(self, plan: DropPlan) -> None:
        """Show the overlay, or change what it says."""
        self._plan = plan
        words = list(plan.sentences)
        words[0] = f"{words[0]} {plan.key_name}".strip()
        self.setAccessibleName(joining.phrases(words))
        said = (plan.names, plan.refused, plan.where, plan.originals)
        self.setAccessibleDescription(joining.phrases(said))
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        if not self.isVisible():
            if not self._look.still:
                self.opacity = 0.0
                self._fade.start()
            self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it: opaque from the first, because the page below would look like dirt."""
        plan = self._plan
        if plan is None:
            return
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("window"))
        painter.setOpacity(self.opacity)
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        ground = QColor(look.colour("accent_soft"))
        ground.setAlphaF(0.55)
        shapes.rounded(painter, frame, 14, ground, look.colour("accent"), 2, (5, 4))
        centre = frame.center().x()
        line = look.type.line(Style.DISPLAY) + 8
        top = frame.center().y() - 128 - (len(plan.sentences) - 1) * line / 2
        self._papers(painter, QPointF(centre, top + 34), plan)
        top += 110
        for at, sentence in enumerate(plan.sentences):
            key = plan.key_name if at == 0 else ""
            self._sentence(painter, QRectF(frame.left() + 24, top, frame.width() - 48, line), sentence, key, plan.hue)
            top += line
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        names = QRectF(frame.left() + 24, top + 2, frame.width() - 48, 24)
        shapes.write(painter, look, names, plan.names, Style.BODY, "text2", middle, Qt.TextElideMode.ElideMiddle)
        if plan.refused:
            top += 26
            self._facts(painter, centre, top + 4, (("circle-alert", plan.refused),), "warn")
        facts = tuple((icon, text) for icon, text in (("folder", plan.where), ("shield-check", plan.originals)) if text)
        self._facts(painter, centre, top + 36, facts)
        self._escape(painter, centre, top + 88)
        painter.end()

    def _fade_to(self, opacity: float) -> None:
        self.opacity = opacity
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Be whole when it comes back at once."""
        super().hideEvent(event)
        self._fade.stop()
        self._fade_to(1.0)

    def _papers(self, painter: QPainter, middle: QPointF, plan: DropPlan) -> None:
        look = self._look
        for (x, angle), name in zip(_FAN[max(1, len(plan.icons))], plan.icons, strict=False):
            painter.save()
            painter.translate(middle + QPointF(x, 0))
            painter.rotate(angle)
            shapes.rounded(painter, _PAPER.translated(0, 3), 8, QColor(0, 0, 0, 18))
            shapes.rounded(painter, _PAPER, 8, look.colour("raised"), look.colour("line2"))
            look.icons.draw(painter, name, QRectF(-13, -13, 26, 26), "text2", 1.5)
            painter.restore()
        seal = QRectF(middle.x() - 16, middle.y() + 24, 32, 32)
        shapes.rounded(painter, seal, 16, look.colour("accent"))
        mark = "ban" if not (plan.where or plan.originals) else "lock-open" if plan.decrypts_only else "lock"
        look.icons.draw(painter, mark, seal.adjusted(8, 8, -8, -8), "on_accent", 2.2)

    def _sentence(self, painter: QPainter, place: QRectF, text: str, key: str, hue: str) -> None:
        look = self._look
        metrics = look.type.metrics(Style.DISPLAY)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        if not key:
            shapes.write(painter, look, place, text, Style.DISPLAY, align=middle)
            return
        before = metrics.horizontalAdvance(text)
        room = place.width() - before - 50
        name = metrics.elidedText(key, Qt.TextElideMode.ElideMiddle, int(room))
        left = place.center().x() - (before + 50 + metrics.horizontalAdvance(name)) / 2
        shapes.write(painter, look, QRectF(left, place.top(), before + 4, place.height()), text, Style.DISPLAY)
        shapes.plate(painter, look, QRectF(left + before + 12, place.center().y() - 14, 28, 28), key, hue)
        rest = QRectF(left + before + 50, place.top(), room + 4, place.height())
        shapes.write(painter, look, rest, name, Style.DISPLAY)

    def _facts(
        self, painter: QPainter, centre: float, top: float, facts: tuple[tuple[str, str], ...], tone: str = "text2"
    ) -> None:
        look = self._look
        high = look.px(20)
        widths = [look.type.metrics(Style.BODY).horizontalAdvance(text) + 24 for _, text in facts]
        left = centre - (sum(widths) + 28) / 2
        for (name, text), width in zip(facts, widths, strict=True):
            look.icons.draw(painter, name, QRectF(left, top + high / 2 - 8, 16, 16), tone)
            shapes.write(painter, look, QRectF(left + 22, top, width, high), text, Style.BODY, tone)
            left += width + 28

    def _escape(self, painter: QPainter, centre: float, top: float) -> None:
        look = self._look
        cap, text = self.tr("Esc"), self.tr("stop the drag")
        high = look.px(20)
        wide = key_cap.width_of(look, cap)
        width = look.type.metrics(Style.CAPTION).horizontalAdvance(text)
        left = centre - (wide + 8 + width) / 2
        key_cap.draw(painter, look, QRectF(left, top, wide, high), cap)
        shapes.write(painter, look, QRectF(left + wide + 8, top, width + 4, high), text, Style.CAPTION, "text2")
