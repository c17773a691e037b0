"""Credentials as rows of a table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from vaultapp.contracts.credentials import Credential
from vaultapp.core.clock import Clock
from vaultapp.core.printable import printable
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.rows import RowModel

translate = QCoreApplication.translate

_NEVER = 2**63
# What needs the person stands first.
_URGENCY = {"bad": 0, "warn": 1, "": 2, "ok": 3}


def credential_rows(clock: Clock, parent: QObject) -> RowModel[Credential]:
    """Return a model of credentials. Cells speak of the time at which they are painted."""

    def name(row: Credential) -> Cell:
        return Cell(printable(row.name), second=words.address(row), strong=True, code=True)

    def kind(row: Credential) -> Cell:
        return Cell(words.kind_name(row.kind), icon=words.kind_icon(row.kind), tone="text2")

    def status(row: Credential) -> tuple[int, str]:
        cell = words.status(row, clock.now())
        return _URGENCY[cell.badge], cell.text

    columns: tuple[Column[Credential], ...] = (
        Column(translate("CredentialRows", "Name"), name, words.searched, lambda row: row.name.casefold(), width=0),
        Column(
            translate("CredentialRows", "Kind"),
            kind,
            lambda row: words.kind_name(row.kind),
            lambda row: words.kind_name(row.kind).casefold(),
            width=122,
            drops=1,
        ),
        Column(
            translate("CredentialRows", "Account"),
            lambda row: Cell(printable(row.account)),
            lambda row: row.account,
            lambda row: row.account.casefold(),
            width=112,
            drops=2,
        ),
        Column(
            translate("CredentialRows", "Target"),
            lambda row: Cell(printable(row.target)),
            lambda row: row.target,
            lambda row: row.target.casefold(),
            width=150,
            drops=4,
        ),
        Column(
            translate("CredentialRows", "Age"),
            lambda row: Cell(words.age(row.changed, clock.now())),
            sort=lambda row: -row.changed,
            width=64,
            drops=3,
        ),
        Column(
            translate("CredentialRows", "Next rotation"),
            lambda row: words.next_rotation(row, clock.now()),
            sort=_next,
            width=108,
        ),
        Column(
            translate("CredentialRows", "Status"), lambda row: words.status(row, clock.now()), sort=status, width=146
        ),
    )
    return RowModel(columns, lambda row: row.credential_id, parent)


def _next(row: Credential) -> tuple[int, int]:
    if row.plan.next_due is not None:
        return 0, row.plan.next_due
    return 1, _NEVER if row.expires is None else row.expires
