"""What the records of credentials and their rotations hold."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from vaultapp.contracts.rotation import (
    Proof,
    RotationOutcome,
    RotationPlan,
    RotationReason,
    RotationState,
    RotationStep,
)

CREDENTIAL = "credential"
CREDENTIAL_VERSION = "credential_version"
ROTATION = "rotation"
ATTACHMENT = "attachment"
"""Below its credential; the bytes are the record's secret."""


class CredentialDescription(Struct, frozen=True, gc=False):
    """A credential, without its versions. Times are microseconds UTC.

    Attributes:
        labels: Which version each label sits on, by version id. Labels move; versions never change.
        changed, expires, strength, reuse: Of the current version, kept here for lists. ``reuse`` is a keyed hash of
            its secret, by which equal ones are found without opening them.
    """

    name: str
    identifier: str
    kind: str
    created: int
    labels: dict[str, str]
    changed: int
    account: str = ""
    target: str = ""
    description: str = ""
    tags: dict[str, str] = {}
    deletes_at: int | None = None
    strength: int | None = None
    reuse: bytes = b""
    expires: int | None = None
    remind_at: int | None = None
    settings: dict[str, str] = {}
    plan: RotationPlan = RotationPlan()
    rotation: UUID | None = None
    last_rotated: int | None = None


class CredentialVersionDescription(Struct, frozen=True, gc=False):
    """One version; its value is the record's secret: a msgpack map with the JSON object under ``fields``."""

    version_id: str
    number: int
    created: int
    starts: int
    origin: str
    expires: int | None = None
    enabled: bool = True
    discarded_until: int | None = None


class AttachmentDescription(Struct, frozen=True, gc=False):
    """A small file of a credential."""

    name: str
    size: int


class RotationDescription(Struct, frozen=True, gc=False):
    """A rotation, written after each step. Times are microseconds UTC.

    Attributes:
        base: Version that was current when it began.
        pending: Version that it brings; empty until the step CREATE is on the disk.
        keep_old: The target takes the old value too, until ``old_until``.
        emergency: No grace, sessions end, and the proof is made.
        refused: The target's policy refused one pending value already.
    """

    reason: RotationReason
    step: RotationStep
    outcome: RotationOutcome
    started: int
    base: str
    pending: str = ""
    keep_old: bool = False
    emergency: bool = False
    refused: bool = False
    times: dict[str, int] = {}
    error: str = ""
    facts: dict[str, str | int] = {}
    attempts: int = 0
    next_try: int | None = None
    old_until: int | None = None
    proof: tuple[Proof, ...] = ()

    def as_contract(self, rotation_id: UUID) -> RotationState:
        """Return what callers see."""
        return RotationState(
            rotation_id=rotation_id,
            reason=self.reason,
            step=self.step,
            outcome=self.outcome,
            started=self.started,
            times=self.times,
            error=self.error,
            facts=self.facts,
            attempts=self.attempts,
            next_try=self.next_try,
            old_until=self.old_until,
            proof=self.proof,
        )
