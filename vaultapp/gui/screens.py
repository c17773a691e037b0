"""Which screen stands in the window, by the state of the vault's agent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from vaultapp.contracts.vault import VaultChecked, VaultState, VaultStatus
from vaultapp.core.clock import Clock
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose, text_of
from vaultapp.gui.drops import DropTaker
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.inspection import Inspection
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.models.work_row import WorkRow
from vaultapp.gui.page import PageParts
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.session import Connect, LockNote, Session
from vaultapp.gui.show_in_folder import FolderShower
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.vault_finding import VaultFinding
from vaultapp.gui.vault_turn import VaultTurn
from vaultapp.gui.waiting import WaitingRoom
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.widgets.toast import Toasts
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


@dataclass(frozen=True, slots=True)
class _Covered:
    """What is shown again when the person goes back.

    Attributes:
        screen: Still alive, and kept up to date.
        drop_taker: Takes the drops there.
        session: The agent that it speaks with.
    """

    screen: Screen
    drop_taker: DropTaker | None
    session: Session


class Screens(QObject):
    """First run, a vault that is missing, lock screen, workspace: one at a time.

    Args:
        look: Colours and fonts.
        parts: As the window was given.
        clipboard: For suggested passphrases.
        locking: Puts copies in the vault's place.
        session: The agent of the vault to begin with.
        note: Why the earlier process locked; None at a start.
    """

    leaving = Signal()  # before another screen is shown
    changed = Signal()
    lock_clicked = Signal()
    find_clicked = Signal()

    def __init__(
        self,
        look: Look,
        parts: WindowParts,
        clipboard: SecretClipboard,
        locking: Locking,
        session: Session,
        note: LockNote | None,
    ) -> None:
        super().__init__()
        self._look = look
        self._parts = parts
        self._clipboard = clipboard
        self._locking = locking
        self._note = note
        self._shower = FolderShower()
        self._stack = QStackedWidget()
        self.host = PanelHost(look, self._stack)
        self.toasts = Toasts(look, self._stack)
        self.session = session
        self.shown: Screen | None = None
        self.drop_taker: DropTaker | None = None
        self._covered: _Covered | None = None
        self._leave_bar: MessageBar | None = None
        self._waiting = WaitingRoom(session.files, parts.tasks, parts.events, self)
        self._inspection = Inspection(look, self.host, session.files, parts.tasks)
        self._finding = VaultFinding()
        self._turning: tuple[Notices, MessageBar] | None = None
        self._turn = VaultTurn(parts.connect, parts.tasks, self._leave_for_vault, self)
        self._turn.arrived.connect(self.use)
        self._turn.failed.connect(self.show_error)
        self._turn.shown_changed.connect(self._say_turning)

    @property
    def files_page(self) -> FilesPage | None:
        """The page of an open vault."""
        return self.workspace.files if self.workspace is not None else None

    @property
    def workspace(self) -> Workspace | None:
        """The pages of an open vault."""
        return self.shown if isinstance(self.shown, Workspace) else None

    @property
    def opened(self) -> bool:
        """True while a vault is open, also behind the way to a new one."""
        covered = self._covered
        behind = covered is not None and covered.session is self.session and isinstance(covered.screen, Workspace)
        return behind or self.workspace is not None

    @property
    def notices(self) -> Notices | None:
        """Where messages stand now."""
        if isinstance(self.shown, Workspace):
            return self.shown.page.notices
        return self.shown.notices if isinstance(self.shown, Wizard | MissingScreen | LockScreen) else None

    def use(self, session: Session, status: VaultStatus) -> None:
        """Show a vault, as its state asks for."""
        if session is not self.session:
            self._note = None
            self._finding.begin()
            self._locking.begin()
        self._turn.stop()
        self.session = session
        self._inspection.deleteLater()
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
        self._turn.begin(path)

    def take_finding(self, checked: VaultChecked) -> None:
        """Say what the check of the whole vault found, for as long as the vault is shown."""
        self._finding.take(checked)
        self._say_finding()

    def show_error(self, error: BaseException) -> None:
        """Say in the page what went wrong."""
        self.tell(messages.message_of(error))

    def tell(self, sentence: Sentence) -> None:
        """Say in the page that something went wrong."""
        if self.notices is not None:
            self.notices.tell("bad", sentence)

    def _show(self, screen: Screen, drop_taker: DropTaker | None = None, *, over: bool = False) -> None:
        """Show a screen in place of the one that is shown, or over it, so that there is a way back."""
        old, covered, self._covered = self.shown, self._covered, None
        if over and old is not None:
            self._covered = _Covered(old, self.drop_taker, self.session)
            old = None
        self._stack.addWidget(screen)
        self._put(screen, drop_taker, old, covered.screen if covered is not None else None)

    def _put(self, screen: Screen, drop_taker: DropTaker | None, *gone: Screen | None) -> None:
        self.leaving.emit()
        self.host.close_panel()
        self.toasts.stand_over(screen.ground if isinstance(screen, Workspace) else screen)
        self._leave_bar = None
        self.shown = screen
        self.drop_taker = drop_taker
        self._stack.setCurrentWidget(screen)
        for old in gone:
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
        self._say_turning()
        self._say_finding()
        self.changed.emit()

    def _say_finding(self) -> None:
        if isinstance(self.shown, Workspace | LockScreen):
            self._finding.show_in(self.shown.notices)

    def _say_turning(self) -> None:
        """Say which vault is being turned to, while that takes time."""
        if self._turning is not None:
            notices, bar = self._turning
            notices.remove(bar)
            self._turning = None
        path = self._turn.shown
        if path is not None and self.shown is not None:
            # Above every page: it concerns the vault as a whole.
            text = self.tr("Turning to “{name}”…").format(name=printable(path.stem))
            self._turning = self.shown.notices, MessageBar(self._look, "info", text)
            self.shown.notices.add(self._turning[1])

    def _show_missing(self) -> None:
        if self.session.path not in self._parts.settings.recent:
            self._show_wizard(over=False)
            return
        screen = MissingScreen(self._look, self.session.path)
        screen.look_again.connect(lambda: self.open_vault(self.session.path))
        screen.open_other.connect(self._choose_vault)
        screen.make_new.connect(self._make_another)
        self._show(screen)

    def _show_wizard(self, *, over: bool) -> None:
        parts = self._parts
        wizard = Wizard(self._look, self.session, parts.connect, parts.tasks, self._locking, leavable=over)
        wizard.existing_wanted.connect(self._choose_vault)
        wizard.turned.connect(self._turned)
        wizard.left.connect(self._uncover)
        wizard.made.connect(self.use)
        self._show(wizard, over=over)

    def _turned(self, session: Session) -> None:
        self.session = session
        self._finding.begin()
        self._locking.begin()

    def _uncover(self) -> None:
        """Go back to what stood there before the way to a new vault."""
        covered = self._covered
        if covered is None:
            return
        if covered.session is not self.session:
            # Its agent was given up when the new vault's was asked for.
            self.open_vault(covered.session.path)
            return
        self._covered = None
        self._put(covered.screen, covered.drop_taker, self.shown)
        if isinstance(covered.screen, Workspace):
            covered.screen.sidebar.vault.setFocus()
        elif isinstance(covered.screen, MissingScreen):
            covered.screen.new.setFocus()

    def _show_lock(self, status: VaultStatus) -> None:
        note = self._note
        screen = LockScreen(self._look, self.session, self._parts.tasks, self._parts.clock.monotonic, note)
        screen.take_status(status)
        screen.set_recent([path for path in self._parts.settings.recent if path != self.session.path])
        screen.unlocked.connect(self._show_workspace)
        screen.inspect_clicked.connect(self._choose_inspected)
        screen.vault_picked.connect(self._turn_to_vault)
        self._show(screen, self._waiting)
        self._waiting.show_on(screen, status.waiting, note.unfinished if note else ())

    def _show_workspace(self, status: VaultStatus) -> None:
        self._note = None
        self._finding.take_state(status.checked)
        self._parts.settings.remember_vault(self.session.path)
        shelf = KeyShelf(self.session.keys, self._parts.tasks, self)
        workspace = Workspace(
            self._look,
            status,
            PageParts(
                session=self.session,
                shelf=shelf,
                tasks=self._parts.tasks,
                clock=self._parts.clock,
                settings=self._parts.settings,
                clipboard=self._clipboard,
                locking=self._locking,
                shower=self._shower,
                panels=self.host,
                toasts=self.toasts,
                vault_id=str(status.vault_id),
            ),
        )
        shelf.setParent(workspace)
        page = workspace.files
        workspace.lock_clicked.connect(self.lock_clicked)
        workspace.find_clicked.connect(self.find_clicked)
        workspace.error_raised.connect(self.show_error)
        switcher = workspace.sidebar.vault
        switcher.set_recent([path for path in self._parts.settings.recent if path != self.session.path])
        switcher.picked.connect(self._turn_to_vault)
        switcher.new_wanted.connect(self._make_another)
        page.details_wanted.connect(self._show_details)
        self._parts.events.keys_changed.connect(shelf.note_changes)
        self._show(workspace, page)
        self._waiting.offer_to(page)
        workspace.turn_to(self._parts.settings.page)
        workspace.page.areas()[0][1].setFocus()
        workspace.turned.connect(self._parts.settings.remember_page)

    def _show_details(self, what: WorkRow | bytes) -> None:
        workspace = self.workspace
        if workspace is not None:
            self._inspection.show(what, workspace.shelf.hue_of, workspace.files.rewrap)
        else:
            self._inspection.show(what, lambda _key: "slate", None)

    def _choose_inspected(self) -> None:
        choose(self.host, self.tr("Inspect a file"), ONE_FILE, lambda paths: self._show_details(paths[0]))

    def leave(self, action: str, then: Callable[[], object], stay: Callable[[], object] = lambda: None) -> None:
        """Go on at once, or, while files are being worked on, when the person says so.

        Args:
            action: What the button says: "Stop and close".
            then: Called once the work was told to stop. Who does it ends it cleanly, also without this window.
            stay: Called when the person does not want that.
        """
        page = self.files_page
        if page is None or not page.queue.busy:
            then()
            return
        if self._leave_bar is not None:
            page.notices.remove(self._leave_bar)

        def stop() -> None:
            page.queue.cancel_all()
            then()

        head = self.tr("Files are still being worked on.")
        body = self.tr("Going on stops that; nothing half made is left.")
        bar = MessageBar(self._look, "warn", head, body, closable=True)
        bar.add_action(action, stop)
        bar.dismissed.connect(stay)
        page.notices.add(bar)
        page.wanted.emit()
        self._leave_bar = bar

    def _leave_for_vault(self, then: Callable[[], object], stay: Callable[[], object]) -> None:
        self.leave(self.tr("Stop and turn"), then, stay)

    def _turn_to_vault(self, path: Path | None) -> None:
        if path is None:
            self._choose_vault()
        else:
            self.leave(self.tr("Stop and turn"), lambda: self.open_vault(path))

    def _make_another(self) -> None:
        self.leave(self.tr("Stop and go on"), lambda: self._show_wizard(over=True))

    def _choose_vault(self) -> None:
        filters = self.tr("Vaults (*.vault);;All files (*)")
        title = self.tr("Open a vault")
        choose(self.host, title, ONE_FILE, lambda paths: self._turn_to_vault(Path(text_of(paths[0]))), filters=filters)
