"""The keys of the main window, on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.screens import Screens

if TYPE_CHECKING:
    from vaultapp.gui.commands import Shortcut
    from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
    from vaultapp.gui.widgets.command_palette import CommandPalette
    from vaultapp.gui.workspace import Workspace


class WindowKeys(QObject):
    """Binds them, and opens the palette and the sheet that tells of them.

    Args:
        look: Colours and fonts.
        screens: What the keys work on.
        window: Has them.
        lock: Locks the vault.
    """

    def __init__(self, look: Look, screens: Screens, window: QWidget, lock: Callable[[], object]) -> None:
        super().__init__(window)
        self._look = look
        self._screens = screens
        self._window = window
        self.palette_shown: CommandPalette | None = None
        self.sheet: ShortcutsSheet | None = None
        self._lock = lock
        self._bind()

    def open_palette(self) -> None:
        """Offer everything by its name."""
        workspace = self._screens.workspace
        if workspace is not None and self.palette_shown is None:
            from vaultapp.gui.widgets.command_palette import CommandPalette

            self.palette_shown = CommandPalette(self._look, workspace.commands(), self._window)
            self.palette_shown.closed.connect(self._palette_closed)

    def close_palette(self) -> None:
        """Take the palette away."""
        if self.palette_shown is not None:
            self.palette_shown.close_palette()

    def open_sheet(self) -> None:
        """Tell of all keys."""
        from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet

        workspace = self._screens.workspace
        pages = workspace.shortcuts() if workspace is not None else ()
        self.sheet = ShortcutsSheet(self._look, [(self.tr("Everywhere"), self._told()), *pages], self._window)
        self.sheet.open()

    def jump(self) -> None:
        """Go to the next of sidebar, page, list, panel."""
        if self._screens.workspace is None:
            return
        from vaultapp.gui.widgets.side_panel import SidePanel

        areas: list[tuple[QWidget, QWidget]] = list(self._screens.workspace.areas())
        panel = self._screens.host.panel
        if isinstance(panel, SidePanel):
            areas.append((panel, panel.close_button))
        areas = [area for area in areas if area[1].isVisible()]
        now = self._window.focusWidget()
        held = [at for at, (area, _) in enumerate(areas) if now is area or (now and area.isAncestorOf(now))]
        areas[(held[-1] + 1 if held else 0) % len(areas)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _keys(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """Return what each key does: in words of now, and as a call."""
        return (
            (self.tr("Find anything"), "Ctrl+K", self.open_palette),
            (self.tr("Filter the page"), "Ctrl+F", lambda: self._in_workspace(lambda shown: shown.page.search())),
            (self.tr("New"), "Ctrl+N", lambda: self._in_workspace(lambda shown: shown.page.make_new())),
            (self.tr("Choose files"), "Ctrl+O", self._choose_files),
            (self.tr("Undo"), "Ctrl+Z", lambda: self._in_workspace(lambda shown: shown.toasts.undo())),
            (self.tr("Next area"), "F6", self.jump),
            (self.tr("Settings"), "Ctrl+,", lambda: self._turn_to(",")),
            (self.tr("Lock"), "Ctrl+L", self._lock),
            (self.tr("This sheet"), "F1", self.open_sheet),
        )

    def _bind(self) -> None:
        for number in range(1, 10):
            self._listen(f"Ctrl+{number}", partial(self._turn_to, str(number)))
        for _, keys, call in self._keys():
            self._listen(keys, call)

    def _told(self) -> tuple[Shortcut, ...]:
        """Return what the sheet tells of them."""
        from vaultapp.gui.commands import Shortcut

        return (
            Shortcut(self.tr("Pages, from the top"), self.tr("Ctrl+1, 2, …")),
            *(Shortcut(words, keys) for words, keys, _ in self._keys()),
            Shortcut(self.tr("Close the innermost"), "Esc"),
        )

    def _listen(self, keys: str, call: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(partial(self._act, call))

    def _act(self, call: Callable[[], object]) -> None:
        """Do what a key says; never beneath an open palette."""
        self.close_palette()
        call()

    def _palette_closed(self) -> None:
        self.palette_shown = None

    def _in_workspace(self, call: Callable[[Workspace], object]) -> None:
        if self._screens.workspace is not None:
            call(self._screens.workspace)

    def _turn_to(self, key: str) -> None:
        workspace = self._screens.workspace
        if workspace is not None:
            name = next((p.entry.name for p in workspace.places if p.entry.keys == f"Ctrl+{key}"), "")
            if name:
                workspace.turn_to(name)
                workspace.go_to_start()

    def _choose_files(self) -> None:
        if self._screens.files_page is not None:
            self._screens.files_page.choose_files()
