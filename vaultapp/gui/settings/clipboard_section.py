"""How long a secret stays on the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow

SECONDS = (5, 10, 20, 30, 60)
_WIDTH = 130


class ClipboardSection(Section):
    """One choice, which counts from the next copy on."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        super().__init__(look, parts, QCoreApplication.translate("ClipboardSection", "Clipboard"), "clipboard")
        title = self.tr("Clear what was copied after")
        line = self.tr("Passphrases and decrypted texts. Also on lock and on quit. Other contents are left alone.")
        self.seconds = Chooser(look, title)
        self.seconds.setFixedWidth(look.px(_WIDTH))
        self.seconds.picked.connect(self._picked)
        rows = [SettingRow(look, title, line, self.seconds)]
        if parts.clipboard.limited:
            rows.append(SettingRow(look, self.tr("What a clipboard manager keeps")))
            limit = self.tr("This desktop lets nobody look whether one kept it. Install wl-clipboard for that.")
            rows[-1].say(limit, "warn", "triangle-alert")
        self.add(SettingGroup(look, self.tr("Clipboard"), *rows))
        self._offer()

    def _picked(self, seconds: int) -> None:
        self.parts.clipboard.seconds = seconds
        settings = self.parts.settings
        settings.choose(clear_after=seconds)
        self._offer()

    def _offer(self) -> None:
        choices = [Choice(n, self.tr("{n} seconds").format(n=n)) for n in SECONDS]
        self.seconds.offer(choices, self.parts.clipboard.seconds)
