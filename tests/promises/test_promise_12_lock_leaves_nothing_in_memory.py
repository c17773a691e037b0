"""12. Keys live in the agent process alone; at lock it is replaced, and neither key, value nor passphrase is left.

Memory is searched from outside, which takes root; an ordinary user is refused, which is the other half of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ended import wait_gone
from tests.promises.memory import memory_of
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi
from vaultapp.core.errors import AgentGone
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

PASSPHRASE = b"zebra-locksmith-quartz-92741"
VALUE = b"the-value-of-a-small-secret-5581"


@pytest.fixture
def agent() -> Iterator[tuple[Client, Places]]:
    places = Places.of_user(dict(os.environ))
    client = launch.start_persistent(places, places.default_vault)
    yield client, places
    client.close()
    left = launch.connect(places, places.default_vault)
    if left is not None:
        with suppress(AgentGone):
            left.api(VaultApi, "vault").lock(quit_agent=True)
        left.close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root may read another process's memory: that is the promise")
def test_promise_12_lock_leaves_neither_key_nor_value_nor_passphrase(agent: tuple[Client, Places]) -> None:
    client, places = agent
    vault = client.api(VaultApi, "vault")
    new = NewVault(passphrase=bytearray(PASSPHRASE), cost=KdfCost(64 * 1024, 1, 1), first_key="Personal")
    pid = vault.create(new, WorkContext()).pid
    sealed = client.api(TextApi, "text").encrypt("Personal", bytearray(VALUE), {})
    client.api(TextApi, "text").decrypt(sealed, {})
    material = bytes(client.api(KeysApi, "keys").export("Personal").material)
    unlocked = memory_of(pid)
    vault.lock()
    again = launch.connect(places, places.default_vault)
    assert again is not None
    after = again.status.pid
    assert after != pid
    wait_gone(pid)
    locked = memory_of(after)
    again.close()
    print(f"searched {len(unlocked):,} bytes unlocked, {len(locked):,} locked, processes {pid} and {after}")
    # The search finds what is there: an open vault has its material in memory.
    assert material in unlocked
    assert [name for name in (PASSPHRASE, VALUE, material) if name in locked] == []


def test_promise_12_an_ordinary_user_reads_no_memory_of_its_own_agent(agent: tuple[Client, Places]) -> None:
    pid = agent[0].status.pid
    script = f"open('/proc/{pid}/mem', 'rb')"
    command = [sys.executable, "-I", "-c", script]
    if os.getuid() == 0:
        # The same user as the agent, but without root's override.
        drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]
        command = [*drop, *command]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    print(outcome.stderr)
    assert outcome.returncode != 0
    assert "PermissionError" in outcome.stderr
    assert Path(f"/proc/{pid}").exists()
