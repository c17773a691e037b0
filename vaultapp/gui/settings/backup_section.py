"""The copies of the vault: those that there are, new ones, and putting one back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog

from vaultapp.contracts.vault import BackupRecord
from vaultapp.gui import moments, quantities
from vaultapp.gui.dialogs.choose_path import FOLDER, ONE_FILE, choose
from vaultapp.gui.dialogs.restore_dialog import RestoreDialog
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_path
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.tasks import TaskHandle
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow

translate = QCoreApplication.translate

_SHOWN = 30


class BackupSection(Section):
    """Copies are made and checked by the agent; the window lists them."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        super().__init__(look, parts, translate("BackupSection", "Backups"), "history")
        self._records: tuple[BackupRecord, ...] | None = None
        self.dialog: QDialog | None = None
        self.make_button = Button(look, self.tr("Make a copy"), size="sm")
        self.make_button.setAccessibleName(self.tr("Make a copy now"))
        self.save_button = Button(look, self.tr("Save a copy…"), size="sm")
        self.file_button = Button(look, self.tr("Restore…"), size="sm")
        self.file_button.setAccessibleName(self.tr("Restore from a file"))
        kept = self.tr(
            "While the vault is used, a copy is made each day. Five daily and four weekly ones are kept; "
            "each was read whole before an older one went."
        )
        save = self.tr("To another disk or a stick, in a folder that you choose. It opens with today’s passphrase.")
        restore = self.tr("A copy that was saved elsewhere takes the vault’s place. What it replaces is kept.")
        self.add(
            SettingGroup(
                look,
                translate("BackupSection", "Backups"),
                SettingRow(look, self.tr("Automatic copies"), kept, self.make_button),
                SettingRow(look, self.tr("Save a copy elsewhere"), save, self.save_button),
                SettingRow(look, self.tr("Restore from a file"), restore, self.file_button),
            )
        )
        self.copies = SettingGroup(look, self.tr("Copies of this vault"))
        self.add(self.copies)
        self.make_button.clicked.connect(self._make)
        self.save_button.clicked.connect(self._choose_target)
        self.file_button.clicked.connect(self._choose_source)
        self._show(())

    def entered(self) -> None:
        """List the copies."""
        vault = self.parts.session.vault
        task = self.parts.tasks.run(lambda _work: vault.backups())
        task.tell(self, done=self._take, failed=self.error_raised.emit)

    def save_to(self, folder: bytes) -> None:
        """Save a copy in a folder, under a name of its own."""
        vault = self.parts.session.vault
        task = self.parts.tasks.run(lambda work: vault.backup(work, folder))
        task.tell(self, done=self._saved)
        self._watch(self.save_button, task)

    def restore(self, source: bytes, what: str = "") -> None:
        """Ask for the passphrase of a copy that is to take the vault's place."""
        parts = self.parts
        dialog = RestoreDialog(self.look, parts.session, parts.locking, parts.tasks, source, what, self)
        self.dialog = dialog
        dialog.open()

    def _make(self) -> None:
        task = self.parts.tasks.run(self.parts.session.vault.backup)
        task.tell(self, done=self._made)
        self._watch(self.make_button, task)

    def _watch(self, button: Button, task: TaskHandle) -> None:
        button.set_busy(True)
        task.tell(self, failed=self.error_raised.emit, ended=partial(button.set_busy, False))

    def _made(self, _record: BackupRecord) -> None:
        self.parts.toasts.say(self.tr("A copy was made and read whole"))
        self.entered()

    def _saved(self, record: BackupRecord) -> None:
        text = self.tr("Saved as {name}, and read whole")
        name = shown_path(os.path.basename(record.path))
        self.parts.toasts.say(text.format(name=name))

    def _choose_target(self) -> None:
        start = self.parts.settings.folders.start("copy")
        choose(self, self.tr("Folder for the copy"), FOLDER, lambda paths: self.save_to(paths[0]), start)

    def _choose_source(self) -> None:
        filters = self.tr("Vaults (*.vault);;All files (*)")
        title = self.tr("Choose the copy")
        start = self.parts.settings.folders.start("copy")
        choose(self, title, ONE_FILE, lambda paths: self.restore(paths[0]), start, filters=filters)

    def _take(self, records: Sequence[BackupRecord]) -> None:
        if tuple(records) != self._records:
            self._records = tuple(records)
            self._show(self._records)

    def _show(self, records: Sequence[BackupRecord]) -> None:
        rows = [self._row(record) for record in records[:_SHOWN]]
        if not rows:
            rows = [SettingRow(self.look, self.tr("There are no copies yet"), self.tr("The first one is made soon."))]
        elif len(records) > _SHOWN:
            more = quantities.count(len(records) - _SHOWN)
            rows.append(SettingRow(self.look, self.tr("{n} older ones are not shown").format(n=more)))
        self.copies.show_rows(tuple(rows))

    def _row(self, record: BackupRecord) -> SettingRow:
        when = moments.at(record.made, self.parts.clock.now())
        what = f"{when} · {_kind(record.kind)}"
        show = Button(self.look, kind="ghost", icon="folder", size="sm", name=self.tr("Show in folder"))
        show.setAccessibleName(self.tr("Show in its folder: {when}").format(when=what))
        show.clicked.connect(lambda: self.parts.shower.show(record.path))
        restore = Button(self.look, self.tr("Restore…"), size="sm")
        restore.setAccessibleName(self.tr("Restore: {when}").format(when=what))
        restore.clicked.connect(lambda: self.restore(record.path, what))
        line = self.tr("{kind}, {size}").format(kind=_explained(record.kind), size=quantities.size(record.size))
        return SettingRow(self.look, when, line, show, restore)


def _kind(kind: str) -> str:
    return {
        "daily": translate("BackupSection", "Daily copy"),
        "weekly": translate("BackupSection", "Weekly copy"),
        "replaced": translate("BackupSection", "Replaced vault"),
        "conflict": translate("BackupSection", "Other file of this vault"),
    }.get(kind, translate("BackupSection", "Copy"))


def _explained(kind: str) -> str:
    return {
        "replaced": translate("BackupSection", "Kept when a copy was restored"),
        "conflict": translate("BackupSection", "Beside the vault, left by a program that keeps files in step"),
    }.get(kind, _kind(kind))
