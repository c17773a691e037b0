"""Secrets on the clipboard, for a short time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard

from vaultapp.gui.guarding.clipboard_guards import ClipboardGuards
from vaultapp.gui.guarding.fingerprint import Fingerprint, as_bytes
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.saved_settings import CLEAR_AFTER_S

if TYPE_CHECKING:
    from vaultapp.gui.guarding.guard_link import GuardLink

# KeePassXC sets it too; CopyQ and others that spare passwords look for it.
_HINT = "x-kde-passwordManagerHint"
_ANSWER_MS = 2000


class SecretClipboard(QObject):
    """Copies a secret and takes it back, if the clipboard still holds it.

    The copy is marked as a password, so that clipboard managers leave it alone. A guard in a process of its own
    reads it back, and clears it when the time is over, the window gone or the vault locked; what the window itself
    owns it clears itself. Nothing here waits for the guard, and no copy of the secret is kept here.

    Args:
        clipboard: The desktop's.
        seconds: How long a secret stays.
        guards: None where no other program sees the clipboard.

    Attributes:
        copies: How many secrets were copied so far; tells whose the running time is.
        shared: Other programs see the clipboard too.
        limited: The desktop forbids others to look at the clipboard: what a clipboard manager kept is not cleared.
    """

    left = Signal(int)  # the secret was read back: seconds until the clipboard is cleared; 0 when it was
    refused = Signal()  # the secret copied last could not be read back
    kept = Signal()  # it could not be cleared

    def __init__(
        self,
        clipboard: QClipboard,
        seconds: int = CLEAR_AFTER_S,
        parent: QObject | None = None,
        *,
        guards: ClipboardGuards | None = None,
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._guards = guards
        self.shared = guards is not None
        self.limited = guards is not None and guards.limited
        self.seconds = seconds
        self.copies = 0
        self._ours: Fingerprint | None = None
        self._held = False
        self._left = 0
        self._link: GuardLink | None = None
        # What came of the clearing, once the guard has said so.
        self._gone: bool | None = None
        self._waiting: list[Callable[[bool], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def copy(self, secret: str) -> None:
        """Put a secret on the clipboard and start its time. ``left`` or ``refused`` follow, perhaps at once."""
        if self._link is not None:
            self._link.release()
            self._link = None
        self._answer(True)
        self._ours = Fingerprint.of(secret)
        self._held = False
        self._gone = None
        self.copies += 1
        self._left = self.seconds
        if self._guards is not None:
            # Before anything is there to be guarded, so that nothing ever is without.
            self._link = self._guards.start(self)
            self._link.told.connect(self._told)
            self._link.ended.connect(self._guard_ended)
            self._link.watch(self._ours, self.seconds)
        data = QMimeData()
        data.setText(secret)
        data.setData(_HINT, b"secret")
        self._clipboard.setMimeData(data)
        self._timer.start()
        if self._link is None:
            self._told(Outcome.HELD if self._is_there() else Outcome.REFUSED)

    def holds(self, secret: str) -> bool:
        """Tell whether this secret, put there by us, was read back from the clipboard, and has time left."""
        return self._ours is not None and self._held and self._ours.fits(as_bytes(secret))

    def clear(self) -> bool:
        """Clear now what we put there; anything else stays. False when ours is known to be still there.

        What others can still read is seen by the guard, a moment later: :meth:`clear_then`.
        """
        self._timer.stop()
        gone = True
        if self._ours is not None:
            gone = self._take_back()
        self._ours = None
        self._held = False
        self._left = 0
        self.left.emit(0)
        return gone

    def clear_then(self, call: Callable[[bool], object]) -> None:
        """Clear, and call back once: true when it is gone, false when it is not, or nobody can say so in time."""
        gone = self.clear()
        if self._link is None or self._gone is not None:
            call(gone and self._gone is not False)
            return
        self._waiting.append(call)
        QTimer.singleShot(_ANSWER_MS, self, partial(self._answer, False))

    def _take_back(self) -> bool:
        if self._guards is None:
            if not self._is_there():
                return True
            self._clipboard.clear()
            return not self._is_there()
        # The window may have copied something else since, which is to stay. Its own text is waited for by nobody.
        if self._clipboard.ownsClipboard() and self._is_there():
            self._clipboard.clear()
        if self._link is not None:
            self._link.clear()
        return True

    def _is_there(self) -> bool:
        """Read it in this process; only where no other owns it, for that one would be waited for."""
        return self._ours is not None and self._ours.fits(as_bytes(self._clipboard.text()))

    def _told(self, outcome: Outcome) -> None:
        """Hear of the guard how it stands."""
        if self._ours is None:
            self._told_after(outcome)
        elif outcome is Outcome.HELD:
            self.limited = False
            self._is_held()
        elif outcome is Outcome.BLIND:
            self.limited = True
            if self._clipboard.ownsClipboard():
                self._is_held()
            else:
                self.refused.emit()
        elif outcome is Outcome.REFUSED:
            self.refused.emit()
        else:
            # Its time was over before ours, as after a sleep of this process.
            self.clear()
            self._told_after(outcome)

    def _told_after(self, outcome: Outcome) -> None:
        if outcome in (Outcome.HELD, Outcome.REFUSED):
            # It was on the way when the clearing began.
            return
        gone = outcome is Outcome.GONE or (outcome is Outcome.BLIND and self.limited)
        if not gone and not self._waiting:
            self.kept.emit()
        self._gone = gone
        self._answer(gone)

    def _is_held(self) -> None:
        self._held = True
        self.left.emit(self._left)

    def _guard_ended(self) -> None:
        self._link = None
        if self._ours is not None:
            # It was killed, or never began. What the window owns it still clears itself.
            self._told(Outcome.BLIND)
        self._answer(self.limited)

    def _answer(self, gone: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call(gone)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.clear()
        elif self._held:
            self.left.emit(self._left)
