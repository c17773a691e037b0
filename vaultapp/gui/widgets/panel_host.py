"""A side panel beside, or in a narrow window over, what it belongs to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation

WIDTH = 360
_COVERS_BELOW = 1000
_SLIDE_MS = 160


class PanelHost(QWidget):
    """Holds the content and, when one is open, a panel at its right. Closing gives the focus back.

    Where the panel covers a part of the content, messages on it stand in the rest.

    Args:
        look: Colours and fonts.
        content: Takes the room that the panel leaves.
    """

    covered = Signal(int)  # pixels at the right of the content that are under the panel now
    set_aside = Signal(object)  # SidePanel that was closed with something unsaved in it, and belongs to who takes it

    def __init__(self, look: Look, content: QWidget) -> None:
        super().__init__()
        self._look = look
        self._content = content
        self._panel: QWidget | None = None
        self._back: QWidget | None = None
        self._shown = 0.0
        self._covers = 0
        content.setParent(self)

    @cached_property
    def _slide(self) -> QVariantAnimation:
        from PySide6.QtCore import QEasingCurve, QVariantAnimation

        slide = QVariantAnimation(self)
        slide.setDuration(_SLIDE_MS)
        slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        slide.setStartValue(0.0)
        slide.setEndValue(1.0)
        slide.valueChanged.connect(self._slid)
        return slide

    @property
    def panel(self) -> QWidget | None:
        """The open panel."""
        return self._panel

    def open_panel(self, panel: QWidget) -> None:
        """Show a panel in place of the one that is open."""
        replaced = self._panel is not None
        if self._panel is not None:
            self._let_go(self._panel)
        else:
            self._back = self.window().focusWidget()
        self._panel = panel
        panel.setParent(self)
        # Before the first picture: it would stand in the corner at its own size until the slide begins.
        self._place()
        panel.show()
        panel.raise_()
        if replaced or self._look.still:
            self._shown = 1.0
            self._place()
        else:
            self._slide.start()

    def close_panel(self) -> None:
        """Close the panel and give the focus back to where it was."""
        if self._panel is None:
            return
        self._slide.stop()
        had_focus = self._panel.isAncestorOf(self.window().focusWidget() or self._content)
        gone, self._panel = self._panel, None
        self._let_go(gone)
        self._shown = 0.0
        self._place()
        if had_focus and self._back is not None and isValid(self._back):
            self._back.setFocus()
        self._back = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place both anew."""
        super().resizeEvent(event)
        self._place()

    def _let_go(self, panel: QWidget) -> None:
        panel.hide()
        if isinstance(panel, SidePanel) and panel.unsaved:
            self.set_aside.emit(panel)
        else:
            panel.deleteLater()

    def _slid(self, shown: float) -> None:
        self._shown = shown
        self._place()

    def _place(self) -> None:
        width = min(max(WIDTH, self._look.px(WIDTH)), self.width())
        left = self.width() - round(width * self._shown)
        covers = self.window().width() < _COVERS_BELOW
        taken = 0 if covers or self._panel is None else round(width * self._shown)
        self._content.setGeometry(QRect(0, 0, self.width() - taken, self.height()))
        if self._panel is not None:
            self._panel.setGeometry(QRect(left, 0, width, self.height()))
        self._keep_clear(width if covers and self._panel is not None else 0)

    def _keep_clear(self, covers: int) -> None:
        if covers != self._covers:
            self._covers = covers
            from vaultapp.gui.widgets.notices import Notices

            for notices in self._content.findChildren(Notices):
                notices.keep_clear(covers)
            self.covered.emit(covers)
