"""The list that a chooser opens."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser


@pytest.mark.parametrize("number", [1, 2, 5])
def test_it_is_as_high_as_its_choices(qtbot: QtBot, look: Look, number: int) -> None:
    chooser = Chooser(look, "Changed by")
    qtbot.addWidget(chooser)
    chooser.offer([Choice(n, f"choice {n}") for n in range(number)], 0)
    chooser.show()
    chooser.open()
    popup = chooser.popup
    assert popup is not None
    last = popup.list.visualRect(popup.list.model().index(number - 1, 0))
    assert popup.list.viewport().height() - last.bottom() < last.height() / 2
    assert not popup.list.verticalScrollBar().isVisible()
    popup.close()
