"""Where commands get their agent from; tests give their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from vaultapp.contracts.events import Event
    from vaultapp.core.places import Places

InterfaceT = TypeVar("InterfaceT")


class Link(Protocol):
    """A connection to an agent."""

    def api(self, interface: type[InterfaceT], subject: str) -> InterfaceT:
        """Return an object with the contract's methods."""

    def on_event(self, call: Callable[[Event | None], None]) -> None:
        """Call this with every event, and with None at the end, from another thread."""

    def close(self) -> None:
        """End the connection."""


class Agents(Protocol):
    """The agents of this user."""

    def connect(self, vault: Path) -> Link | None:
        """Connect to the agent that has a vault; None when none runs."""

    def start_private(self, vault: Path | None) -> Link:
        """Start an agent that ends with its last client; None for one without a vault."""

    def start_persistent(self, vault: Path) -> Link:
        """Start an agent that stays."""


class UserAgents:
    """The real ones. The wire is imported when it is first needed: help and completion do without.

    Args:
        places: The user's folders.
    """

    def __init__(self, places: Places) -> None:
        self._places = places

    def connect(self, vault: Path) -> Link | None:
        """Connect to the agent that has a vault; None when none runs."""
        from vaultapp.ipc import launch

        return launch.connect(self._places, vault)

    def start_private(self, vault: Path | None) -> Link:
        """Start an agent that ends with its last client; None for one without a vault.

        Raises:
            VaultBusy, HostError: It cannot serve.
        """
        from vaultapp.ipc import launch

        return launch.start_private(self._places, vault)

    def start_persistent(self, vault: Path) -> Link:
        """Start an agent that stays.

        Raises:
            VaultBusy, HostError: It cannot serve.
        """
        from vaultapp.ipc import launch

        return launch.start_persistent(self._places, vault)
