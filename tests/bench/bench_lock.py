"""How long a lock takes, from the wish to the moment that both processes are replaced."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.our_vault import CHEAP, PASSPHRASE
from tests.bench.stage import Stage
from tests.desktop.hand import Hand
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from vaultapp.contracts.vault import VaultApi
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

_BAR_S = 1.0


def bench(stage: Stage) -> None:
    """Open a window's vault and lock it, again and again; the window stays the same process and is another program."""
    ours = [str(Path(sys.executable).with_name("vaultapp"))]
    with DesktopSession(accessible=False) as desktop:
        passphrase = desktop.home / "passphrase"
        passphrase.write_text(PASSPHRASE)
        desktop.ask(*ours, "init", *CHEAP, "--passphrase-file", passphrase)
        places = Places.of_user(desktop.environment)
        replaced, ready = [], []
        for _ in range(stage.report.runs + 1):
            window = desktop.start(ours)
            Hand(desktop).window("vaultapp$")
            gone, again = _locked(places, window)
            replaced.append(gone)
            ready.append(again)
            desktop.end(window)
            wait_until(lambda: launch.connect(places, places.default_vault) is None, "the end of the agent")
    # The first one warms the disk cache.
    stage.report.figure("lock, until agent and window are replaced", unit="s", runs=replaced[1:], most=_BAR_S)
    stage.report.figure("lock, until the fresh agent answers", unit="s", runs=ready[1:])


def _locked(places: Places, window: subprocess.Popen[bytes]) -> tuple[float, float]:
    client = _connected(places)
    vault = client.api(VaultApi, "vault")
    agent = vault.unlock(bytearray(PASSPHRASE, "utf-8"), WorkContext()).pid
    begun = time.perf_counter()
    vault.lock()
    wait_until(lambda: _is_other(agent, b"--lock-fd"), "the agent's replacement")
    wait_until(lambda: _is_other(window.pid, b"--note-fd"), "the window's replacement")
    replaced = time.perf_counter() - begun
    # The door opens with the fresh agent: its greeting is the proof.
    successor = _connected(places)
    ready = time.perf_counter() - begun
    if successor.status.state is not VaultState.LOCKED:
        raise RuntimeError("the vault is not locked")
    for found in (client, successor):
        found.close()
    return replaced, ready


def _is_other(process: int, option: bytes) -> bool:
    """Tell whether a process has become the program that has this option, or is gone."""
    try:
        return option in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True


def _connected(places: Places) -> Client:
    return wait_until(lambda: launch.connect(places, places.default_vault), "the agent")
