"""Imports and exports in memory: a file is what a test says it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.gui.fake_credentials import FakeCredentials
from vaultapp.contracts.credential_transfer import (
    EntryFate,
    ExportReport,
    ExportRequest,
    ImportPlan,
    ImportReport,
    ImportRequest,
    LossReason,
    LostField,
    OnTaken,
    PlannedCredential,
    TransferApi,
    TransferFormat,
)
from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.core.errors import AuthenticationFailed, PassphraseNeeded, VaultError
from vaultapp.core.work import WorkContext

FORM = LostField("autofill", LossReason.NO_PLACE)


@dataclass
class FakeTransfer:
    """Three logins in a file, one of them here already.

    Attributes:
        passphrase: Opens the file; empty where it needs none.
        fails: Raised by the next call.
    """

    kept: FakeCredentials
    passphrase: str = ""
    fails: VaultError | None = None
    asked: list[tuple[object, ...]] = field(default_factory=list)
    exports: list[tuple[ExportRequest, list[bytes]]] = field(default_factory=list)

    def plan(self, request: ImportRequest, work: WorkContext[None]) -> ImportPlan:
        self._open(request)
        self.asked.append(("plan", request.source.path, request.on_taken, request.under))
        skip = request.on_taken is OnTaken.SKIP
        taken = EntryFate.SKIPPED if skip else EntryFate.NUMBERED
        entries = (
            self._entry(request, "Mail", EntryFate.TAKEN, ()),
            self._entry(request, "Shop", taken, (FORM,)),
            PlannedCredential("Card", EntryFate.REFUSED, reason=LossReason.UNKNOWN_TYPE),
        )
        digest = repr((request.on_taken, request.under)).encode()
        return ImportPlan(TransferFormat.CSV, digest, entries, 2 - skip, int(skip), 1, 1 - skip)

    def apply(self, request: ImportRequest, digest: bytes, work: WorkContext[None]) -> ImportReport:
        plan = self.plan(request, work)
        assert digest == plan.digest
        self.asked[-1] = ("apply", request.source.path, request.on_taken, request.under)
        made = [
            self.kept.add(each.name, each.identifier, each.kind, {"username": "u", "password": "p"}).credential_id
            for each in plan.credentials
            if each.identifier and each.fate is not EntryFate.SKIPPED
        ]
        self.kept.publish(CredentialsChanged(tuple(made)))
        return ImportReport(tuple(made), plan.skipped, plan.refused)

    def export(self, request: ExportRequest, work: WorkContext[None]) -> ExportReport:
        self._fail()
        self.exports.append((request, [bytes(secret) for secret in request.passphrases]))
        count = len(request.credentials) or len(self.kept.credentials)
        return ExportReport(request.target, count, count, 0, 4096)

    def _open(self, request: ImportRequest) -> None:
        self._fail()
        if self.passphrase and not request.passphrases:
            raise PassphraseNeeded
        if self.passphrase and request.passphrases[0].decode() != self.passphrase:
            raise AuthenticationFailed

    def _fail(self) -> None:
        fails, self.fails = self.fails, None
        if fails is not None:
            raise fails

    @staticmethod
    def _entry(request: ImportRequest, name: str, fate: EntryFate, lost: tuple[Any, ...]) -> PlannedCredential:
        identifier = f"{request.under}login/{name.lower()}"
        return PlannedCredential(name, fate, name, identifier, "login", kept=("username", "password"), lost=lost)


if TYPE_CHECKING:
    _: type[TransferApi] = FakeTransfer
