"""The way to a vault: four pages to a new one, three back from a copy. Nothing is written before the last step."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from vaultapp.contracts.vault import KdfCost, NewVault, VaultStatus
from vaultapp.core.errors import VaultExists
from vaultapp.core.printable import printable
from vaultapp.core.refusals import refusal
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages
from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose
from vaultapp.gui.first_run.agent_of_place import AgentOfPlace
from vaultapp.gui.first_run.copy_step import CopyStep
from vaultapp.gui.first_run.kit_step import KitStep
from vaultapp.gui.first_run.passphrase_step import PassphraseStep
from vaultapp.gui.first_run.place_step import PlaceStep
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.first_run.steps_list import StepsList
from vaultapp.gui.first_run.welcome_step import WelcomeStep
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.screen import Screen
from vaultapp.gui.session import Connect, Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import rule
from vaultapp.gui.widgets.layouts import frame, row
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.wiping import wiped

translate = QCoreApplication.translate

FIRST_KEY = "Personal"
_STEPS_FROM = 900


class Wizard(Screen):
    """The way to a new vault, to one that exists, or back from a copy. Back always works.

    Args:
        look: Colours and fonts.
        session: An agent: it measures and suggests, and makes the vault where it lies at that agent's place.
        connect: For a vault at another place; used in the last step only.
        tasks: Runs calls.
        locking: Puts a copy in its place, which ends in the lock screen.
        leavable: There is something to go back to from the first page.
    """

    made = Signal(object, object)  # Session, VaultStatus
    turned = Signal(object)  # Session: the window speaks with another agent from now on
    existing_wanted = Signal()
    left = Signal()

    def __init__(
        self,
        look: Look,
        session: Session,
        connect: Connect,
        tasks: TaskRunner,
        locking: Locking,
        *,
        leavable: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._tasks = tasks
        self._locking = locking
        self._leavable = leavable
        self._working = False
        # Chosen here, because it stands on the sheet before there is a vault.
        self._vault_id = uuid4()
        self._agent = AgentOfPlace(session, connect, tasks, self)
        self._agent.turned.connect(self.turned)
        self.notices = Notices(look, 40)
        self.welcome = WelcomeStep(look)
        self.place = PlaceStep(look, session.path, translate("Wizard", "Name it and choose its place"))
        self._folders = LastFolders()
        self.passphrase = PassphraseStep(look, self._calibrate, self._suggest, tasks)
        self.kit = KitStep(look, self._suggest, tasks)
        self.target = PlaceStep(look, session.path, translate("Wizard", "Choose where it goes"))
        self.copy = CopyStep(look)
        self._to_new: tuple[Step, ...] = (self.welcome, self.place, self.passphrase, self.kit)
        self._from_copy: tuple[Step, ...] = (self.welcome, self.target, self.copy)
        self._pages: tuple[Step, ...] = self._to_new
        self.steps = StepsList(look, self._names())
        self.back = Button(look, self.tr("Back"))
        self.next = Button(look, self.tr("Continue"), "primary")
        self.make = Button(look, self.tr("Make the vault"), "primary")
        self.restore = Button(look, self.tr("Restore the copy"), "primary")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.go(0)
        for place in (self.place, self.target):
            self._propose(place, session.path)

    @property
    def busy(self) -> bool:
        """True while the vault is being made, or a copy put in its place."""
        return self._working

    @property
    def step(self) -> int:
        """The page shown, from 0."""
        return next(at for at, page in enumerate(self._pages) if page is self._stack.currentWidget())

    def go(self, step: int) -> None:
        """Show a page of the way that was taken."""
        self._stack.setCurrentWidget(self._pages[step])
        self.steps.show_step(step)
        self._pages[step].begin()
        self._sync()

    def restore_from(self, source: bytes) -> None:
        """Take the way back from a copy."""
        self._pages = self._from_copy
        self.copy.prepare(source, b"")
        self.steps.name_steps(self._names())
        self.go(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of steps away in a narrow window."""
        super().resizeEvent(event)
        self.steps.setVisible(self.width() >= _STEPS_FROM)
        room = self.width() - (self.steps.width() if self.width() >= _STEPS_FROM else 0)
        self.kit.arrange(room)

    def _build(self) -> None:
        for page in dict.fromkeys((*self._to_new, *self._from_copy)):
            self._stack.addWidget(page)
            page.changed.connect(self._sync)
        foot = frame(row(self.back, None, self.next, self.make, self.restore, margins=(40, 14, 32, 14)))
        foot.setMinimumHeight(self._look.px(30) + 29)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notices)
        right.addWidget(self._stack, 1)
        right.addWidget(rule())
        right.addWidget(foot)
        page_frame = frame(right, "page")
        right.setContentsMargins(0, 16, 0, 0)
        self.setLayout(row(self.steps, (page_frame, 1), gap=0))

    def _connect(self) -> None:
        self.welcome.new_clicked.connect(self._begin_new)
        self.welcome.existing_clicked.connect(self.existing_wanted)
        self.welcome.restore_clicked.connect(self._choose_copy)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._continue)
        self.make.clicked.connect(self._make)
        self.restore.clicked.connect(self._restore)
        words = (field.edit for field in self.kit.fields)
        for edit in (self.place.name, self.target.name, self.passphrase.pair.again, self.copy.passphrase.field, *words):
            edit.returnPressed.connect(self._continue)

    def _names(self) -> tuple[str, ...]:
        if self._pages is self._from_copy:
            return translate("Wizard", "Welcome"), translate("Wizard", "Place"), translate("Wizard", "Passphrase")
        return (
            translate("Wizard", "Welcome"),
            translate("Wizard", "Place"),
            translate("Wizard", "Passphrase"),
            translate("Wizard", "Recovery kit"),
        )

    def _calibrate(self, work: WorkContext[None]) -> KdfCost:
        return self._agent.session.vault.calibrate(work)

    def _suggest(self) -> str:
        return self._agent.session.vault.suggest_words()

    def _propose(self, place: PlaceStep, path: Path) -> None:
        """Propose a name that is not taken."""
        self._tasks.run(lambda _work: _free(path)).tell(place, done=place.propose)

    def _begin_new(self) -> None:
        self._pages = self._to_new
        self.steps.name_steps(self._names())
        self.go(1)

    def _choose_copy(self) -> None:
        filters = self.tr("Vaults (*.vault);;All files (*)")
        title = self.tr("Choose the copy")
        start = self._folders.start("copy")
        choose(self, title, ONE_FILE, lambda paths: self.restore_from(paths[0]), start, filters=filters)

    def _go_back(self) -> None:
        if self.step:
            self.go(self.step - 1)
        else:
            self.left.emit()

    def _continue(self) -> None:
        if not self._pages[self.step].ready or self._working:
            return
        page = self._pages[self.step]
        if page is self.kit:
            self._make()
        elif page is self.copy:
            self._restore()
        elif isinstance(page, PlaceStep):
            path = page.path
            task = self._tasks.run(lambda _work: _taken(path))
            task.tell(self, done=partial(self._place_checked, page), failed=partial(self._place_failed, page))
        else:
            self.go(self.step + 1)

    def _place_checked(self, place: PlaceStep, taken: bool) -> None:
        if taken:
            place.say_taken()
            return
        if place is self.target:
            self.copy.prepare(self.copy.source, os.fsencode(place.path))
        else:
            self.passphrase.pair.set_known((place.vault_name,))
            self.kit.prepare(place.vault_name, printable(place.path.name), str(self._vault_id))
        self.go(2)

    def _place_failed(self, place: PlaceStep, error: BaseException) -> None:
        place.refuse(messages.message_of(error))

    def _make(self) -> None:
        if self.kit.ready and not self._working:
            self.kit.show_problem(None)
            self._set_working(True)
            self._agent.reach(self.place.path, self._create, partial(self._failed, self.place))

    def _create(self, session: Session) -> None:
        new = NewVault(
            passphrase=self.passphrase.pair.secret(),
            recovery_words=self.kit.secret_words(),
            cost=self.passphrase.cost,
            first_key=FIRST_KEY,
            vault_id=self._vault_id,
        )

        def call(work: WorkContext[None]) -> tuple[Session, VaultStatus]:
            with wiped(new.passphrase, new.recovery_words):
                return session, session.vault.create(new, work)

        task = self._tasks.run(call)
        task.tell(self, done=lambda made: self.made.emit(*made), failed=partial(self._failed, self.place))

    def _restore(self) -> None:
        if self.copy.ready and not self._working:
            self._set_working(True)
            self._agent.reach(self.target.path, self._put_in_place, partial(self._failed, self.target))

    def _put_in_place(self, session: Session) -> None:
        # It ends in the lock, and with it in another process; until then the button shows that it is at work.
        task = self._locking.restore(session.vault, self.copy.source, self.copy.passphrase.field.secret())
        task.tell(self, failed=partial(self._failed, self.target))

    def _failed(self, place: PlaceStep, error: BaseException) -> None:
        self._set_working(False)
        if isinstance(error, VaultExists):
            self.go(1)
            place.say_taken()
        elif place is self.target:
            self.copy.refuse(error)
        else:
            self.kit.show_problem(error)

    def _set_working(self, working: bool) -> None:
        self._working = working
        self.make.set_busy(working)
        self.restore.set_busy(working)
        self._sync()

    def _sync(self) -> None:
        step = self.step
        page = self._pages[step]
        self.back.setVisible(step > 0 or self._leavable)
        self.back.setEnabled(not self._working)
        self.next.setVisible(step > 0 and page not in (self.kit, self.copy))
        self.next.setEnabled(page.ready)
        self.make.setVisible(page is self.kit)
        self.restore.setVisible(page is self.copy)
        if not self._working:
            self.make.setEnabled(page.ready)
            self.restore.setEnabled(page.ready)


def _taken(path: Path) -> bool:
    try:
        return path.is_symlink() or path.exists()
    except OSError as exc:
        raise refusal(exc, path) from exc


def _free(path: Path) -> Path:
    """Return the path, or one beside it whose name has a number, where nothing lies yet."""
    tried, number = path, 1
    while _taken(tried):
        number += 1
        tried = path.with_name(f"{path.stem} {number}{path.suffix}")
    return tried
