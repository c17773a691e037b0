"""What this system lets one program see of another. The agent guards itself; the window and the shell are ordinary."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.invocation import Invocation

_PATTERN = Path("/proc/sys/kernel/core_pattern")
_SCOPE = Path("/proc/sys/kernel/yama/ptrace_scope")


def check_core_dumps(_invocation: Invocation) -> Iterator[Finding]:
    """Look at what becomes of a program's memory when it crashes.

    Source:
        core(5): a pattern that begins with a bar is a program, which gets the memory whatever the limit is.
    """
    subject, todo = "core dumps", "Forbid them: `ulimit -c 0`, or Storage=none in /etc/systemd/coredump.conf."
    pattern = ""
    with suppress(OSError):
        pattern = _PATTERN.read_text().strip()
    if pattern.startswith("|"):
        program = Path(pattern[1:].split()[0]).name if pattern[1:].split() else "a program"
        text = f"what the window shows is given to {program} if it crashes; the agent's memory never is"
        yield Finding(subject, State.WARN, text, todo)
    elif resource.getrlimit(resource.RLIMIT_CORE)[0] == 0 or not pattern:
        yield Finding(subject, State.OK, "none are written")
    else:
        text = "what the window shows is written to a file if it crashes; the agent's memory never is"
        yield Finding(subject, State.WARN, text, todo)


def check_debugging(_invocation: Invocation) -> Iterator[Finding]:
    """Look at who may debug what."""
    with suppress(OSError, ValueError):
        if int(_SCOPE.read_text()) > 0:
            text = "the kernel lets a program debug only its own children, or none"
            yield Finding("debugging", State.OK, text)
            return
    text = "any program of this user may debug the window and the shell, though not the agent"
    yield Finding("debugging", State.WARN, text, "Set kernel.yama.ptrace_scope to 1 (sysctl).")
