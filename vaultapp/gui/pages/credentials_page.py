"""The vault's credentials: a table, one of them in the side panel, and the bin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.core.printable import printable
from vaultapp.gui import quantities
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.credentials.credential_asking import CredentialAsking
from vaultapp.gui.credentials.credential_deeds import commands_of, deeds_of, verbs
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.credentials.credential_rows import credential_rows
from vaultapp.gui.credentials.empty_credentials import EmptyCredentials
from vaultapp.gui.credentials.kept_credentials import KeptCredentials
from vaultapp.gui.credentials.kept_forms import KeptForms
from vaultapp.gui.credentials.rotation_news import RotationNews
from vaultapp.gui.credentials.selected_credentials import SelectedCredentials
from vaultapp.gui.deeds import DeedMenu
from vaultapp.gui.kept_sort import KeptSort
from vaultapp.gui.look import Look
from vaultapp.gui.models.command_list import CommandList
from vaultapp.gui.models.shelf_rows import ShelfRows
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.empty_state import EmptyState
from vaultapp.gui.widgets.layouts import frame, row
from vaultapp.gui.widgets.table import Table

_TABLE = "credentials"


class CredentialsPage(Page):
    """Holds no values and no rules: it shows what the agent says, and asks."""

    def __init__(self, look: Look, parts: PageParts, stack: QWidget) -> None:
        super().__init__(
            look,
            stack,
            QCoreApplication.translate("CredentialsPage", "Credentials"),
            QCoreApplication.translate("CredentialsPage", "Filter credentials"),
        )
        self._parts = parts
        self.desk = parts.desk
        self._wanted: UUID | None = None
        self._verbs = verbs()
        self._panel: CredentialPanel | None = None
        self.rows = credential_rows(parts.clock, self)
        self._listed = ShelfRows(self.rows, _id, parts.tasks, self)
        self._found: CommandList[Credential] = CommandList(_id, self._command)
        self._offered = ShelfRows(self._found, _id, parts.tasks, self)
        self.table: Table[Credential] = Table(look, self.rows, self.tr("Credentials"), many=True)
        self.bin_button = Button(look, self.tr("Leave the bin"), icon="trash-2")
        self.bin_button.setCheckable(True)
        self.import_button = Button(look, icon="download", name=self.tr("Import…"))
        self.new_button = Button(look, self.tr("New"), "primary", "plus")
        self.nothing = EmptyState(look, "search", self.tr("Show all credentials"))
        self.empty = EmptyCredentials(look)
        self._stack = QStackedWidget()
        self.asking = CredentialAsking(look, parts, self.desk, self)
        self.kept_forms = KeptForms(look, parts.panels, self.notices, self)
        self.news = RotationNews(look, self.desk, self.notices, parts.toasts, self.open_credential, self)
        self.selection = SelectedCredentials(look, self.table, self.desk, self.asking, parts.toasts, self)
        self._build()
        self._sort = KeptSort(self.table, parts.settings, _TABLE)
        self._connect()

    @property
    def panel(self) -> CredentialPanel | None:
        """The open panel."""
        return self._panel if self._panel is not None and self._parts.panels.panel is self._panel else None

    @property
    def in_bin(self) -> bool:
        """True while the bin is shown."""
        return self.bin_button.isChecked()

    def entered(self) -> None:
        """Show the credentials, not the bin."""
        self.bin_button.setChecked(False)

    def keep(self) -> KeptCredentials:
        """Return what the page that takes this one's place goes on with."""
        return KeptCredentials(self.kept_forms.drafts, self.news.stopped)

    def take_kept(self, kept: KeptCredentials) -> None:
        """Go on with what another page kept."""
        self.news.tell_again(kept.stopped)
        self.kept_forms.keep_again(kept.drafts, self.asking.form_of)

    def make_new(self) -> None:
        """Ask what kind of credential it is to be."""
        self.asking.ask_kind()

    def commands(self) -> Sequence[Command]:
        """Return every credential by its name, and what can be done with all of them."""
        kind = self.tr("Action")
        sorts = self.tr("Sort credentials: {column}")
        return [
            Command(self.tr("New credential"), kind, self._turned(self.make_new), "plus"),
            Command(self.tr("Import credentials…"), kind, self._turned(self.asking.ask_import), "download"),
            Command(
                self.tr("Export all credentials…"), kind, self._turned(lambda: self.asking.ask_export(())), "upload"
            ),
            Command(self.tr("Rotate due credentials"), kind, self._turned(self.desk.rotations.rotate_due), "rotate-cw"),
            Command(
                self.tr("Bin of the credentials"), kind, self._turned(partial(self.show_bin, shown=True)), "trash-2"
            ),
            *(
                Command(
                    sorts.format(column=column.title), kind, partial(self._sort_by, at), "arrow-up-down", asked=True
                )
                for at, column in enumerate(self.rows.columns)
            ),
            *self._found.commands,
        ]

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the list, or what stands in its place."""
        shown = (self.table, self.nothing.button, self.empty.new_button)[self._stack.currentIndex()]
        return ((self, shown),)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys of the list."""
        return (
            Shortcut(self.tr("Open the credential"), "Enter"),
            Shortcut(self.tr("Copy the secret"), "Ctrl+C"),
            Shortcut(self.tr("Rename the credential"), "F2"),
            Shortcut(self.tr("Move to the bin"), "Del"),
            Shortcut(self.tr("Select all"), "Ctrl+A"),
            Shortcut(self.tr("Menu of the credential"), "Shift+F10"),
        )

    def open_credential(self, credential: Credential) -> CredentialPanel:
        """Turn to a credential, wherever the person is, and show it in the panel. It may not be in the table yet."""
        self.wanted.emit()
        self.show_bin(shown=credential.deletes_at is not None)
        self._wanted = credential.credential_id
        self._find_wanted()
        if self._wanted is not None and self.head.filter is not None:
            self.head.filter.clear()
        self.table.setFocus()
        return self._show(self.desk.shelf.record(credential.credential_id) or credential)

    def show_bin(self, *, shown: bool) -> None:
        """Show the bin, or what is not in it."""
        self.bin_button.setChecked(shown)

    def rename(self, credential: Credential) -> None:
        """Let a credential's name be changed in the panel."""
        if credential.deletes_at is None:
            self.open_credential(credential).rename()

    def menu_of(self, credential: Credential) -> DeedMenu:
        """Return what can be done with a credential."""
        return DeedMenu(self.look, deeds_of(credential, self.desk, self.asking), self)

    def _build(self) -> None:
        self.head.add(self.bin_button, self.import_button, self.new_button)
        for part in (frame(row(self.table, margins=(12, 0, 10, 0))), self.nothing, self.empty):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        filter_field = self.head.filter
        if filter_field is not None:
            filter_field.latest.changed.connect(self._narrow)
            filter_field.list_wanted.connect(lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.new_button.clicked.connect(self.make_new)
        self.import_button.clicked.connect(self.asking.ask_import)
        self.bin_button.toggled.connect(self._shelf_changed)
        self.nothing.button.clicked.connect(self._leave_nothing)
        self.empty.wanted.connect(self.asking.ask_value)
        self.empty.import_button.clicked.connect(self.asking.ask_import)
        self.table.opened.connect(self._show)
        self.table.moved.connect(self._moved)
        self.table.menu_wanted.connect(lambda credential, place: self.menu_of(credential).popup(place))
        for keys, call in (("F2", self.rename), ("Ctrl+C", self.desk.actions.copy)):
            self._listen(keys, partial(self._with_current, call))
        self._listen("Del", self.selection.delete)
        self._listed.changed.connect(self._sync)
        for part in (self.desk.actions, self.desk.rotations, self.asking):
            part.failed.connect(self.error_raised)
        self.asking.made.connect(self.open_credential)
        self.asking.rename_wanted.connect(self.rename)
        self.desk.shelf.changed.connect(self._take_news)
        self._shelf_changed()

    def _listen(self, keys: str, call: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(call)

    def _take_news(self) -> None:
        if self.desk.shelf.show_news(self._take_one):
            self._show_in_panel()
        else:
            self._shelf_changed()

    def _take_one(self, credential_id: UUID) -> bool:
        """Show one that stays where it is; False when more has changed."""
        credential = self.desk.shelf.record(credential_id)
        if credential is None or (credential.deletes_at is not None) is not self.in_bin:
            return False
        return self._listed.change(credential) and (self.in_bin or self._offered.change(credential))

    def _shelf_changed(self) -> None:
        records = self.desk.shelf.records
        kept = [each for each in records if each.deletes_at is None]
        binned = len(records) - len(kept)
        self._offered.show(kept)
        self._listed.show([each for each in records if each.deletes_at is not None] if self.in_bin else kept)
        name = self.tr("Show the bin: {n}").format(n=quantities.count(binned)) if binned else self.tr("Show the bin")
        name = self.tr("Leave the bin") if self.in_bin else name
        # The way out is said in words: there is no other on the page.
        self.bin_button.set_compact(not self.in_bin)
        self.bin_button.setToolTip("" if self.in_bin else name)
        self.bin_button.setAccessibleName(name)
        self.bin_button.setVisible(bool(binned) or self.in_bin)
        self.head.title.setText(self.tr("Bin") if self.in_bin else self.tr("Credentials"))
        self._show_in_panel()

    def _show_in_panel(self) -> None:
        panel = self.panel
        if panel is not None:
            credential = self.desk.shelf.record(panel.credential.credential_id)
            if credential is None or (credential.deletes_at is not None) is not self.in_bin:
                self._parts.panels.close_panel()
            else:
                panel.show_credential(credential)

    def _sync(self) -> None:
        self._find_wanted()
        total, shown, loaded = self.rows.total, self.rows.rowCount(), self.desk.shelf.loaded
        told = quantities.count(total)
        if self.rows.filtered:
            told = self.tr("{shown} of {n}").format(shown=quantities.count(shown), n=told)
        self.head.count.setText(told)
        none = loaded and not total and not self.in_bin
        self.head.count.setVisible(loaded and not none)
        if self.head.filter is not None:
            self.head.filter.setVisible(not none)
        for button in (self.import_button, self.new_button):
            button.setVisible(not none and not self.in_bin)
        if loaded and not shown and not none:
            self._say_nothing(total)
        self._stack.setCurrentIndex(2 if none else 1 if loaded and not shown else 0)
        self.selection.sync()

    def _say_nothing(self, total: int) -> None:
        if total:
            typed = self.head.filter.text().strip() if self.head.filter is not None else ""
            text = self.tr("No credential matches “{typed}”").format(typed=words.short(typed))
            where = self.tr("Names, identifiers, kinds, accounts, targets and tags were looked at.")
            self.nothing.glyph.show_icon("search", "text3")
            self.nothing.say(text, where, self.tr("Show all credentials"))
        else:
            line = self.tr("What is moved to the bin can be restored from here for 30 days.")
            self.nothing.glyph.show_icon("trash-2", "text3")
            self.nothing.say(self.tr("The bin is empty"), line, self.tr("Leave the bin"))

    def _leave_nothing(self) -> None:
        if self.rows.total and self.head.filter is not None:
            self.head.filter.clear()
            self.head.filter.setFocus()
        else:
            self.show_bin(shown=False)

    def _narrow(self, text: str) -> None:
        self.rows.set_needle(text.strip())
        self._sync()

    def _find_wanted(self) -> None:
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None

    def _sort_by(self, column: int) -> None:
        self.wanted.emit()
        self._sort.sort_by(column)

    def _moved(self, credential: Credential | None) -> None:
        panel = self.panel
        if credential is not None and panel is not None and panel.credential.credential_id != credential.credential_id:
            self._fill(panel, credential)

    def _show(self, credential: Credential) -> CredentialPanel:
        panel = self.panel
        if panel is None:
            panel = CredentialPanel(self.look, credential, self.desk, self._parts)
            panel.closed.connect(self._parts.panels.close_panel)
            panel.failed.connect(self.error_raised)
            panel.edit_clicked.connect(lambda: self.asking.edit(panel.credential))
            panel.connection.edit_clicked.connect(lambda: self.asking.edit(panel.credential, connection=True))
            panel.emergency_clicked.connect(lambda: self.asking.ask_emergency(panel.credential))
            panel.menu_clicked.connect(lambda place: self.menu_of(panel.credential).popup(place))
            self._panel = panel
            self._parts.panels.open_panel(panel)
        self._fill(panel, credential)
        return panel

    def _fill(self, panel: CredentialPanel, credential: Credential) -> None:
        panel.show_credential(credential)
        # Lists leave out versions, attachments, and who else has the same secret.
        self.desk.actions.look_at(credential)

    def _with_current(self, call: Callable[[Credential], object]) -> None:
        credential = self.table.current
        if credential is not None and credential.deletes_at is None:
            call(credential)

    def _command(self, credential: Credential) -> Command:
        """Return the command that shows a credential; any thread."""
        return Command(
            printable(credential.name),
            words.kind_name(credential.kind),
            partial(self._open, credential.credential_id),
            words.kind_icon(credential.kind),
            asked=True,
            more=partial(self._deeds, credential.credential_id),
            verbs=self._verbs,
        )

    def _open(self, credential_id: UUID) -> None:
        credential = self.desk.shelf.record(credential_id)
        if credential is not None:
            self.open_credential(credential)

    def _deeds(self, credential_id: UUID) -> Sequence[Command]:
        """Return what the command palette offers to do with a credential, as it is now."""
        credential = self.desk.shelf.record(credential_id)
        return commands_of(credential, self.desk, self.asking) if credential is not None else ()

    def _turned(self, call: Callable[[], object]) -> Callable[[], None]:
        def turn_and_call() -> None:
            self.wanted.emit()
            call()

        return turn_and_call


def _id(credential: Credential) -> UUID:
    return credential.credential_id
