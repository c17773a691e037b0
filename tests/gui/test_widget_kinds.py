from __future__ import annotations

import os
import subprocess
import sys

import pytest

_CODE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QListView, QWidget
from vaultapp.gui.widget_kinds import WidgetKinds

app = QApplication([])
kinds = WidgetKinds(app)
if sys.argv[1:]:
    kinds.make()
    kinds.make()
    rounds = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: rounds.append(len(QWidget.__subclasses__())))
    beat.timeout.connect(lambda: app.quit() if not kinds._idle._calls else None)
    beat.start()
    app.exec()
    assert len(set(rounds)) > 20, "the window is asked in between"
view = QListView()
before = len(QWidget.__subclasses__())
view.viewport()
print(len(QWidget.__subclasses__()) - before)
"""


@pytest.mark.parametrize(("arguments", "left"), [((), True), (("made",), False)])
def test_a_list_makes_no_kinds_of_widgets_where_they_were_made_before(arguments: tuple[str, ...], left: bool) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _CODE, *arguments]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert bool(int(out)) is left
