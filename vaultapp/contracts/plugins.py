"""Connectors of others: which are installed, and which of them the person lets in."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct


class PluginState(Struct, frozen=True):
    """One plug-in.

    Attributes:
        name: Of its entry point; by this it is allowed.
        distribution, version: What brought it; empty when it is allowed and not installed (any more).
        allowed: The person named it; otherwise nothing of it is loaded.
        kind: Kind of credential that it rotates; empty when it is not loaded.
        error: Why it cannot be used though it is allowed, in English and for people; empty when it can.
    """

    name: str
    distribution: str = ""
    version: str = ""
    allowed: bool = False
    kind: str = ""
    error: str = ""


class PluginsApi(Protocol):
    """Choose whose code runs beside the keys."""

    def plugins(self) -> tuple[PluginState, ...]:
        """Return those that are installed or allowed, by name."""

    def allow_plugin(self, name: str, *, allowed: bool) -> tuple[PluginState, ...]:
        """Let a plug-in in, or not any more, from the next use on; return all.

        Raises:
            NotFound: None of this name is installed.
            HostError: It stays as it was.
        """
