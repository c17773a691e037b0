"""Records of settings: many of one kind, told apart by the name that each begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from msgspec import Struct

from vaultapp.core.errors import VaultDamaged
from vaultapp.crypto.random import Random
from vaultapp.services.descriptions import SETTING, SettingName, decode, encode
from vaultapp.services.key_store import new_id
from vaultapp.store.vault_file import OpenVault, Transaction


def settings_named(vault: OpenVault, name: str) -> Iterator[tuple[UUID, bytes]]:
    """Give id and description of every setting of a name; what is no setting says nothing of the others."""
    for record in vault.records.of_kind(SETTING):
        with suppress(VaultDamaged):
            if decode(SettingName, record.description).name == name:
                yield record.row_id, record.description


def find_setting(vault: OpenVault, name: str) -> tuple[UUID, bytes] | None:
    """Return id and description of the setting that there is once at most; None when it was never written."""
    return next(settings_named(vault, name), None)


def write_setting(
    transaction: Transaction, found: tuple[UUID, bytes] | None, description: Struct, random: Random
) -> None:
    """Write a setting in place of the one that was found, if there was one."""
    if found is None:
        transaction.insert(new_id(random), SETTING, None, encode(description), None)
    else:
        row_id, before = found
        transaction.update(row_id, encode(description, before))
