from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.file_fixtures import desk, out, room
from tests.given_vault import GivenVault
from tests.unit.services.rotation_bench import WAIT_S, RotationBench
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.key_ring import WrapCaps
from vaultapp.services.unlocked import UnlockedVault, unlocked_vault
from vaultapp.store.vault_file import OpenVault, SlotRow, create_vault

__all__ = ["desk", "out", "room"]

ROOT_KEY = bytes(range(32))
VAULT_ID = UUID("11111111-2222-4333-8444-555555555555")

Reopen = Callable[..., UnlockedVault]


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


@pytest.fixture
def reopen(given: GivenVault) -> Iterator[Reopen]:
    """Open the vault of the test anew, without the second that a passphrase takes; the one before is closed."""
    opened: list[OpenVault] = []

    def again(caps: WrapCaps | None = None) -> UnlockedVault:
        if opened:
            opened.pop().close()
            vault = OpenVault(
                given.path, ROOT_KEY, state_folder=given.places.state, clock=given.clock, random=given.random
            )
        else:
            vault = create_vault(
                given.path,
                vault_id=VAULT_ID,
                root_key=ROOT_KEY,
                slots=(SlotRow(UUID(int=1), b"\x80", bytes(60)),),
                state_folder=given.places.state,
                clock=given.clock,
                random=given.random,
            )
        opened.append(vault)
        return unlocked_vault(vault, bytearray(ROOT_KEY), given.clock, given.random, given.bus, caps)

    yield again
    for vault in opened:
        vault.close()


@pytest.fixture
def unlocked(reopen: Reopen) -> UnlockedVault:
    return reopen()


@pytest.fixture
def credentials(given: GivenVault, unlocked: UnlockedVault) -> CredentialsService:
    return given.credentials(unlocked)


@pytest.fixture
def bench(given: GivenVault, reopen: Reopen) -> RotationBench:
    return RotationBench(given, reopen)


@pytest.fixture
def held(bench: RotationBench) -> tuple[threading.Event, threading.Event]:
    """Let the target wait in the middle of a change; give (it is there, let it go on)."""
    there, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        there.set()
        assert go_on.wait(WAIT_S)

    bench.server.before["set"] = [wait]
    return there, go_on
