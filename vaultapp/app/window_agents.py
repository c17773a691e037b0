"""The agents that the window speaks with, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vaultapp.core.errors import VaultError
from vaultapp.core.places import Places
from vaultapp.gui.session import Reached, Session, Subjects

if TYPE_CHECKING:
    from vaultapp.contracts.events import Event
    from vaultapp.ipc.client import Client
    from vaultapp.ipc.coming_client import ComingClient


class WindowAgents:
    """Connects the window to the agents of its vaults. Their code is loaded with the first one, after the window.

    Args:
        places: The user's folders.
        listener: Returns what takes the events of the agent that is spoken with from now on.
        start: Finds or starts the first agent; blocks, and is called in a thread.
    """

    def __init__(
        self, places: Places, listener: Callable[[], Callable[[Event | None], None]], start: Callable[[], Client]
    ) -> None:
        self._places = places
        self._listener = listener
        self._start = start
        self._client: Client | None = None
        self._first: tuple[ComingClient, Subjects] | None = None
        self._lock = threading.Lock()

    @property
    def client(self) -> Client:
        """The agent that the window speaks with; the first one may have to be waited for.

        Raises:
            VaultBusy, AgentGone, HostError, Damaged: There is no agent to be had.
        """
        return self._client or self._begun()[0].arrived()

    def first(self, vault: Path) -> Session:
        """Return the first agent, which is started when it is asked for the first time."""
        return Session(vault, lambda: self._begun()[1])

    def connect(self, vault: Path) -> Reached:
        """Reach the agent of a vault; the one before is given up when this one is taken.

        Raises:
            VaultBusy, AgentGone, HostError, Damaged: There is no agent to be had.
        """
        from vaultapp.ipc import launch

        client = launch.start_for_window(self._places, vault)
        try:
            subjects = _subjects(client)
            session = Session(vault, lambda: subjects)
            return Reached(session, session.vault.status(), lambda: self._take(client), client.close)
        except BaseException:
            client.close()
            raise

    def close(self) -> None:
        """End the connection, if there is one."""
        with self._lock:
            begun = self._first is not None
        # One that never came has been told of, or is nobody's business any more.
        with suppress(VaultError):
            if begun:
                self.client.close()

    def _begun(self) -> tuple[ComingClient, Subjects]:
        # The window's thread and its workers come here; the agent is started once.
        with self._lock:
            if self._first is None:
                from vaultapp.ipc.coming_client import ComingClient

                client = ComingClient(self._start)
                client.listen(self._listener())
                self._first = client, _subjects(client)
            return self._first

    def _take(self, client: Client) -> Callable[[], None]:
        old, self._client = self.client, client
        client.on_event(self._listener())
        return old.close


def _subjects(client: Client | ComingClient) -> Subjects:
    from vaultapp.contracts.activity import ActivityApi
    from vaultapp.contracts.credential_transfer import TransferApi
    from vaultapp.contracts.credentials import CredentialsApi
    from vaultapp.contracts.files import FilesApi
    from vaultapp.contracts.keys import KeysApi
    from vaultapp.contracts.locking import LockApi
    from vaultapp.contracts.rotation import RotationApi
    from vaultapp.contracts.text import TextApi
    from vaultapp.contracts.vault import VaultApi

    return Subjects(
        vault=client.api(VaultApi, "vault"),
        keys=client.api(KeysApi, "keys"),
        files=client.api(FilesApi, "files"),
        activity=client.api(ActivityApi, "activity"),
        text=client.api(TextApi, "text"),
        lock=client.api(LockApi, "lock"),
        credentials=client.api(CredentialsApi, "credentials"),
        rotation=client.api(RotationApi, "rotation"),
        transfer=client.api(TransferApi, "transfer"),
    )
