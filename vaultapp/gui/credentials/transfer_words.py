"""What people read of an import: what files are, what becomes of entries, why fields are left out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.credential_transfer import EntryFate, LossReason, PlannedCredential, TransferFormat
from vaultapp.gui.credentials.credential_words import kind_name
from vaultapp.gui.models.cells import Cell

translate = QCoreApplication.translate


def format_name(format_: TransferFormat) -> str:
    """Return what a file is."""
    names = {
        TransferFormat.CSV: translate("TransferWords", "CSV table"),
        TransferFormat.BITWARDEN: translate("TransferWords", "Bitwarden JSON"),
        TransferFormat.KDBX: translate("TransferWords", "KeePass database"),
        TransferFormat.SEALED: translate("TransferWords", "Sealed export"),
    }
    return names[format_]


def fate(entry: PlannedCredential) -> Cell:
    """Return what becomes of an entry."""
    match entry.fate:
        case EntryFate.TAKEN:
            return Cell(kind_name(entry.kind), badge="ok", icon="check")
        case EntryFate.NUMBERED:
            numbered = translate("TransferWords", "{kind}, numbered").format(kind=kind_name(entry.kind))
            return Cell(numbered, badge="info", icon="plus")
        case EntryFate.SKIPPED:
            return Cell(_why(entry) or translate("TransferWords", "Left out"), badge="mute", icon="ban")
        case EntryFate.REFUSED:
            return Cell(_why(entry) or translate("TransferWords", "Refused"), badge="bad", icon="x")


def loss(reason: LossReason) -> str:
    """Return why something is left out."""
    reasons = {
        LossReason.NO_PLACE: translate("TransferWords", "Nothing here does that"),
        LossReason.TOO_LARGE: translate("TransferWords", "Too large"),
        LossReason.UNKNOWN_TYPE: translate("TransferWords", "Unknown type"),
        LossReason.EMPTY: translate("TransferWords", "Empty"),
        LossReason.TAKEN: translate("TransferWords", "Here already"),
        LossReason.DELETED: translate("TransferWords", "In the bin there"),
        LossReason.INVALID: translate("TransferWords", "Not acceptable"),
        LossReason.RUNS_PROGRAM: translate("TransferWords", "Would run a program by itself"),
    }
    return reasons[reason]


def _why(entry: PlannedCredential) -> str:
    return loss(entry.reason) if entry.reason is not None else ""
