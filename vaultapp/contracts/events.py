"""What the agent tells its clients of its own accord."""

from __future__ import annotations

from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.locking import AutoLock
from vaultapp.contracts.vault import VaultChecked, VaultLocking, VaultUnlocked

Event = VaultUnlocked | VaultLocking | VaultChecked | KeysChanged | WaitingFiles | AutoLock
