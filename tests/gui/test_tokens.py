from __future__ import annotations

import re
from itertools import product

import pytest

from vaultapp.core import resources
from vaultapp.gui import tokens
from vaultapp.gui.tokens import Tokens

LIGHT, DARK = tokens.load()
THEMES = {"light": LIGHT, "dark": DARK}
PAGES = ("sidebar", "window", "surface", "raised", "hover", "select", "select_off")
SOFT = ("accent_soft", "ok_soft", "warn_soft", "bad_soft")
READ = (
    *product(("text", "text2"), (*PAGES, *SOFT)),
    *product(("text", "text2"), ("field", "sunken", "pressed")),
    *product(("text3",), ("sidebar", "window", "surface", "field", "sunken", "hover", "select")),
    *product(("accent_text",), ("window", "surface", "accent_soft", "select", "hover")),
    *product(("on_accent",), ("accent", "accent_hover")),
    *((tone, ground) for tone in ("ok", "warn", "bad") for ground in ("window", "surface", "select", f"{tone}_soft")),
    ("on_bad", "bad_fill"),
    ("on_tip", "tip"),
    ("tip_accent", "tip"),
)
EDGES = (
    *product(("control",), ("window", "surface", "field")),
    *product(("focus",), ("window", "surface", "sidebar", "select", "hover")),
    *product(("accent",), ("window", "surface")),
    *product(("bad",), ("window", "field", "bad_soft")),
)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_has_a_contrast_of_four_and_a_half(theme: str, text: str, ground: str) -> None:
    colours = THEMES[theme].colours
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_have_a_contrast_of_three(theme: str, edge: str, ground: str) -> None:
    colours = THEMES[theme].colours
    assert contrast(colours[edge], colours[ground]) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
def test_letters_on_plates_can_be_read(theme: str) -> None:
    plates = THEMES[theme].plates
    assert set(plates) == {"petrol", "plum", "olive", "rust", "slate", "indigo"}
    assert all(contrast(plate.fill, plate.text) >= 6.0 for plate in plates.values())


def test_both_themes_have_the_same_roles() -> None:
    assert set(LIGHT.colours) == set(DARK.colours)


def test_high_contrast_has_every_role(qapp: object) -> None:
    from PySide6.QtGui import QPalette

    found: Tokens = tokens.of_system(QPalette(), LIGHT.plates)
    assert set(found.colours) == set(LIGHT.colours)


def test_the_sheet_names_only_roles_that_exist() -> None:
    named = set(re.findall(r"%\((\w+)\)s", resources.read("style/style.qss").split("*/", 1)[1]))
    others = {name for name in named if re.fullmatch(r"[hw]\d+|caption_size|bar_border", name)}
    assert named - others <= set(LIGHT.colours)
