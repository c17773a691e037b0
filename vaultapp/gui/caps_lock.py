"""Whether Caps Lock is on, which Qt does not tell."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_LEDS = Path("/sys/class/leds")


class CapsLock:
    """Reads the keyboard's lamp where there is one, and learns from what is typed.

    Args:
        leds: Folder of the system's lamps.
    """

    def __init__(self, leds: Path = _LEDS) -> None:
        self._leds = leds
        self.on = False

    def look(self) -> None:
        """Read the lamps; without any the last knowledge stands."""
        lamps = [lamp for path in self._leds.glob("*::capslock") if (lamp := _lit(path)) is not None]
        if lamps:
            self.on = any(lamps)

    def typed(self, event: QKeyEvent) -> None:
        """Learn from a key: a capital without Shift means Caps Lock, a small letter with Shift too."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.on = not self.on
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.on = letter.isupper() != shift


def _lit(lamp: Path) -> bool | None:
    try:
        return (lamp / "brightness").read_text(encoding="ascii").strip() != "0"
    except (OSError, UnicodeDecodeError):
        return None
