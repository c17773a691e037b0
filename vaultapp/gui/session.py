"""One vault's agent, as the window speaks to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vaultapp.contracts.activity import ActivityApi
    from vaultapp.contracts.credential_transfer import TransferApi
    from vaultapp.contracts.credentials import CredentialsApi
    from vaultapp.contracts.files import FilesApi
    from vaultapp.contracts.keys import KeysApi
    from vaultapp.contracts.locking import LockApi
    from vaultapp.contracts.rotation import RotationApi
    from vaultapp.contracts.text import TextApi
    from vaultapp.contracts.vault import VaultApi, VaultStatus


class Subjects(NamedTuple):
    """What one agent can be asked. Calls block: they run on the task runner's threads."""

    vault: VaultApi
    keys: KeysApi
    files: FilesApi
    activity: ActivityApi
    text: TextApi
    lock: LockApi
    credentials: CredentialsApi
    rotation: RotationApi
    transfer: TransferApi


class Session:
    """One agent. The window is drawn before anybody is asked: its subjects are got when the first is wanted.

    Args:
        path: The vault that the agent has, or would make.
        subjects: Returns them, the same ones each time; does not block.
    """

    def __init__(self, path: Path, subjects: Callable[[], Subjects]) -> None:
        self.path = path
        self._subjects = subjects

    @property
    def vault(self) -> VaultApi:
        """The vault as a whole."""
        return self._subjects().vault

    @property
    def keys(self) -> KeysApi:
        """Its keys."""
        return self._subjects().keys

    @property
    def files(self) -> FilesApi:
        """Sealing and opening files."""
        return self._subjects().files

    @property
    def activity(self) -> ActivityApi:
        """Its log."""
        return self._subjects().activity

    @property
    def text(self) -> TextApi:
        """Small text."""
        return self._subjects().text

    @property
    def lock(self) -> LockApi:
        """Locking by itself."""
        return self._subjects().lock

    @property
    def credentials(self) -> CredentialsApi:
        """Its credentials."""
        return self._subjects().credentials

    @property
    def rotation(self) -> RotationApi:
        """Their rotation."""
        return self._subjects().rotation

    @property
    def transfer(self) -> TransferApi:
        """Import and export."""
        return self._subjects().transfer


def _nothing() -> None:
    """There is nothing to end."""


def _no_earlier() -> Callable[[], None]:
    return _nothing


class Reached(NamedTuple):
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


class LockNote(NamedTuple):
    """Why and when the vault was locked, carried over the replacement of the process.

    Attributes:
        reason: As the agent gave it: asked, idle, sleep, session_locked, …; ``gone`` when the agent ended by itself,
            ``not_restored`` when a restore closed the vault and then failed.
        at: Microseconds UTC.
        unfinished: Files whose work was stopped by the lock.
        kept: Where the vault that a restore replaced lies now; empty for none.
        rewraps: Files whose re-wrapping was stopped by the lock.
        not_done: What locking could not do: ``clipboard``: it may still hold a secret, and what VaultLocking names.
        done: How many files the list of work had as done when it went.
        failed: How many as failed.
        programs_go_on: Only the window was locked.
    """

    reason: str
    at: int
    unfinished: tuple[bytes, ...] = ()
    kept: bytes = b""
    rewraps: tuple[bytes, ...] = ()
    not_done: tuple[str, ...] = ()
    done: int = 0
    failed: int = 0
    programs_go_on: bool = False
