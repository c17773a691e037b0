"""Which screen stands in the window, by the state of the vault's agent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.drops import DropTaker
from vaultapp.gui.inspecting import Inspecting
from vaultapp.gui.leaving import Leaving
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.screen import Screen
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.telling import Telling
from vaultapp.gui.turning_notice import TurningNotice
from vaultapp.gui.unfinished import Unfinished
from vaultapp.gui.vault_opening import VaultOpening
from vaultapp.gui.vault_turn import VaultTurn
from vaultapp.gui.waiting import WaitingRoom
from vaultapp.gui.when_idle import WhenIdle
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultStatus
    from vaultapp.gui.covered_screen import CoveredScreen
    from vaultapp.gui.kept_pages import KeptPages
    from vaultapp.gui.models.work_row import WorkRow
    from vaultapp.gui.pages.files_page import FilesPage
    from vaultapp.gui.workspace import Workspace


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
        self._locking = locking
        self._note = note
        self._stack = QStackedWidget()
        self.host = PanelHost(look, self._stack)
        self.session = session
        self.shown: Screen | None = None
        self.drop_taker: DropTaker | None = None
        self._workspace: Workspace | None = None
        self._soon = WhenIdle(self)
        self._entering = False
        self._covered: CoveredScreen | None = None
        self._leaving = Leaving(look, self)
        self._waiting = WaitingRoom(session, parts.tasks, parts.events, self)
        self._inspecting = Inspecting(look, self.host, parts.tasks)
        self._again: Callable[[], Screen] | None = None
        self.telling = Telling(lambda: self.shown, self)
        self._opening = VaultOpening(look, parts, clipboard, locking, self.host)
        clipboard.kept.connect(self.telling.tell_kept)
        self._turn = VaultTurn(parts.connect, parts.tasks, self._leave_for_vault, self)
        self._turn.arrived.connect(self.use)
        self._turn.failed.connect(self.telling.tell_error)
        self._turning = TurningNotice(look, self._turn)
        # Not while what was clicked is at work: it is part of what goes.
        parts.languages.changed.connect(self.renew, Qt.ConnectionType.QueuedConnection)

    @property
    def files_page(self) -> FilesPage | None:
        """The page of an open vault."""
        return self.workspace.files if self.workspace is not None else None

    @property
    def workspace(self) -> Workspace | None:
        """The pages of an open vault."""
        return self._workspace if self.shown is self._workspace else None

    @property
    def opened(self) -> bool:
        """True while a vault is open, also behind the way to a new one, and while its pages are being built."""
        return self._entering or self.state is VaultState.UNLOCKED

    @property
    def vault_screen(self) -> Screen | None:
        """What tells of the vault: it is shown, or behind the way to a new one."""
        covered = self._covered
        return covered.screen if covered is not None and covered.session is self.session else self.shown

    @property
    def state(self) -> VaultState:
        """Whether the vault is open, as far as it is shown."""
        screen = self.vault_screen
        return screen.vault_state if screen is not None else VaultState.MISSING

    def use(self, session: Session, status: VaultStatus | None) -> None:
        """Show a vault, as its state asks for.

        Args:
            session: Its agent.
            status: None while that was not asked: the vault is taken for a locked one, until :meth:`confirm`.
        """
        if session is not self.session:
            self._note = None
            self.telling.begin()
            self._locking.begin()
        self._turn.stop()
        self.session = session
        self._entering = False
        self._inspecting.forget()
        left = self._waiting.names
        self._waiting.close()
        self._waiting = WaitingRoom(session, self._parts.tasks, self._parts.events, self)
        self._waiting.failed.connect(self.telling.tell_error)
        if status is None:
            self._show_lock(None)
        elif status.state is VaultState.MISSING and session.path not in self._parts.settings.recent:
            self._show_wizard(over=False)
        elif status.state is VaultState.MISSING:
            self._show_missing()
        elif status.open_here:
            self._open(status)
        else:
            self._show_lock(status)
        # The person dropped them on this window: they come along to the vault that it turns to.
        self._waiting.bring(left)

    def stop_work(self) -> Unfinished:
        """Stop file work, and return all that somebody wanted done and that is not."""
        note, page = self._note, self.files_page
        # Locked once more: what the first time left stands as it was.
        left = Unfinished(rewraps=note.rewraps, done=note.done, failed=note.failed) if note else Unfinished()
        return (page.stop_work() if page is not None else left).and_of(Unfinished(self._waiting.names))

    def confirm(self, session: Session, status: VaultStatus) -> None:
        """Take what a vault's agent says of its state, which was a guess until now."""
        screen = self.shown
        if session is not self.session or not isinstance(screen, LockScreen):
            return
        if status.state is not VaultState.MISSING and not status.open_here:
            screen.take_status(status)
            self._waiting.counted(status.waiting)
            self.changed.emit()
        elif not screen.busy:
            self.use(session, status)

    def renew(self) -> None:
        """Build what is shown anew, in the language of now. Work goes on, and what stood there stands there again.

        What is at work itself, such as a passphrase that is being tried, is left as it is: another screen follows it.
        """
        old, workspace = self.shown, self.workspace
        if self._entering and self._workspace is not None:
            self._open(self._workspace.status)
        self._leaving.withdraw()
        self._inspecting.forget()
        if workspace is not None:
            self._renew_pages(workspace)
        elif old is not None and self._again is not None and not old.busy:
            screen = self._again()
            self._stack.addWidget(screen)
            self._put(screen, self.drop_taker, old)

    def open_vault(self, path: Path) -> None:
        """Turn to the vault of another file."""
        self._turn.begin(path)

    def _show(
        self,
        screen: Screen,
        drop_taker: DropTaker | None = None,
        again: Callable[[], Screen] | None = None,
        *,
        over: bool = False,
    ) -> None:
        """Show a screen in place of the one that is shown, or over it, so that there is a way back."""
        old, covered, self._covered = self.shown, self._covered, None
        if over and old is not None:
            from vaultapp.gui.covered_screen import CoveredScreen

            self._covered = CoveredScreen(old, self.drop_taker, self.session, self._again, self._parts.languages.shown)
            old = None
        self._again = again
        self._stack.addWidget(screen)
        self._put(screen, drop_taker, old, covered.screen if covered is not None else None)

    def _put(self, screen: Screen, drop_taker: DropTaker | None, *gone: Screen | None) -> None:
        self.leaving.emit()
        self.host.close_panel()
        self._leaving.forget()
        self.shown = screen
        self.drop_taker = drop_taker
        self._stack.setCurrentWidget(screen)
        for old in gone:
            if old is not None:
                self._stack.removeWidget(old)
                if old is self._workspace:
                    self._workspace = None
                old.deleteLater()
        self._turning.show_on(screen)
        self.telling.tell_finding()
        self.changed.emit()

    def _show_missing(self) -> None:
        self._show(self._missing_screen(), again=self._missing_screen)

    def _missing_screen(self) -> Screen:
        from vaultapp.gui.missing_screen import MissingScreen

        screen = MissingScreen(self._look, self.session.path)
        screen.look_again.connect(lambda: self.open_vault(self.session.path))
        screen.open_other.connect(self._choose_vault)
        screen.make_new.connect(self._make_another)
        return screen

    def _show_wizard(self, *, over: bool) -> None:
        self._show(self._wizard(over=over), again=partial(self._wizard, over=over), over=over)

    def _wizard(self, *, over: bool) -> Screen:
        from vaultapp.gui.first_run.wizard import Wizard

        parts = self._parts
        wizard = Wizard(self._look, self.session, parts.connect, parts.tasks, self._locking, leavable=over)
        wizard.existing_wanted.connect(self._choose_vault)
        wizard.turned.connect(self._turned)
        wizard.left.connect(self._uncover)
        wizard.made.connect(self.use)
        return wizard

    def _turned(self, session: Session) -> None:
        self.session = session
        self.telling.begin()
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
        self._covered, self._again = None, covered.again
        self._put(covered.screen, covered.drop_taker, self.shown)
        covered.screen.come_back()
        if covered.language is not self._parts.languages.shown:
            self.renew()

    def _show_lock(self, status: VaultStatus | None) -> None:
        note, waiting = self._note, status.waiting if status is not None else 0
        screen = self._lock_screen(status)
        self._show(screen, self._waiting, partial(self._lock_screen_again, status))
        self._waiting.show_on(screen, waiting, note.unfinished if note else ())

    def _lock_screen(self, status: VaultStatus | None) -> LockScreen:
        screen = LockScreen(self._look, self.session, self._parts.tasks, self._parts.clock.monotonic, self._note)
        if status is not None:
            screen.take_status(status)
        screen.set_recent([path for path in self._parts.settings.recent if path != self.session.path])
        # The pages' code is loaded while the passphrase is typed: not before the first picture, nor for nobody.
        screen.touched.connect(self._opening.prepare)
        screen.unlocked.connect(self._open)
        screen.missing.connect(self._show_missing)
        screen.inspect_clicked.connect(self._choose_inspected)
        screen.vault_picked.connect(self._turn_to_vault)
        return screen

    def _lock_screen_again(self, status: VaultStatus | None) -> LockScreen:
        from msgspec import structs

        # How long there is to wait after a wrong passphrase is the agent's to say when the next one comes.
        screen = self._lock_screen(structs.replace(status, retry_after=0.0) if status is not None else None)
        self._waiting.show_again(screen)
        return screen

    def _open(self, status: VaultStatus) -> None:
        """Show the pages of an open vault, as soon as their code is loaded."""
        session = self.session

        def build() -> None:
            # Meanwhile another vault may have been turned to.
            if session is self.session:
                workspace = self._pages(status)
                # In rounds of their own: all of it together would keep the window for a tenth of a second.
                for part in (lambda: workspace.files, lambda: workspace.page, lambda: self._enter(session, workspace)):
                    self._soon.add(part)

        if self.shown is None:
            self._enter(session, self._pages(status))
        else:
            self._entering = True
            self._opening.then(build)

    def _enter(self, session: Session, workspace: Workspace) -> None:
        if workspace is not self._workspace or session is not self.session:
            if workspace is self._workspace:
                self._workspace = None
            workspace.deleteLater()
            return
        self._entering = False
        note, self._note = self._note, None
        self.telling.take_state(workspace.status.checked)
        self._show(workspace, workspace.files)
        self._parts.settings.remember_vault(self.session.path)
        if note is not None and note.rewraps:
            workspace.files.offers.offer_rewrap(note.rewraps)
        self._begin(workspace)

    def _begin(self, workspace: Workspace) -> None:
        workspace.files.details_wanted.connect(self._show_details)
        self._waiting.offer_to(workspace.files)
        workspace.page.entered()
        workspace.go_to_start()

    def _pages(self, status: VaultStatus, kept: KeptPages | None = None) -> Workspace:
        workspace = self._workspace = self._opening.build(self._stack, self.session, status, kept)
        workspace.lock_clicked.connect(self.lock_clicked)
        workspace.find_clicked.connect(self.find_clicked)
        workspace.error_raised.connect(self.telling.tell_error)
        workspace.sidebar.vault.picked.connect(self._turn_to_vault)
        workspace.sidebar.vault.new_wanted.connect(self._make_another)
        return workspace

    def _renew_pages(self, old: Workspace) -> None:
        from vaultapp.gui.kept_pages import KeptPages

        self.host.close_panel()  # what is typed in it is kept by its page
        kept = KeptPages.of(old)
        workspace = self._pages(old.status, kept)
        self._stack.addWidget(workspace)
        self._put(workspace, workspace.files, old)
        self._begin(workspace)
        kept.show_in(workspace)

    def _show_details(self, what: WorkRow | bytes) -> None:
        self._inspecting.show(what, self.session.files, self.workspace)

    def _choose_inspected(self) -> None:
        from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose

        start = self._parts.settings.folders.start("inspect")
        choose(self.host, self.tr("Inspect a file"), ONE_FILE, lambda paths: self._show_details(paths[0]), start)

    def leave(self, action: str, then: Callable[[], object], stay: Callable[[], object] = lambda: None) -> None:
        """Go on at once, or, while files are being worked on, when the person says so: see :meth:`Leaving.ask`."""
        page = self.files_page
        if page is None or not page.queue.busy:
            then()
        else:
            self._leaving.ask(page, action, then, stay)

    def _leave_for_vault(self, then: Callable[[], object], stay: Callable[[], object]) -> None:
        self.leave(self.tr("Stop and turn"), lambda: self._waiting.leave(then), stay)

    def _turn_to_vault(self, path: Path | None) -> None:
        if path is None:
            self._choose_vault()
        else:
            self.leave(self.tr("Stop and turn"), lambda: self.open_vault(path))

    def _make_another(self) -> None:
        self.leave(self.tr("Stop and go on"), lambda: self._show_wizard(over=True))

    def _choose_vault(self) -> None:
        from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose, text_of

        filters = self.tr("Vaults (*.vault);;All files (*)")
        start = self._parts.settings.folders.start("vault", self.session.path.parent)
        title = self.tr("Open a vault")
        turn = self._turn_to_vault
        choose(self.host, title, ONE_FILE, lambda paths: turn(Path(text_of(paths[0]))), start, filters=filters)
