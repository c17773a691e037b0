"""Rotations that the window asks for, and what comes of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationApi, RotationChanged, RotationOutcome, RotationPlan, is_at
from vaultapp.core.work import WorkContext
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.credential_words import plan as plan_words
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.widgets.toast import Toasts

Rotate = Callable[[WorkContext[Any]], tuple[RotationChanged, ...]]
_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class _Run:
    """One call: what it rotates as far as that is known, and what follows its end."""

    credential_ids: tuple[UUID, ...]
    rotate: Rotate
    over: Callable[[], object]


class CredentialRotations(QObject):
    """Each call runs off the window's thread; the steps come as events of the agent.

    Args:
        rotation: Rotates; blocks.
        shelf: Knows how each rotation stands.
        tasks: Runs the calls.
        toasts: Says what was done, with a way back.
    """

    changed = Signal()  # what is under way
    ended = Signal(object)  # tuple of RotationChanged
    failed = Signal(object)
    overdue = Signal(object)  # ids of credentials

    def __init__(
        self, rotation: RotationApi, shelf: CredentialShelf, tasks: TaskRunner, toasts: Toasts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._api = rotation
        self._shelf = shelf
        self._tasks = tasks
        self._toasts = toasts
        self._asked: set[UUID] = set()
        self._all_due = False
        self._waiting: deque[_Run] = deque()
        self._running = 0

    def tell_by(self, toasts: Toasts) -> None:
        """Say what was done in another place from now on; what is under way goes on."""
        self._toasts = toasts

    def under_way(self, credential: Credential) -> bool:
        """Tell whether a rotation was asked for here, or runs."""
        told = credential.rotation
        running = told is not None and told.outcome is RotationOutcome.RUNNING
        return running or credential.credential_id in self._asked

    def asked_for(self, credential_id: UUID) -> bool:
        """Tell whether the end of a credential's rotation is waited for here."""
        return credential_id in self._asked or self._all_due

    def rotate(self, credentials: Sequence[Credential], *, emergency: bool = False) -> None:
        """Rotate these, one after the other. One that is unfinished goes on."""
        wanted = tuple(each for each in credentials if not self.under_way(each))
        if not wanted:
            return
        names = tuple(str(each.credential_id) for each in wanted)
        self._run([each.credential_id for each in wanted], lambda work: self._rotated(names, work, emergency))

    def rotate_target(self, target: str) -> None:
        """Rotate everything at a target, as an emergency."""
        found = [each.credential_id for each in self._shelf.records if at_target(each, target)]
        self._run(found, lambda work: self._api.rotate_target(target, work, emergency=True))

    def rotate_due(self) -> None:
        """Rotate all that are due."""
        if not self._all_due:
            self._all_due = True
            self._run([], self._api.rotate_due, self._due_ended)

    def cancel(self, credential: Credential) -> None:
        """Stop a rotation, and bring it back to its start where the target has not taken the new value."""
        name = str(credential.credential_id)
        task = self._tasks.run(lambda _work: self._api.cancel(name))
        task.tell(self, failed=self.failed.emit)

    def check(self, credential: Credential) -> TaskHandle:
        """Log in at the target, and look if a rotation could work."""
        name = str(credential.credential_id)
        return self._tasks.run(lambda _work: self._api.check(name))

    def look_for_due(self) -> None:
        """Ask which are overdue. That they cannot be told is no news here."""
        self._tasks.run(lambda _work: self._api.due()).tell(self, done=self.overdue.emit)

    def schedule(
        self, credential: Credential, plan: RotationPlan, refused: Callable[[BaseException], object] | None = None
    ) -> None:
        """Set when a credential rotates by itself."""
        name, before = str(credential.credential_id), credential.plan

        def done(now: RotationPlan) -> None:
            self._shelf.note_changes((credential.credential_id,))
            text = self.tr("“{name}” rotates only when asked")
            if now.days or now.cron:
                text = self.tr("“{name}” rotates by itself: {when}")
            words = text.format(name=short(credential.name), when=plan_words(now))
            self._toasts.say(words, "clock", self.tr("Undo"), back)

        def back() -> None:
            task = self._tasks.run(lambda _work: self._api.schedule(name, before))
            task.tell(
                self,
                done=lambda _plan: self._shelf.note_changes((credential.credential_id,)),
                failed=self.failed.emit,
            )

        task = self._tasks.run(lambda _work: self._api.schedule(name, plan))
        task.tell(self, done=done, failed=refused or self.failed.emit)

    def _rotated(self, names: tuple[str, ...], work: WorkContext[Any], emergency: bool) -> tuple[RotationChanged, ...]:
        return self._api.rotate(names, work, emergency=emergency)

    def _run(self, credential_ids: Sequence[UUID], rotate: Rotate, over: Callable[[], object] = lambda: None) -> None:
        self._asked.update(credential_ids)
        self._waiting.append(_Run(tuple(credential_ids), rotate, over))
        self.changed.emit()
        self._next()

    def _next(self) -> None:
        # A target that does not answer keeps a thread for a while, and the page needs some too.
        while self._waiting and self._running < _AT_ONCE:
            run = self._waiting.popleft()
            self._running += 1
            task = self._tasks.run(run.rotate)
            task.tell(self, done=self._ended, failed=self.failed.emit, ended=partial(self._over, run))

    def _ended(self, told: tuple[RotationChanged, ...]) -> None:
        for each in told:
            self._shelf.note_rotation(each)
        self.ended.emit(told)

    def _over(self, run: _Run) -> None:
        self._running -= 1
        self._asked.difference_update(run.credential_ids)
        run.over()
        self.changed.emit()
        self._next()

    def _due_ended(self) -> None:
        self._all_due = False


def at_target(credential: Credential, target: str) -> bool:
    """Tell whether a credential is used at a target: ``host``, or ``host:port``."""
    return credential.deletes_at is None and is_at(credential.target, target)
