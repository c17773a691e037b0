"""The way from a vault that was opened to its pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.preload import Preload
from vaultapp.gui.session import Session
from vaultapp.gui.widget_kinds import WidgetKinds
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultStatus
    from vaultapp.gui.kept_pages import KeptPages
    from vaultapp.gui.workspace import Workspace

# As much code again as the window needs to show the lock screen.
_CODE = (
    "vaultapp.contracts.*",
    "vaultapp.gui.widgets.*",
    "vaultapp.gui.models.*",
    "vaultapp.gui.settings.*",
    "vaultapp.gui.credentials.*",
    "vaultapp.gui.pages.*",
    "vaultapp.gui.workspace",
    "vaultapp.gui.self_locking",
)
_TURN_S = 0.001


class VaultOpening(QObject):
    """Loads the pages' code ahead of need, and builds them.

    Args:
        look: Colours and fonts.
        parts: As the window was given.
        clipboard: For secrets.
        locking: Puts copies in the vault's place.
        host: Shows side panels.
    """

    def __init__(
        self, look: Look, parts: WindowParts, clipboard: SecretClipboard, locking: Locking, host: PanelHost
    ) -> None:
        super().__init__(host)
        self._look = look
        self._parts = parts
        self._clipboard = clipboard
        self._locking = locking
        self._host = host
        self._preload = Preload(_CODE, self)
        self._kinds = WidgetKinds(self)

    def prepare(self) -> None:
        """Somebody is about to open a vault."""
        self._preload.then(self._kinds, self._kinds.make)

    def then(self, call: Callable[[], object]) -> None:
        """Call when the pages can be built: at once if their code is there."""
        self._preload.then(self, call)

    def build(self, stack: QWidget, session: Session, status: VaultStatus, kept: KeptPages | None = None) -> Workspace:
        """Build what holds the pages; each of them is built when it is asked for, or once what holds it is shown.

        Args:
            stack: What the pages are to stand in.
            session: The agent of the vault.
            status: Its state now.
            kept: Of the pages that these take the place of.
        """
        from vaultapp.gui.credentials.credential_desk import CredentialDesk
        from vaultapp.gui.credentials.credential_shelf import CredentialShelf
        from vaultapp.gui.key_shelf import KeyShelf
        from vaultapp.gui.page import PageParts
        from vaultapp.gui.self_locking import SelfLocking
        from vaultapp.gui.show_in_folder import FolderShower
        from vaultapp.gui.widgets.toast import Toasts
        from vaultapp.gui.workspace import Workspace

        # To paint a page, the window's thread asks for the interpreter a hundred times and more, and a worker that
        # makes long lists ready would keep it for five milliseconds each time.
        sys.setswitchinterval(_TURN_S)
        parts = self._parts
        settings = parts.settings
        shelf = kept.shelf if kept is not None else KeyShelf(session.keys, parts.tasks, self)
        found = kept.credentials if kept is not None else CredentialShelf(session.credentials, parts.tasks, self)
        toasts = Toasts(self._look, self._host)
        rotations = kept.rotations if kept is not None else None
        desk = CredentialDesk.of(session, found, parts.tasks, toasts, self._clipboard, rotations)
        workspace = Workspace(
            self._look,
            status,
            PageParts(
                session=session,
                shelf=shelf,
                desk=desk,
                tasks=parts.tasks,
                clock=parts.clock,
                settings=settings,
                languages=parts.languages,
                clipboard=self._clipboard,
                locking=self._locking,
                shower=FolderShower(),
                panels=self._host,
                toasts=toasts,
                vault_id=str(status.vault_id),
                autostart=parts.autostart,
            ),
            stack,
            kept.first if kept is not None else settings.page,
            kept,
        )
        toasts.stand_over(workspace.ground)
        self._host.covered.connect(toasts.keep_clear)
        for part in (shelf, found, toasts, desk.actions, desk.rotations):
            part.setParent(workspace)
        workspace.sidebar.vault.set_recent([path for path in settings.recent if path != session.path])
        workspace.turned.connect(settings.remember_page)
        if kept is None:
            parts.events.keys_changed.connect(shelf.note_changes)
            parts.events.credentials_changed.connect(found.note_changes)
            parts.events.rotation_changed.connect(found.note_rotation)
        SelfLocking(session.lock, parts.tasks, parts.events, parts.clock, workspace.sidebar)
        return workspace
