"""From the wish to lock to the replacement of the process."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.core.clock import Clock
from vaultapp.core.errors import AgentGone
from vaultapp.core.work import WorkContext
from vaultapp.gui.session import LockNote
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.unfinished import Unfinished
from vaultapp.gui.wiping import wiped

if TYPE_CHECKING:
    from vaultapp.contracts.vault import RestoreReport, VaultApi, VaultLocking

GONE = "gone"
_RESTORED = "restored"
_END_COMES_MS = 1000
_NOTHING = Unfinished()


class Locking(QObject):
    """Asks the agent to lock, once, and tells when it has: by itself, or because it was asked.

    The agent answers the call and then says that it is locking; the latter carries the connection to its
    successor, so that is what is waited for. A restore ends in a lock too: its answer is waited for as well,
    because it says where the replaced vault is kept.

    Args:
        tasks: Runs the call.
        clock: For the note.
    """

    locked = Signal(object)  # LockNote
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clock = clock
        self._unfinished = Unfinished()
        self._turn = 0
        self._asked = False
        self._told = False
        self._restoring = False
        self._report: RestoreReport | None = None
        self._delayed: tuple[VaultLocking, Unfinished] | None = None

    def begin(self) -> None:
        """Begin anew: the window speaks with another agent from now on."""
        self._unfinished = Unfinished()
        self._asked = self._told = self._restoring = False
        self._report = None
        self._delayed = None
        self._turn += 1

    def lock(self, vault: VaultApi, unfinished: Unfinished) -> None:
        """Ask the agent to lock: the window only, where programs are to go on.

        Args:
            vault: The agent's.
            unfinished: What the person's files still wanted.
        """
        if self._asked:
            return
        self._asked = True
        self._unfinished = unfinished
        task = self._tasks.run(lambda _work: vault.lock(window=True), urgent=True)
        task.tell(self, failed=partial(self._failed, self._turn))

    def restore(self, vault: VaultApi, source: bytes, passphrase: bytearray) -> TaskHandle:
        """Ask the agent to put a copy in the vault's place, which locks. The passphrase is overwritten."""

        def call(work: WorkContext[None]) -> RestoreReport:
            with wiped(passphrase):
                return vault.restore(source, passphrase, work)

        self._restoring = True
        self._report = None
        task = self._tasks.run(call)
        turn = self._turn
        task.tell(self, done=partial(self._restored, turn), ended=partial(self._restore_ended, turn))
        return task

    def agent_locks(self, said: VaultLocking, unfinished: Unfinished = _NOTHING) -> None:
        """The agent said that it locks; reason ``gone``: it ended."""
        if self._told:
            return
        if self._restoring:
            # What came first is the reason: a connection that locks ends afterwards.
            self._delayed = self._delayed or (said, unfinished)
            return
        self._told = True
        reason, kept = said.reason, b""
        if self._report is not None:
            reason, kept = _RESTORED, self._report.kept or b""
        elif reason == _RESTORED:
            # It had to close the vault for it, and then could not put the copy there.
            reason = "not_restored"
        left = self._unfinished.and_of(unfinished)
        note = LockNote(
            reason,
            self._clock.now(),
            unfinished=left.dropped,
            kept=kept,
            rewraps=left.rewraps,
            not_done=said.not_done,
            done=left.done,
            failed=left.failed,
            programs_go_on=said.programs_go_on,
        )
        self.locked.emit(note)

    def agent_gone(self, unfinished: Unfinished = _NOTHING) -> None:
        """The agent ended without a word."""
        from vaultapp.contracts.vault import VaultLocking

        self.agent_locks(VaultLocking(GONE), unfinished)

    def _restored(self, turn: int, report: RestoreReport) -> None:
        if turn == self._turn:
            self._report = report

    def _restore_ended(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._restoring = False
        delayed, self._delayed = self._delayed, None
        if delayed is not None:
            self.agent_locks(*delayed)

    def _failed(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        if isinstance(error, AgentGone):
            # A connection that ends while locking is the lock itself. The events tell of it, and first of all why;
            # but they may have told of this agent for the last time.
            QTimer.singleShot(_END_COMES_MS, self, partial(self._end_came, turn))
        else:
            self._asked = False
            self.failed.emit(error)

    def _end_came(self, turn: int) -> None:
        if turn == self._turn:
            self.agent_gone()
