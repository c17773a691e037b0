"""A vault in a folder of its own, with a clock that stands still until it is moved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.vault import KdfCost, NewVault, VaultChecked, VaultUnlocked
from vaultapp.core.events import EventBus
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.services.credential_work import Settle
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.key_ring import WrapCaps
from vaultapp.services.keys import KeyService
from vaultapp.services.recorder import Recorder
from vaultapp.services.text import TextService
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.services.vault import VaultService
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.store.vault_file import CHECKED_AT_OPENING

PASSPHRASE = "correct horse battery staple"
COST = KdfCost(65536, 1, 1)
WINDOW = Actor("window", "vaultapp", 4711)
DAY_S = 24 * 60 * 60
MICROS = 1_000_000

EventT = TypeVar("EventT")


class GivenClock:
    """Begins on 2027-01-15 08:00 UTC."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> int:
        return 1_800_000_000 * MICROS + round(self.seconds * MICROS)

    def monotonic(self) -> float:
        return 1000.0 + self.seconds

    def forward(self, *, days: float = 0, seconds: float = 0) -> None:
        self.seconds += days * DAY_S + seconds


class GivenVault:
    """One user's folders; every keeper is what a process of its own would have."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder / "data", folder / "state", folder / "run")
        self.path = self.places.default_vault
        self.clock = GivenClock()
        self.random = SystemRandom()
        self.bus = EventBus()
        self._keepers: list[VaultKeeper] = []

    def keeper(self, *, caps: WrapCaps | None = None, checked_at_opening: int = CHECKED_AT_OPENING) -> VaultKeeper:
        made = VaultKeeper(
            self.path,
            self.places,
            self.clock,
            self.random,
            self.bus,
            caps=caps,
            checked_at_opening=checked_at_opening,
        )
        self._keepers.append(made)
        return made

    def created(self, *, words: str | None = None, first_key: str = "", passphrase: str = PASSPHRASE) -> VaultKeeper:
        """Make the vault, and wait until the agent has put it in order."""
        keeper = self.keeper()
        given = None if words is None else bytearray(words, "utf-8")
        keeper.create(NewVault(secret(passphrase), given, COST, first_key), WorkContext(), WINDOW)
        assert keeper.wait_settled(30)
        return keeper

    def unlocked(self, passphrase: str = PASSPHRASE, **options: Any) -> VaultKeeper:
        """Open the vault as another process would, and wait until it is in order."""
        keeper = self.keeper(**options)
        keeper.unlock(secret(passphrase), WorkContext(), actor=WINDOW)
        assert keeper.wait_settled(30)
        return keeper

    def service(self, keeper: VaultKeeper) -> VaultService:
        return VaultService(keeper, WINDOW, self.places, self.clock, self.random, self.bus)

    def keys(self, unlocked: UnlockedVault) -> KeyService:
        return KeyService(unlocked, self.pen(unlocked), self.clock, self.random, self.bus)

    def credentials(self, unlocked: UnlockedVault, settle: Settle | None = None) -> CredentialsService:
        return CredentialsService(unlocked, self.pen(unlocked), self.clock, self.random, self.bus, KINDS, settle)

    def text(self, unlocked: UnlockedVault, *, reserved_names: bool = False) -> TextService:
        return TextService(unlocked.ring, self.pen(unlocked), self.random, reserved_names=reserved_names)

    def pen(self, unlocked: UnlockedVault) -> Recorder:
        return Recorder(unlocked.vault, WINDOW, self.clock)

    def heard(self, kind: type[EventT]) -> list[EventT]:
        """Return a list that fills with what is told from now on."""
        found: list[EventT] = []
        self.bus.subscribe(kind, found.append)
        return found

    def signal(self, kind: type[VaultChecked | VaultUnlocked]) -> threading.Event:
        """Return what is set when such an event is told."""
        told = threading.Event()
        call: Callable[[Any], None] = lambda _event: told.set()  # noqa: E731
        self.bus.subscribe(kind, call)
        return told

    def close(self) -> None:
        for keeper in self._keepers:
            keeper.close()


def secret(text: str) -> bytearray:
    return bytearray(text, "utf-8")


def log(unlocked: UnlockedVault) -> list[Entry]:
    """Return the activity log, oldest first."""
    return list(reversed(unlocked.vault.activity.page(None, 5000).entries))


def actions(unlocked: UnlockedVault) -> list[str]:
    return [entry.action for entry in log(unlocked)]
