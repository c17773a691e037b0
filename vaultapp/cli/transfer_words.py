"""What an import would do, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from vaultapp.cli.output import counted
from vaultapp.cli.records import Json
from vaultapp.contracts.credential_kinds import COMMAND
from vaultapp.contracts.credential_transfer import (
    EntryFate,
    ImportPlan,
    LossReason,
    LostField,
    PlannedCredential,
    TransferFormat,
)
from vaultapp.contracts.credentials import SCHEME
from vaultapp.core.printable import printable

FORMATS = {
    TransferFormat.CSV.value: "a table (CSV)",
    TransferFormat.BITWARDEN.value: "Bitwarden's JSON",
    TransferFormat.KDBX.value: "a KeePass database",
    TransferFormat.SEALED.value: "a sealed export",
}
LOSSES = {
    LossReason.NO_PLACE: "nothing here does that",
    LossReason.TOO_LARGE: "too large",
    LossReason.UNKNOWN_TYPE: "of a type that is not known here",
    LossReason.EMPTY: "it holds nothing",
    LossReason.TAKEN: "it is here already",
    LossReason.DELETED: "it lies in the bin there",
    LossReason.INVALID: "not acceptable here",
    LossReason.RUNS_PROGRAM: "it would run a program by itself",
}


def plan_lines(plan: ImportPlan) -> list[str]:
    """Return a plan entry by entry, field by field, and a line of it all."""
    lines = [line for one in plan.credentials for line in _entry(one)]
    if plan.left_off:
        lines.append(f"{counted(plan.left_off, 'more entry', 'more entries')} not told of here.")
    parts = [f"{counted(plan.taken, 'goes', 'go')} in", f"{plan.skipped:,} left out", f"{plan.refused:,} refused"]
    summary = f"This is {FORMATS[plan.format]}. Of its entries {', '.join(parts)}"
    return [*lines, f"{summary}; {counted(plan.lost_fields, 'field is', 'fields are')} lost."]


def plan_json(plan: ImportPlan) -> Json:
    """Return a plan as programs read it."""
    return {
        "format": plan.format.value,
        "taken": plan.taken,
        "skipped": plan.skipped,
        "refused": plan.refused,
        "lost_fields": plan.lost_fields,
        "left_off": plan.left_off,
        "entries": [_json(one) for one in plan.credentials],
    }


def _entry(one: PlannedCredential) -> Iterator[str]:
    entry = f"“{printable(one.entry)}”"
    if one.fate in (EntryFate.SKIPPED, EntryFate.REFUSED):
        verb = "left out" if one.fate is EntryFate.SKIPPED else "refused"
        yield f"{entry}: {verb}, {LOSSES[one.reason or LossReason.INVALID]}."
        return
    numbered = ", numbered because the identifier is taken" if one.fate is EntryFate.NUMBERED else ""
    yield f"{entry}: {one.kind}, {SCHEME}{printable(one.identifier)}{numbered}"
    if one.kind == COMMAND.name:
        # The file's settings name it; who wrote the file may be somebody else.
        yield "    careful   to rotate it runs a program; `vaultapp credentials show` tells which"
    if one.kept:
        yield f"    kept      {', '.join(map(printable, one.kept))}"
    if one.renamed:
        yield "    renamed   " + ", ".join(f"{printable(it.field)} → {printable(it.target)}" for it in one.renamed)
    if one.versions > 1 or one.attachments:
        yield f"    with      {counted(one.versions, 'version', 'versions')}, " + counted(
            one.attachments, "attachment", "attachments"
        )
    if one.lost:
        yield f"    lost      {', '.join(map(_lost, one.lost))}"


def _lost(one: LostField) -> str:
    return f"{printable(one.field)} ({LOSSES[one.reason]})"


def _json(one: PlannedCredential) -> Json:
    return {
        "entry": one.entry,
        "fate": one.fate.value,
        "reason": None if one.reason is None else one.reason.value,
        "name": one.name or None,
        "identifier": one.identifier or None,
        "kind": one.kind or None,
        "kept": list(one.kept),
        "renamed": {it.field: it.target for it in one.renamed},
        "lost": {it.field: it.reason.value for it in one.lost},
        "versions": one.versions,
        "attachments": one.attachments,
    }
