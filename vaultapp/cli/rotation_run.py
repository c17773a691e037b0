"""Rotations at work: their steps as they come, their outcomes, the exit code."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from uuid import UUID

from vaultapp.cli import failures
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import Output
from vaultapp.cli.rotation_words import STEPS, outcome_sentence, proof_line, rotation_json
from vaultapp.cli.running import finish
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome, RotationStep
from vaultapp.core.printable import printable
from vaultapp.core.work import WorkContext

REMOTE = 4
"""Exit code when one failed or is unfinished."""


class RotationRun:
    """Runs a call that rotates, and shows it.

    Args:
        invocation: The command's.
        lines: Print JSON Lines as things happen; the last one holds the outcomes.
    """

    def __init__(self, invocation: Invocation, *, lines: bool = False) -> None:
        self._out = Output(as_json=invocation.as_json or lines)
        self._lines = lines
        self._live = sys.stderr.isatty() and not self._out.as_json
        self._lock = threading.Lock()
        self._shown: dict[UUID, set[str]] = {}
        self.work: WorkContext[RotationChanged] = WorkContext(on_item=self._take)

    def finish(self, call: Callable[[], tuple[RotationChanged, ...]], nothing: str) -> int:
        """Make the call, print the outcomes, and return the exit code.

        Args:
            call: Rotates.
            nothing: Said when there was nothing to rotate.

        Raises:
            VaultError: Nothing was done.
        """
        outcomes = finish(call, self.work)
        if self._out.as_json:
            self._out.json({"rotations": [rotation_json(one) for one in outcomes]})
        else:
            for one in outcomes:
                self._out.lines(*self._told(one))
            if not outcomes:
                self._out.lines(nothing)
        return exit_code(outcomes)

    def _told(self, changed: RotationChanged) -> list[str]:
        return [outcome_sentence(changed), *(f"  {proof_line(line)}" for line in changed.state.proof)]

    def _take(self, changed: RotationChanged) -> None:
        with self._lock:
            if self._lines:
                self._out.json({"rotation": rotation_json(changed)})
            elif self._live:
                self._show_steps(changed)

    def _show_steps(self, changed: RotationChanged) -> None:
        shown = self._shown.setdefault(changed.state.rotation_id, set())
        for step, text in STEPS.items():
            if step.value in changed.state.times and step.value not in shown:
                shown.add(step.value)
                number = list(RotationStep).index(step) + 1
                print(f"{printable(changed.identifier)}  {number} {step.value}: {text}", file=sys.stderr, flush=True)


def exit_code(outcomes: Sequence[RotationChanged]) -> int:
    """Return 0 when all succeeded, 130 when the rest was called off, else 4."""
    found = {one.state.outcome for one in outcomes}
    if found <= {RotationOutcome.SUCCEEDED}:
        return failures.DONE
    if found <= {RotationOutcome.SUCCEEDED, RotationOutcome.CANCELLED}:
        return failures.CANCELLED
    return REMOTE
