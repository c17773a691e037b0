"""The passphrase that opens the vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.errors import TooManyAttempts, VaultError, VaultMissing, VaultOlder, WrongPassphrase
from vaultapp.core.work import WorkContext
from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.look import Look
from vaultapp.gui.session import Session
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.wiping import wiped

if TYPE_CHECKING:
    from vaultapp.contracts.vault import VaultStatus
    from vaultapp.gui.widgets.problem_bar import ProblemBar

_TICK_MS = 200


class UnlockForm(QWidget):
    """Field, what went wrong under it, and the button; the derivation runs elsewhere.

    A wrong passphrase says so under the field, which keeps the focus. The agent makes each further try wait
    longer: the button stays off for as long and comes back by itself.

    Args:
        look: Colours and fonts.
        session: Its vault opens; that blocks for a second.
        tasks: Runs the call.
        now: A monotonic clock, in seconds.
    """

    unlocked = Signal(object)  # VaultStatus
    missing = Signal()  # the vault's file is gone

    def __init__(self, look: Look, session: Session, tasks: TaskRunner, now: Callable[[], float]) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._tasks = tasks
        self._now = now
        self._until = 0.0
        self._why = ""
        self._running = False
        self.field = PassphraseField(look, self.tr("Passphrase"), self.tr("Passphrase"), CapsLock())
        self.button = Button(look, self.tr("Unlock"), "primary", size="lg").wide()
        self.under = FieldNote(look, " ")
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._count_down)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.field)
        self._layout.addSpacing(6)
        self._layout.addWidget(self.under)
        self._layout.addSpacing(12)
        self._layout.addWidget(self.button)
        self.button.clicked.connect(self.unlock)
        self.field.returnPressed.connect(self.unlock)
        self.field.textEdited.connect(self._edited)
        self.field.caps_lock_changed.connect(lambda _on: self._say())
        self._say()

    @cached_property
    def problem(self) -> ProblemBar:
        """Under the button: what went wrong other than the passphrase. Seldom built."""
        from vaultapp.gui.widgets.problem_bar import ProblemBar

        made = ProblemBar(self._look)
        self._layout.addWidget(made)
        return made

    @property
    def busy(self) -> bool:
        """True while a passphrase is being tried, and after one opened the vault."""
        return self._running

    def wait(self, seconds: float) -> None:
        """Take no passphrase for so long."""
        self._until = self._now() + seconds
        if seconds > 0:
            self._timer.start()
        self._say()

    def unlock(self) -> None:
        """Try what is typed."""
        if self.field.text() and not self._running and self._left() <= 0:
            self._try(accept_older=False)

    def _try(self, *, accept_older: bool) -> None:
        secret, vault = self.field.secret(), self._session.vault
        if "problem" in vars(self):
            self.problem.solved()
        self._set_running(True)

        def call(work: WorkContext[None]) -> tuple[VaultStatus | VaultError, float]:
            try:
                with wiped(secret):
                    return vault.unlock(secret, work, accept_older=accept_older), 0
            except TooManyAttempts as exc:
                return exc, float(exc.facts.get("seconds", 1))
            except WrongPassphrase as exc:
                return exc, vault.status().retry_after

        self._tasks.run(call).tell(self, done=self._answered, failed=self._failed)

    def _answered(self, answer: tuple[VaultStatus | VaultError, float]) -> None:
        outcome, wait = answer
        if not isinstance(outcome, VaultError):
            # Nothing is taken here any more while the pages are built: what is typed now is for them, or a slip.
            self.field.clear()
            self._why = ""
            self._say()
            self.unlocked.emit(outcome)
            return
        self._set_running(False)
        if isinstance(outcome, WrongPassphrase):
            self._why = self.tr("This passphrase does not open the vault.")
            self.field.selectAll()
        elif not self._why:
            self._why = self.tr("Too many tries.")
        self.field.set_wrong(True)
        self.wait(wait)
        self.field.setFocus()

    def _failed(self, error: BaseException) -> None:
        self._set_running(False)
        if isinstance(error, VaultMissing):
            self.missing.emit()
            return
        from vaultapp.gui import messages

        older = isinstance(error, VaultOlder)
        self.problem.tell(messages.message_of(error), "warn" if older else "bad")
        if older:
            self.problem.add_action(self.tr("Open this copy"), lambda: self._try(accept_older=True))
        self.field.setFocus()

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.field.setReadOnly(running)
        self.button.set_busy(running)
        self._sync()

    def _edited(self) -> None:
        if self._left() <= 0:
            self._why = ""
            self.field.set_wrong(False)
        self._say()

    def _left(self) -> float:
        return self._until - self._now()

    def _count_down(self) -> None:
        if self._left() <= 0:
            self._timer.stop()
        self._say()

    def _say(self) -> None:
        left = self._left()
        if self._why and left > 0:
            again = self.tr("Try again in {n} s.").format(n=ceil(left))
            self._tell("circle-x", "bad", f"{self._why} {again}")
        elif left > 0:
            self._tell("clock", "secondary", self.tr("The next passphrase is taken in {n} s.").format(n=ceil(left)))
        elif self._why:
            self._tell("circle-x", "bad", self._why)
        elif self.field.caps_lock_on:
            self._tell("arrow-big-up-dash", "warn", self.tr("Caps Lock is on"))
        else:
            self._tell("", "secondary", " ")
        self._sync()

    def _tell(self, icon: str, tone: str, text: str) -> None:
        self.under.setText(text)
        self.under.set_tone(tone, icon)

    def _sync(self) -> None:
        if not self._running:
            self.button.setEnabled(self._left() <= 0)
