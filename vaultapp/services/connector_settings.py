"""Which plug-ins may rotate credentials: a setting of the vault, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import EntryPoint

from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.connectors import Connector
from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.plugins import PluginState
from vaultapp.core.errors import NotFound, VaultDamaged
from vaultapp.crypto.random import Random
from vaultapp.services.descriptions import PluginsDescription, decode
from vaultapp.services.recorder import Recorder
from vaultapp.services.setting_records import find_setting, write_setting
from vaultapp.store.vault_file import OpenVault

_NAME = "plugins"
Installed = Callable[[], Iterable[EntryPoint]]


class AllowedConnectors:
    """The connectors that may be used; what the person allows counts from the next call on. Thread safe.

    Args:
        allowed: Gives the names of plug-ins that may be loaded now.
        installed: Gives the entry points of this installation; by default as Python finds them.
    """

    def __init__(self, allowed: Callable[[], frozenset[str]], installed: Installed | None = None) -> None:
        self._allowed = allowed
        self._installed = installed
        # Looking through an installation takes some tens of milliseconds.
        self._last: tuple[frozenset[str], Connectors] | None = None

    def find(self, kind: str) -> Connector:
        """Return the connector of a kind.

        Raises:
            ConnectorMissing: Nothing that is allowed rotates it.
        """
        return self._now().find(kind)

    def kinds(self) -> tuple[CredentialKind, ...]:
        """Return all kinds of credentials, those of allowed plug-ins last."""
        return self._now().kinds()

    def _now(self) -> Connectors:
        allowed, last = self._allowed(), self._last
        if last is None or last[0] != allowed:
            last = self._last = (allowed, Connectors(allowed, self._installed))
        return last[1]


class PluginsService:
    """Reads and changes one record of an open vault, made with the first change.

    Args:
        vault: The open vault.
        recorder: Writes down who changed what.
        random: For the record's id.
        installed: As for :class:`AllowedConnectors`; looked through at each call.
    """

    def __init__(
        self, vault: OpenVault, recorder: Recorder, random: Random, installed: Installed | None = None
    ) -> None:
        self._vault = vault
        self._recorder = recorder
        self._random = random
        self._installed = installed

    def plugins(self) -> tuple[PluginState, ...]:
        """Return those that are installed or allowed, by name. Those that are allowed are loaded for it."""
        allowed = allowed_plugins(self._vault)
        states = {name: PluginState(name, allowed=True, error="it is not installed") for name in allowed}
        for found in Connectors(allowed, self._installed).plugins():
            kind = "" if found.connector is None else found.connector.kind.name
            states[found.name] = PluginState(
                found.name, found.distribution, found.version, found.name in allowed, kind, found.error
            )
        return tuple(states[name] for name in sorted(states))

    def allow_plugin(self, name: str, *, allowed: bool) -> tuple[PluginState, ...]:
        """Let a plug-in in, or not any more; return all. What is so already is not written.

        Raises:
            NotFound: None of this name is installed.
            HostError, VaultReplaced: It stays as it was.
        """
        before = allowed_plugins(self._vault)
        if allowed and name not in before and name not in Connectors((), self._installed).offered():
            raise NotFound(kind="plugin", name=name)
        after = before | {name} if allowed else before - {name}
        if after != before:
            entry = self._recorder.entry("setting.plugins", "plugin", name, "ok", allowed=int(allowed))
            description = PluginsDescription(_NAME, tuple(sorted(after)))
            with self._vault.transaction() as transaction:
                write_setting(transaction, find_setting(self._vault, _NAME), description, self._random)
                transaction.record(entry)
        return self.plugins()


def allowed_plugins(vault: OpenVault) -> frozenset[str]:
    """Return the names of the plug-ins that the person allowed; none when the record cannot be read."""
    found = find_setting(vault, _NAME)
    with suppress(VaultDamaged):
        return frozenset(decode(PluginsDescription, found[1]).allowed) if found is not None else frozenset()
    return frozenset()
