"""Panels and dialogs in which people are asked about credentials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credential_transfer import ExportReport, ExportRequest, ImportReport
from vaultapp.contracts.credentials import SCHEME, Credential, SecretFields
from vaultapp.contracts.files import OnExist
from vaultapp.core.work import WorkContext
from vaultapp.gui import quantities, strength
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.credential_rotations import at_target
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.credentials.form_drafts import Draft, DraftedForm, NewCredentialDraft
from vaultapp.gui.home_path import home_path
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.wiping import wipe, wiped

if TYPE_CHECKING:
    from vaultapp.gui.credentials.credential_form import CredentialForm
    from vaultapp.gui.credentials.value_form import ValueForm

_SEALED = b".sealed"


class CredentialAsking(QObject):
    """Opens them, and hands the answers on. Their code is loaded when they are wanted.

    Args:
        look: Colours and fonts.
        parts: What pages are given.
        desk: Changes credentials.
        page: Over which dialogs stand.
    """

    made = Signal(object)  # Credential that is to be shown
    rename_wanted = Signal(object)  # Credential
    failed = Signal(object)

    def __init__(self, look: Look, parts: PageParts, desk: CredentialDesk, page: QWidget) -> None:
        super().__init__(page)
        self._look = look
        self._parts = parts
        self._desk = desk
        self._page = page
        self.dialog: QDialog | None = None

    def ask_kind(self) -> None:
        """Ask what kind a new credential is."""
        from vaultapp.gui.credentials.kind_panel import KindPanel

        panel = KindPanel(self._look, tuple(self._desk.shelf.kinds.values()))
        panel.closed.connect(self.close_panel)
        panel.chosen.connect(self._ask_new)
        self._parts.panels.open_panel(panel)
        next(iter(panel.rows.values())).setFocus()

    def ask_value(self, kind: str) -> None:
        """Ask for a new credential of a kind; empty: ask for that first."""
        found = self._desk.shelf.kinds.get(kind)
        if found is None:
            self.ask_kind()
        else:
            self._ask_new(found)

    def edit(self, credential: Credential, *, connection: bool = False) -> None:
        """Show the current value to be changed. Connection: unfold its settings."""

        def done(value: SecretFields) -> None:
            form = self._value_form(credential, value)
            self._parts.panels.open_panel(form)
            if connection:
                form.show_connection()
            else:
                next(iter(form.value.inputs.values())).setFocus()

        self._desk.actions.read(credential).tell(self, done=done, failed=self.failed.emit)

    def form_of(self, draft: Draft) -> DraftedForm:
        """Return a form with what was typed in another one."""
        if isinstance(draft, NewCredentialDraft):
            made = self._new_form(draft.kind)
            made.take_draft(draft)
            return made
        form = self._value_form(draft.credential, draft.before)
        form.take_draft(draft)
        return form

    def rename(self, credential: Credential) -> None:
        """Let the name be changed."""
        self.rename_wanted.emit(credential)

    def copy_address(self, credential: Credential) -> None:
        """Put what programs hold on the clipboard."""
        QGuiApplication.clipboard().setText(SCHEME + credential.identifier)
        words = self.tr("The address of “{name}” is copied")
        self._parts.toasts.say(words.format(name=short(credential.name)), "copy")

    def ask_emergency(self, credential: Credential) -> None:
        """Say what an emergency rotation does, then do it to one or to all at the target."""
        from vaultapp.gui.dialogs.emergency_dialog import EmergencyDialog

        shelf, target = self._desk.shelf, credential.target
        there = (
            [each for each in shelf.records if at_target(each, target) and shelf.kind(each).rotates] if target else []
        )
        names = [each.name for each in there]
        dialog = EmergencyDialog(self._look, credential.name, target, names, self._page)

        def confirmed(everything: bool) -> None:
            if everything:
                self._desk.rotations.rotate_target(target)
            else:
                self._desk.rotations.rotate((credential,), emergency=True)

        dialog.confirmed.connect(confirmed)
        self._open(dialog)

    def ask_destroy(self, credential: Credential) -> None:
        """Ask, then delete for good."""
        from vaultapp.gui.dialogs.destroy_credential_dialog import DestroyCredentialDialog

        dialog = DestroyCredentialDialog(self._look, short(credential.name), self._page)
        dialog.confirmed.connect(lambda: self._desk.actions.destroy(credential))
        self._open(dialog)

    def ask_import(self) -> None:
        """Ask for a file, say what would come of it, then read it in."""
        from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose

        start = self._parts.settings.folders.start("import")
        title = self.tr("Import credentials")
        filters = self.tr("Exports (*.csv *.json *.kdbx *.sealed);;All files (*)")
        choose(self._page, title, ONE_FILE, lambda paths: self.read_in(paths[0]), start, filters=filters)

    def read_in(self, source: bytes) -> None:
        """Say what would come of importing a file, then do it."""
        from vaultapp.gui.dialogs.import_credentials_dialog import ImportCredentialsDialog

        transfer, tasks = self._parts.session.transfer, self._parts.tasks
        dialog = ImportCredentialsDialog(self._look, transfer, tasks, source, self._page)
        dialog.imported.connect(self._say_imported)
        self._open(dialog)

    def ask_export(self, credentials: Sequence[Credential]) -> None:
        """Ask for who may open the file, and where it goes. Of none: all credentials."""
        from vaultapp.gui.dialogs.export_credentials_dialog import ExportCredentialsDialog

        what = self.tr("all credentials")
        if credentials:
            one = f"“{short(credentials[0].name)}”"
            many = self.tr("{n} credentials").format(n=quantities.count(len(credentials)))
            what = one if len(credentials) == 1 else many
        suggest, tasks = self._parts.session.vault.suggest_words, self._parts.tasks

        def suggested() -> str:
            return strength.suggested(suggest())

        choices = self._parts.shelf.choices
        dialog = ExportCredentialsDialog(self._look, what, choices, tasks, suggested, self._page)
        names = tuple(str(each.credential_id) for each in credentials)
        dialog.confirmed.connect(lambda key, secret: self._choose_export(names, key, secret))
        self._open(dialog)

    def export_to(self, names: tuple[str, ...], key: str, secret: bytearray | None, path: bytes) -> None:
        """Write a sealed file. The dialog has asked about one that is there."""
        target = path if path.endswith(_SEALED) else path + _SEALED
        # A name that was added to is one that the dialog did not ask about.
        on_exist = OnExist.REPLACE if target == path else OnExist.KEEP
        request = ExportRequest(
            target=target,
            credentials=names,
            keys=(key,) if key else (),
            passphrases=(secret,) if secret is not None else (),
            on_exist=on_exist,
        )

        def call(work: WorkContext[Any]) -> ExportReport:
            with wiped(secret):
                return self._parts.session.transfer.export(request, work)

        self._parts.tasks.run(call).tell(self, done=self._say_exported, failed=self.failed.emit)

    def close_panel(self) -> None:
        """Close what is shown at the right."""
        self._parts.panels.close_panel()

    def _ask_new(self, kind: CredentialKind) -> None:
        form = self._new_form(kind)
        self._parts.panels.open_panel(form)
        form.name.setFocus()

    def _new_form(self, kind: CredentialKind) -> CredentialForm:
        from vaultapp.gui.credentials.credential_form import CredentialForm

        form = CredentialForm(self._look, kind, self._desk, self._parts)
        form.closed.connect(self.close_panel)
        form.other_kind.connect(self.ask_kind)
        form.made.connect(self.made)
        return form

    def _value_form(self, credential: Credential, value: SecretFields) -> ValueForm:
        from vaultapp.gui.credentials.value_form import ValueForm

        form = ValueForm(self._look, credential, value, self._desk, self._parts)
        form.closed.connect(self.close_panel)
        form.left.connect(lambda: self.made.emit(credential))
        form.saved.connect(self.made)
        return form

    def _choose_export(self, names: tuple[str, ...], key: str, secret: bytearray | None) -> None:
        from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose

        start = self._parts.settings.folders.saving("export-credentials", self.tr("credentials.sealed"))
        dialog = choose(
            self._page,
            self.tr("Export the credentials"),
            ANY_FILE,
            lambda paths: self.export_to(names, key, secret, paths[0]),
            start,
            filters=self.tr("Sealed files (*.sealed)"),
        )
        dialog.rejected.connect(lambda: wipe(secret))

    def _say_imported(self, report: ImportReport) -> None:
        one, many = self.tr("1 credential is imported"), self.tr("{n} credentials are imported")
        self._parts.toasts.say(quantities.counted(len(report.credentials), one, many), "download")

    def _say_exported(self, report: ExportReport) -> None:
        one, many = self.tr("1 credential is exported to {path}"), self.tr("{n} credentials are exported to {path}")
        words = one if report.credentials == 1 else many
        told = words.format(n=quantities.count(report.credentials), path=home_path(report.path))
        shower = self._parts.shower
        self._parts.toasts.say(told, "upload", self.tr("Show in folder"), call=lambda: shower.show(report.path))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self) -> None:
        self.dialog = None
