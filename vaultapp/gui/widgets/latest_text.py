"""What stands in a field, told once for all the keys that came together."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit


class LatestText(QObject):
    """Tells what is typed as soon as no further key waits: a long list is then narrowed once and not for each key.

    What is set or emptied by anything but typing is told at once.

    Args:
        field: Is typed in.
    """

    changed = Signal(str)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._typed = False
        # A timer without an interval is due only after everything that waits in the queues.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell)
        field.textEdited.connect(self._note_typing)
        field.textChanged.connect(self._note)

    def tell_now(self) -> None:
        """Wait no longer: what comes next is meant for the list as it was asked for."""
        if self._soon.isActive():
            self._tell()

    def _note_typing(self) -> None:
        self._typed = True

    def _note(self) -> None:
        typed, self._typed = self._typed, False
        if typed:
            self._soon.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        self.changed.emit(self._field.text())
