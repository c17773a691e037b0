"""What can be done from the tray."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.look import Look
from vaultapp.gui.tray.tray_images import menu_icon


class TrayMenu(QMenu):
    """The vault's name and state, and below it every deed.

    Args:
        look: Colours and fonts.
        parent: Until this goes; it need not be shown.
    """

    open_wanted = Signal()
    decrypt_wanted = Signal()
    encrypt_wanted = Signal()
    due_wanted = Signal()
    lock_wanted = Signal()
    lock_everything_wanted = Signal()
    unlock_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._state = VaultState.LOCKED
        self.head = self.addAction("vaultapp")
        self.head.setEnabled(False)
        self.addSeparator()
        self.open = self._add("app-window")
        self.addSeparator()
        self.decrypt = self._add("lock-open")
        self.encrypt = self._add("lock")
        self.addSeparator()
        self.credentials = QMenu(self)
        self.credentials.setIcon(menu_icon(look.icons, "copy"))
        self.addMenu(self.credentials)
        self.due = self._add("rotate-cw")
        self.addSeparator()
        self.lock = self._add("lock")
        self.lock_everything = self._add("lock")
        self.leave = self._add("log-out")
        self.open.triggered.connect(self.open_wanted)
        self.decrypt.triggered.connect(self.decrypt_wanted)
        self.encrypt.triggered.connect(self.encrypt_wanted)
        self.due.triggered.connect(self.due_wanted)
        self.lock.triggered.connect(self._turn_key)
        self.lock_everything.triggered.connect(self.lock_everything_wanted)
        self.leave.triggered.connect(self.quit_wanted)

    def show_state(self, told: str, state: VaultState, *, for_programs: bool = False) -> None:
        """Offer what can be done in a state.

        Args:
            told: The vault's name and state.
            state: Of the vault.
            for_programs: It is open for programs, and only the window is locked.
        """
        self._state = state
        # Said anew each time: it may be in another language now.
        self.open.setText(self.tr("Open vaultapp"))
        self.decrypt.setText(self.tr("Quick decrypt…"))
        self.encrypt.setText(self.tr("Encrypt clipboard"))
        self.credentials.setTitle(self.tr("Copy credential"))
        self.due.setText(self.tr("Rotate due credentials"))
        self.lock_everything.setText(self.tr("Lock everything"))
        self.lock_everything.setVisible(for_programs)
        self.leave.setText(self.tr("Quit"))
        there = state is not VaultState.MISSING
        opened = state is VaultState.UNLOCKED
        # What a menu takes for a mnemonic is part of a name.
        self.head.setText(told.replace("&", "&&"))
        self.lock.setText(self.tr("Lock") if opened else self.tr("Unlock…"))
        self.lock.setIcon(menu_icon(self._look.icons, "lock" if opened else "lock-open"))
        for action in (self.decrypt, self.encrypt, self.lock):
            action.setEnabled(there)
        self.credentials.setEnabled(opened)
        self.due.setEnabled(opened)

    def _turn_key(self) -> None:
        (self.lock_wanted if self._state is VaultState.UNLOCKED else self.unlock_wanted).emit()

    def _add(self, icon: str) -> QAction:
        action = self.addAction("")
        action.setIcon(menu_icon(self._look.icons, icon))
        return action
