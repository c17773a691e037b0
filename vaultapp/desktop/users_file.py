"""A file of the user's own, of which we change a part."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from vaultapp.core.refusals import refusal
from vaultapp.desktop.whole_file import write_whole

_NEW_MODE = 0o644


class UsersFile:
    """Reads it, and writes it so that a link to it stays a link, and its rights stay as they are.

    Args:
        path: Its name, which may be a link, as into a folder of settings under version control.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_ours_to_write(self) -> bool:
        """True for nothing yet, and for a regular file of this user, behind links or not.

        Raises:
            AccessDenied, HostError: That cannot be seen.
        """
        found = self._found()
        if found is None:
            return not os.path.lexists(self._path)
        return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()

    def read(self) -> str | None:
        """Return what a regular file holds, whoever's it is; None for nothing, and for anything else.

        Raises:
            AccessDenied, HostError: It cannot be read.
        """
        found = self._found()
        if found is None or not stat.S_ISREG(found.st_mode):
            return None
        try:
            return self._path.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise refusal(exc, self._path) from exc

    def write(self, text: str) -> None:
        """Put a text in place of what is there; only what is ours to write.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: What was there before stays.
        """
        found = self._found()
        mode = _NEW_MODE if found is None else found.st_mode & 0o777
        write_whole(Path(os.path.realpath(self._path)), text.encode("utf-8", "surrogateescape"), mode)

    def _found(self) -> os.stat_result | None:
        """Return what is behind the name; None for nothing, as behind a link to what is gone, or to itself."""
        try:
            return self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as exc:
            if exc.errno == errno.ELOOP:
                return None
            raise refusal(exc, self._path) from exc
