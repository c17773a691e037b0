"""What a connector is: code that changes a credential at its target. Plug-ins implement this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from vaultapp.contracts.credential_kinds import CredentialKind

ENTRY_POINTS = "vaultapp.connectors"
Fields = Mapping[str, str]
"""A value: a JSON object of texts."""


class Trial(Enum):
    """What a target said to a login. That it did not answer is raised.

    EXPIRED: It logs in, but may only change its own password.
    """

    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REFUSED = "refused"


class Target(Protocol):
    """One account at one target, over connections of its own. Calls block; each is bounded in time.

    Every method may be repeated: the second time it finds its work done. Values never get into errors, argument
    lists, environments or logs, neither here nor at the target.

    Raises:
        TargetUnreachable, TargetBusy: No answer; may be tried again.
        TargetUntrusted: Its certificate does not prove who it is.
        TargetDenied: The account that makes the change may not.
        TargetReadOnly: A replica, or read only now.
        AccountLocked: No password helps.
        TargetFailed: What else it said.
    """

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:
        """Return the next value, from the current one and a fresh secret.

        Only a target that makes secrets itself is asked. What it made before and nobody here knows (because the
        answer was lost) it removes: ``known`` is every value of this credential that the vault holds.
        """

    def try_login(self, value: Fields) -> Trial:
        """Log in with a value."""

    def exclusive(self, valid: Fields) -> AbstractContextManager[None]:
        """Keep other vaults from rotating this account meanwhile, by a lock at the target.

        Raises:
            TargetBusy: Another vault has it.
        """

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        """Let the target take the pending value; an alternating account that is not there yet is made.

        Args:
            valid: A value of the same account that logs in now.
            pending: On the disk already.
            keep: The value that stays valid beside it; None: no other does where the target can help it.

        Raises:
            PasswordRefused: The target's policy; nothing changed.
        """

    def probe(self, pending: Fields) -> None:
        """Show that the new value does its work: log in, and run the probe of the settings.

        Raises:
            ProbeFailed: It logs in, but the probe fails.
            LoginRefused: It does not log in.
        """

    def retire(self, current: Fields, old: Fields) -> None:
        """Let the old value be refused from now on."""

    def end_sessions(self, current: Fields, old: Fields) -> int:
        """End the sessions that were opened with the old value; return how many there were."""

    def close(self) -> None:
        """Let go of all connections."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What a connector is given.

    Attributes:
        settings: Of the credential, defaults filled in.
        admin: Value of the credential that ``settings["admin"]`` names; None: the account changes itself.
        timeout_s: For each wait on the network.
    """

    settings: Mapping[str, str]
    admin: Fields | None = field(default=None, repr=False)
    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Connector:
    """The object that an entry point of the group ``vaultapp.connectors`` resolves to.

    Attributes:
        kind: What credentials it rotates, and the form of their values and settings.
        connect: Makes a target; no call on the network yet.
        keeps_old: Given the settings: True when the target takes two values at once, so that there is a grace period.
    """

    kind: CredentialKind
    connect: Callable[[Connection], Target]
    keeps_old: Callable[[Mapping[str, str]], bool] = field(default=lambda _settings: False)
