"""What the agent tells its clients of its own accord."""

from __future__ import annotations

from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.contracts.files import FilesWait, WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.locking import AutoLock
from vaultapp.contracts.rotation import RotationChanged
from vaultapp.contracts.vault import VaultChecked, VaultLocking, VaultUnlocked

Event = (
    VaultUnlocked
    | VaultLocking
    | VaultChecked
    | KeysChanged
    | CredentialsChanged
    | RotationChanged
    | WaitingFiles
    | FilesWait
    | AutoLock
)
