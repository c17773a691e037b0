"""Looks at the clipboard once, or clears it, in a process that ends with that."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.gui.guarding.foreign_clipboard import ForeignClipboard
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.words import Sweep

_SETTLES_MS = 100
_LOOKS_BACK = 20
_LOOKS_AFTER = 25
_TRIES_BLIND = 8
_LOOKS_IN_DOUBT = 8
_CLEARED_IN_VAIN = 3


class _Seen(Enum):
    OURS = auto()
    NOTHING = auto()
    OTHER = auto()
    UNREADABLE = auto()


class ClipboardSweeper(QObject):
    """Does what a :class:`Sweep` says, and tells what came of it.

    After it is gone the clipboard is watched for a while: a clipboard manager gives back what the dead or the
    cleared had put there. Cleared twice in vain, a filler is put over it, because some of them keep nothing empty.
    Of one that was refused, a text that stays may be what became of it: it is neither cleared nor said to be gone.

    Args:
        clipboard: The desktop's.
        order: What is wanted.
        say: Told of every outcome that differs from the one before.
    """

    ended = Signal()

    def __init__(self, clipboard: ForeignClipboard, order: Sweep, say: Callable[[Outcome], object]) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._order = order
        self._say = say
        self._said: Outcome | None = None
        self._looks = 0
        self._unreadable = 0
        self._doubtful = 0
        self._cleared = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SETTLES_MS)
        self._timer.timeout.connect(self._sweep if order.clear else self._read_back)

    def begin(self) -> None:
        """Look at once, and then as often as is needed."""
        self._timer.start()
        self._timer.timeout.emit()

    def _read_back(self) -> None:
        self._looks += 1
        seen = self._look()
        if seen is _Seen.OURS:
            self._end(Outcome.HELD)
        elif seen is _Seen.UNREADABLE:
            self._end(Outcome.BLIND)
        elif self._looks >= _LOOKS_BACK:
            self._end(Outcome.REFUSED)

    def _sweep(self) -> None:
        self._looks += 1
        seen = self._look()
        if seen is _Seen.OURS:
            self._clear()
        elif seen is _Seen.UNREADABLE:
            self._unreadable += 1
            if self._unreadable >= _TRIES_BLIND:
                self._end(Outcome.BLIND)
        elif seen is _Seen.OTHER and self._order.refused:
            self._doubtful += 1
            if self._doubtful >= _LOOKS_IN_DOUBT:
                self._end(Outcome.KEPT)
        else:
            self._tell(Outcome.GONE)
            if self._looks >= _LOOKS_AFTER:
                self.ended.emit()

    def _clear(self) -> None:
        if self._cleared >= _CLEARED_IN_VAIN:
            self._end(Outcome.KEPT)
            return
        self._cleared += 1
        self._looks = 0
        if self._cleared < _CLEARED_IN_VAIN:
            self._clipboard.clear()
        else:
            self._clipboard.overwrite()

    def _look(self) -> _Seen:
        text = self._clipboard.read()
        if text is None:
            return _Seen.UNREADABLE
        if not text and self._order.clear:
            # Of some secrets nothing is left on a clipboard, which then is clear.
            return _Seen.NOTHING
        if self._order.fingerprint.fits(text):
            return _Seen.OURS
        return _Seen.OTHER if text else _Seen.NOTHING

    def _end(self, outcome: Outcome) -> None:
        self._timer.stop()
        self._tell(outcome)
        self.ended.emit()

    def _tell(self, outcome: Outcome) -> None:
        if outcome is not self._said:
            self._said = outcome
            self._say(outcome)
