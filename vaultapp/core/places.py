"""Where things lie for this user: the XDG folders, the vault, the agent's socket."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from vaultapp.core.errors import HostError
from vaultapp.core.refusals import refusal

#: Names the vault that is meant where no option does.
VAULT_VARIABLE = "VAULTAPP_VAULT"
_APP = "vaultapp"
_SOCKET = ".sock"


class Places(NamedTuple):
    """Folders of one user, as absolute paths.

    Attributes:
        data: Vaults, and their backups below ``backups``.
        state: Remembered epochs, recent vaults, window geometry.
        runtime: Sockets and lock files; 0700, gone at logout.
    """

    data: Path
    state: Path
    runtime: Path

    @classmethod
    def of_user(cls, environment: dict[str, str]) -> Places:
        """Follow the XDG base directory specification; without a runtime folder use /tmp/vaultapp-<uid>."""
        runtime = _absolute(environment.get("XDG_RUNTIME_DIR"))
        return cls(
            data=user_folder(environment, "XDG_DATA_HOME", ".local/share") / _APP,
            state=user_folder(environment, "XDG_STATE_HOME", ".local/state") / _APP,
            runtime=runtime / _APP if runtime else Path(f"/tmp/{_APP}-{os.getuid()}"),  # noqa: S108 - checked below
        )

    @property
    def default_vault(self) -> Path:
        """The vault that is meant when none is named."""
        return self.data / "personal.vault"

    def vault(self, named: os.PathLike[str] | str | None) -> Path:
        """Return the vault that is meant, as an absolute path whose links are not resolved.

        Args:
            named: By an option or the environment; None or empty for the default one.
        """
        return Path(os.path.abspath(named or self.default_vault))

    def any_agent(self) -> bool:
        """Tell whether an agent of any vault may be running. It costs less than to look for one."""
        try:
            return any(name.endswith(_SOCKET) for name in os.listdir(self.runtime))
        except OSError:
            return False

    def socket_of(self, vault: Path) -> Path:
        """Return where the agent of a vault listens: 16 hex digits of the SHA-256 of its real path."""
        # Here, because it costs a start 4 ms, and help and completion know no socket.
        import hashlib

        digest = hashlib.sha256(os.fsencode(os.path.realpath(vault))).hexdigest()
        return self.runtime / f"{digest[:16]}{_SOCKET}"

    def lock_of(self, device: int, inode: int) -> Path:
        """Return the lock file of a vault, named by what the file is, not by what it is called."""
        return self.runtime / f"{device:x}-{inode:x}.lock"


def user_folder(environment: Mapping[str, str], variable: str, usual: str) -> Path:
    """Return a folder of the XDG base directory specification: what the variable says, or the usual one below home."""
    home = Path(environment.get("HOME") or "~").expanduser()
    return _absolute(environment.get(variable)) or home / usual


def private_folder(path: Path) -> Path:
    """Make a folder that is this user's alone, or check that it is.

    Raises:
        SpaceMissing, ReadOnly, AccessDenied: It cannot be made.
        HostError: It belongs to somebody else, is a link, or others may enter it and that cannot be changed.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise HostError(reason="foreign_folder", path=str(path))
        if stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(0o700)
    except FileExistsError:
        raise HostError(reason="foreign_folder", path=str(path)) from None
    except OSError as exc:
        raise refusal(exc, path) from exc
    return path


def check_own_folder(path: Path) -> None:
    """See that a folder, if it is there, is this user's and nobody else can put anything into it.

    Raises:
        HostError: It is not: what lies there may be anybody's.
    """
    try:
        found = path.lstat()
    except OSError:
        return
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise HostError(reason="foreign_folder", path=str(path))


def _absolute(value: str | None) -> Path | None:
    """Take only absolute paths, as the XDG specification asks."""
    return Path(value) if value and value.startswith("/") else None
