"""A vault of 100,000 credentials: what unlocking it takes beyond its passphrase, and a page of the list."""

from __future__ import annotations

import os
import time
from uuid import UUID

from msgspec.structs import replace

from tests.bench.bench_many_keys import seconds_to_unlock, vault_by_hand
from tests.bench.our_vault import OurVault
from tests.bench.stage import Stage
from vaultapp.contracts.activity import Actor
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.credentials import Label
from vaultapp.contracts.rotation import RotationOutcome, RotationReason, RotationStep
from vaultapp.core.clock import SystemClock
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import SystemRandom
from vaultapp.services.credential_descriptions import CredentialDescription, RotationDescription
from vaultapp.services.credential_store import CredentialStore
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.recorder import Recorder
from vaultapp.services.unlocked import unlocked_vault
from vaultapp.store.vault_file import OpenVault, Transaction

_CREDENTIALS = 100_000
_PART = 10_000
_PAGE = 5000
_UNLOCK_S = 1.0


def bench(stage: Stage) -> None:
    """Unlock the big vault and an empty one of the same cost, in turns; the difference is the figure. Then list."""
    small = OurVault(stage.disk / "few credentials")
    large = OurVault(stage.disk / "many credentials")
    with vault_by_hand(small) as made:
        fill(made, 1)
    with vault_by_hand(large) as made:
        fill(made, _CREDENTIALS)
        _bench_list(stage, made)
    runs = stage.report.repeat(lambda: seconds_to_unlock(stage, large) - seconds_to_unlock(stage, small))
    name = f"unlock {_CREDENTIALS:,} credentials, beyond the passphrase"
    stage.report.figure(name, unit="s", runs=runs, most=_UNLOCK_S)


def _bench_list(stage: Stage, made: OpenVault) -> None:
    clock, random, bus = SystemClock(), SystemRandom(), EventBus()

    def service() -> CredentialsService:
        # The root key plays no part in a list.
        unlocked = unlocked_vault(made, bytearray(32), clock, random, bus)
        return CredentialsService(unlocked, Recorder(made, Actor("window"), clock), clock, random, bus, KINDS)

    first = stage.report.repeat(lambda: _milliseconds(service()))
    stage.report.figure(f"the first {_PAGE:,} of {_CREDENTIALS:,} credentials, just unlocked", unit="ms", runs=first)
    warm = service()
    _milliseconds(warm)
    runs = stage.report.repeat(lambda: _milliseconds(warm))
    stage.report.figure(f"{_PAGE:,} more of them, each with its last rotation", unit="ms", runs=runs)


def _milliseconds(service: CredentialsService) -> float:
    begun = time.perf_counter()
    page = service.list(0, _PAGE)
    if len(page.credentials) != _PAGE:
        raise ValueError("a page is not full")
    return (time.perf_counter() - begun) * 1000


def fill(made: OpenVault, credentials: int) -> None:
    """Write so many credentials, each with a version and a rotation."""
    store = CredentialStore(made, SystemClock(), SystemRandom())
    for first in range(0, credentials, _PART):
        with made.transaction() as transaction:
            for number in range(first, min(first + _PART, credentials)):
                _write(store, transaction, number)


def _write(store: CredentialStore, transaction: Transaction, number: int) -> None:
    now = SystemClock().now()
    credential_id = UUID(bytes=os.urandom(16), version=4)
    bare = CredentialDescription(
        name=f"Credential {number:06}",
        identifier=f"prod/mysql/app-{number:06}",
        kind="mysql",
        created=now,
        labels={},
        changed=now,
        account="shop",
        target="db.example:3306",
        strength=4,
        reuse=os.urandom(32),
    )
    store.insert(transaction, credential_id, bare)
    value = {"host": "db.example", "port": "3306", "username": "shop", "password": "not read here"}
    version = store.insert_version(transaction, credential_id, value, "created")
    rotated = RotationDescription(
        reason=RotationReason.SCHEDULE,
        step=RotationStep.DONE,
        outcome=RotationOutcome.SUCCEEDED,
        started=now,
        base=version.description.version_id,
    )
    rotation = store.insert_rotation(transaction, credential_id, rotated)
    labels = {Label.CURRENT.value: version.description.version_id}
    store.write(transaction, credential_id, replace(bare, labels=labels, rotation=rotation.rotation_id))
