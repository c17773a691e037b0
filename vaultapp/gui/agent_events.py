"""What the agent tells of its own accord, as signals in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from vaultapp.contracts.events import Event


class AgentEvents(QObject):
    """Between a client's reader thread and the window.

    ``client.on_event(events.listener())``; a later listener silences the earlier ones, so that the end of a
    connection that was given up is not news.
    """

    unlocked = Signal()
    locking = Signal(object)  # VaultLocking
    checked = Signal(object)  # VaultChecked
    keys_changed = Signal(object)  # tuple of key ids
    credentials_changed = Signal(object)  # tuple of credential ids
    rotation_changed = Signal(object)  # RotationChanged
    waiting = Signal(object)  # tuple of paths, bytes
    waiting_counted = Signal(int)  # how many wait, for a locked window that is not told which
    wanted = Signal()  # another start of the app wants the window to be seen
    auto_lock = Signal(object)  # AutoLock
    gone = Signal()
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listening = 0
        self._arrived.connect(self._dispatch, Qt.ConnectionType.QueuedConnection)

    def listener(self) -> Callable[[Event | None], None]:
        """Return what a client calls with each event and, at the end of the connection, with None; any thread."""
        self._listening += 1
        number = self._listening
        return lambda event: self._arrived.emit(number, event)

    @Slot(int, object)
    def _dispatch(self, number: int, event: Event | None) -> None:
        if number != self._listening:
            return
        from vaultapp.contracts.credentials import CredentialsChanged
        from vaultapp.contracts.files import FilesWait, WaitingFiles
        from vaultapp.contracts.keys import KeysChanged
        from vaultapp.contracts.locking import AutoLock
        from vaultapp.contracts.rotation import RotationChanged
        from vaultapp.contracts.vault import VaultChecked, VaultLocking, VaultUnlocked

        match event:
            case None:
                self.gone.emit()
            case VaultUnlocked():
                self.unlocked.emit()
            case VaultLocking():
                self.locking.emit(event)
            case VaultChecked():
                self.checked.emit(event)
            case KeysChanged(key_ids=key_ids):
                self.keys_changed.emit(key_ids)
            case CredentialsChanged(credential_ids=credential_ids):
                self.credentials_changed.emit(credential_ids)
            case RotationChanged():
                self.rotation_changed.emit(event)
            case AutoLock():
                self.auto_lock.emit(event)
            case WaitingFiles(paths=paths, again=again):
                self.waiting.emit(paths)
                if not again:
                    self.wanted.emit()
            case FilesWait(number=waiting, again=again):
                self.waiting_counted.emit(waiting)
                if not again:
                    self.wanted.emit()
