"""Who is at the other end of a socket of the UNIX family, by what the kernel says."""

from __future__ import annotations

import socket
import struct

CREDENTIALS = struct.Struct("3i")


def peer_of_socket(sock: socket.socket) -> tuple[int, int]:
    """Return process and user of who connected, or began to listen.

    Source:
        unix(7), SO_PEERCRED.
    """
    raw = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
    pid, user, _group = CREDENTIALS.unpack(raw)
    return pid, user


def user_of(sock: socket.socket) -> int:
    """Return the user at the other end."""
    return peer_of_socket(sock)[1]
