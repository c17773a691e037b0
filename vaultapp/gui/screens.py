"""Which screen stands in the window, by the state of the vault's agent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from vaultapp.contracts.vault import VaultState, VaultStatus
from vaultapp.core.clock import Clock
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose, text_of
from vaultapp.gui.drops import DropTaker
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.inspection import Inspection
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.look import Look
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.models.work_row import WorkRow
from vaultapp.gui.pages.files_page import FilesPage, FilesPageParts
from vaultapp.gui.session import Connect, LockNote, Session
from vaultapp.gui.show_in_folder import FolderShower
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.waiting import WaitingRoom
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.window_settings import WindowSettings
from vaultapp.gui.workspace import Workspace

Screen = Wizard | MissingScreen | LockScreen | Workspace


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What the window and its screens are given.

    Attributes:
        connect: Finds or starts the agents of other vaults.
        events: Of the session's agent.
        tasks: Runs calls off the window's thread.
        settings: What is remembered between starts.
        clock: Source of time.
    """

    connect: Connect
    events: AgentEvents
    tasks: TaskRunner
    settings: WindowSettings
    clock: Clock


class Screens(QObject):
    """First run, a vault that is missing, lock screen, workspace: one at a time.

    Args:
        look: Colours and fonts.
        parts: As the window was given.
        clipboard: For suggested passphrases.
        note: Why the earlier process locked; None at a start.
    """

    changed = Signal()
    lock_clicked = Signal()

    def __init__(
        self, look: Look, parts: WindowParts, clipboard: SecretClipboard, session: Session, note: LockNote | None
    ) -> None:
        super().__init__()
        self._look = look
        self._parts = parts
        self._clipboard = clipboard
        self._note = note
        self._shower = FolderShower()
        self._stack = QStackedWidget()
        self.host = PanelHost(look, self._stack)
        self.session = session
        self.shown: Screen | None = None
        self.drop_taker: DropTaker | None = None
        self._waiting = WaitingRoom(session.files, parts.tasks, parts.events, self)

    @property
    def files_page(self) -> FilesPage | None:
        """The page of an open vault."""
        return self.shown.files if isinstance(self.shown, Workspace) else None

    @property
    def notices(self) -> Notices | None:
        """Where messages stand now."""
        page = self.files_page
        if page is not None:
            return page.notices
        return self.shown.notices if isinstance(self.shown, Wizard | MissingScreen | LockScreen) else None

    def use(self, session: Session, status: VaultStatus) -> None:
        """Show a vault, as its state asks for."""
        self.session = session
        self._inspection = Inspection(self._look, self.host, session.files, self._parts.tasks)
        self._waiting.close()
        self._waiting = WaitingRoom(session.files, self._parts.tasks, self._parts.events, self)
        self._waiting.failed.connect(self.show_error)
        if status.state is VaultState.MISSING:
            self._show_missing()
        elif status.state is VaultState.UNLOCKED and status.admitted:
            self._show_workspace(status)
        else:
            self._show_lock(status)

    def open_vault(self, path: Path) -> None:
        """Turn to the vault of another file."""

        def turn() -> tuple[Session, VaultStatus]:
            session = self._parts.connect(path)
            return session, session.vault.status()

        task = self._parts.tasks.run(lambda _work: turn())
        task.succeeded.connect(lambda found: self.use(*found))
        task.failed.connect(self.show_error)

    def show_error(self, error: BaseException) -> None:
        """Say in the page what went wrong."""
        self.tell(messages.message_of(error))

    def tell(self, sentence: Sentence) -> None:
        """Say in the page that something went wrong."""
        if self.notices is not None:
            self.notices.tell("bad", sentence)

    def _show(self, screen: Screen, drop_taker: DropTaker | None = None) -> None:
        self.host.close_panel()
        old, self.shown = self.shown, screen
        self.drop_taker = drop_taker
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self.changed.emit()

    def _show_missing(self) -> None:
        if self.session.path not in self._parts.settings.recent:
            self._show_wizard()
            return
        screen = MissingScreen(self._look, self.session.path)
        screen.look_again.connect(lambda: self.open_vault(self.session.path))
        screen.open_other.connect(self._choose_vault)
        screen.make_new.connect(self._show_wizard)
        self._show(screen)

    def _show_wizard(self) -> None:
        wizard = Wizard(self._look, self.session, self._parts.connect, self._parts.tasks)
        wizard.existing_wanted.connect(self._choose_vault)
        wizard.made.connect(self.use)
        self._show(wizard)

    def _show_lock(self, status: VaultStatus) -> None:
        note = self._note
        screen = LockScreen(self._look, self.session, self._parts.tasks, self._parts.clock.monotonic, note)
        screen.take_status(status)
        screen.set_recent([path for path in self._parts.settings.recent if path != self.session.path])
        screen.unlocked.connect(self._show_workspace)
        screen.inspect_clicked.connect(self._choose_inspected)
        screen.vault_picked.connect(lambda path: self.open_vault(path) if path else self._choose_vault())
        self._show(screen, self._waiting)
        self._waiting.show_on(screen, status.waiting, note.unfinished if note else ())

    def _show_workspace(self, status: VaultStatus) -> None:
        self._note = None
        self._parts.settings.remember_vault(self.session.path)
        workspace = Workspace(
            self._look,
            status,
            FilesPageParts(
                files=self.session.files,
                keys=self.session.keys,
                suggest=self.session.vault.suggest_words,
                tasks=self._parts.tasks,
                clock=self._parts.clock,
                settings=self._parts.settings,
                clipboard=self._clipboard,
                shower=self._shower,
                vault_id=str(status.vault_id),
            ),
        )
        page = workspace.files
        workspace.lock_clicked.connect(self.lock_clicked)
        page.error_raised.connect(self.show_error)
        page.details_wanted.connect(self._show_details)
        self._parts.events.keys_changed.connect(page.refresh_keys)
        self._show(workspace, page)
        self._waiting.offer_to(page)
        page.zone.first_button.setFocus()

    def _show_details(self, what: WorkRow | bytes) -> None:
        page = self.files_page
        if page is not None:
            self._inspection.show(what, page.hue_of, page.rewrap)
        else:
            self._inspection.show(what, lambda _key: "slate", None)

    def _choose_inspected(self) -> None:
        choose(self.host, self.tr("Inspect a file"), ONE_FILE, lambda paths: self._show_details(paths[0]))

    def _choose_vault(self) -> None:
        filters = self.tr("Vaults (*.vault);;All files (*)")
        title = self.tr("Open a vault")
        choose(self.host, title, ONE_FILE, lambda paths: self.open_vault(Path(text_of(paths[0]))), filters=filters)
