"""A conversation with one agent, with the vault unlocked where that is needed."""

from __future__ import annotations

import math
from types import TracebackType
from typing import Self

from vaultapp.cli.agents import Link
from vaultapp.cli.passphrases import VaultPassphrase, wipe
from vaultapp.cli.running import finish
from vaultapp.cli.terminal import Terminal
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credential_transfer import TransferApi
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.files import FilesApi
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.plugins import PluginsApi
from vaultapp.contracts.recovery import RecoveryApi
from vaultapp.contracts.rotation import RotationApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import VaultApi, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, TooManyAttempts, VaultMissing, WrongPassphrase
from vaultapp.core.work import WorkContext

_TRIES = 3


class Session:
    """The agent's subjects; use as a context.

    Args:
        link: The connection; closed at the end.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        self.vault: VaultApi = link.api(VaultApi, "vault")
        self.lock: LockApi = link.api(LockApi, "lock")
        self.recovery: RecoveryApi = link.api(RecoveryApi, "recovery")
        self.keys: KeysApi = link.api(KeysApi, "keys")
        self.credentials: CredentialsApi = link.api(CredentialsApi, "credentials")
        self.transfer: TransferApi = link.api(TransferApi, "transfer")
        self.rotation: RotationApi = link.api(RotationApi, "rotation")
        self.files: FilesApi = link.api(FilesApi, "files")
        self.text: TextApi = link.api(TextApi, "text")
        self.activity: ActivityApi = link.api(ActivityApi, "activity")
        self.plugins: PluginsApi = link.api(PluginsApi, "plugins")

    def __enter__(self) -> Self:
        """Use the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the connection."""
        self.link.close()


def usable(status: VaultStatus) -> bool:
    """True when this connection may use the vault now, or needs none."""
    return status.state is VaultState.VAULTLESS or status.open_here


class Unlocking:
    """Gives the passphrase to the agent: it opens the vault, or admits this terminal to the open one.

    Args:
        passphrase: Where it comes from.
        terminal: Told of wrong ones.
    """

    def __init__(self, passphrase: VaultPassphrase, terminal: Terminal) -> None:
        self._passphrase = passphrase
        self._terminal = terminal

    def ensure(self, vault: VaultApi, *, accept_older: bool = False) -> VaultStatus:
        """Unlock unless this connection may use the vault already.

        Raises:
            VaultMissing: There is no vault.
            WrongPassphrase: Once for a given passphrase, after three asked for.
            VaultOlder, VaultDamaged, VaultTampered, VaultTooNew, OutOfBounds, MemoryMissing: As they say.
        """
        status = vault.status()
        return status if usable(status) else self.unlock(vault, status, accept_older=accept_older)

    def keep(self, vault: VaultApi, *, accept_older: bool = False) -> VaultStatus:
        """Unlock, also where this connection may use the vault already but the agent would soon end.

        Raises:
            VaultError: As for :meth:`ensure`.
        """
        status = vault.status()
        stays = status.persistent or status.window
        return status if stays and usable(status) else self.unlock(vault, status, accept_older=accept_older)

    def unlock(self, vault: VaultApi, status: VaultStatus, *, accept_older: bool = False) -> VaultStatus:
        """Give the passphrase.

        Raises:
            VaultError: As for :meth:`ensure`.
        """
        if status.state is VaultState.MISSING:
            raise VaultMissing(path=status.path.decode("utf-8", "replace"))
        wait = status.retry_after
        for left in range(_TRIES - 1, -1, -1):
            if wait > 0:
                self._wait(wait)
            try:
                return self._try(vault, status.name, accept_older=accept_older)
            except WrongPassphrase:
                if self._passphrase.given or not left:
                    raise
                self._passphrase.forget()
                self._terminal.say("This passphrase does not open the vault.")
                wait = vault.status().retry_after
        raise WrongPassphrase

    def _try(self, vault: VaultApi, name: str, *, accept_older: bool) -> VaultStatus:
        secret = self._passphrase.get(f"Passphrase of {name}: " if name else "Passphrase: ")
        kept = bytearray(secret)
        work: WorkContext[None] = WorkContext()
        try:
            while True:
                try:
                    found = finish(
                        lambda: vault.unlock(bytearray(kept), work, accept_older=accept_older),
                        work,
                    )
                except AgentGone:
                    # It ended while the passphrase was typed; the next one gets it without asking again.
                    self._passphrase.keep(kept)
                    raise
                except TooManyAttempts as exc:
                    if not self._terminal.present:
                        raise
                    self._wait(float(exc.facts.get("seconds", 1)))
                else:
                    self._passphrase.keep(kept)
                    return found
        finally:
            wipe(secret)
            wipe(kept)

    def _wait(self, seconds: float) -> None:
        whole = math.ceil(seconds)
        self._terminal.say(f"There were too many wrong passphrases. The next one is taken in {whole} s.")
        self._terminal.wait(seconds)
