"""The settings by which a vault locks, kept in it."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec import convert, structs, to_builtins

from vaultapp.contracts.locking import LockSettings
from vaultapp.core.errors import InvalidValue, VaultDamaged
from vaultapp.crypto.random import Random
from vaultapp.services.descriptions import LockingDescription, decode
from vaultapp.services.recorder import Recorder
from vaultapp.services.setting_records import find_setting, write_setting
from vaultapp.store.vault_file import OpenVault

_NAME = "locking"


class LockSettingsService:
    """Reads and changes one record of an open vault, made with the first change.

    Args:
        vault: The open vault.
        recorder: Writes down who changed what.
        random: For the record's id.
    """

    def __init__(self, vault: OpenVault, recorder: Recorder, random: Random) -> None:
        self._vault = vault
        self._recorder = recorder
        self._random = random

    def settings(self) -> LockSettings:
        """Return which triggers count; the defaults until somebody changed them, and for what is out of bounds."""
        found = find_setting(self._vault, _NAME)
        if found is None:
            return LockSettings()
        with suppress(msgspec.ValidationError, VaultDamaged):
            values = structs.asdict(decode(LockingDescription, found[1]))
            return convert(values, LockSettings)
        return LockSettings()

    def change(self, settings: LockSettings) -> LockSettings:
        """Keep which triggers count, and return them. What stays as it was is not written.

        Raises:
            InvalidValue: Minutes below 0 or over a day.
            HostError, VaultReplaced: The old ones stay.
        """
        try:
            settings = convert(to_builtins(settings), LockSettings)
        except msgspec.ValidationError as exc:
            raise InvalidValue(field="idle_minutes", reason="bounds") from exc
        before = self.settings()
        if settings == before:
            return settings
        changed = {
            name: int(value) for name, value in structs.asdict(settings).items() if value != getattr(before, name)
        }
        entry = self._recorder.entry("setting.locking", "vault", "", "ok", **changed)
        description = LockingDescription(_NAME, **structs.asdict(settings))
        with self._vault.transaction() as transaction:
            write_setting(transaction, find_setting(self._vault, _NAME), description, self._random)
            transaction.record(entry)
        return settings
