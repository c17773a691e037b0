"""Both buses of a desktop, with nobody on them yet, and an agent that finds them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.buses.private_bus import PrivateBus


class DesktopBuses:
    """Starts them; leave the ``with`` block and they are gone.

    Attributes:
        environment: How programs find them.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="buses-")))
        self.system = self._stack.enter_context(PrivateBus(folder, "system"))
        self.session = self._stack.enter_context(PrivateBus(folder, "session"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the variables that name them, and no session that logind would know by name."""
        return {
            "DBUS_SYSTEM_BUS_ADDRESS": self.system.address,
            "DBUS_SESSION_BUS_ADDRESS": self.session.address,
            "XDG_SESSION_ID": "",
            "HOME": os.environ["HOME"],
        }
