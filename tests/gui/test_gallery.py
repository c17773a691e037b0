"""The gallery shows what there is, in both themes, and is nothing the app needs."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import vaultapp.gui.widgets
from vaultapp.gui.gallery.window import GalleryWindow
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.drop_zone import DropZone

# Why a component has no specimen of its own.
_ELSEWHERE = {
    "KeyPanel": "asks the agent; its parts are shown",
    "PanelHost": "only a place for two others",
    "WorkSection": "runs work; its list is shown",
}


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication, dressed: object, look: Look, tasks: TaskRunner) -> GalleryWindow:
    window = GalleryWindow(look, tasks)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    look.theme.choose(None)


def _components() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(vaultapp.gui.widgets.__path__):
        loaded = importlib.import_module(f"vaultapp.gui.widgets.{module.name}")
        for name, thing in vars(loaded).items():
            own = isinstance(thing, type) and thing.__module__ == loaded.__name__
            if own and issubclass(thing, QWidget) and not name.startswith("_"):
                found.add(name)
    return found


def test_every_component_has_a_specimen(gallery: GalleryWindow) -> None:
    shown = {kind.__name__ for part in gallery.findChildren(QWidget) for kind in type(part).__mro__}
    assert _components() - shown == set(_ELSEWHERE)


def test_its_pages_are_turned_by_mouse_and_its_theme_too(gallery: GalleryWindow, qtbot: QtBot, look: Look) -> None:
    for name, sheet in gallery.sheets.items():
        qtbot.mouseClick(gallery.items[name], Qt.MouseButton.LeftButton)
        assert sheet.isVisible()
    qtbot.mouseClick(gallery.theme.buttons[Appearance.DARK], Qt.MouseButton.LeftButton)
    assert look.theme.dark


def test_states_are_there_to_be_seen(gallery: GalleryWindow, qtbot: QtBot) -> None:
    kinds = {button.property("kind") for button in gallery.findChildren(Button)}
    assert kinds >= {None, "primary", "ghost", "link", "bar", "danger", "danger-quiet"}
    looks = {
        gallery.sheets["buttons"].findChildren(Button)[at].grab().toImage().pixelColor(4, 15).name() for at in (0, 1, 3)
    }
    assert len(looks) == 3, "rest, hover and disabled look the same"
    gallery.turn_to("work")
    zones = gallery.findChildren(DropZone)
    qtbot.waitUntil(lambda: len({zone.grab().toImage().pixelColor(30, 20).name() for zone in zones}) == 2)


def test_it_saves_its_pages_in_both_themes_without_a_display(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vaultapp.gui.gallery", "--to", str(tmp_path)]
    subprocess.run(command, check=True, env={"PATH": "/usr/bin:/bin"}, capture_output=True, timeout=120)
    light, dark = (sorted(tmp_path.glob(f"*-{theme}.png")) for theme in ("light", "dark"))
    assert len(light) == len(dark) >= 9
    for one, other in zip(light, dark, strict=True):
        grounds = [QImage(str(path)).pixelColor(700, 4).lightness() for path in (one, other)]
        assert grounds[0] > 200 > 60 > grounds[1]


def test_the_app_does_not_import_it() -> None:
    program = (
        "import sys, vaultapp.app.window, vaultapp.gui.main_window; print([m for m in sys.modules if 'gallery' in m])"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
