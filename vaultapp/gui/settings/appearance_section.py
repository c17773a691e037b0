"""Light or dark, and whether things move."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.theme import Appearance, chosen
from vaultapp.gui.widgets.segments import Segments
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.widgets.switch import Switch


class AppearanceSection(Section):
    """Both count at once, for all vaults of this user."""

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
        self.still = Switch(look, self.tr("Reduce motion"))
        self.still.setChecked(choices.still)
        follow = self.tr("As the desktop asks, or always light or dark. High contrast is always followed.")
        motion = self.tr("Panels and messages appear at once, and an hourglass stands where a ring would turn.")
        self.add(
            SettingGroup(
                look,
                title,
                SettingRow(look, self.tr("Theme"), follow, self.theme),
                SettingRow(look, self.tr("Reduce motion"), motion, self.still),
            )
        )
        self.theme.picked.connect(self._pick_theme)
        self.still.toggled.connect(self._set_still)

    def _pick_theme(self, theme: str) -> None:
        settings = self.parts.settings
        settings.choose(theme=theme)
        self.look.theme.choose(chosen(theme))

    def _set_still(self, still: bool) -> None:
        settings = self.parts.settings
        settings.choose(still=still)
        self.look.motion.still = still
