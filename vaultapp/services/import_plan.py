"""Which entries of a file are taken, and what they are called here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from vaultapp.contracts.credential_transfer import (
    EntryFate,
    ImportPlan,
    LossReason,
    LostField,
    OnTaken,
    PlannedCredential,
    TransferFormat,
)
from vaultapp.services.credential_index import CredentialIndex
from vaultapp.services.import_candidates import Candidate
from vaultapp.services.names import folded

# The plan crosses the wire in one frame of 8 MiB.
REPORT_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one candidate.

    Attributes:
        name, identifier: What it is called here.
        copy: Another credential has its identifier or its id: it is written beside that one, with a new id and
            without its rotations, because two that rotate one account would lock each other out.
    """

    candidate: Candidate
    fate: EntryFate
    name: str = ""
    identifier: str = ""
    copy: bool = False
    reason: LossReason | None = None

    def planned(self) -> PlannedCredential:
        """Return what callers see."""
        candidate = self.candidate
        described = candidate.description
        if self.fate in (EntryFate.SKIPPED, EntryFate.REFUSED) or described is None:
            return PlannedCredential(candidate.entry, self.fate, reason=self.reason)
        lost = candidate.lost
        if self.copy and (candidate.rotations or described.plan.days or described.plan.cron):
            lost = (*lost, LostField("rotation", LossReason.TAKEN))
        return PlannedCredential(
            entry=candidate.entry,
            fate=self.fate,
            name=self.name,
            identifier=self.identifier,
            kind=described.kind,
            kept=candidate.kept,
            renamed=candidate.renamed,
            lost=lost,
            versions=len(candidate.versions),
            attachments=len(candidate.attachments),
        )


def decide(candidates: Sequence[Candidate], index: CredentialIndex, on_taken: OnTaken) -> list[Decision]:
    """Decide on every candidate, in order; those before have taken their names. Nothing is written.

    What two entries of one file call the same is numbered first, as if nothing were here, so that reading in the same
    file again finds all of it.
    """
    here = index.page()
    ids = {credential_id for credential_id, _ in here}
    identifiers = _Names("{}-{}", {folded(found.identifier) for _, found in here})
    names = _Names("{} ({})", {folded(found.name) for _, found in here})
    known = frozenset(identifiers.taken)
    of_file = _Names("{}-{}", set())
    decisions: list[Decision] = []
    for candidate in candidates:
        described = candidate.description
        if described is None:
            fate = EntryFate.REFUSED if candidate.refused else EntryFate.SKIPPED
            decisions.append(Decision(candidate, fate, reason=candidate.refused or candidate.skipped))
            continue
        wanted = of_file.take(described.identifier)
        taken = folded(wanted) in known or candidate.own_id in ids
        if taken and on_taken is OnTaken.SKIP:
            decisions.append(Decision(candidate, EntryFate.SKIPPED, reason=LossReason.TAKEN))
            continue
        identifier = identifiers.take(wanted)
        name = names.take(described.name)
        if candidate.own_id is not None:
            ids.add(candidate.own_id)
        fate = EntryFate.TAKEN if identifier == described.identifier else EntryFate.NUMBERED
        decisions.append(Decision(candidate, fate, name, identifier, copy=taken))
    return decisions


def plan_of(decisions: Sequence[Decision], form: TransferFormat, file_digest: bytes) -> ImportPlan:
    """Return what callers see of it all."""
    planned = [decision.planned() for decision in decisions]
    encoded = [msgspec.msgpack.encode(one) for one in planned]
    digest = hashlib.sha256(file_digest + b"".join(hashlib.sha256(one).digest() for one in encoded)).digest()
    shown = list(range(len(planned)))
    if sum(map(len, encoded)) > REPORT_BYTES:
        # What goes as it came is the least news.
        shown.sort(key=lambda at: planned[at].fate is EntryFate.TAKEN and not planned[at].lost)
    size, told = 0, []
    for at in shown:
        size += len(encoded[at])
        if size > REPORT_BYTES:
            break
        told.append(planned[at])
    fates = [one.fate for one in planned]
    return ImportPlan(
        format=form,
        digest=digest,
        credentials=tuple(told),
        taken=fates.count(EntryFate.TAKEN) + fates.count(EntryFate.NUMBERED),
        skipped=fates.count(EntryFate.SKIPPED),
        refused=fates.count(EntryFate.REFUSED),
        lost_fields=sum(len(one.lost) for one in planned),
        left_off=len(planned) - len(told),
    )


class _Names:
    """Names that are taken, and the next number of each that is wanted again.

    Args:
        form: What a name and its number make.
        taken: Folded.
    """

    def __init__(self, form: str, taken: set[str]) -> None:
        self._form = form
        self.taken = taken
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Take a name, with a number behind it if it is not free."""
        found, key = wanted, folded(wanted)
        while folded(found) in self.taken:
            number = self._next.get(key, 2)
            self._next[key] = number + 1
            found = self._form.format(wanted, number)
        self.taken.add(folded(found))
        return found
