"""From secrets to an open vault file, and from nothing to a new one."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from vaultapp.contracts.vault import NewVault
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import passphrase_bytes
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import ROOT_KEY_BYTES, wipe
from vaultapp.formats.recovery_words import entropy_of
from vaultapp.services.backups import folder_of
from vaultapp.services.key_store import new_id
from vaultapp.services.slot_changes import calibrated
from vaultapp.services.slots import SlotMaker, open_with_passphrase, open_with_words
from vaultapp.store.remembered import remembered_file
from vaultapp.store.vault_file import CHECKED_AT_OPENING, LockedVault, OpenVault, SlotRow, create_vault

_RANDOM = 4  # version of an id (RFC 9562)


class VaultOpener:
    """Opens and makes the vault of one path; keeps nothing.

    Args:
        path: The vault file.
        places: Where remembered epochs and backups lie.
        clock: Source of time.
        random: Source of keys, salts, nonces.
        checked_at_opening: Vaults with more rows are opened unchecked.
    """

    def __init__(
        self, path: Path, places: Places, clock: Clock, random: Random, checked_at_opening: int = CHECKED_AT_OPENING
    ) -> None:
        self._path = path
        self._places = places
        self._clock = clock
        self._random = random
        self._checked_at_opening = checked_at_opening

    def create(self, new: NewVault, work: WorkContext[None]) -> tuple[OpenVault, bytearray]:
        """Make the file; return it open, and its root key, which the caller overwrites.

        Raises:
            VaultExists: Something is there.
            InvalidValue, WordsMistyped, OutOfBounds, MemoryMissing: What it is made from; also an id that is not
                random, or another vault's.
            HostError, OperationCancelled: Nothing was made.
        """
        vault_id = new_id(self._random) if new.vault_id is None else self._checked_id(new.vault_id)
        passphrase = passphrase_bytes(new.passphrase, from_file=False)
        root_key = bytearray(self._random.bytes(ROOT_KEY_BYTES))
        entropy = None
        try:
            entropy = None if new.recovery_words is None else entropy_of(new.recovery_words)
            work.checkpoint()
            cost = new.cost or calibrated(self._clock, self._random)
            maker = SlotMaker(vault_id, self._clock, self._random)
            slots: tuple[SlotRow, ...] = (maker.for_passphrase(root_key, passphrase, cost),)
            if entropy is not None:
                slots += (maker.for_words(root_key, entropy),)
            work.checkpoint()
            vault = create_vault(
                self._path,
                vault_id=vault_id,
                root_key=root_key,
                slots=slots,
                state_folder=self._places.state,
                clock=self._clock,
                random=self._random,
            )
        except BaseException:
            wipe(root_key)
            raise
        finally:
            wipe(passphrase)
            wipe(entropy)
        return vault, root_key

    def with_passphrase(self, locked: LockedVault, passphrase: bytearray, work: WorkContext[None]) -> bytearray:
        """Return the root key, which the caller overwrites.

        Raises:
            InvalidValue, WrongPassphrase, NoSuchSlot, OutOfBounds, MemoryMissing, VaultDamaged: As they say.
            OperationCancelled: Before the key is derived.
        """
        normal = passphrase_bytes(passphrase, from_file=False)
        try:
            work.checkpoint()
            return open_with_passphrase(locked.header.vault_id, locked.slots, normal)[0]
        finally:
            wipe(normal)

    def with_words(self, locked: LockedVault, words: bytearray) -> bytearray:
        """Return the root key, which the caller overwrites.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot, VaultDamaged, VaultTampered: As they say.
        """
        return open_with_words(locked.header.vault_id, locked.slots, words)[0]

    def open(self, locked: LockedVault, root_key: bytearray, *, accept_older: bool) -> OpenVault:
        """Open the file.

        Raises:
            VaultMissing, VaultBusy, VaultDamaged, VaultTampered, VaultTooNew, HostError: The file.
            VaultOlder: The person has not decided to go on with an older copy.
        """
        return OpenVault(
            self._path,
            root_key,
            state_folder=self._places.state,
            clock=self._clock,
            random=self._random,
            accept_older=accept_older,
            checked_at_opening=self._checked_at_opening,
            backups=folder_of(self._places, locked.header.vault_id),
        )

    def _checked_id(self, vault_id: UUID) -> UUID:
        """Return an id that was chosen elsewhere: another vault's would bring the copies of both together."""
        if vault_id.version != _RANDOM:
            raise InvalidValue(field="vault_id", reason="not_random")
        if folder_of(self._places, vault_id).exists() or remembered_file(self._places.state, vault_id).exists():
            raise InvalidValue(field="vault_id", reason="in_use")
        return vault_id
