"""Files that hover over the window and are dropped on it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.paths import URI_LIST, local_paths
from vaultapp.gui.when_idle import WhenIdle

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from vaultapp.gui.drop_plan import DropPlan
    from vaultapp.gui.widgets.drop_overlay import DropOverlay


class DropTaker(Protocol):
    """What the window shows now, as far as it takes files."""

    def plan_drop(self, paths: tuple[bytes, ...]) -> DropPlan:
        """Say what dropping these would do. Called at once when they begin to hover."""

    def take_drop(self, paths: tuple[bytes, ...]) -> None:
        """Take what was dropped; nothing, when it held no file of this computer."""

    def drop_gone(self) -> None:
        """What hovered has left."""


class Drops(QObject):
    """Handles the window's drag events. It is always a copy: a move would have the source delete the originals.

    Args:
        look: Colours and fonts.
        window: Under the overlay.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._overlay: DropOverlay | None = None
        self.taker: DropTaker | None = None
        self._paths: tuple[bytes, ...] = ()
        self._dropped: deque[tuple[bytes, ...]] = deque()
        self._later = WhenIdle(self)
        window.setAcceptDrops(True)

    @property
    def overlay(self) -> DropOverlay:
        """Says what will happen; made when something hovers for the first time."""
        if self._overlay is None:
            from vaultapp.gui.widgets.drop_overlay import DropOverlay

            self._overlay = DropOverlay(self._look, self._window)
        return self._overlay

    def fit(self) -> None:
        """Keep the overlay over all of the window."""
        if self._overlay is not None:
            self._overlay.setGeometry(self._window.rect())

    def enter(self, event: QDragEnterEvent) -> None:
        """Something with files began to hover."""
        own = event.source() is not None
        if self.taker is None or own or not event.mimeData().hasFormat(URI_LIST):
            event.ignore()
            return
        self._paths = local_paths(event.mimeData())
        if self._paths:
            self.overlay.tell(self.taker.plan_drop(self._paths))
        self._accept(event)

    def move(self, event: QDropEvent) -> None:
        """It moved."""
        self._accept(event)

    def leave(self) -> None:
        """It left, or the drag was stopped."""
        self._hide()
        self._paths = ()
        if self.taker is not None:
            self.taker.drop_gone()

    def drop(self, event: QDropEvent) -> None:
        """It was dropped."""
        self._hide()
        # What was told is what is done, and ten thousand addresses are not fetched from their source once more. Some
        # sources give them only now.
        paths, self._paths = self._paths or local_paths(event.mimeData()), ()
        self._accept(event)
        # In the next round: until this one ends the source waits for an answer, and the window to be painted.
        self._dropped.append(paths)
        self._later.add(self.take_dropped)

    def take_dropped(self) -> None:
        """Take at once what waits for the next round.

        Before a lock, which asks what is not done, and before another screen, which would do something else with it
        than was told.
        """
        while self._dropped:
            paths = self._dropped.popleft()
            if self.taker is not None:
                self.taker.take_drop(paths)

    def tell(self, plan: DropPlan) -> None:
        """More is known of what hovers."""
        if self._paths:
            self.overlay.tell(plan)

    def _hide(self) -> None:
        if self._overlay is not None:
            self._overlay.hide()

    @staticmethod
    def _accept(event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
