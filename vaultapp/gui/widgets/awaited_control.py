"""The focus for a control that cannot be used yet, because an answer is on its way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class AwaitedControl(QObject):
    """Gives the focus to a control at once, or as soon as it can be used, unless the person went elsewhere since."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._control: QWidget | None = None
        self._meanwhile: QWidget | None = None

    def go_to(self, controls: Sequence[QWidget], meanwhile: QWidget) -> None:
        """Give the focus to the first control.

        Args:
            controls: Those of one line; of none that can be used the first is waited for.
            meanwhile: Has the focus until then.
        """
        self._let_go()
        ready = next((control for control in controls if control.isEnabled()), None)
        (ready or meanwhile).setFocus(Qt.FocusReason.ShortcutFocusReason)
        if ready is None and controls:
            self._control, self._meanwhile = controls[0], meanwhile
            self._control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take notice that the control can be used."""
        control = self._control
        if control is None or watched is not control or event.type() != QEvent.Type.EnabledChange:
            return False
        if control.isEnabled():
            if self._meanwhile is not None and self._meanwhile.hasFocus():
                control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._let_go()
        return False

    def _let_go(self) -> None:
        if self._control is not None:
            self._control.removeEventFilter(self)
            self._control = None
