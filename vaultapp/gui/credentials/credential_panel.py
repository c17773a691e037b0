"""One credential in the side panel."""

from __future__ import annotations

from msgspec import structs
from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.core.printable import printable
from vaultapp.gui import moments
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.credentials.attachments_section import AttachmentsSection
from vaultapp.gui.credentials.code_section import CodeSection
from vaultapp.gui.credentials.connection_section import ConnectionSection
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.credential_names import CredentialNames
from vaultapp.gui.credentials.credential_watches import CredentialWatches
from vaultapp.gui.credentials.history_section import HistorySection
from vaultapp.gui.credentials.program_section import ProgramSection
from vaultapp.gui.credentials.rotation_card import RotationCard
from vaultapp.gui.credentials.rotation_words import is_open
from vaultapp.gui.credentials.schedule_section import ScheduleSection
from vaultapp.gui.credentials.value_section import ValueSection
from vaultapp.gui.credentials.versions_section import VersionsSection
from vaultapp.gui.credentials.watches_section import WatchesSection
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.panel_tile import PanelTile
from vaultapp.gui.widgets.side_panel import SidePanel


class CredentialPanel(SidePanel):
    """Shows one credential after the other. Nothing that is typed is lost by an update.

    Args:
        look: Colours and fonts.
        credential: The first one.
        desk: What changes it.
        parts: What pages are given.
    """

    edit_clicked = Signal()
    emergency_clicked = Signal()
    menu_clicked = Signal(QPoint)  # where on the screen
    failed = Signal(object)

    def __init__(self, look: Look, credential: Credential, desk: CredentialDesk, parts: PageParts) -> None:
        mark = PanelTile(look, words.kind_icon(credential.kind))
        name = QCoreApplication.translate("CredentialPanel", "Credential")
        super().__init__(look, mark, printable(credential.name), words.address(credential), name, more=True)
        self._mark = mark
        self._desk = desk
        self._clock = parts.clock
        self.credential = credential
        actions, shelf, rotations, clipboard = desk.actions, desk.shelf, desk.rotations, parts.clipboard
        api, tasks = parts.session.credentials, parts.tasks
        self.bin_bar = MessageBar(look, "bad", " ", " ", "trash-2")
        self.restore_button = self.bin_bar.add_action(self.tr("Restore"), lambda: actions.restore((self.credential,)))
        self.card = RotationCard(look, parts.clock)
        self.value = ValueSection(look, actions, shelf, clipboard)
        self.code = CodeSection(look, api, tasks, clipboard)
        self.versions = VersionsSection(look, actions, parts.clock)
        self.program = ProgramSection(look, shelf, clipboard)
        self.schedule = ScheduleSection(look, rotations)
        watches = CredentialWatches(parts.session.rotation, tasks, parts.toasts, self)
        self.watches = WatchesSection(look, watches, parts.settings.folders)
        self.connection = ConnectionSection(look, rotations, shelf)
        self.attachments = AttachmentsSection(look, api, actions, tasks, parts.toasts, parts.settings.folders)
        self.about = CredentialNames(look, actions, self)
        self.history = HistorySection(look, parts.session.activity, tasks, parts.clock)
        self.rotate_button = Button(look, self.tr("Rotate now"), "primary", "rotate-cw")
        self.cancel_button = Button(look, self.tr("Cancel rotation"))
        self.edit_button = Button(look, self.tr("New value…"), icon="pencil")
        self.emergency_button = Button(look, self.tr("The server was broken into…"), "danger-quiet", "siren")
        self._running = self._led = False
        self._build()
        self._connect()
        self.show_credential(credential)

    def show_credential(self, credential: Credential) -> None:
        """Show a credential, or what became of the one that is shown."""
        now = self._clock.now()
        other = credential.credential_id != self.credential.credential_id
        if not other and not credential.versions:
            # From a list, where they are left out: those that are shown are asked for anew.
            credential = _with_parts_of(credential, self.credential)
        self.credential = credential
        kind = self._desk.shelf.kind(credential)
        binned = credential.deletes_at is not None
        self._mark.show_icon(words.kind_icon(credential.kind))
        self.title.setText(printable(credential.name))
        self.subtitle.setText(words.address(credential))
        self.setAccessibleName(self.tr("Credential {name}").format(name=printable(credential.name)))
        self.bin_bar.setVisible(binned)
        if binned:
            head = self.tr("Gone on {day}").format(day=moments.date(credential.deletes_at or 0))
            self.bin_bar.say(head, self.tr("No program gets it now."))
        self.card.show_credential(credential)
        self.value.show_credential(credential, now)
        self.code.show_credential(credential)
        self.versions.show_credential(credential)
        self.program.show_credential(credential)
        self.schedule.show_credential(credential, now)
        self.watches.show_credential(credential)
        self.connection.show_credential(credential)
        self.attachments.show_credential(credential)
        self.about.show_credential(credential, now)
        self.history.show_credential(credential)
        self.value.setVisible(not binned)
        self.code.setVisible(not binned and any(field.name == "totp" for field in kind.fields))
        for part in (self.schedule, self.watches, self.connection, self._end):
            part.setVisible(kind.rotates and not binned)
        self.program.setVisible(not binned)
        self.sync()

    def rename(self) -> None:
        """Let the name be changed."""
        self.about.rename()

    def sync(self) -> None:
        """See what can be done now."""
        credential = self.credential
        kind = self._desk.shelf.kind(credential)
        running = self._desk.rotations.under_way(credential)
        self._foot_part.setVisible(credential.deletes_at is None)
        self.rotate_button.setVisible(kind.rotates)
        self._follow(running=running)
        self.cancel_button.setVisible(running)
        self.edit_button.setVisible(not running)
        self.edit_button.setEnabled(not is_open(credential.rotation))
        self.emergency_button.setEnabled(not running)

    def _follow(self, *, running: bool) -> None:
        """Show the steps as soon as there are some, and lead the focus: Qt would scroll to whatever is next."""
        if running and not self._running:
            self.show_top()
            self._led = self.rotate_button.hasFocus()
            if self._led:
                self.close_button.setFocus()
        self.rotate_button.set_busy(running)
        if self._running and not running and self._led and self.close_button.hasFocus():
            self.rotate_button.setFocus()
        self._running = running

    def _build(self) -> None:
        self.add(column(self.bin_bar, self.card, gap=8), above=16)
        self.add(self.value, above=14)
        rotation = (self.schedule, self.watches, self.connection)
        for part in (self.code, self.versions, self.program, *rotation, self.attachments):
            self.add(part, above=0)
        self.about.add_to(self)
        self.add(self.history, above=0)
        # In a language with longer words it cuts itself.
        self.emergency_button.setMinimumWidth(1)
        self.emergency_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._end = QWidget()
        self._end.setLayout(row(self.emergency_button, None))
        self.add(self._end, above=24)
        self._foot_part = self.set_foot(self.cancel_button, self.edit_button, last=self.rotate_button)

    def _connect(self) -> None:
        self.rotate_button.clicked.connect(self._rotate)
        self.card.again_clicked.connect(self._rotate)
        self.cancel_button.clicked.connect(lambda: self._desk.rotations.cancel(self.credential))
        self.edit_button.clicked.connect(self.edit_clicked)
        self.emergency_button.clicked.connect(self.emergency_clicked)
        self._desk.rotations.changed.connect(self.sync)
        for part in (self.value, self.code, self.watches, self.attachments, self.history):
            part.failed.connect(self.failed)
        if self.more_button is not None:
            button = self.more_button
            button.clicked.connect(lambda: self.menu_clicked.emit(button.mapToGlobal(QPoint(0, button.height() + 2))))

    def _rotate(self) -> None:
        self._desk.rotations.rotate((self.credential,))


def _with_parts_of(credential: Credential, known: Credential) -> Credential:
    return structs.replace(credential, versions=known.versions, attachments=known.attachments, reused=known.reused)
