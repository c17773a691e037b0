"""What a credential's description says of its current value, so that lists need not open it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import Label
from vaultapp.services.credential_descriptions import CredentialDescription, CredentialVersionDescription
from vaultapp.services.credential_values import account_of, target_of
from vaultapp.services.secret_traces import SecretTraces
from vaultapp.services.unlocked import UnlockedVault


class ValueFacts(Struct, frozen=True):
    """What is known of a value without it. ``reuse`` is the keyed hash of its secret."""

    account: str
    target: str
    strength: int | None
    reuse: bytes


class CurrentValue:
    """Tells a credential which version is current, and what lists show of it.

    Args:
        unlocked: The open vault.
    """

    def __init__(self, unlocked: UnlockedVault) -> None:
        self._traces = SecretTraces(unlocked)

    def facts(self, kind: CredentialKind, value: Mapping[str, str]) -> ValueFacts:
        """Look at a value. Takes up to 50 ms, so do it before a transaction."""
        secret = value.get(kind.secret, "")
        return ValueFacts(
            account=account_of(kind, value),
            target=target_of(kind, value),
            strength=self._traces.grade(kind, secret),
            reuse=self._traces.reuse(secret),
        )

    def ungraded(self, kind: CredentialKind, value: Mapping[str, str]) -> ValueFacts:
        """Look at a value without grading its secret, which takes a moment: that of many is done later."""
        return ValueFacts(account_of(kind, value), target_of(kind, value), None, self.reuse(kind, value))

    def reuse(self, kind: CredentialKind, value: Mapping[str, str]) -> bytes:
        """Return the keyed hash of a value's secret, where the rest is known already."""
        return self._traces.reuse(value.get(kind.secret, ""))


def made_current(
    credential: CredentialDescription, version: CredentialVersionDescription, facts: ValueFacts, now: int
) -> CredentialDescription:
    """Return a credential whose labels have moved: the version is current, and the one that was is previous.

    A version that was pending is so no longer. The caller writes it in the transaction that makes it true.
    """
    labels = {label: held for label, held in credential.labels.items() if held != version.version_id}
    before = credential.labels.get(Label.CURRENT)
    if before is not None and before != version.version_id:
        labels[Label.PREVIOUS.value] = before
    labels[Label.CURRENT.value] = version.version_id
    return msgspec.structs.replace(
        credential,
        labels=labels,
        changed=now,
        account=facts.account,
        target=facts.target,
        strength=facts.strength,
        reuse=facts.reuse,
        expires=version.expires,
    )
