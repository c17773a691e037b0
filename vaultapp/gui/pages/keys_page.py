"""The vault's keys: a table, and one key in the side panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from vaultapp.contracts.keys import Key, KeyState, KeyVersion
from vaultapp.core.printable import printable
from vaultapp.gui import key_words, quantities
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.deeds import DeedMenu
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.dialogs.delete_key_dialog import DeleteKeyDialog
from vaultapp.gui.dialogs.export_key_dialog import ExportKeyDialog
from vaultapp.gui.dialogs.new_key_dialog import NewKeyDialog
from vaultapp.gui.home_path import home_path
from vaultapp.gui.kept_sort import KeptSort
from vaultapp.gui.key_actions import KeyActions
from vaultapp.gui.key_export import export_to, file_name
from vaultapp.gui.look import Look
from vaultapp.gui.models.command_list import CommandList
from vaultapp.gui.models.shelf_rows import FEW, ShelfRows
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.key_deeds import commands_of, deeds_of, verbs
from vaultapp.gui.pages.key_rows import key_rows
from vaultapp.gui.pages.rewrap_choice import RewrapChoice
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.empty_state import EmptyState
from vaultapp.gui.widgets.key_panel import KeyPanel
from vaultapp.gui.widgets.layouts import frame, row
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.table import Table

_TABLE = "keys"
_REST_MS = 200


class KeysPage(Page):
    """Holds no rules: what a key may be used for is the agent's to say."""

    rewrap_wanted = Signal(object)  # tuple of paths, bytes

    def __init__(self, look: Look, parts: PageParts, stack: QWidget) -> None:
        super().__init__(
            look,
            stack,
            QCoreApplication.translate("KeysPage", "Keys"),
            QCoreApplication.translate("KeysPage", "Filter keys"),
        )
        self._parts = parts
        self._wanted: UUID | None = None
        self._verbs = verbs()
        self._kind = self.tr("Key")
        self.dialog: QDialog | None = None
        self._panel: KeyPanel | None = None
        self.rewrap = RewrapChoice(parts.session.keys, parts.tasks, parts.settings.folders, self)
        self.actions_of = KeyActions(parts.session.keys, parts.shelf, parts.tasks, parts.toasts, self)
        self.rows = key_rows(parts.clock, self)
        self._listed = ShelfRows(self.rows, _id, parts.tasks, self)
        self._found: CommandList[Key] = CommandList(_id, self._command)
        self._offered = ShelfRows(self._found, _id, parts.tasks, self)
        self.table: Table[Key] = Table(look, self.rows, self.tr("Keys"))
        self.new_button = Button(look, self.tr("New key"), "primary", "plus")
        self.empty = EmptyState(look, "key-round", self.tr("Make a key"))
        self._stack = QStackedWidget()
        # Counting known files reads a list: only for a key on which the person rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._build()
        self._sort = KeptSort(self.table, parts.settings, _TABLE)
        self._connect()

    @property
    def panel(self) -> KeyPanel | None:
        """The open panel."""
        return self._panel if self._panel is not None and self._parts.panels.panel is self._panel else None

    def entered(self) -> None:
        """See when keys were used last, which nobody tells."""
        if self._parts.shelf.loaded and self.rows.total <= FEW:
            self._parts.shelf.refresh()

    def make_new(self) -> None:
        """Ask for a new key's name."""
        dialog = NewKeyDialog(self.look, self.actions_of, self._parts.tasks, self)
        # No lambda: the dialog is the window's, and may outlive the page.
        dialog.made.connect(self._made)
        self._ask(dialog)

    def commands(self) -> Sequence[Command]:
        """Return every key by its name, and the way to a new one."""
        kind = self.tr("Action")
        words = self.tr("Sort keys: {column}")
        sorts = [
            Command(words.format(column=column.title), kind, partial(self._sort_by, at), "arrow-up-down", asked=True)
            for at, column in enumerate(self.rows.columns)
        ]
        return [Command(self.tr("New key"), kind, self._turn_and_make, "plus"), *sorts, *self._found.commands]

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the list, or what stands in its place."""
        return ((self, self.table if self._stack.currentIndex() == 0 else self.empty.button),)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys of the list."""
        return (
            Shortcut(self.tr("Open the key"), "Enter"),
            Shortcut(self.tr("Rename the key"), "F2"),
            Shortcut(self.tr("Schedule the key’s deletion"), "Del"),
            Shortcut(self.tr("Menu of the key"), "Shift+F10"),
        )

    def open_key(self, key_id: UUID) -> None:
        """Turn to a key, wherever the person is, and show it in the panel. It may not be in the table yet."""
        self.wanted.emit()
        key = self._parts.shelf.key(key_id)
        if key is not None:
            self._turn_to(key)
            self._show(key)

    def rename(self, key: Key) -> None:
        """Let a key's name be changed in the panel."""
        self._turn_to(key)
        self._show(key).rename()

    def copy_id(self, key: Key) -> None:
        """Put a key's id on the clipboard."""
        QGuiApplication.clipboard().setText(str(key.key_id))
        self._parts.toasts.say(self.tr("The id of “{name}” is copied").format(name=key_words.short(key.name)), "copy")

    def ask_delete(self, key: Key) -> None:
        """Say what a deletion means and ask for how long it can be taken back."""
        if key.state is KeyState.PENDING_DELETION:
            return
        dialog = DeleteKeyDialog(self.look, key, self._parts.clock.now(), self)
        dialog.confirmed.connect(lambda days: self.actions_of.delete(key, days))
        self.actions_of.look_at(key.key_id, lambda found: dialog.tell_files(found) if self.dialog is dialog else None)
        self._ask(dialog)

    def ask_export(self, key: Key) -> None:
        """Ask twice, then where the file goes."""
        dialog = ExportKeyDialog(self.look, key, self)
        dialog.confirmed.connect(lambda version: self._choose_export(key, version))
        self._ask(dialog)

    def export_to(self, key: Key, version: KeyVersion, path: bytes) -> None:
        """Write a version's material to a file, and say where it lies."""
        keys = self._parts.session.keys
        task = self._parts.tasks.run(lambda _work: export_to(keys, key, version.version_id, path))
        task.tell(self, done=lambda _none: self._exported(key, version, path), failed=self.error_raised.emit)

    def menu_of(self, key: Key) -> DeedMenu:
        """Return what can be done with a key."""
        return DeedMenu(self.look, deeds_of(key, self.actions_of, self), self)

    def _build(self) -> None:
        self.head.add(self.new_button)
        listed = frame(row(self.table, margins=(12, 0, 10, 0)))
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        filter_field = self.head.filter
        if filter_field is not None:
            filter_field.latest.changed.connect(self._narrow)
            filter_field.list_wanted.connect(lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.new_button.clicked.connect(self.make_new)
        self.empty.button.clicked.connect(self._leave_empty)
        self.table.opened.connect(self._show)
        self.table.moved.connect(self._moved)
        self.table.menu_wanted.connect(lambda key, place: self.menu_of(key).popup(place))
        for keys, call in (("F2", self.rename), ("Del", self.ask_delete)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._with_current, call))
        self.actions_of.failed.connect(self._failed)
        self.rewrap.wanted.connect(self.rewrap_wanted)
        self.rewrap.failed.connect(self.error_raised)
        self.rewrap.gone.connect(lambda told: self.notices.tell("warn", told))
        self._listed.changed.connect(self._show_found)
        self._parts.shelf.changed.connect(self._take_news)
        self._rest.timeout.connect(self._count_files)
        self._shelf_changed()

    def _take_news(self) -> None:
        if self._parts.shelf.show_news(self._take_one):
            self._show_in_panel()
        else:
            self._shelf_changed()

    def _take_one(self, key_id: UUID) -> bool:
        """Show one that was there before; False when more has changed."""
        key = self._parts.shelf.key(key_id)
        return key is not None and self._listed.change(key) and self._offered.change(key)

    def _shelf_changed(self) -> None:
        keys = self._parts.shelf.keys
        self._offered.show(keys)
        self._listed.show(keys)
        self._show_in_panel()

    def _show_in_panel(self) -> None:
        panel = self.panel
        if panel is not None:
            key = self._parts.shelf.key(panel.key.key_id)
            if key is None:
                self._parts.panels.close_panel()
            else:
                panel.show_key(key)
                # After a rotation the files that need an older version are others.
                self._rest.start()

    def _turn_to(self, key: Key) -> None:
        self.wanted.emit()
        self._wanted = key.key_id
        self._find_wanted()
        if self._wanted is not None and self.head.filter is not None:
            self.head.filter.clear()
        self.table.setFocus()

    def _command(self, key: Key) -> Command:
        """Return the command that shows a key; any thread."""
        return Command(
            printable(key.name),
            self._kind,
            partial(self.open_key, key.key_id),
            hue=key.hue,
            asked=True,
            more=partial(self._deeds_of, key.key_id),
            verbs=self._verbs,
        )

    def _deeds_of(self, key_id: UUID) -> Sequence[Command]:
        """Return what the command palette offers to do with a key, as it is now."""
        key = self._parts.shelf.key(key_id)
        return commands_of(key, self.actions_of, self) if key is not None else ()

    def _narrow(self, text: str) -> None:
        self.rows.set_needle(text.strip())
        self._show_found()

    def _show_found(self) -> None:
        self._find_wanted()
        self._sync()

    def _find_wanted(self) -> None:
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None

    def _sync(self) -> None:
        total, shown = self.rows.total, self.rows.rowCount()
        numbers = {"n": quantities.count(total), "shown": quantities.count(shown)}
        if self.rows.filtered:
            self.head.count.setText(self.tr("{shown} of {n}").format(**numbers))
        else:
            one = self.tr("1 key")
            self.head.count.setText(one if total == 1 else self.tr("{n} keys").format(**numbers))
        self.head.count.setVisible(self._parts.shelf.loaded)
        empty = self._parts.shelf.loaded and not shown
        if empty and total:
            typed = self.head.filter.text().strip() if self.head.filter is not None else ""
            text = self.tr("No key matches “{typed}”").format(typed=key_words.short(typed))
            where = self.tr("Names, aliases, tags and ids were looked at.")
            self.empty.say(text, where, self.tr("Show all keys"))
        elif empty:
            self.empty.say(self.tr("No keys yet"), self.tr("A key encrypts files and texts."), self.tr("Make a key"))
        self._stack.setCurrentIndex(1 if empty else 0)

    def _leave_empty(self) -> None:
        if not self.rows.total:
            self.make_new()
        elif self.head.filter is not None:
            self.head.filter.clear()
            self.head.filter.setFocus()

    def _sort_by(self, column: int) -> None:
        self.wanted.emit()
        self._sort.sort_by(column)

    def _moved(self, key: Key | None) -> None:
        if key is not None and self.panel is not None and self.panel.key.key_id != key.key_id:
            self.panel.show_key(key)
            self._rest.start()

    def _with_current(self, call: Callable[[Key], object]) -> None:
        key = self.table.current
        if key is not None:
            call(key)

    def _show(self, key: Key) -> KeyPanel:
        panel = self.panel
        if panel is None:
            panel = KeyPanel(self.look, key, self.actions_of, self._parts.clock)
            panel.closed.connect(self._parts.panels.close_panel)
            panel.export_clicked.connect(lambda: self.ask_export(panel.key))
            panel.delete_clicked.connect(lambda: self.ask_delete(panel.key))
            panel.menu_clicked.connect(lambda place: self.menu_of(panel.key).popup(place))
            panel.rewrap_older.connect(lambda: self.rewrap.take_older(panel.key))
            panel.rewrap_files.connect(self.rewrap.choose_files)
            panel.rewrap_folder.connect(self.rewrap.choose_folder)
            self._panel = panel
            self._parts.panels.open_panel(panel)
        elif panel.key.key_id != key.key_id:
            panel.show_key(key)
        self._rest.start()
        return panel

    def _count_files(self) -> None:
        panel = self.panel
        if panel is None or panel.key.older_files >= 0:
            return

        def tell(key: Key) -> None:
            if self.panel is panel and panel.key.key_id == key.key_id:
                panel.show_key(key)

        self.actions_of.look_at(panel.key.key_id, tell)

    def _failed(self, error: BaseException) -> None:
        self.error_raised.emit(error)
        # A switch that was pressed in vain goes back.
        self._shelf_changed()

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self) -> None:
        self.dialog = None

    def _made(self, key: Key) -> None:
        self.open_key(key.key_id)

    def _turn_and_make(self) -> None:
        self.wanted.emit()
        self.make_new()

    def _choose_export(self, key: Key, version: KeyVersion) -> None:
        choose(
            self,
            self.tr("Export the key"),
            ANY_FILE,
            lambda paths: self.export_to(key, version, paths[0]),
            self._parts.settings.folders.saving("export", file_name(key, version.number)),
            filters=self.tr("JSON files (*.json)"),
        )

    def _exported(self, key: Key, version: KeyVersion, path: bytes) -> None:
        head = self.tr("Version {n} of “{name}” lies in {path}.").format(
            n=version.number, name=key_words.short(key.name), path=home_path(path)
        )
        body = self.tr("The file is not encrypted. Keep it as safe as the vault, and remove it when it was used.")
        bar = MessageBar(self.look, "warn", head, body, closable=True)
        bar.add_action(self.tr("Show in folder"), lambda: self._parts.shower.show(path))
        self.notices.add(bar)


def _id(key: Key) -> UUID:
    return key.key_id
