"""The process that holds the keys, looked at as another program of this user would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vaultapp import __version__
from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.state_words import state_text
from vaultapp.contracts.vault import VaultStatus
from vaultapp.core.errors import VaultError


def check_agent(invocation: Invocation) -> Iterator[Finding]:
    """Look at the agent that runs; none is started."""
    status = None
    with suppress(VaultError):
        session = invocation.running()
        if session is not None:
            with session:
                status = session.vault.status()
    if status is None:
        yield Finding("agent", State.OK, "none runs")
        return
    if status.version != __version__:
        text = f"process {status.pid} is version {status.version}"
        yield Finding("agent", State.WARN, text, "`vaultapp lock --quit` ends it; the next one is this version.")
    else:
        yield Finding("agent", State.OK, f"process {status.pid}, {state_text(status)}")
    yield _hardening(status)


def _hardening(status: VaultStatus) -> Finding:
    """Look at what other programs could do with it.

    Source:
        proc(5): files of a process that is not dumpable belong to root; limits; status, NoNewPrivs.
    """
    subject, folder = "hardening", Path(f"/proc/{status.pid}")
    try:
        core = next(line for line in (folder / "limits").read_text().splitlines() if line.startswith("Max core"))
        # Root owns everything anyway, so that its own processes cannot be told apart by this.
        guarded = os.getuid() == 0 or (folder / "mem").stat().st_uid != os.getuid()
        fixed = "NoNewPrivs:\t1" in (folder / "status").read_text()
    except (OSError, StopIteration):
        return Finding(subject, State.WARN, "the agent cannot be looked at from here")
    if core.split()[4] != "0" or not guarded or not fixed:
        text = "other programs of this user can read the agent's memory"
        return Finding(subject, State.BAD, text, "`vaultapp lock --quit` ends it.")
    return Finding(subject, State.OK, "no core dumps, no debugger, no new rights for the agent")
