"""How hard a passphrase is to guess, as bars."""

from __future__ import annotations

import pytest
from conftest import FakeDesktop
from pytestqt.qtbot import QtBot

from vaultapp.core.passphrase_strength import Grade
from vaultapp.gui.look import Look
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.passphrase_pair import StrengthBars


@pytest.mark.parametrize("wish", list(Appearance))
@pytest.mark.parametrize("grade", [Grade.NONE, Grade.FAIR, Grade.STRONG])
def test_full_bars_are_told_from_empty_ones(
    qtbot: QtBot, look: Look, desktop: FakeDesktop, wish: Appearance, grade: Grade
) -> None:
    desktop.ask_for(wish)
    bars = StrengthBars(look)
    qtbot.addWidget(bars)
    bars.resize(216, 5)
    bars.show_grade(grade)
    image = bars.grab().toImage()
    # Each is 40 pixels wide, 4 apart.
    full = look.colour("ok" if grade is Grade.STRONG else "warn")
    assert [image.pixelColor(at * 44 + 20, 2) == full for at in range(5)] == [at < grade for at in range(5)]
