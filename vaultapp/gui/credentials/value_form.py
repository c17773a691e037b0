"""Giving a credential a new value, or another connection, in the side panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal

from vaultapp.contracts.credential_kinds import Field
from vaultapp.contracts.credentials import (
    Credential,
    CredentialChange,
    CredentialsApi,
    SecretFields,
)
from vaultapp.core.errors import VaultError
from vaultapp.core.printable import printable
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.credentials.connection_inputs import ConnectionInputs
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.field_form import FieldForm
from vaultapp.gui.credentials.field_words import field_name
from vaultapp.gui.credentials.form_drafts import DraftedForm, NewValueDraft
from vaultapp.gui.credentials.secret_maker import SecretMaker
from vaultapp.gui.look import Look
from vaultapp.gui.messages import message_of
from vaultapp.gui.page import PageParts
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.fold import Fold
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.panel_tile import PanelTile
from vaultapp.gui.widgets.problem_bar import ProblemBar


class ValueForm(DraftedForm):
    """Shows the current value to be changed. What is not shown of it stays as it is.

    Args:
        look: Colours and fonts.
        credential: What is changed.
        value: Its current value.
        desk: Changes it.
        parts: What pages are given.
    """

    saved = Signal(object)  # Credential
    left = Signal()

    def __init__(
        self, look: Look, credential: Credential, value: SecretFields, desk: CredentialDesk, parts: PageParts
    ) -> None:
        kind = desk.shelf.kind(credential)
        name = printable(credential.name)
        spoken = QCoreApplication.translate("ValueForm", "New value of {name}").format(name=name)
        super().__init__(look, PanelTile(look, words.kind_icon(kind.name)), name, words.address(credential), spoken)
        self._kind = kind
        self._credential = credential
        self._before = value
        self._desk = desk
        self._parts = parts
        self.problem = ProblemBar(look)
        # A kind that is not known any more has its fields as they are.
        known = {field.name for field in kind.fields}
        others = tuple(Field(field, secret=True) for field in value.fields if field not in known)
        self.value = FieldForm(look, (*kind.fields, *others), self._maker)
        folders = parts.settings.folders
        inputs = ConnectionInputs(look, desk.shelf, parts.tasks, folders, kind.name, credential.credential_id)
        self.settings = FieldForm(look, kind.settings, choosing=inputs)
        self.connection = Fold(look, self.tr("Connection"), self.settings)
        self.go_button = Button(look, self.tr("Save"), "primary")
        self.cancel_button = Button(look, self.tr("Cancel"))
        line = self.tr("Saved here as the current version. The one before stays as previous.")
        if kind.rotates:
            line = self.tr("Saved here only: the target is not told. Rotate now changes it there too.")
        self.add(Text(look, line, Style.CAPTION, "secondary", wrap=True), above=12)
        self.add(self.problem, above=8)
        self.add(self.value, above=8)
        if kind.settings:
            self.add(self.connection, above=12)
        self.set_foot(self.cancel_button, last=self.go_button)
        self.value.fill(value.fields)
        self.settings.fill(credential.settings)
        # As the form would give them back untouched, defaults filled in.
        self._filled = self.value.values, self.settings.values
        self._over = False
        for form in (self.value, self.settings):
            form.changed.connect(self._sync)
            form.entered.connect(self._go)
        self.go_button.clicked.connect(self._go)
        self.cancel_button.clicked.connect(self._leave)
        self._sync()

    @property
    def unsaved(self) -> str:
        """Says so as soon as anything is changed, unless the person pressed Cancel."""
        if self._over or (self.value.values, self.settings.values) == self._filled:
            return ""
        name = words.short(self._credential.name)
        return self.tr("The new value of “{name}” is not saved.").format(name=name)

    @property
    def draft(self) -> NewValueDraft:
        """What is typed so far."""
        value, settings = self.value.values, self.settings.values
        return NewValueDraft(self._credential, self._before, value, settings, self.connection.unfolded)

    def take_draft(self, draft: NewValueDraft) -> None:
        """Show what was typed in another form of this credential."""
        self.value.fill(draft.value)
        self.settings.fill(draft.settings)
        if draft.opened:
            self.connection.unfold()

    def take_focus(self) -> None:
        """Begin with the first field."""
        next(iter(self.value.inputs.values())).setFocus()

    def show_connection(self) -> None:
        """Show the settings of the connection."""
        self.connection.unfold()
        first = next(iter(self.settings.inputs.values()), None)
        if first is not None:
            first.setFocus()

    def _maker(self, field: Field) -> SecretMaker | None:
        if self._kind.rules is None or field.name != self._kind.secret:
            return None
        api, tasks = self._parts.session.credentials, self._parts.tasks
        made = SecretMaker(self.look, field_name(field.name), self._kind.rules, api, tasks)
        made.changed.connect(self._sync)
        return made

    def _sync(self) -> None:
        complete = self.value.complete and (self.settings.complete or not self._kind.settings)
        self.go_button.setEnabled(complete and not self.go_button.busy)

    def _go(self) -> None:
        if not self.go_button.isEnabled():
            return
        name = str(self._credential.credential_id)
        value, settings = self.value.values, self.settings.values
        calls: list[Callable[[CredentialsApi], Credential]] = []
        if settings != self._filled[1]:
            calls.append(lambda api: api.edit(name, CredentialChange(settings=settings)))
        written = value != self._filled[0]
        if written:
            calls.append(lambda api: api.put(name, SecretFields(value)))
        if not calls:
            self._leave()
            return

        def ask(api: CredentialsApi) -> Credential:
            return [call(api) for call in calls][-1]

        def done(changed: Credential) -> None:
            self._over = True
            self.settled.emit()
            if written:
                self._desk.actions.say_written(changed, self._before.version_id)
            self.saved.emit(changed)

        self.problem.solved()
        self.go_button.set_busy(True)
        self._desk.actions.change(ask, done, self._refuse).tell(self, ended=self._ended)

    def _leave(self) -> None:
        self._over = True
        self.settled.emit()
        self.left.emit()

    def _ended(self) -> None:
        self.go_button.set_busy(False)
        self._sync()

    def _refuse(self, error: BaseException) -> None:
        told = message_of(error)
        field = str(error.facts.get("field", "")) if isinstance(error, VaultError) else ""
        if self.settings.refuse(field, told.brief):
            self.connection.unfold()
        elif not self.value.refuse(field, told.brief):
            self.problem.tell(told)
