"""Four pages to a new vault. Back always works, and nothing is written before the last step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vaultapp.contracts.vault import NewVault, VaultStatus
from vaultapp.core.errors import VaultExists
from vaultapp.core.printable import printable
from vaultapp.core.work import WorkContext
from vaultapp.gui.first_run.kit_step import KitStep
from vaultapp.gui.first_run.passphrase_step import PassphraseStep
from vaultapp.gui.first_run.place_step import PlaceStep
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.first_run.steps_list import StepsList
from vaultapp.gui.first_run.welcome_step import WelcomeStep
from vaultapp.gui.look import Look
from vaultapp.gui.session import Connect, Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import rule
from vaultapp.gui.widgets.layouts import frame, row
from vaultapp.gui.widgets.notices import Notices

FIRST_KEY = "Personal"
_STEPS_FROM = 900


class Wizard(QWidget):
    """The way to a new vault.

    Args:
        look: Colours and fonts.
        session: An agent whose vault is missing: it measures and suggests, and makes the vault at its place.
        connect: For a vault at another place; used in the last step only.
        tasks: Runs calls.
    """

    made = Signal(object, object)  # Session, VaultStatus
    existing_wanted = Signal()

    def __init__(self, look: Look, session: Session, connect: Connect, tasks: TaskRunner) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._connect_agent = connect
        self._tasks = tasks
        self._working = False
        self.notices = Notices(look, 40)
        self.welcome = WelcomeStep(look)
        self.place = PlaceStep(look, session.path)
        self.passphrase = PassphraseStep(look, session.vault, tasks)
        self.kit = KitStep(look, session.vault.suggest_words, tasks)
        self._pages: tuple[Step, ...] = (self.welcome, self.place, self.passphrase, self.kit)
        names = (self.tr("Welcome"), self.tr("Place"), self.tr("Passphrase"), self.tr("Recovery kit"))
        self.steps = StepsList(look, names)
        self.back = Button(look, self.tr("Back"))
        self.next = Button(look, self.tr("Continue"), "primary")
        self.make = Button(look, self.tr("Make the vault"), "primary")
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
            page.changed.connect(self._sync)
        foot = frame(row(self.back, None, self.next, self.make, margins=(40, 14, 32, 14)))
        foot.setMinimumHeight(look.px(30) + 29)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notices)
        right.addWidget(self._stack, 1)
        right.addWidget(rule())
        right.addWidget(foot)
        page_frame = frame(right, "page")
        right.setContentsMargins(0, 16, 0, 0)
        self.setLayout(row(self.steps, (page_frame, 1), gap=0))
        self.welcome.new_clicked.connect(lambda: self.go(1))
        self.welcome.existing_clicked.connect(self.existing_wanted)
        self.back.clicked.connect(lambda: self.go(self.step - 1))
        self.next.clicked.connect(self._continue)
        self.make.clicked.connect(self._make)
        for edit in (self.place.name, self.passphrase.pair.again, *(field.edit for field in self.kit.fields)):
            edit.returnPressed.connect(self._continue)
        self.go(0)

    @property
    def step(self) -> int:
        """The page shown, from 0."""
        return self._stack.currentIndex()

    def go(self, step: int) -> None:
        """Show a page."""
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self._pages[step].begin()
        self._sync()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of steps away in a narrow window."""
        super().resizeEvent(event)
        self.steps.setVisible(self.width() >= _STEPS_FROM)
        room = self.width() - (self.steps.width() if self.width() >= _STEPS_FROM else 0)
        self.kit.arrange(room)

    def _continue(self) -> None:
        if not self._pages[self.step].ready or self._working:
            return
        if self.step == len(self._pages) - 1:
            self._make()
        elif self.step == 1:
            self._check_place()
        else:
            self.go(self.step + 1)

    def _check_place(self) -> None:
        path = self.place.path
        task = self._tasks.run(lambda _work: path.is_symlink() or path.exists())
        task.succeeded.connect(self._place_checked)

    def _place_checked(self, taken: bool) -> None:
        if taken:
            self.place.say_taken()
            return
        self.passphrase.pair.set_known((self.place.vault_name,))
        self.kit.prepare(self.place.vault_name, printable(self.place.path.name))
        self.go(2)

    def _make(self) -> None:
        if not self.kit.ready or self._working:
            return
        path = self.place.path
        new = NewVault(
            passphrase=self.passphrase.pair.secret(),
            recovery_words=self.kit.secret_words(),
            cost=self.passphrase.cost,
            first_key=FIRST_KEY,
        )
        self._set_working(True)
        self.kit.show_problem(None)
        task = self._tasks.run(lambda work: self._create(path, new, work))
        task.succeeded.connect(lambda made: self.made.emit(*made))
        task.failed.connect(self._failed)
        task.finished.connect(lambda: self._set_working(False))

    def _create(self, path: Path, new: NewVault, work: WorkContext[None]) -> tuple[Session, VaultStatus]:
        session = self._session if path == self._session.path else self._connect_agent(path)
        return session, session.vault.create(new, work)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, VaultExists):
            self.go(1)
            self.place.say_taken()
        else:
            self.kit.show_problem(error)

    def _set_working(self, working: bool) -> None:
        self._working = working
        self.make.set_busy(working)
        self._sync()

    def _sync(self) -> None:
        step = self.step
        last = step == len(self._pages) - 1
        self.back.setVisible(step > 0)
        self.back.setEnabled(not self._working)
        self.next.setVisible(step > 0 and not last)
        self.next.setEnabled(self._pages[step].ready)
        self.make.setVisible(last)
        if not self._working:
            self.make.setEnabled(self._pages[step].ready)
