"""What a command works with: the options that all commands have, and the way to an agent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vaultapp.cli.agents import Agents, Link
from vaultapp.cli.output import Output
from vaultapp.cli.passphrases import VaultPassphrase
from vaultapp.cli.terminal import Terminal
from vaultapp.core.errors import AgentGone, VaultError, VaultMissing
from vaultapp.core.places import VAULT_VARIABLE, Places

if TYPE_CHECKING:
    from vaultapp.cli.session import Session, Unlocking


class OpenWindow(Protocol):
    """Starts the window."""

    def __call__(self, vault: Path, paths: tuple[bytes, ...], *, hidden: bool = False) -> int:
        """Open it on a vault, with files as if dropped, or only its icon in the tray; return its exit code."""


class Invocation:
    """One run of the command line.

    Args:
        environment: Variables, VAULTAPP_… among them.
        places: The user's folders.
        agents: Where agents come from.
        terminal: The person's.
        open_window: Starts the window.

    Attributes:
        as_json: Print for programs.
        vault_option, passphrase_file, passphrase_fd: Options, None where not given.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        places: Places,
        agents: Agents,
        terminal: Terminal,
        open_window: OpenWindow,
    ) -> None:
        self.environment = environment
        self.places = places
        self.agents = agents
        self.terminal = terminal
        self.open_window = open_window
        self.as_json = False
        self.vault_option: Path | None = None
        self.passphrase_file: Path | None = None
        self.passphrase_fd: int | None = None
        self._passphrase: VaultPassphrase | None = None

    @property
    def vault(self) -> Path:
        """The vault that is meant, as an absolute path whose links are not resolved."""
        return self.places.vault(self.vault_option or self.environment.get(VAULT_VARIABLE))

    @property
    def out(self) -> Output:
        """Where results go."""
        return Output(as_json=self.as_json)

    @property
    def passphrase(self) -> VaultPassphrase:
        """The vault's passphrase: a descriptor before a file, an option before the environment."""
        if self._passphrase is None:
            named = self.environment.get("VAULTAPP_PASSPHRASE_FILE")
            file = self.passphrase_file or (Path(named) if named else None)
            file = None if self.passphrase_fd is not None else file
            self._passphrase = VaultPassphrase(self.terminal, file, self.passphrase_fd)
        return self._passphrase

    @property
    def unlocking(self) -> Unlocking:
        """Gives the passphrase where it is needed."""
        from vaultapp.cli.session import Unlocking

        return Unlocking(self.passphrase, self.terminal)

    def say(self, text: str) -> None:
        """Tell a person something beside the result; programs are not told."""
        if not self.as_json:
            self.terminal.say(text)

    def unlocked(self) -> Session:
        """Return a session whose vault may be used; ask for the passphrase if that takes it.

        Raises:
            VaultMissing, WrongPassphrase, VaultBusy, HostError: As they say.
        """
        try:
            return self._unlocked()
        except AgentGone:
            # It ended just as we came; a fresh one is to be had.
            return self._unlocked()

    def locked(self, *, new: bool = False) -> Session:
        """Return a session with the vault's agent, whatever the vault's state.

        Args:
            new: The vault need not exist yet.

        Raises:
            VaultMissing, VaultBusy, HostError: As they say.
        """
        found = self.agents.connect(self.vault)
        if found is None:
            if not new and not os.path.lexists(self.vault):
                raise VaultMissing(path=os.fsencode(self.vault).decode("utf-8", "replace"))
            found = self.agents.start_private(self.vault)
        return self._session(found)

    def persistent(self) -> Session:
        """Return a session with an agent that stays: one that runs already does so from now on, else one is started."""
        if not os.path.lexists(self.vault):
            raise VaultMissing(path=os.fsencode(self.vault).decode("utf-8", "replace"))
        return self._session(self.agents.start_persistent(self.vault))

    def running(self) -> Session | None:
        """Return a session with the agent that runs already; None when none does."""
        found = self.agents.connect(self.vault)
        return None if found is None else self._session(found)

    def admitted(self) -> Session | None:
        """Return a session with a running agent that lets this terminal use the vault; None when none does."""
        from vaultapp.cli.session import usable

        session = self.running()
        if session is None:
            return None
        try:
            if usable(session.vault.status()):
                return session
        except VaultError:
            pass
        session.link.close()
        return None

    def vaultless(self) -> Session:
        """Return a session with an agent that opens no vault."""
        return self._session(self.agents.start_private(None))

    def for_passphrases(self) -> Session:
        """Return a session for files that passphrases open: with the vault only if that is open or named here.

        Raises:
            VaultMissing, WrongPassphrase, VaultBusy, HostError: As they say.
        """
        if self.passphrase.given or self.vault_option is not None:
            return self.unlocked()
        return self.admitted() or self.vaultless()

    def close(self) -> None:
        """Forget the passphrase."""
        if self._passphrase is not None:
            self._passphrase.forget()

    def _session(self, link: Link) -> Session:
        from vaultapp.cli.session import Session

        return Session(link)

    def _unlocked(self) -> Session:
        session = self.locked()
        try:
            self.unlocking.ensure(session.vault)
        except BaseException:
            session.link.close()
            raise
        return session
