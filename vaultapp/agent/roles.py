"""Who may ask what: every call that the agent answers, with the least role that may make it."""

from __future__ import annotations

from enum import IntEnum

from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credential_transfer import TransferApi
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.files import FilesApi
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.plugins import PluginsApi
from vaultapp.contracts.recovery import RecoveryApi
from vaultapp.contracts.rotation import RotationApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import VaultApi


class Role(IntEnum):
    """What a connection is trusted with; each includes those before it."""

    ANYBODY = 0
    TERMINAL = 1
    WINDOW = 2


INTERFACES: dict[str, type] = {
    "vault": VaultApi,
    "lock": LockApi,
    "recovery": RecoveryApi,
    "keys": KeysApi,
    "credentials": CredentialsApi,
    "transfer": TransferApi,
    "rotation": RotationApi,
    "files": FilesApi,
    "text": TextApi,
    "activity": ActivityApi,
    "plugins": PluginsApi,
}

# Unlocking is anybody's, because only the passphrase makes it count; it is what admits a terminal.
CALLS: dict[tuple[str, str], Role] = {
    ("vault", "status"): Role.ANYBODY,
    ("vault", "lock"): Role.ANYBODY,
    ("vault", "unlock"): Role.ANYBODY,
    ("vault", "unlock_with_words"): Role.ANYBODY,
    ("recovery", "check"): Role.ANYBODY,
    ("vault", "create"): Role.ANYBODY,
    ("vault", "calibrate"): Role.ANYBODY,
    ("vault", "suggest_words"): Role.ANYBODY,
    ("vault", "change_passphrase"): Role.TERMINAL,
    ("vault", "slots"): Role.TERMINAL,
    ("vault", "new_words"): Role.TERMINAL,
    ("vault", "drill"): Role.TERMINAL,
    ("vault", "backup"): Role.TERMINAL,
    ("vault", "backups"): Role.ANYBODY,
    ("vault", "restore"): Role.ANYBODY,
    ("vault", "verify"): Role.TERMINAL,
    ("lock", "settings"): Role.TERMINAL,
    ("lock", "change"): Role.WINDOW,
    ("lock", "change_with"): Role.TERMINAL,
    ("lock", "triggers"): Role.ANYBODY,
    ("lock", "present"): Role.TERMINAL,
    ("lock", "due"): Role.TERMINAL,
    ("keys", "create"): Role.TERMINAL,
    ("keys", "list"): Role.TERMINAL,
    ("keys", "show"): Role.TERMINAL,
    ("keys", "older_files"): Role.TERMINAL,
    ("keys", "rename"): Role.TERMINAL,
    ("keys", "alias"): Role.TERMINAL,
    ("keys", "describe"): Role.TERMINAL,
    ("keys", "tag"): Role.TERMINAL,
    ("keys", "rotate"): Role.TERMINAL,
    ("keys", "schedule_rotation"): Role.TERMINAL,
    ("keys", "enable"): Role.TERMINAL,
    ("keys", "disable"): Role.TERMINAL,
    ("keys", "delete"): Role.TERMINAL,
    ("keys", "undelete"): Role.TERMINAL,
    ("keys", "export"): Role.TERMINAL,
    ("credentials", "kinds"): Role.TERMINAL,
    ("credentials", "create"): Role.TERMINAL,
    ("credentials", "list"): Role.TERMINAL,
    ("credentials", "show"): Role.TERMINAL,
    ("credentials", "read"): Role.TERMINAL,
    ("credentials", "put"): Role.TERMINAL,
    ("credentials", "edit"): Role.TERMINAL,
    ("credentials", "promote"): Role.TERMINAL,
    ("credentials", "enable_version"): Role.TERMINAL,
    ("credentials", "delete"): Role.TERMINAL,
    ("credentials", "restore"): Role.TERMINAL,
    ("credentials", "generate"): Role.TERMINAL,
    ("credentials", "strength"): Role.TERMINAL,
    ("credentials", "code"): Role.TERMINAL,
    ("credentials", "attach"): Role.TERMINAL,
    ("credentials", "detach"): Role.TERMINAL,
    ("credentials", "attachment"): Role.TERMINAL,
    ("transfer", "plan"): Role.TERMINAL,
    ("transfer", "apply"): Role.TERMINAL,
    ("transfer", "export"): Role.TERMINAL,
    ("rotation", "rotate"): Role.TERMINAL,
    ("rotation", "rotate_target"): Role.TERMINAL,
    ("rotation", "rotate_due"): Role.TERMINAL,
    ("rotation", "resume"): Role.TERMINAL,
    ("rotation", "cancel"): Role.TERMINAL,
    ("rotation", "status"): Role.TERMINAL,
    ("rotation", "due"): Role.TERMINAL,
    ("rotation", "schedule"): Role.TERMINAL,
    ("rotation", "check"): Role.TERMINAL,
    ("rotation", "triggers"): Role.TERMINAL,
    ("rotation", "watch"): Role.TERMINAL,
    ("rotation", "unwatch"): Role.TERMINAL,
    ("files", "hand_over"): Role.ANYBODY,
    ("files", "inspect"): Role.ANYBODY,
    ("files", "look"): Role.TERMINAL,
    ("files", "seal"): Role.TERMINAL,
    ("files", "open"): Role.TERMINAL,
    ("files", "rewrap"): Role.TERMINAL,
    ("files", "take_waiting"): Role.WINDOW,
    ("text", "encrypt"): Role.TERMINAL,
    ("text", "decrypt"): Role.TERMINAL,
    ("text", "inspect"): Role.TERMINAL,
    ("activity", "list"): Role.TERMINAL,
    ("activity", "check"): Role.TERMINAL,
    ("plugins", "plugins"): Role.TERMINAL,
    ("plugins", "allow_plugin"): Role.TERMINAL,
}

# These look at the desktop without the vault: nothing is left unfinished when the process goes in the middle.
NEVER_UNFINISHED = frozenset({("lock", "triggers")})

# While these run for somebody who is admitted, the person is not away.
PERSONS_WORK = frozenset(
    {("files", "seal"), ("files", "open"), ("files", "rewrap"), ("transfer", "apply"), ("transfer", "export")}
)
