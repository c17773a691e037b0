"""Bringing credentials in from a file: first what would come of it, field by field."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vaultapp.contracts.credential_transfer import (
    ImportPlan,
    ImportReport,
    ImportRequest,
    OnTaken,
    PlannedCredential,
    TransferApi,
    TransferFormat,
)
from vaultapp.contracts.credentials import SCHEME
from vaultapp.contracts.files import Place
from vaultapp.core.errors import AuthenticationFailed, KeyNotHere, PassphraseNeeded, SourceChanged
from vaultapp.core.printable import printable, printable_path
from vaultapp.core.work import WorkContext
from vaultapp.gui import joining, quantities
from vaultapp.gui.credentials.transfer_words import fate, format_name, loss
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.rows import Prepared, RowModel
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labelled import labelled
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.table import Table

translate = QCoreApplication.translate
_WIDTH = 640
_LIST = 210
_SECRETS = (PassphraseNeeded, AuthenticationFailed, KeyNotHere)


@dataclass(frozen=True, slots=True)
class _Numbered:
    at: int
    entry: PlannedCredential


@dataclass(frozen=True, slots=True)
class _Planned:
    plan: ImportPlan
    rows: Prepared[_Numbered]


class ImportCredentialsDialog(WorkingForm):
    """Nothing is written before the person has seen what goes in, what is left out, and why.

    Args:
        look: Colours and fonts.
        transfer: Reads the file; blocks.
        tasks: Runs the calls.
        source: The file.
    """

    imported = Signal(object)  # ImportReport

    def __init__(self, look: Look, transfer: TransferApi, tasks: TaskRunner, source: bytes, parent: QWidget) -> None:
        name = printable_path(os.path.basename(source))
        title = translate("ImportCredentialsDialog", "Import from {name}").format(name=name)
        super().__init__(look, tasks, title, translate("ImportCredentialsDialog", "Import"), parent)
        self._transfer = transfer
        self._source = source
        self.plan: ImportPlan | None = None
        self.summary = Text(look, self.tr("Reading the file…"), tone="secondary", wrap=True)
        self.field = PassphraseField(look, self.tr("Passphrase of the file"))
        self.field.setProperty("sz", "")
        self.under = FieldNote(look, tone="bad")
        self._secret = labelled(look, self.tr("Passphrase of the file"), self.field, self.under)
        self._secret.hide()
        self.taken = Chooser(look, self.tr("What is here already"))
        self.prefix = QLineEdit()
        self.prefix.setAccessibleName(self.tr("Identifiers begin with"))
        self.prefix.setPlaceholderText(self.tr("Optional: imported/"))
        self.rows: RowModel[_Numbered] = RowModel(self._columns(), lambda each: each.at, self)
        self.table: Table[_Numbered] = Table(look, self.rows, self.tr("What becomes of each entry"))
        self.table.setFixedHeight(look.px(_LIST))
        self._choices = QWidget()
        taken = labelled(look, self.tr("What is here already"), self.taken)
        self._begin = labelled(look, self.tr("Identifiers begin with"), self.prefix)
        self._choices.setLayout(row((taken, 1), (self._begin, 1), gap=16))
        self._found = QWidget()
        self._found.setLayout(column(self._choices, self.table, gap=14))
        self._found.hide()
        self.add(self.summary, 4)
        self.add(self._secret, 14)
        self.add(self._found, 14)
        self.setFixedWidth(min(look.px(_WIDTH), parent.window().width() - 40))
        self._offer(OnTaken.KEEP)
        self.taken.picked.connect(self._pick)
        self.prefix.editingFinished.connect(self._prefix_changed)
        self.field.textChanged.connect(self._typed)
        self.go_button.clicked.connect(self._go)
        self._planned_with = ""
        self._plan()

    def refuse(self, error: BaseException) -> None:
        """Ask for the passphrase where that is missing; look anew where the file has changed."""
        if isinstance(error, _SECRETS):
            asked = not self._secret.isHidden()
            self._secret.show()
            self.summary.setText(self.tr("The file is encrypted."))
            if asked:
                self.under.setText(message_of(error).brief)
                self.under.show()
            self.go_button.setText(self.tr("Open"))
            self.field.setFocus()
        else:
            self.summary.setText(self.tr("Nothing was read in."))
            self.show_problem(error)
            if isinstance(error, SourceChanged):
                self.plan = None
        self.go_button.setAccessibleName(self.go_button.text())

    def sync(self) -> None:
        """With a plan it can begin; without one a passphrase may open the file."""
        if self.working:
            return
        ready = self.plan.taken > 0 if self.plan is not None else bool(self.field.text())
        self.go_button.setEnabled(ready)

    def _columns(self) -> Sequence[Column[_Numbered]]:
        return (
            Column(
                self.tr("Entry"),
                self._entry,
                lambda each: each.entry.entry,
                lambda each: each.entry.entry.casefold(),
                0,
            ),
            Column(
                self.tr("Becomes"), lambda each: fate(each.entry), sort=lambda each: each.entry.fate.value, width=150
            ),
            Column(self.tr("Left out"), self._lost, sort=lambda each: len(each.entry.lost), width=210, drops=1),
        )

    def _entry(self, each: _Numbered) -> Cell:
        entry = each.entry
        under = f"{SCHEME}{printable(entry.identifier)}" if entry.identifier else ""
        return Cell(printable(entry.entry), second=under, strong=True, code=True)

    def _lost(self, each: _Numbered) -> Cell:
        lost = each.entry.lost
        if not lost:
            return Cell(self.tr("Nothing"), tone="text3") if each.entry.identifier else Cell("")
        names = joining.names([printable(field.field) for field in lost])
        return Cell(names, second=joining.names(list(dict.fromkeys(loss(field.reason) for field in lost))))

    def _request(self) -> ImportRequest:
        chosen = self.taken.current
        return ImportRequest(
            source=Place(self._source),
            on_taken=chosen.value if chosen is not None else OnTaken.KEEP,
            passphrases=(self.field.secret(),) if self.field.text() else (),
            under=self.prefix.text().strip(),
        )

    def _plan(self) -> None:
        self.plan = None
        request = self._request()
        self._planned_with = request.under

        def call(work: WorkContext[Any]) -> _Planned:
            plan = self._transfer.plan(request, work)
            return _Planned(plan, self.rows.prepare([_Numbered(at, each) for at, each in enumerate(plan.credentials)]))

        self.work(call, self._show_plan)

    def _show_plan(self, planned: _Planned) -> None:
        plan = planned.plan
        self.plan = plan
        grows = self._found.isHidden()
        self._secret.hide()
        self.rows.show(planned.rows)
        self._found.show()
        # A sealed file of this program keeps its identifiers.
        self._begin.setVisible(plan.format is not TransferFormat.SEALED)
        words = self.tr("{format}: {taken} go in, {left} are left out, {fields} fields are not kept.")
        self.summary.setText(
            words.format(
                format=format_name(plan.format),
                taken=quantities.count(plan.taken),
                left=quantities.count(plan.skipped + plan.refused),
                fields=quantities.count(plan.lost_fields),
            )
        )
        one, many = self.tr("Import 1"), self.tr("Import {n}")
        self.go_button.setText(quantities.counted(plan.taken, one, many) if plan.taken else self.tr("Import"))
        self.go_button.setAccessibleName(self.go_button.text())
        self.fit()
        if grows:
            self.stand_in_the_middle()

    def _offer(self, value: OnTaken) -> None:
        choices = (
            Choice(OnTaken.KEEP, self.tr("Keep both, with a number")),
            Choice(OnTaken.SKIP, self.tr("Leave it out")),
        )
        self.taken.offer(choices, value)

    def _pick(self, value: OnTaken) -> None:
        self._offer(value)
        self._plan()

    def _prefix_changed(self) -> None:
        if not self.working and self.prefix.text().strip() != self._planned_with:
            self._plan()

    def _typed(self) -> None:
        self.under.hide()
        self.sync()

    def _go(self) -> None:
        plan = self.plan
        if plan is None or self.prefix.text().strip() != self._planned_with:
            self._plan()
            return
        request = self._request()
        self.work(lambda work: self._transfer.apply(request, plan.digest, work), self._done)

    def _done(self, report: ImportReport) -> None:
        self.accept()
        self.imported.emit(report)
