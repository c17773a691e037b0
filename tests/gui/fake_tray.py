"""A desktop whose tray comes and goes as a test says, and a program that is only told to quit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conftest import Bench
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from vaultapp.app.window_tray import WindowTray
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.summons import Summons
from vaultapp.gui.tray.tray_desk import TrayDesk
from vaultapp.gui.tray.tray_entry import TrayEntry
from vaultapp.gui.tray.tray_host import TrayHost, TrayPlace
from vaultapp.gui.window_parts import WindowParts


class FakeEntry(TrayEntry):
    """One icon, that no panel is asked to show."""

    def __init__(self, icon: QIcon, tip: str, menu: QMenu, opened: Callable[[], object]) -> None:
        self.icon = icon
        self.tip = tip
        self.menu = menu
        self.press = opened
        self.notes: list[tuple[str, str]] = []
        self.removed = False

    def change(self, icon: QIcon, tip: str) -> None:
        self.icon, self.tip = icon, tip

    def tell(self, head: str, body: str) -> None:
        self.notes.append((head, body))

    def remove(self) -> None:
        self.removed = True


class FakeTray(TrayHost):
    """The desktop: what it tells is known when it is looked at."""

    def __init__(self, there: bool = True) -> None:
        QObject.__init__(self)
        self.there = there
        self.entries: list[FakeEntry] = []

    @property
    def place(self) -> TrayPlace | None:
        return TrayPlace.NOTIFIER if self.there else None

    def look(self) -> None:
        self.changed.emit()

    def put(self, icon: QIcon, tip: str, menu: QMenu, opened: Callable[[], object]) -> FakeEntry:
        assert self.there
        self.entries.append(FakeEntry(icon, tip, menu, opened))
        return self.entries[-1]

    @property
    def entry(self) -> FakeEntry:
        """Return the one icon that is there."""
        (found,) = [entry for entry in self.entries if not entry.removed]
        return found


class FakeApp(QObject):
    """The program."""

    commitDataRequest = Signal(object)  # noqa: N815 - as Qt has it

    def __init__(self) -> None:
        super().__init__()
        self.quits = 0
        self.ends_with_windows = True

    def setQuitOnLastWindowClosed(self, on: bool) -> None:
        self.ends_with_windows = on

    def quit(self) -> None:
        self.quits += 1


@dataclass
class InTray:
    """A window and its place in the tray."""

    bench: Bench
    window: MainWindow
    tray: WindowTray
    desk: TrayDesk
    host: FakeTray
    app: FakeApp


def in_tray(
    bench: Bench,
    state: VaultState = VaultState.UNLOCKED,
    *,
    there: bool = True,
    reading: ClipboardReading | None = None,
) -> InTray:
    window = bench.window(state)
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock, bench.languages)
    app, host = FakeApp(), FakeTray(there)
    app.setParent(window)
    tray = WindowTray(app, bench.look, window, parts, Summons(window, bench.events).come)  # type: ignore[arg-type]
    return InTray(bench, window, tray, tray.build(host, reading), host, app)
