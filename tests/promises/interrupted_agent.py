"""The agent's own program, which is killed where a file says. Its first argument is that file.

The file holds a moment of a rotation: ``before set``, ``after set`` (the target has done it, nobody knows yet), or
``committed test`` (the step before it is on the disk). It is removed before the kill, so that the next life goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.interfering_target import Interference, InterferingConnectors
from vaultapp.app.agent import main
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.connectors import Connector
from vaultapp.contracts.rotation import RotationChanged
from vaultapp.core.events import EventBus


class KillSwitch(Interference):
    """Ends the process, without a chance to clean up, when the moment comes that the file names."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    @contextmanager
    def at(self, method: str) -> Iterator[None]:
        self.come(f"before {method}")
        yield
        self.come(f"after {method}")

    def come(self, moment: str) -> None:
        try:
            wanted = self._path.read_text()
        except FileNotFoundError:
            return
        if wanted == moment:
            self._path.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def compose(switch: KillSwitch) -> None:
    """Put the switch between the product and its targets, and behind its commits."""
    find, publish = Connectors.find, EventBus.publish

    def found(self: Connectors, kind: str) -> Connector:
        real = self

        class Real:
            def find(self, kind: str) -> Connector:
                return find(real, kind)

        return InterferingConnectors(Real(), switch).find(kind)

    def published(self: EventBus, event: object) -> None:
        if isinstance(event, RotationChanged):
            switch.come(f"committed {event.state.step.value}")
        publish(self, event)

    Connectors.find = found  # type: ignore[method-assign]
    EventBus.publish = published  # type: ignore[method-assign]


if __name__ == "__main__":
    compose(KillSwitch(Path(sys.argv.pop(1))))
    sys.exit(main())
