"""Who is at the other end of a connection, by what the kernel says."""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass

from vaultapp.core.printable import valid_text
from vaultapp.ipc.credentials import peer_of_socket

_PROGRAM_LIMIT = 64
_PYTHON = re.compile(r"python[0-9.]*")


@dataclass(frozen=True, slots=True)
class Peer:
    """The process that connected, as it was then.

    Attributes:
        program: As it calls itself, for people to read: no proof of anything.
        terminal: Session id and start time of its leader (clock ticks since boot), which together are never
            used twice; None without a terminal or when the leader is gone.
        started: Start time of the process itself; 0 when it is gone.
    """

    pid: int
    user: int
    program: str
    terminal: tuple[int, int] | None
    started: int


def peer_of(sock: socket.socket) -> Peer:
    """Ask the kernel who connected.

    Source:
        unix(7), SO_PEERCRED; proc(5), /proc/pid/stat fields 6 (session), 7 (tty), 22 (start time).
    """
    pid, user = peer_of_socket(sock)
    return Peer(pid, user, _program_of(pid), _terminal_of(pid), started_at(pid))


def started_at(pid: int) -> int:
    """Return when a process started, in clock ticks since boot; 0 when it is gone."""
    try:
        return int(_stat(pid)[19])
    except (OSError, ValueError, IndexError):
        return 0


def _program_of(pid: int) -> str:
    """Return what runs: of a Python program its own name, because the interpreter's says nothing to anybody."""
    program = ""
    with suppress(OSError):
        program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
        if _PYTHON.fullmatch(program):
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                program = _script_of(os.fsdecode(file.read()).split("\0")[1:]) or program
    return valid_text(program)[:_PROGRAM_LIMIT]


def _script_of(arguments: list[str]) -> str:
    """Return the script's or module's name of an interpreter's arguments; empty for -c and for a prompt."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "-m":
            return next(rest, "").partition(".")[0]
        if argument in {"-W", "-X"}:
            next(rest, None)
        elif not argument.startswith("-"):
            return os.path.basename(argument)
        elif argument == "-c":
            break
    return ""


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
