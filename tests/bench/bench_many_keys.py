"""A vault of 100,000 keys: what unlocking it takes beyond its passphrase."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from tests.bench.our_vault import PASSPHRASE, OurVault
from tests.bench.stage import Stage
from vaultapp.contracts.keys import KeyState
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.clock import SystemClock
from vaultapp.crypto.random import SystemRandom
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.key_store import KeyStore
from vaultapp.services.slots import SlotMaker
from vaultapp.store.vault_file import OpenVault, create_vault

_KEYS = 100_000
_PART = 10_000
_BAR_S = 1.0
_CHEAP = KdfCost(memory_kib=64 * 1024, passes=1, lanes=1)


def bench(stage: Stage) -> None:
    """Unlock the big vault and an empty one of the same cost, in turns; the difference is the figure."""
    small = OurVault(stage.disk / "few keys")
    large = OurVault(stage.disk / "many keys")
    fill(small, 1)
    fill(large, _KEYS)

    runs = stage.report.repeat(lambda: seconds_to_unlock(stage, large) - seconds_to_unlock(stage, small))
    stage.report.figure(f"unlock {_KEYS:,} keys, beyond the passphrase", unit="s", runs=runs, most=_BAR_S)


def seconds_to_unlock(stage: Stage, vault: OurVault) -> float:
    """Return how long the command takes, whose agent is ended again."""
    taken = stage.report.seconds(["env", *_settings(vault), *vault.command("unlock")])
    vault.call("lock", "--quit")
    return taken


def _settings(vault: OurVault) -> list[str]:
    return [f"{name}={value}" for name, value in vault.environment.items()]


@contextmanager
def vault_by_hand(vault: OurVault) -> Iterator[OpenVault]:
    """Make a vault's file as the app would, and give it open, to be filled in few transactions."""
    clock, random = SystemClock(), SystemRandom()
    vault_id, root_key = uuid4(), os.urandom(32)
    slot = SlotMaker(vault_id, clock, random).for_passphrase(root_key, bytearray(PASSPHRASE.encode()), _CHEAP)
    vault.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = vault.home / "state/vaultapp"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = create_vault(
        vault.path, vault_id=vault_id, root_key=root_key, slots=(slot,), state_folder=state, clock=clock, random=random
    )
    yield made
    made.remember()
    made.close()


def fill(vault: OurVault, keys: int) -> None:
    """Write a vault with so many keys."""
    clock = SystemClock()
    with vault_by_hand(vault) as made:
        store = KeyStore(made, clock, SystemRandom())
        for first in range(0, keys, _PART):
            with made.transaction() as transaction:
                for number in range(first, min(first + _PART, keys)):
                    key_id, version_id = UUID(bytes=os.urandom(16), version=4), store.new_version_id()
                    key = KeyDescription(
                        name=f"Key {number:06}",
                        kind="symmetric",
                        state=KeyState.ENABLED,
                        created=clock.now(),
                        primary=version_id,
                        hue="blue",
                    )
                    store.insert_key(transaction, key_id, key)
                    store.insert_version(transaction, key_id, version_id, 1)
