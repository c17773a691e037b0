"""The vault file, and whether it is whole."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.vault import VerifyReport
from vaultapp.core.errors import DataError
from vaultapp.gui import messages, moments, quantities
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_path
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow


class VaultSection(Section):
    """Where it lies, and the check that can be asked for."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        title = QCoreApplication.translate("VaultSection", "The vault")
        super().__init__(look, parts, title, "vault")
        path = parts.session.path
        self.show_button = Button(look, self.tr("Show in folder"), size="sm")
        self.show_button.setAccessibleName(self.tr("Show the vault in its folder"))
        self.check_button = Button(look, self.tr("Check now"), size="sm")
        self.check_button.setAccessibleName(self.tr("Check the vault now"))
        self.where = SettingRow(look, self.tr("Vault file"), shown_path(os.fsencode(path)), self.show_button)
        what = self.tr("Reads every record, the vault’s own seal, its tables and the whole activity log.")
        self.check = SettingRow(look, self.tr("Check the vault"), what, self.check_button)
        self.add(SettingGroup(look, title, self.where, self.check))
        self.show_button.clicked.connect(lambda: parts.shower.show(os.fsencode(path)))
        self.check_button.clicked.connect(self._check)

    def _check(self) -> None:
        self.check_button.set_busy(True)
        self.check.say(self.tr("Checking…"))
        task = self.parts.tasks.run(self.parts.session.vault.verify)
        task.tell(self, done=self._whole, failed=self._failed, ended=self._checked)

    def _whole(self, report: VerifyReport) -> None:
        now = self.parts.clock.now()
        found = self.tr("The vault is whole: {records}, {keys}, {entries}. Checked {when}.")
        entries = quantities.counted(
            report.activity_entries, self.tr("1 activity entry"), self.tr("{n} activity entries")
        )
        text = found.format(
            records=quantities.counted(report.rows, self.tr("1 record"), self.tr("{n} records")),
            keys=quantities.counted(report.keys, self.tr("1 key"), self.tr("{n} keys")),
            entries=entries,
            when=moments.ago(now, now),
        )
        self.check.say(text, "ok", "circle-check")

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, DataError):
            self.check.say(messages.message_of(error).what, "bad", "circle-x")
        else:
            self.check.say(self.tr("It was not checked."), "warn", "triangle-alert")
        self.error_raised.emit(error)

    def _checked(self) -> None:
        self.check_button.set_busy(False)
