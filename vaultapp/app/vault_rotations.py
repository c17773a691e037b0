"""What rotates in the one vault of an agent, from its unlock until the process is replaced."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from uuid import UUID

from vaultapp.connectors.program_run import OutOfTime, TooMuchOutput, run_program
from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.services.password_generator import PasswordGenerator
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation import RotationService
from vaultapp.services.rotation_runner import RotationRunner
from vaultapp.services.rotation_targets import FindConnector, RotationTargets
from vaultapp.services.rotation_triggers import RotationTriggers
from vaultapp.services.unlocked import UnlockedVault

_LONGEST_COMMAND_S = 30.0


class VaultRotations:
    """Builds everything that rotates once, when the vault is open and somebody needs it.

    Args:
        unlocked: Gives the open vault; raises VaultLocked.
        connectors: What may be used.
        clock: Source of time.
        random: Source of passwords and ids.
        bus: Told of every step.
        leaving: True once the process is about to lock or end.
    """

    def __init__(
        self,
        unlocked: Callable[[], UnlockedVault],
        connectors: FindConnector,
        clock: Clock,
        random: Random,
        bus: EventBus,
        leaving: Callable[[], bool],
    ) -> None:
        self._unlocked = unlocked
        self._connectors = connectors
        self._clock = clock
        self._random = random
        self._bus = bus
        self._leaving = leaving
        self._passwords = PasswordGenerator(random)
        self._lock = threading.Lock()
        self._parts: tuple[RotationTargets, RotationRunner, RotationTriggers] | None = None

    def begin(self) -> None:
        """Go on with what was left half way, follow plans, and watch.

        Raises:
            VaultLocked: It is not open.
        """
        self._running()

    def service(self, recorder: Recorder) -> RotationService:
        """Return the service for one client.

        Raises:
            VaultLocked: It is not open.
        """
        targets, runner, triggers = self._running()
        return RotationService(self._unlocked(), runner, targets, triggers, recorder, self._clock, self._bus)

    def settle(self, credential_id: UUID) -> None:
        """Wait a bounded time until it is known which value of a credential is in force."""
        self._running()[1].settle(credential_id)

    def let_go(self, credential_id: UUID, recorder: Recorder) -> None:
        """End a rotation that is stuck, because the person gives a value."""
        self._running()[1].let_go(credential_id, recorder)

    def stop(self) -> bool:
        """Let what is under way stop at its next step, within a bounded time; False when something goes on."""
        with self._lock:
            parts = self._parts
        if parts is None:
            return True
        _, runner, triggers = parts
        triggers.stop()
        return runner.stop()

    def _running(self) -> tuple[RotationTargets, RotationRunner, RotationTriggers]:
        unlocked = self._unlocked()
        with self._lock:
            if self._parts is None:
                targets = RotationTargets(unlocked, self._connectors)
                runner = RotationRunner(unlocked, targets, self._generate, self._clock, self._bus, self._leaving)
                triggers = RotationTriggers(unlocked, runner, self._clock, self._random, _exits_well)
                runner.start()
                triggers.start()
                self._parts = targets, runner, triggers
            return self._parts

    def _generate(self, rules: PasswordRules) -> str:
        made = self._passwords(rules)
        try:
            return made.decode("ascii")
        finally:
            wipe(made)


def _exits_well(command: tuple[str, ...], seconds: float) -> bool:
    """Run a command that somebody lets decide whether to rotate; what cannot be run does not say so."""
    try:
        return run_program(command, b"", min(seconds, _LONGEST_COMMAND_S), os.environ).code == 0
    except (OSError, OutOfTime, TooMuchOutput, ValueError):
        return False
