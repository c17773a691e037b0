"""Which connectors there are: built-in ones by kind, and plug-ins of others once the person named them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from vaultapp.contracts.connectors import ENTRY_POINTS, Connector
from vaultapp.contracts.credential_kinds import KINDS, CredentialKind
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.printable import printable

BUILT_IN: Mapping[str, str] = {
    "mysql": "vaultapp.connectors.mysql",
    "postgresql": "vaultapp.connectors.postgresql",
    "redis": "vaultapp.connectors.redis_acl",
    "aws": "vaultapp.connectors.aws_access_key",
    "command": "vaultapp.connectors.command",
}
"""Modules by kind. Each has a ``CONNECTOR``, and loads its driver."""

_ERROR_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PluginFound:
    """A plug-in that is installed.

    Attributes:
        name: Of its entry point; by this the person allows it.
        distribution, version: What brought it.
        connector: None unless it was allowed and could be loaded.
        error: Why it could not be used; empty when it could, or was not tried.
    """

    name: str
    distribution: str
    version: str
    connector: Connector | None = None
    error: str = ""


class Connectors:
    """Finds the connector of a kind. Drivers and plug-ins are loaded when they are asked for, and only then.

    A plug-in is somebody else's code in the process that holds the keys: one whose name is not among the allowed ones
    is never imported.

    Args:
        allowed: Names of plug-ins that may be loaded.
        installed: Gives the entry points of this installation.
    """

    def __init__(
        self, allowed: Collection[str] = (), installed: Callable[[], Iterable[EntryPoint]] | None = None
    ) -> None:
        self._allowed = frozenset(allowed)
        self._installed = installed or _installed
        self._plugins: tuple[PluginFound, ...] | None = None

    def find(self, kind: str) -> Connector:
        """Return the connector of a kind.

        Raises:
            ConnectorMissing: Nothing rotates the kind; with ``reason`` and ``plugin`` where a plug-in that is allowed
                could not be loaded.
        """
        module = BUILT_IN.get(kind)
        if module is not None:
            try:
                built_in: Connector = import_module(module).CONNECTOR
            except ImportError as exc:
                raise ConnectorMissing(kind=kind, reason="driver") from exc
            return built_in
        broken = ""
        for plugin in self._usable():
            if plugin.connector is not None and plugin.connector.kind.name == kind:
                return plugin.connector
            if plugin.error:
                broken = plugin.name
        if broken and kind not in KINDS:
            raise ConnectorMissing(kind=kind, reason="broken", plugin=broken)
        raise ConnectorMissing(kind=kind)

    def kinds(self) -> tuple[CredentialKind, ...]:
        """Return all kinds of credentials, built-in ones first. No driver is loaded for them."""
        brought = (plugin.connector.kind for plugin in self._usable() if plugin.connector is not None)
        return (*KINDS.values(), *brought)

    def offered(self) -> tuple[str, ...]:
        """Return the names of plug-ins that are installed and off."""
        return tuple(plugin.name for plugin in self.plugins() if plugin.name not in self._allowed)

    def plugins(self) -> tuple[PluginFound, ...]:
        """Return every plug-in that is installed, by name; one that is broken hides none of the others."""
        if self._plugins is None:
            points = sorted(self._installed(), key=lambda point: point.name)
            times = Counter(point.name for point in points)
            found: list[PluginFound] = []
            for point in points:
                twice = times[point.name] > 1
                taken = {plugin.connector.kind.name for plugin in found if plugin.connector is not None}
                found.append(self._look_at(point, taken | set(KINDS), twice=twice))
            self._plugins = tuple(found)
        return self._plugins

    def _usable(self) -> tuple[PluginFound, ...]:
        """Return all, or none where none is allowed: the installation need not be looked through then."""
        return self.plugins() if self._allowed else ()

    def _look_at(self, point: EntryPoint, taken: Collection[str], *, twice: bool) -> PluginFound:
        brought_by = point.dist
        distribution = brought_by.name if brought_by is not None else ""
        version = brought_by.version if brought_by is not None else ""
        connector, error = None, ""
        if point.name in self._allowed:
            if twice:
                # Which of them the person meant cannot be known.
                error = "several distributions bring a plug-in of this name"
            else:
                connector, error = _load(point, taken)
        return PluginFound(point.name, distribution, version, connector, error)


def _installed() -> Iterable[EntryPoint]:
    return entry_points(group=ENTRY_POINTS)


def _load(point: EntryPoint, taken: Collection[str]) -> tuple[Connector | None, str]:
    try:
        found = point.load()
    except Exception as exc:  # noqa: BLE001 - somebody else's code may raise anything
        return None, printable(f"{type(exc).__name__}: {exc}")[:_ERROR_LENGTH]
    if not isinstance(found, Connector):
        return None, "it is no Connector"
    if found.kind.name in taken:
        return None, printable(f"there is a kind {found.kind.name} already")[:_ERROR_LENGTH]
    return found, ""
