"""What there is of a vault while it is unlocked."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultapp.contracts.activity import Actor
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import SecretPage
from vaultapp.services.credential_index import CredentialIndex
from vaultapp.services.credential_store import CredentialStore
from vaultapp.services.key_index import KeyIndex
from vaultapp.services.key_ring import KeyRing, WrapCaps
from vaultapp.services.key_store import KeyStore
from vaultapp.services.recorder import Recorder
from vaultapp.store.vault_file import OpenVault

AGENT = Actor(role="agent")
"""Who acts when nobody asked: the agent, by its timetable."""


@dataclass(frozen=True, slots=True)
class UnlockedVault:
    """One open vault with its keys, shared by all clients of an agent.

    Attributes:
        vault: The file.
        root_key: For making key slots.
        index: Names, aliases and descriptions of keys, in memory.
        store: Keys as records.
        ring: Keys for use.
        credentials: Names and descriptions of credentials, in memory.
        credential_store: Credentials as records.
        recorder: The agent's own pen.
    """

    vault: OpenVault
    root_key: SecretPage = field(repr=False)
    index: KeyIndex
    store: KeyStore
    ring: KeyRing
    credentials: CredentialIndex
    credential_store: CredentialStore
    recorder: Recorder


def unlocked_vault(
    vault: OpenVault, root_key: bytearray, clock: Clock, random: Random, bus: EventBus, caps: WrapCaps | None = None
) -> UnlockedVault:
    """Read the keys of an open vault; the root key is overwritten once it lies in its page."""
    index, store = KeyIndex(vault), KeyStore(vault, clock, random)
    recorder = Recorder(vault, AGENT, clock)
    ring = KeyRing(vault, index, store, recorder, clock, bus, caps)
    credentials, credential_store = CredentialIndex(vault), CredentialStore(vault, clock, random)
    return UnlockedVault(vault, SecretPage(root_key), index, store, ring, credentials, credential_store, recorder)
