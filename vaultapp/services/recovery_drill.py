"""Prove that recovery words open a vault, without touching it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from vaultapp.contracts.vault import DrillOutcome
from vaultapp.core.clock import Clock
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.services.descriptions import KEY
from vaultapp.services.slots import open_with_words
from vaultapp.store.database import converted
from vaultapp.store.vault_file import OpenVault, read_locked


class RecoveryDrill:
    """Opens a copy by the words and reads it whole; the copy is removed.

    Args:
        clock: Source of time.
        random: Source of names.
    """

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random

    def run(self, vault: OpenVault, words: bytearray, work: WorkContext[None]) -> DrillOutcome:
        """Make the drill on a copy of an open vault.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot: The words do not open it, and why.
            VaultTampered, VaultDamaged: The vault is not sound.
            HostError, OperationCancelled: No copy is left.
        """
        with (
            converted(vault.path),
            tempfile.TemporaryDirectory(prefix="vaultapp-drill-") as folder,
        ):
            copy = Path(folder) / "copy.vault"
            vault.backup_to(copy, work)
            locked = read_locked(copy)
            root_key, slot_id = open_with_words(locked.header.vault_id, locked.slots, words)
            try:
                # Not with the keys in memory: only what the words gave may open the copy.
                opened = OpenVault(
                    copy,
                    root_key,
                    state_folder=None,
                    clock=self._clock,
                    random=self._random,
                    read_only=True,
                    checked_at_opening=0,
                )
            finally:
                wipe(root_key)
            try:
                report = opened.check(work)
                opened.activity.check(work)
                return DrillOutcome(slot_id, opened.records.count(KEY), report.rows)
            finally:
                opened.close()
