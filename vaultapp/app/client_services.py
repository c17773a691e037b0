"""The services that one client of an agent is given for one call."""

from __future__ import annotations

from functools import partial

from vaultapp.agent.connection import Connection
from vaultapp.agent.lock_guard import LockGuard
from vaultapp.agent.locking import AgentLocking
from vaultapp.agent.roles import Role
from vaultapp.agent.vault import AgentState, AgentVault
from vaultapp.app.vault_grading import VaultGrading
from vaultapp.app.vault_rotations import VaultRotations
from vaultapp.contracts.activity import Actor
from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.recovery import RecoveryApi
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.core.places import Places
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.ipc.wire import Call
from vaultapp.services.activity import ActivityService
from vaultapp.services.connector_settings import AllowedConnectors, PluginsService, allowed_plugins
from vaultapp.services.credential_transfer import TransferService
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.file_journal import FileJournal, NoJournal
from vaultapp.services.files import FilesService
from vaultapp.services.key_ring import NoRing
from vaultapp.services.keys import KeyService
from vaultapp.services.lock_settings import LockSettingsService
from vaultapp.services.recorder import Recorder
from vaultapp.services.text import TextService
from vaultapp.services.unlocked import AGENT
from vaultapp.services.vault import VaultService
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.services.waiting_files import WaitingList


class ClientServices:
    """Makes the services of one client for one call; the vault they share must be open, or they say so."""

    def __init__(
        self,
        keeper: VaultKeeper,
        places: Places,
        waiting: WaitingList,
        notes: PartNotes,
        bus: EventBus,
        clock: Clock,
    ) -> None:
        self._keeper = keeper
        self._places = places
        self._waiting = waiting
        self._notes = notes
        self._bus = bus
        self._clock = clock
        self._random = SystemRandom()
        self.agent: AgentState | None = None
        self.guard: LockGuard | None = None
        self.rotations: VaultRotations | None = None
        self.connectors = AllowedConnectors(lambda: allowed_plugins(keeper.unlocked.vault))
        self.grading = VaultGrading(lambda: keeper.unlocked, self._kinds, bus)
        # Looks at headers and keeps what is handed over, for everybody and without the vault's keys.
        self._keyless = FilesService(NoRing(), NoJournal(self._clock), notes, waiting, self._clock, self._random)

    def subject_for(self, subject: str, connection: Connection, call: Call) -> object:
        """Return the object behind a subject."""
        actor, clock, random = connection.actor, self._clock, self._random
        if subject == "vault" and self.agent is not None:
            return AgentVault(self._vault(actor), self.agent, connection, call)
        if subject == "files" and self._needs_no_keys(call.method, connection.role):
            return self._keyless
        if subject == "lock" and self.guard is not None:
            asks = connection.role >= Role.TERMINAL
            prove = partial(self._keeper.admit, actor=actor)
            return AgentLocking(lambda: self.lock_settings(actor), self.guard, prove, asks=asks)
        if subject == "recovery":
            recovery: RecoveryApi = self._keeper
            return recovery
        unlocked = self._keeper.unlocked
        recorder = Recorder(unlocked.vault, actor, clock)
        if subject == "keys":
            return KeyService(unlocked, recorder, clock, random, self._bus)
        if subject == "credentials":
            rotations = self.rotations
            settle = None if rotations is None else rotations.settle
            let_go = None if rotations is None else partial(rotations.let_go, recorder=recorder)
            return CredentialsService(unlocked, recorder, clock, random, self._bus, self._kinds(), settle, let_go)
        if subject == "transfer":
            kinds, begin = self._kinds(), self.grading.begin
            return TransferService(unlocked, recorder, clock, random, self._bus, kinds, self._notes, begin)
        if subject == "rotation" and self.rotations is not None:
            return self.rotations.service(recorder)
        if subject == "text":
            return TextService(unlocked.ring, recorder, random)
        if subject == "files":
            journal = FileJournal(unlocked.vault, recorder, clock)
            return FilesService(unlocked.ring, journal, self._notes, self._waiting, clock, random)
        if subject == "plugins":
            return PluginsService(unlocked.vault, recorder, random)
        return ActivityService(unlocked.vault)

    def lock_settings(self, actor: Actor = AGENT) -> LockSettingsService:
        """Return what keeps the open vault's settings.

        Raises:
            VaultLocked: It is not open.
        """
        vault = self._keeper.unlocked.vault
        return LockSettingsService(vault, Recorder(vault, actor, self._clock), self._random)

    def _kinds(self) -> dict[str, CredentialKind]:
        return {kind.name: kind for kind in self.connectors.kinds()}

    def _needs_no_keys(self, method: str, role: Role) -> bool:
        """True for what a locked agent does too. A stranger who inspects is not told the names of keys."""
        if method == "inspect":
            return role < Role.TERMINAL or self._keeper.base_status().state is not VaultState.UNLOCKED
        return method in ("hand_over", "take_waiting")

    def _vault(self, actor: Actor) -> VaultService:
        return VaultService(self._keeper, actor, self._places, self._clock, self._random, self._bus)
