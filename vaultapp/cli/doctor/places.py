"""The vault's file and folders: whose they are, who else may enter, and how much room is left."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.invocation import Invocation
from vaultapp.core.sentences import size

_GROUP_OR_OTHERS = 0o077
_TMPFS = ("tmpfs", "ramfs")
# A vault and its ten or so copies take less than a megabyte each as a rule; work on files asks for itself.
_LITTLE = 100_000_000
_TOO_LITTLE = 5_000_000


def check_runtime_folder(invocation: Invocation) -> Iterator[Finding]:
    """Look at the folder of sockets and locks."""
    subject, path = "runtime folder", invocation.places.runtime
    try:
        found = path.lstat()
    except OSError:
        yield Finding(subject, State.OK, f"“{path}” is made when the first agent starts")
        return
    kind = _file_system(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        text = f"“{path}” is not this user's folder; no agent will use it"
        yield Finding(subject, State.BAD, text, "Remove it, and find out who made it.")
    elif found.st_mode & _GROUP_OR_OTHERS:
        yield Finding(subject, State.WARN, f"others may enter “{path}”; the next agent closes it")
    elif kind not in _TMPFS:
        text = f"“{path}” is on {kind or 'a disk'}; it does not go at logout"
        yield Finding(subject, State.WARN, text, "Log in by a session that sets XDG_RUNTIME_DIR.")
    else:
        yield Finding(subject, State.OK, f"“{path}” is this user's alone, and gone at logout")


def check_vault_file(invocation: Invocation) -> Iterator[Finding]:
    """Look at the vault file's rights, and its folder's."""
    subject, path = "vault file", invocation.vault
    try:
        found = path.stat()
    except FileNotFoundError:
        yield Finding(subject, State.OK, f"there is none at “{path}”", "`vaultapp init` makes one.")
        return
    except OSError as exc:
        yield Finding(subject, State.BAD, f"“{path}”: {exc.strerror}", "Change its rights, or those of its folder.")
        return
    if found.st_uid != os.getuid():
        yield Finding(subject, State.BAD, f"“{path}” belongs to another user", "Make it your own, or name another.")
    elif found.st_mode & _GROUP_OR_OTHERS:
        text = f"others may read “{path}” (mode {stat.S_IMODE(found.st_mode):o}); it is encrypted"
        yield Finding(subject, State.WARN, text, "chmod 600 closes it.")
    else:
        yield Finding(subject, State.OK, f"“{path}” is this user's alone, {size(found.st_size)}")
    folder = path.parent.stat()
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        text = f"anybody may replace files in “{path.parent}”"
        yield Finding("vault folder", State.BAD, text, "chmod o-w closes it.")


def check_space(invocation: Invocation) -> Iterator[Finding]:
    """Look at the room for the vault and its copies."""
    subject = "free space"
    for folder in (invocation.vault.parent, *invocation.vault.parent.parents):
        with suppress(OSError):
            free = shutil.disk_usage(folder).free
            break
    else:
        return
    text = f"{size(free)} free for the vault and its copies"
    if free < _TOO_LITTLE:
        yield Finding(subject, State.BAD, f"{text}; changes may not be written any more", "Make room.")
    elif free < _LITTLE:
        yield Finding(subject, State.WARN, text, "Make room.")
    else:
        yield Finding(subject, State.OK, text)


def _file_system(path: Path) -> str:
    """Return the kind of file system that a path is on; empty when that cannot be told."""
    best, kind = "", ""
    with suppress(OSError):
        real = os.path.realpath(path)
        for line in Path("/proc/self/mounts").read_text(errors="replace").splitlines():
            mount, found = line.split()[1:3]
            if len(mount) >= len(best) and (real + "/").startswith(mount.rstrip("/") + "/"):
                best, kind = mount, found
    return kind
