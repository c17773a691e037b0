"""Making a credential, or giving one a new value, in the side panel."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vaultapp.contracts.credential_kinds import CredentialKind, Field
from vaultapp.contracts.credentials import SCHEME, Credential, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.errors import NameTaken, VaultError
from vaultapp.gui import key_words
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.credentials.connection_inputs import ConnectionInputs
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.field_form import FieldForm
from vaultapp.gui.credentials.field_words import field_name
from vaultapp.gui.credentials.form_drafts import DraftedForm, NewCredentialDraft
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.page import PageParts
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.fold import Fold
from vaultapp.gui.widgets.labelled import labelled
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.panel_tile import PanelTile
from vaultapp.gui.widgets.problem_bar import ProblemBar

translate = QCoreApplication.translate
_NOT_IN_IDENTIFIERS = re.compile(r"[^a-z0-9_+=.@/-]+")


class CredentialForm(DraftedForm):
    """Asks for the name, the fields of the kind, and folded away for the connection and what may wait.

    Args:
        look: Colours and fonts.
        kind: Of the new credential.
        desk: Makes it.
        parts: What pages are given.
    """

    made = Signal(object)  # Credential
    other_kind = Signal()

    def __init__(self, look: Look, kind: CredentialKind, desk: CredentialDesk, parts: PageParts) -> None:
        title = translate("CredentialForm", "New: {kind}").format(kind=words.kind_name(kind.name))
        mark = PanelTile(look, words.kind_icon(kind.name))
        super().__init__(look, mark, title, words.kind_line(kind), title, under=Style.CAPTION)
        self._kind = kind
        self._desk = desk
        self._parts = parts
        self._proposed = ""
        self.problem = ProblemBar(look)
        self.name = _line(self.tr("Name"), self.tr("Shop database"))
        self.identifier = _line(self.tr("Identifier"), "")
        self.problems = {"name": FieldNote(look, tone="bad"), "identifier": FieldNote(look, tone="bad")}
        self.value = FieldForm(look, kind.fields, self._maker)
        folders = parts.settings.folders
        inputs = ConnectionInputs(look, desk.shelf, parts.tasks, folders, kind.name)
        self.settings = FieldForm(look, kind.settings, choosing=inputs)
        self.period = Chooser(look, self.tr("Rotation"))
        self.description = _line(self.tr("Description"), self.tr("Optional: what it is for"))
        self.tags = _line(self.tr("Tags"), self.tr("Optional: team=infrastructure"))
        self.go_button = Button(look, self.tr("Save"), "primary")
        self.back_button = Button(look, self.tr("Another kind"))
        self.connection = Fold(look, self.tr("Connection"), self.settings)
        more = QWidget()
        fields = ((self.tr("Description"), self.description), (self.tr("Tags"), self.tags))
        more.setLayout(column(*(labelled(look, label, part) for label, part in fields), gap=12))
        self.more = Fold(look, self.tr("More"), more)
        self._build()
        self._connect()
        self._untouched = self._typed_so_far()
        self._saved = False

    @property
    def unsaved(self) -> str:
        """Says so as soon as anything is filled in that was not at first."""
        if self._saved or self._typed_so_far() == self._untouched:
            return ""
        name = self.name.text().strip()
        if name:
            return self.tr("The new credential “{name}” is not saved.").format(name=words.short(name))
        return self.tr("The new credential is not saved.")

    @property
    def draft(self) -> NewCredentialDraft:
        """What is typed so far."""
        chosen = self.period.current
        return NewCredentialDraft(
            kind=self._kind,
            name=self.name.text(),
            identifier=self.identifier.text(),
            proposed=self._proposed,
            description=self.description.text(),
            tags=self.tags.text(),
            days=chosen.value if chosen is not None else 0,
            value=self.value.values,
            settings=self.settings.values,
            opened=self.connection.unfolded,
        )

    def take_draft(self, draft: NewCredentialDraft) -> None:
        """Show what was typed in another form of this kind."""
        self.name.setText(draft.name)
        self._proposed = draft.proposed
        self.identifier.setText(draft.identifier)
        self.description.setText(draft.description)
        self.tags.setText(draft.tags)
        self.value.fill(draft.value)
        self.settings.fill(draft.settings)
        self._offer(draft.days)
        if draft.opened:
            self.connection.unfold()

    def take_focus(self) -> None:
        """Begin with the name."""
        self.name.setFocus()

    def _typed_so_far(self) -> tuple[object, ...]:
        chosen = self.period.current
        lines = (self.name, self.identifier, self.description, self.tags)
        return (
            *(line.text() for line in lines),
            self.value.values,
            self.settings.values,
            chosen.value if chosen is not None else 0,
        )

    def _build(self) -> None:
        look = self.look
        self.add(self.problem, above=12)
        self.add(labelled(look, self.tr("Name"), self.name, self.problems["name"]), above=8)
        named = labelled(look, self.tr("Identifier for programs"), self.identifier, self.problems["identifier"])
        self.add(named, above=12)
        self.add(self.value, above=12)
        if self._kind.rotates:
            self.add(labelled(look, self.tr("Rotation"), self.period), above=12)
            self.add(self.connection, above=12)
        self.add(self.more, above=8)
        self.set_foot(self.back_button, last=self.go_button)
        self._offer(0)
        self._sync()

    def _connect(self) -> None:
        self.name.textChanged.connect(self._propose)
        for field, line in (("name", self.name), ("identifier", self.identifier)):
            line.textChanged.connect(lambda *_, field=field: self._typed(field))
            line.returnPressed.connect(self._go)
        for form in (self.value, self.settings):
            form.changed.connect(self._sync)
            form.entered.connect(self._go)
        self.period.picked.connect(self._offer)
        self.go_button.clicked.connect(self._go)
        self.back_button.clicked.connect(self.other_kind)

    def _maker(self, field: Field) -> SecretMaker | None:
        if self._kind.rules is None or field.name != self._kind.secret:
            return None
        made = SecretMaker(
            self.look, field_name(field.name), self._kind.rules, self._parts.session.credentials, self._parts.tasks
        )
        made.changed.connect(self._sync)
        return made

    def _offer(self, days: int) -> None:
        choices = [Choice(0, self.tr("Only when asked")), *(Choice(n, words.period(n)) for n in words.PERIODS)]
        self.period.offer(choices, days)

    def _propose(self, name: str) -> None:
        """Propose an identifier, as long as nobody typed another one."""
        if self.identifier.text() in ("", self._proposed):
            self._proposed = proposed(self._kind.name, name)
            self.identifier.setText(self._proposed)

    def _typed(self, field: str) -> None:
        self.problems[field].hide()
        line = self.name if field == "name" else self.identifier
        line.setAccessibleDescription("")
        set_state(line, "state", "")
        self._sync()

    def _sync(self) -> None:
        whole = bool(self.name.text().strip() and self.identifier.text().strip())
        complete = self.value.complete and (self.settings.complete or not self._kind.rotates)
        self.go_button.setEnabled(whole and complete and not self.go_button.busy)

    def _go(self) -> None:
        if not self.go_button.isEnabled():
            return
        chosen = self.period.current
        tags = self.tags.text().replace("，", ",").split(",")
        new = NewCredential(
            name=self.name.text().strip(),
            identifier=self.identifier.text().strip().removeprefix(SCHEME),
            kind=self._kind.name,
            value=SecretFields(self.value.values),
            description=self.description.text().strip(),
            tags=dict(key_words.tag_of(part) for part in tags if part.strip()),
            settings=self.settings.values if self._kind.rotates else {},
            plan=RotationPlan(days=chosen.value if chosen is not None and self._kind.rotates else 0),
        )
        self.problem.solved()
        self.go_button.set_busy(True)
        task = self._desk.actions.make(new)
        task.tell(self, done=self._made, failed=self._refuse, ended=self._ended)

    def _made(self, credential: Credential) -> None:
        self._saved = True
        self.settled.emit()
        self.made.emit(credential)

    def _ended(self) -> None:
        self.go_button.set_busy(False)
        self._sync()

    def _refuse(self, error: BaseException) -> None:
        told = message_of(error)
        field = str(error.facts.get("field", "")) if isinstance(error, VaultError) else ""
        if isinstance(error, NameTaken) and field not in self.problems:
            taken = str(error.facts.get("name", "")).casefold()
            field = "name" if taken == self.name.text().strip().casefold() else "identifier"
        if field in self.problems:
            line = self.name if field == "name" else self.identifier
            self.problems[field].setText(told.brief)
            self.problems[field].show()
            line.setAccessibleDescription(told.brief)
            set_state(line, "state", "bad")
            line.setFocus()
        elif self.settings.refuse(field, told.brief):
            self.connection.unfold()
        elif not self.value.refuse(field, told.brief):
            self.problem.tell(told)


def proposed(kind: str, name: str) -> str:
    """Return an identifier for a name: mysql/shop-database; empty where nothing of the name can stand in one."""
    slug = _NOT_IN_IDENTIFIERS.sub("-", name.strip().casefold()).strip("-/")
    while "//" in slug:
        slug = slug.replace("//", "/")
    return f"{kind}/{slug}" if slug else ""


def _line(name: str, hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setAcceptDrops(False)
    return field
