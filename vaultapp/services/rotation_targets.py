"""From a credential to the target that takes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from uuid import UUID

from vaultapp.contracts.connectors import Connection, Connector
from vaultapp.contracts.credential_kinds import ADMIN
from vaultapp.contracts.credentials import Label
from vaultapp.core.errors import VaultError
from vaultapp.core.target_errors import TargetFailed
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_store import find_version
from vaultapp.services.credential_values import filled_settings
from vaultapp.services.rotation_engine import OpenTarget
from vaultapp.services.unlocked import UnlockedVault


class FindConnector(Protocol):
    """Knows the connectors, built in and of plug-ins that are allowed."""

    def find(self, kind: str) -> Connector:
        """Return the connector of a kind; ConnectorMissing when there is none."""


class RotationTargets:
    """Connects to where credentials are used.

    Args:
        unlocked: The open vault.
        connectors: What may be used.
    """

    def __init__(self, unlocked: UnlockedVault, connectors: FindConnector) -> None:
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._connectors = connectors

    def connector(self, credential: CredentialDescription) -> Connector:
        """Return what rotates a credential.

        Raises:
            ConnectorMissing: Nothing does.
        """
        return self._connectors.find(credential.kind)

    @contextmanager
    def open(self, credential_id: UUID) -> Iterator[OpenTarget]:
        """Give the target of a credential, with the current value of the one that its settings name as admin.

        Raises:
            NotFound: The credential, or the one that may change it, is not there.
            CredentialInBin: The one that may change it lies in the bin.
            ConnectorMissing: Nothing rotates it.
            InvalidValue: A setting is missing.
            TargetFailed: The connector cannot be used.
        """
        credential = self._index.named(credential_id)
        connector = self.connector(credential)
        settings = filled_settings(connector.kind, credential.settings)
        connection = Connection(settings, self._admin(settings.get(ADMIN.name, "")))
        try:
            target = connector.connect(connection)
        except VaultError:
            raise
        except Exception as exc:  # noqa: BLE001 - a plug-in's bug; its words may quote a value, so none are kept
            raise TargetFailed(target=credential.target, number=0, reason=type(exc).__name__) from None
        try:
            yield OpenTarget(connector, target, settings)
        finally:
            # What a connection says while it is let go of tells nothing of the rotation.
            with suppress(Exception):
                target.close()

    def current(self, credential_id: UUID) -> dict[str, str]:
        """Return a credential's current value.

        Raises:
            NotFound: It is not there.
        """
        credential = self._index.named(credential_id)
        version = find_version(self._store.versions(credential_id), credential.labels, Label.CURRENT)
        return self._store.value(version.row_id)

    def _admin(self, name: str) -> dict[str, str] | None:
        if not name:
            return None
        admin_id, _ = self._index.usable(name)
        return self.current(admin_id)
