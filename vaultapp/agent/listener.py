"""The named socket of a vault's agent."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from vaultapp.core.errors import HostError
from vaultapp.core.places import private_folder
from vaultapp.ipc.address import socket_address

_BACKLOG = 64


def listen(path: Path, inherited: int | None = None) -> socket.socket:
    """Bind the socket 0600 in its 0700 folder, or go on with the one an earlier incarnation bound.

    The caller holds the lock of the vault's path, so a socket file that lies there is a dead agent's.

    Raises:
        HostError: The folder is not ours or the path cannot be bound.
    """
    if inherited is not None:
        os.set_inheritable(inherited, False)
        return socket.socket(fileno=inherited)
    private_folder(path.parent)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with suppress(FileNotFoundError):
            path.unlink()
        with socket_address(path) as address:
            sock.bind(address)
        path.chmod(0o600)
        sock.listen(_BACKLOG)
    except OSError as exc:
        sock.close()
        raise HostError(reason=exc.strerror or "socket", path=str(path)) from exc
    return sock
