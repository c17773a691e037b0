"""Secrets that rotate: the table's rows, the steps, what is hidden and shown."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from vaultapp.contracts.credentials import Credential, CredentialVersion, Label
from vaultapp.contracts.rotation import (
    Proof,
    ProofLine,
    RotationOutcome,
    RotationReason,
    RotationState,
    RotationStep,
)
from vaultapp.core.clock import DAY, MICROS
from vaultapp.gui.credentials.credential_rows import credential_rows
from vaultapp.gui.credentials.credential_words import STEPS
from vaultapp.gui.credentials.empty_credentials import EmptyCredentials
from vaultapp.gui.credentials.rotation_card import RotationCard
from vaultapp.gui.gallery.samples import NOW
from vaultapp.gui.gallery.sheet import Sheet, fixed
from vaultapp.gui.gallery.states import hovered
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.fold import Fold
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.option_row import OptionRow
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.panel_tile import PanelTile
from vaultapp.gui.widgets.secret_label import SecretLabel
from vaultapp.gui.widgets.selection_bar import SelectionBar
from vaultapp.gui.widgets.table import Table
from vaultapp.gui.widgets.timeline import Mark, Step, Timeline

_WIDTH = 330


class _Clock:
    """Always the same time."""

    def now(self) -> int:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def credentials(look: Look) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Credentials")
    sheet.wide("Rows", ("what is under way, what is due, what went wrong", _table(look)))
    running = _state(RotationOutcome.RUNNING, RotationStep.TEST)
    failed = _state(RotationOutcome.FAILED, RotationStep.SET, error="target_denied", target="db-1", account="shop_app")
    unfinished = _state(RotationOutcome.UNFINISHED, RotationStep.SET, error="target_unreachable", target="db-1")
    sheet.group(
        "A rotation",
        ("under way", _card(look, running)),
        ("after a break-in, with its proof", _card(look, _proved())),
        ("refused", _card(look, failed)),
        ("no answer", _card(look, unfinished)),
    )
    sheet.group("Every mark of a line", ("the marks", fixed(_marks(look), _WIDTH)))
    shown = SecretLabel(look, "Password")
    shown.show_secret("tulip-7-Harbour-l1O0")
    sheet.group("A secret", ("hidden", fixed(SecretLabel(look, "Password"), _WIDTH)), ("shown", fixed(shown, _WIDTH)))
    line = "A user of MySQL or MariaDB. Rotated while programs keep running."
    sheet.group(
        "What to begin with",
        ("rest", fixed(OptionRow(look, "MySQL", line, "database"), _WIDTH)),
        ("hover", fixed(hovered(OptionRow(look, "Note", "A text that nobody else is to read.", "file")), _WIDTH)),
    )
    open_fold = Fold(look, "Connection", FieldNote(look, "Two passwords at once"))
    open_fold.unfold()
    section = PanelSection(look)
    section.begin("Connection", Button(look, "Change…", "link"))
    section.add(Text(look, "db-1.example.net:3306"))
    sheet.group(
        "Parts of a panel",
        ("its tile", PanelTile(look, "database")),
        ("folded", fixed(Fold(look, "Connection", FieldNote(look, "Two passwords at once")), 160)),
        ("unfolded", fixed(open_fold, 160)),
        ("a section", fixed(section, _WIDTH)),
    )
    sheet.wide("Several rows selected", ("over the foot of the page", _selection(look)))
    sheet.wide("No credentials", ("the empty page", fixed(EmptyCredentials(look), 860, look.px(420))))
    return sheet


def _credential(at: int, name: str, kind: str, state: RotationState | None = None, **changes: object) -> Credential:
    version = CredentialVersion(f"{at:032x}", 1, (Label.CURRENT,), NOW, NOW)
    return Credential(
        credential_id=UUID(int=at),
        name=name,
        identifier=f"prod/{kind}/{name.split(maxsplit=1)[0].lower()}",
        kind=kind,
        created=NOW - 90 * DAY,
        changed=NOW - 12 * DAY,
        account="shop_app",
        target="db-1.example.net:3306",
        rotation=state,
        versions=(version,),
        **changes,  # type: ignore[arg-type]
    )


def _state(outcome: RotationOutcome, step: RotationStep, error: str = "", **facts: str | int) -> RotationState:
    done = STEPS[: STEPS.index(step)]
    times = {each.value: NOW - 3 * MICROS for each in done}
    reason = RotationReason.ASKED
    return RotationState(UUID(int=1), reason, step, outcome, NOW - 4 * MICROS, times, error, facts)


def _proved() -> RotationState:
    times = {step.value: NOW - 3 * MICROS for step in STEPS}
    lines = (ProofLine.NEW_LOGS_IN, ProofLine.OLD_REFUSED, ProofLine.OLD_SESSIONS_ENDED)
    return RotationState(
        UUID(int=2),
        RotationReason.EMERGENCY,
        RotationStep.DONE,
        RotationOutcome.SUCCEEDED,
        NOW - 4 * MICROS,
        times,
        proof=tuple(Proof(line, holds=True, count=3) for line in lines),
    )


def _card(look: Look, state: RotationState) -> QWidget:
    card = RotationCard(look, _Clock())
    # In a holder first: without one it would be shown as a window.
    holder = QWidget()
    holder.setLayout(column(card))
    card.show_credential(_credential(1, "Shop database", "mysql", state))
    return fixed(holder, _WIDTH)


def _marks(look: Look) -> Timeline:
    line = Timeline(look)
    line.set_steps([Step(mark, mark, mark.name.capitalize(), "As on a line") for mark in Mark])
    line.show_more()
    return line


def _table(look: Look) -> Table[Credential]:
    rows = (
        _credential(1, "Shop database", "mysql", _state(RotationOutcome.RUNNING, RotationStep.TEST)),
        _credential(2, "Reports database", "postgresql", _state(RotationOutcome.UNFINISHED, RotationStep.SET)),
        _credential(3, "Session cache of the shop, with a name that does not fit", "redis", strength=1),
        _credential(4, "Office VPN", "certificate", expires=NOW + 5 * DAY),
        _credential(5, "Registrar", "login"),
    )
    model = credential_rows(_Clock(), look.theme)
    model.show(model.prepare(rows))
    table: Table[Credential] = Table(look, model, "Credentials", many=True)
    model.setParent(table)
    table.setFixedHeight(look.px(300))
    return table


def _selection(look: Look) -> QWidget:
    page = QWidget()
    page.setFixedHeight(look.px(110))
    rotate = Button(look, "Rotate these now", "primary", "rotate-cw")
    bar = SelectionBar(look, page, rotate, Button(look, "Move to bin", "danger-quiet", "trash-2"))
    bar.say("3 selected", "2 targets")
    return page
