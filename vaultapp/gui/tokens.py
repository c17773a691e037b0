"""The colours of both themes, by what they are for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QPalette

from vaultapp.core import resources


class PlateColours(NamedTuple):
    """A key plate's ground and letter."""

    fill: str
    text: str


class Tokens(NamedTuple):
    """One theme.

    Attributes:
        colours: ``#RRGGBB`` by role.
        plates: By hue.
    """

    colours: Mapping[str, str]
    plates: Mapping[str, PlateColours]


def load() -> tuple[Tokens, Tokens]:
    """Return the light and the dark theme."""
    file = json.loads(resources.read("style/tokens.json"))
    light, dark = (
        Tokens(file[theme], {hue: PlateColours(**plate) for hue, plate in file[f"plates_{theme}"].items()})
        for theme in ("light", "dark")
    )
    return light, dark


_HIGH_CONTRAST = {
    QPalette.ColorRole.Window: (
        "sidebar",
        "window",
        "sunken",
        "accent_soft",
        "ok_soft",
        "warn_soft",
        "bad_soft",
        "raised",
    ),
    QPalette.ColorRole.WindowText: (
        *(
            "text",
            "text2",
            "text3",
            "line",
            "line2",
            "control",
            "ok",
            "warn",
            "bad",
            "accent_text",
            "focus",
            "tip",
            "scrim",
        ),
        *("accent_hover",),
    ),
    QPalette.ColorRole.Base: ("surface", "field", "hover", "pressed", "on_tip", "tip_accent"),
    QPalette.ColorRole.Highlight: ("accent", "bad_fill"),
    QPalette.ColorRole.HighlightedText: ("on_accent", "on_bad"),
    QPalette.ColorRole.Midlight: ("select", "select_off"),
}


def of_system(palette: QPalette, hues: Mapping[str, PlateColours]) -> Tokens:
    """Return a theme of the system's own few colours, for desktops that ask for high contrast."""
    colours = {name: palette.color(role).name() for role, names in _HIGH_CONTRAST.items() for name in names}
    # A selected row keeps its text's colour, so its ground must be the page's own; the bar beside it tells it apart.
    colours["select"] = colours["select_off"] = colours["surface"]
    plate = PlateColours(colours["surface"], colours["text"])
    return Tokens(colours, dict.fromkeys(hues, plate))
