"""Who is at the other end of a connection, by what the kernel says."""

from __future__ import annotations

import os
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass

_CREDENTIALS = struct.Struct("3i")


@dataclass(frozen=True, slots=True)
class Peer:
    """The process that connected, as it was then.

    Attributes:
        terminal: Session id and start time of its leader (clock ticks since boot), which together are never
            used twice; None without a terminal or when the leader is gone.
    """

    pid: int
    user: int
    program: str
    terminal: tuple[int, int] | None


def peer_of(sock: socket.socket) -> Peer:
    """Ask the kernel who connected.

    Source:
        unix(7), SO_PEERCRED; proc(5), /proc/pid/stat fields 6 (session), 7 (tty), 22 (start time).
    """
    raw = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, user, _group = _CREDENTIALS.unpack(raw)
    program = ""
    with suppress(OSError):
        program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
    return Peer(pid, user, program, _terminal_of(pid))


def _terminal_of(pid: int) -> tuple[int, int] | None:
    try:
        own = _stat(pid)
        session, terminal = int(own[3]), int(own[4])
        return (session, int(_stat(session)[19])) if terminal else None
    except (OSError, ValueError, IndexError):
        return None


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat from the third on; the second may hold blanks and brackets."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return file.read().rpartition(")")[2].split()
