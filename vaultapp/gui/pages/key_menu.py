"""What can be done with one key, as a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.gui import key_words
from vaultapp.gui.key_actions import KeyActions
from vaultapp.gui.look import Look

translate = QCoreApplication.translate

Call = Callable[[], object]


class KeyMenu(QMenu):
    """The same by right click on a row and behind the panel's dots.

    Args:
        look: Colours and fonts.
        key: Whose menu.
        actions: Changes keys.
        rename: Begins to change the name.
        export: Asks, then takes the material out.
        delete: Asks, then schedules the deletion.
        copy_id: Puts the id on the clipboard.
    """

    def __init__(
        self,
        look: Look,
        key: Key,
        actions: KeyActions,
        parent: QWidget,
        *,
        rename: Call,
        export: Call,
        delete: Call,
        copy_id: Call,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        leaves = key.state is KeyState.PENDING_DELETION
        enabled = key.state is KeyState.ENABLED
        if leaves:
            self._entry("undo-2", translate("KeyMenu", "Take back"), lambda: actions.take_back(key, enable=False))
        else:
            rotate = self._entry("rotate-cw", translate("KeyMenu", "Rotate now"), lambda: actions.rotate(key))
            rotate.setEnabled(enabled and key.origin == key_words.CREATED and not actions.is_rotating(key))
            turn = translate("KeyMenu", "Disable") if enabled else translate("KeyMenu", "Enable")
            self._entry("ban" if enabled else "check", turn, lambda: actions.turn(key, on=not enabled))
        self.addSeparator()
        self._entry("pencil", translate("KeyMenu", "Rename"), rename, "F2")
        self._entry("copy", translate("KeyMenu", "Copy the id"), copy_id)
        if not leaves:
            self._entry("upload", translate("KeyMenu", "Export…"), export)
            self.addSeparator()
            self._entry("trash-2", translate("KeyMenu", "Schedule deletion…"), delete, "Del")

    def _entry(self, icon: str, text: str, call: Call, keys: str = "") -> QAction:
        action = self.addAction(self._look.icons.icon(icon), text)
        if keys:
            # Shown only: the list itself listens to these keys.
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _on=False: call())
        return action
