"""Which credentials were copied last in this window, for the menu in the tray."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import QObject

from vaultapp.contracts.credentials import Credential
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.window_settings import WindowSettings

_SHOWN = 5


class RecentCredentials(QObject):
    """Five at most: those copied last, and after them those changed last.

    Args:
        desk: The credentials, and what copies them.
        settings: Remembers ids, and nothing else of them.
        vault_id: Under which they are remembered.
    """

    def __init__(self, desk: CredentialDesk, settings: WindowSettings, vault_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._vault_id = vault_id
        desk.actions.copied.connect(self._copied)

    @property
    def five(self) -> Sequence[Credential]:
        """What is offered first."""
        shelf = self._desk.shelf
        found: dict[UUID, Credential] = {}
        for text in self._settings.recent_credentials(self._vault_id):
            # What stands in that file may be anything.
            with suppress(ValueError):
                credential = shelf.record(UUID(text))
                if credential is not None and credential.deletes_at is None:
                    found[credential.credential_id] = credential
        if len(found) < _SHOWN:
            others = (each for each in shelf.records if each.deletes_at is None)
            newest = sorted(others, key=lambda each: -each.changed)[: 2 * _SHOWN]
            for credential in newest:
                found.setdefault(credential.credential_id, credential)
        return list(found.values())[:_SHOWN]

    def _copied(self, credential_id: UUID) -> None:
        self._settings.remember_credential(self._vault_id, str(credential_id), _SHOWN)
