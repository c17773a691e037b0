"""One vault's agent, as the window speaks to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credential_transfer import TransferApi
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.files import FilesApi
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.rotation import RotationApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import VaultApi, VaultStatus


@dataclass(frozen=True, slots=True)
class Session:
    """The subjects of one agent. Calls block: they run on the task runner's threads.

    Attributes:
        path: The vault that the agent has, or would make.
    """

    path: Path
    vault: VaultApi
    keys: KeysApi
    files: FilesApi
    activity: ActivityApi
    text: TextApi
    lock: LockApi
    credentials: CredentialsApi
    rotation: RotationApi
    transfer: TransferApi


def _nothing() -> None:
    """There is nothing to end."""


def _no_earlier() -> Callable[[], None]:
    return _nothing


@dataclass(frozen=True, slots=True)
class Reached:
    """An agent that answered. The window still speaks with the one before.

    Attributes:
        session: Its subjects.
        status: Its state.
        take: Turns the window to it, and returns what ends the connection before; that blocks.
        drop: Ends its connection: it is not wanted after all; blocks.
    """

    session: Session
    status: VaultStatus
    take: Callable[[], Callable[[], None]] = _no_earlier
    drop: Callable[[], None] = _nothing


# Finds or starts the agent of a vault and asks its state; blocks; raises VaultBusy, AgentGone.
Connect = Callable[[Path], Reached]


@dataclass(frozen=True, slots=True)
class LockNote:
    """Why and when the vault was locked, carried over the replacement of the process.

    Attributes:
        reason: As the agent gave it: asked, idle, sleep, session_locked, …; ``gone`` when the agent ended by itself,
            ``not_restored`` when a restore closed the vault and then failed.
        at: Microseconds UTC.
        unfinished: Files whose work was stopped by the lock.
        kept: Where the vault that a restore replaced lies now; empty for none.
        rewraps: Files whose re-wrapping was stopped by the lock.
        not_done: What locking could not do: ``clipboard``: it may still hold a secret, and what VaultLocking names.
    """

    reason: str
    at: int
    unfinished: tuple[bytes, ...] = ()
    kept: bytes = b""
    rewraps: tuple[bytes, ...] = ()
    not_done: tuple[str, ...] = ()
