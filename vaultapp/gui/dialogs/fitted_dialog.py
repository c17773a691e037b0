"""A dialog that is as high as its text needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class FittedDialog(QDialog):
    """Of a fixed width; sentences break, and some parts come later."""

    def event(self, event: QEvent) -> bool:
        """Be as high as the parts need."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Polish):
            layout = self.layout()
            if layout is not None:
                self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        return done
