"""What an open vault needs done by itself: rotations, removals, copies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from vaultapp.contracts.activity import Entry
from vaultapp.contracts.vault import VaultChecked
from vaultapp.core.clock import Clock
from vaultapp.core.errors import OperationCancelled, VaultError
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.services.backups import Backups
from vaultapp.services.credential_sweep import CredentialSweep
from vaultapp.services.deletion_sweep import DeletionSweep
from vaultapp.services.rotation_schedule import RotationSchedule
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import CheckReport

EVERY_S = 3600.0
_COPIES_A_ROUND = 2


class Housekeeping:
    """Lets a large vault be checked, then works in a thread of its own: one round now and one an hour.

    A round that fails in one thing goes on with the next, and the activity log has the failure. A vault that is not
    sound is left alone.

    Args:
        unlocked: The open vault.
        backups: Its rolling copies.
        clock: Source of time.
        bus: Told of keys and credentials that changed.
        every_s: Seconds between two rounds.
    """

    def __init__(
        self, unlocked: UnlockedVault, backups: Backups, clock: Clock, bus: EventBus, every_s: float = EVERY_S
    ) -> None:
        self._unlocked = unlocked
        self._bus = bus
        self._backups = backups
        self._rotations = RotationSchedule(unlocked, clock, bus)
        self._deletions = DeletionSweep(unlocked, clock, bus)
        self._bin = CredentialSweep(unlocked, clock, bus)
        self._every_s = every_s
        self._work: WorkContext[None] = WorkContext()
        self._starting = threading.Lock()
        self._stopped = threading.Event()
        self._settled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vault-housekeeping", daemon=True)

    def start(self, entry: Entry, first: Callable[[], object] | None = None) -> None:
        """Check the vault in the background if it was not checked at opening, then begin.

        Args:
            entry: Tells of the unlock; written before this returns, or after the check, before which nothing may be
                written.
            first: Done between that and the first round, which copies the vault; what it raises comes out here.
        """
        vault = self._unlocked.vault
        if vault.is_checked or self._stopped.is_set():
            self._begin(entry, first)
            return

        def checked(outcome: CheckReport | VaultError) -> None:
            if isinstance(outcome, VaultError):
                self._settled.set()
                self._bus.publish(VaultChecked(outcome.code, outcome.facts))
            else:
                self._begin(entry, first)
                self._bus.publish(VaultChecked())

        vault.check_in_background(checked)

    def stop(self) -> None:
        """End after what is under way, which is cancelled. Idempotent."""
        with self._starting:
            self._stopped.set()
        self._work.cancel()
        self._settled.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def wait_settled(self, timeout_s: float) -> bool:
        """Wait until the first round is over, or there will be none; False when it took longer."""
        return self._settled.wait(timeout_s)

    def run_once(self, work: WorkContext[None]) -> None:
        """Make one round, in the calling thread.

        Raises:
            VaultTampered, VaultDamaged: The vault is not sound, so nothing is done to it.
            OperationCancelled: Somebody asked to stop.
        """
        self._unlocked.vault.wait_checked()
        self._attempt("key.rotate", lambda: self._rotations.rotate_due(work))
        self._attempt("key.destroy", self._deletions.sweep)
        self._attempt("credential.destroy", self._bin.sweep)
        work.checkpoint()
        self._attempt("vault.backup", lambda: self._copy(work))

    def _copy(self, work: WorkContext[None]) -> None:
        for _ in range(_COPIES_A_ROUND):
            if not self._backups.make_due(self._unlocked.vault, self._unlocked.recorder, work):
                return

    def _attempt(self, action: str, call: Callable[[], object]) -> None:
        try:
            call()
        except OperationCancelled:
            raise
        except VaultError as exc:
            with suppress(VaultError):
                self._unlocked.recorder.use(action, outcome=exc.code)

    def _begin(self, entry: Entry, first: Callable[[], object] | None) -> None:
        with self._starting:
            if self._stopped.is_set():
                return
            # A full disk must not keep anybody from reading.
            with suppress(VaultError):
                self._unlocked.vault.activity.record(entry)
            try:
                if first is not None:
                    first()
            finally:
                self._thread.start()

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                self.run_once(self._work)
                self._settled.set()
                self._stopped.wait(self._every_s)
        except VaultError:
            # Cancelled, or the check failed, which is told by who started it.
            return
        finally:
            self._settled.set()
