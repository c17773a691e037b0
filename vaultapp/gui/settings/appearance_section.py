"""Light or dark, which language, and whether things move."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase

from vaultapp.gui.languages import Language
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.theme import Appearance, chosen
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.segments import Segments
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.widgets.switch import Switch

_WIDTH = 150
_CHINESE = QFontDatabase.WritingSystem.SimplifiedChinese


class AppearanceSection(Section):
    """All of it counts at once, for all vaults of this user."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        title = QCoreApplication.translate("AppearanceSection", "Appearance")
        super().__init__(look, parts, title, "sun-moon")
        choices = parts.settings.choices
        self.theme = Segments(
            look,
            self.tr("Theme"),
            (
                ("", self.tr("Desktop")),
                (Appearance.LIGHT.value, self.tr("Light")),
                (Appearance.DARK.value, self.tr("Dark")),
            ),
        )
        self.theme.buttons.get(choices.theme, self.theme.buttons[""]).setChecked(True)
        self.language = Chooser(look, self.tr("Language"))
        self.language.setFixedWidth(look.px(_WIDTH))
        self.still = Switch(look, self.tr("Reduce motion"))
        self.still.setChecked(choices.still)
        follow = self.tr("As the desktop asks, or always light or dark. High contrast is always followed.")
        named = self.tr("Of everything in the window, with its numbers and dates.")
        self.language_row = SettingRow(look, self.tr("Language"), named, self.language)
        if not QFontDatabase.families(_CHINESE):
            missing = self.tr("This system has no font for Chinese yet: its letters would be shown as boxes.")
            self.language_row.say(missing, "secondary", "info")
        motion = self.tr("Panels and messages appear at once, and an hourglass stands where a ring would turn.")
        self.add(
            SettingGroup(
                look,
                title,
                SettingRow(look, self.tr("Theme"), follow, self.theme),
                self.language_row,
                SettingRow(look, self.tr("Reduce motion"), motion, self.still),
            )
        )
        self.theme.picked.connect(self._pick_theme)
        self.language.picked.connect(self._pick_language)
        self.still.toggled.connect(self._set_still)
        self._offer_languages()

    def _pick_theme(self, theme: str) -> None:
        settings = self.parts.settings
        settings.choose(theme=theme)
        self.look.theme.choose(chosen(theme))

    def _pick_language(self, language: str) -> None:
        settings = self.parts.settings
        settings.choose(language=language)
        self.parts.languages.choose(language)
        self._offer_languages()

    def _offer_languages(self) -> None:
        # Who looks for their own language reads its name in it, whichever is shown.
        choices = (
            Choice("", self.tr("Desktop")),
            Choice(Language.ENGLISH.value, "English"),
            Choice(Language.CHINESE.value, "简体中文"),
        )
        self.language.offer(choices, self.parts.settings.choices.language, first=True)

    def _set_still(self, still: bool) -> None:
        settings = self.parts.settings
        settings.choose(still=still)
        self.look.motion.still = still
