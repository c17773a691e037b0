"""A choice in its words, as a card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize

from vaultapp.gui.widgets.option_row import OptionRow

_WIDTH = 196
_ICON = 22
_PAD = 16
_PAD_DOWN = 14
_GAP = 8


class OptionCard(OptionRow):
    """An :class:`OptionRow` whose icon stands over the words, so that they have the whole width."""

    def sizeHint(self) -> QSize:
        """Return a narrow size; cards stand beside each other, and the highest one gives all their height."""
        width = self._look.px(_WIDTH)
        return QSize(width, self.heightForWidth(width))

    @property
    def _foot(self) -> int:
        return _PAD_DOWN

    def _words(self, width: int) -> QRectF:
        top = _PAD_DOWN + _ICON + _GAP
        return QRectF(_PAD, top, width - 2 * _PAD, 0)

    def _mark(self) -> QRectF:
        return QRectF(_PAD, _PAD_DOWN, _ICON, _ICON)
