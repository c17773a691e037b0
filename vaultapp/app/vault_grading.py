"""What grades secrets in the one vault of an agent, in the background, until the process is replaced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.core.errors import VaultError
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.services.strength_grading import StrengthGrading
from vaultapp.services.unlocked import UnlockedVault


class VaultGrading:
    """Grades what was read in, and what a lock left ungraded.

    Args:
        unlocked: Gives the open vault; raises VaultLocked.
        kinds: Those that there are, by name.
        bus: Told of what was graded.
    """

    def __init__(
        self,
        unlocked: Callable[[], UnlockedVault],
        kinds: Callable[[], Mapping[str, CredentialKind]],
        bus: EventBus,
    ) -> None:
        self._unlocked = unlocked
        self._kinds = kinds
        self._bus = bus
        self._work: WorkContext[None] = WorkContext()
        self._lock = threading.Lock()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Grade in the background whatever has no grade; what comes meanwhile too."""
        with self._lock:
            self._wanted = True
            if self._thread is None and not self._work.cancelled:
                self._thread = threading.Thread(target=self._run, name="grading", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End after the secret that is being graded. What is left is graded after the next unlock."""
        self._work.cancel()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        # A vault that is full, locked or not sound is left alone; whoever opens it next begins again.
        with suppress(VaultError):
            grading = StrengthGrading(self._unlocked(), self._kinds, self._bus)
            while self._wants():
                grading.grade(self._work)
            return
        with self._lock:
            self._thread = None

    def _wants(self) -> bool:
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._thread = None
            return wanted
