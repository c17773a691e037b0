"""Light, dark and high contrast, followed from the desktop and switched while running."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from vaultapp.core import resources
from vaultapp.gui import tokens
from vaultapp.gui.typography import Style, Typography

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_bad",
    QPalette.ColorRole.Highlight: "select",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.ToolTipBase: "tip",
    QPalette.ColorRole.ToolTipText: "on_tip",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "scrim",
    QPalette.ColorRole.Accent: "accent",
}
_MIDDLE = 128
_TEXT_ROLES = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)


class Appearance(StrEnum):
    """What the desktop asks for."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


def chosen(value: str) -> Appearance | None:
    """Return what a setting chose by its value; None for what is none, as an empty one."""
    return next((found for found in Appearance if found.value == value), None)


class Desktop(Protocol):
    """Tells what the desktop asks for now, and says when that changes."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted after it asks for something else."""

    def appearance(self) -> Appearance:
        """Return what it asks for now."""


class Theme(QObject):
    """The colours in use. Painted widgets read them when they paint, so a change needs no new widgets.

    Args:
        app: Gets the palette and the sheet.
        type_scale: For the sizes in the sheet.
        desktop: Followed until the person chooses.
    """

    changed = Signal()

    def __init__(self, app: QApplication, type_scale: Typography, desktop: Desktop) -> None:
        super().__init__()
        self._app = app
        self._type = type_scale
        self._desktop = desktop
        self._light, self._dark = tokens.load()
        self._system = QPalette(app.palette())
        self._template = resources.read("style/style.qss")
        self._colours: dict[str, QColor] = {}
        self.appearance: Appearance | None = None
        self._chosen: Appearance | None = None
        self._tokens = self._light
        self._follow()
        desktop.changed.connect(self._follow)

    @property
    def dark(self) -> bool:
        """True with light text on a dark ground."""
        return self.colour("window").lightness() < self.colour("text").lightness()

    def choose(self, appearance: Appearance | None) -> None:
        """Show this one whatever the desktop asks for; None follows the desktop.

        High contrast is a need and no taste: where the desktop asks for it, it stays.
        """
        self._chosen = appearance
        self._follow()

    def set_type(self) -> None:
        """Take over a change of the type into the sheet."""
        self._app.setStyleSheet(self._sheet())

    def colour(self, name: str) -> QColor:
        """Return the colour of a role. Do not change it."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(self._tokens.colours[name])
        return found

    def plate(self, hue: str) -> tuple[QColor, QColor]:
        """Return a plate's ground and letter; an unknown hue is slate."""
        found = self._tokens.plates.get(hue) or self._tokens.plates["slate"]
        return QColor(found.fill), QColor(found.text)

    def _follow(self) -> None:
        appearance = self._desktop.appearance()
        if self._chosen is not None and appearance is not Appearance.HIGH_CONTRAST:
            appearance = self._chosen
        if appearance is self.appearance:
            return
        self.appearance = appearance
        if appearance is Appearance.HIGH_CONTRAST:
            self._tokens = tokens.of_system(self._system, self._light.plates)
        else:
            self._tokens = self._dark if appearance is Appearance.DARK else self._light
        self._colours.clear()
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _palette(self) -> QPalette:
        if self.appearance is Appearance.HIGH_CONTRAST:
            return QPalette(self._system)
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        # The same in windows that are not in front: otherwise every widget is painted anew, many twice, when one comes
        # there or goes. Lists, which show it, paint their selection themselves.
        for role in _TEXT_ROLES:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text3"))
        return palette

    def _sheet(self) -> str:
        heights = {f"h{n}": f"{self._type.px(int(n))}px" for n in re.findall(r"%\(h(\d+)\)s", self._template)}
        caption = f"{self._type.font(Style.CAPTION).pointSizeF()}pt"
        weights = {f"w{n}": str(self._type.weight(int(n))) for n in re.findall(r"%\(w(\d+)\)s", self._template)}
        # With the system's few colours a message bar has the ground of the page.
        plain = self.appearance is Appearance.HIGH_CONTRAST
        kinds = {"caption_size": caption, "bar_border": "1px" if plain else "0px"}
        return self._template % {**self._tokens.colours, **heights, **weights, **kinds}


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the sheet looks at. A changed property is not seen until the style is asked again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            # It will be asked before it is shown; and at a start, a QStyle in Python costs 6 ms.
            return
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class QtDesktop(QObject):
    """The desktop as Qt knows it. Where the platform tells nothing, its own palette decides.

    Args:
        hints: What Qt tells of the desktop.
        ground: The window's colour before a palette of ours was set.
    """

    changed = Signal()

    def __init__(self, hints: QStyleHints, ground: QColor) -> None:
        super().__init__()
        self._hints = hints
        self._native_dark = ground.lightness() < _MIDDLE
        self._hints.colorSchemeChanged.connect(self.changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self.changed)

    def appearance(self) -> Appearance:
        """Return what the desktop asks for now."""
        if self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Appearance.HIGH_CONTRAST
        scheme = self._hints.colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return Appearance.DARK if self._native_dark else Appearance.LIGHT
        return Appearance.DARK if scheme == Qt.ColorScheme.Dark else Appearance.LIGHT
