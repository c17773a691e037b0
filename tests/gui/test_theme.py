from __future__ import annotations

import gc
import re

import pytest
from conftest import Bench, FakeDesktop
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui import theme
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.theme import Appearance, QtDesktop
from vaultapp.gui.widgets.message_bar import MessageBar


def corner(image: QImage) -> QColor:
    return image.pixelColor(image.width() - 3, image.height() // 2)


def drawn(icon: QIcon) -> set[str]:
    image = icon.pixmap(QSize(32, 32)).toImage()
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    return {pixel.name() for pixel in pixels if pixel.alpha() > 200}


def test_the_window_is_painted_in_what_the_desktop_asks_for(bench: Bench, desktop: FakeDesktop) -> None:
    window = bench.window(VaultState.UNLOCKED)
    assert corner(window.grab().toImage()).name() == "#fbfaf8"
    desktop.ask_for(Appearance.DARK)
    assert corner(window.grab().toImage()).name() == "#1c1b19"
    desktop.ask_for(Appearance.LIGHT)
    assert corner(window.grab().toImage()).name() == "#fbfaf8"


def test_a_window_that_was_switched_looks_like_one_made_in_that_theme(bench: Bench, desktop: FakeDesktop) -> None:
    def picture() -> QImage:
        window = bench.window(VaultState.LOCKED)
        windows.append(window)
        return unfocused(window)

    def unfocused(window: MainWindow) -> QImage:
        focused = window.focusWidget()
        if focused is not None:
            focused.clearFocus()
        return window.grab().toImage()

    windows: list[MainWindow] = []
    light = picture()
    desktop.ask_for(Appearance.DARK)
    fresh = picture()
    assert fresh != light
    assert unfocused(windows[0]) == fresh


def test_the_themes_differ_in_nothing_but_colours(look: Look, desktop: FakeDesktop, qapp: QApplication) -> None:
    """No text has less room in one of them."""

    def without_colours() -> str:
        return re.sub("#[0-9a-fA-F]{3,8}|rgba?[(][^)]*[)]", "a colour", qapp.styleSheet())

    coloured, light = qapp.styleSheet(), without_colours()
    desktop.ask_for(Appearance.DARK)
    assert qapp.styleSheet() != coloured
    assert without_colours() == light


def test_high_contrast_uses_the_systems_own_colours(bench: Bench, desktop: FakeDesktop, qapp: QApplication) -> None:
    window = bench.window(VaultState.UNLOCKED)
    desktop.ask_for(Appearance.HIGH_CONTRAST)
    system = qapp.palette().color(QPalette.ColorRole.Window)
    assert system == QPalette(qapp.style().standardPalette()).color(QPalette.ColorRole.Window)
    assert corner(window.grab().toImage()) == system


def test_a_message_has_an_edge_where_it_has_no_ground_of_its_own(
    qtbot: QtBot, look: Look, desktop: FakeDesktop, qapp: QApplication
) -> None:
    bar = MessageBar(look, "warn", "Head", "Body")
    qtbot.addWidget(bar)
    bar.resize(400, 60)
    ordinary = bar.contentsRect()
    assert bar.grab().toImage().pixelColor(200, 0) == look.colour("warn_soft")
    desktop.ask_for(Appearance.HIGH_CONTRAST)
    assert bar.grab().toImage().pixelColor(200, 0) == look.colour("line") != look.colour("warn_soft")
    desktop.ask_for(Appearance.LIGHT)
    bar.grab()
    assert bar.contentsRect() == ordinary


def test_an_icon_follows_the_theme_by_itself(look: Look, desktop: FakeDesktop) -> None:
    icon = look.icons.icon("lock", "text")
    assert "#1e1c19" in drawn(icon)
    desktop.ask_for(Appearance.DARK)
    assert "#ece9e3" in drawn(icon)


def test_icons_outlive_the_references_to_what_draws_them(look: Look) -> None:
    icons = [QIcon(look.icons.icon(name, "text")) for name in ("lock", "x", "info") for _ in range(100)]
    gc.collect()
    copies = [QIcon(icon) for icon in icons]
    for icon in copies:
        icon.addPixmap(icon.pixmap(16, 16))
    assert all("#1e1c19" in drawn(icon) for icon in icons[::50])


def test_an_icon_is_sharp_at_twice_the_size(look: Look) -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    look.icons.draw(painter, "x", QRectF(0, 0, 32, 32), "text")
    painter.end()
    doubled = look.icons.icon("x", "text").pixmap(QSize(64, 64)).toImage()
    assert [image.pixelColor(at, at).name() for at in range(64)] == [
        doubled.pixelColor(at, at).name() for at in range(64)
    ]


def test_a_changed_state_is_seen_by_the_sheet(look: Look, qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.ensurePolished()
    theme.set_state(label, "tone", "bad")
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == look.colour("bad").name()


class Hints(QObject):
    """Stands for QStyleHints, which tells nothing on a screen in memory."""

    colorSchemeChanged = Signal()  # noqa: N815 - Qt's name
    contrastPreferenceChanged = Signal()  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Qt.ColorScheme.Unknown
        self.contrast = Qt.ContrastPreference.NoPreference

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def accessibility(self) -> Hints:
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.contrast


@pytest.mark.parametrize(
    ("scheme", "contrast", "ground", "expected"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, "#101010", Appearance.LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "#ffffff", Appearance.DARK),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, "#101010", Appearance.DARK),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, "#efefef", Appearance.LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "#ffffff", Appearance.HIGH_CONTRAST),
    ],
)
def test_what_the_desktop_asks_for(
    scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, ground: str, expected: Appearance
) -> None:
    hints = Hints()
    hints.scheme, hints.contrast = scheme, contrast
    assert QtDesktop(hints, QColor(ground)).appearance() is expected


def test_the_desktops_signals_are_passed_on(qtbot: QtBot) -> None:
    hints = Hints()
    found = QtDesktop(hints, QColor("#ffffff"))
    with qtbot.waitSignal(found.changed):
        hints.colorSchemeChanged.emit()
    with qtbot.waitSignal(found.changed):
        hints.contrastPreferenceChanged.emit()
