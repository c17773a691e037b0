from __future__ import annotations

import pytest
from conftest import Bench
from fake_tray import FakeTray, in_tray
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.gui.fake_clock import FakeClock
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.look import Look
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.tray.tray_icon import LATER_MS, SOON_FOR_S, SOON_MS, TrayIcon
from vaultapp.gui.tray.tray_images import TrayImages


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    menu = QMenu()
    # It deletes what it owns at the end of the test, and the collector of cycles does not have to.
    qtbot.addWidget(menu)
    return menu


@pytest.fixture
def images(look: Look) -> TrayImages:
    return TrayImages(look.icons, "ubuntu:GNOME")


def made(host: FakeTray, owner: QObject, images: TrayImages, clock: FakeClock | None = None) -> TrayIcon:
    assert isinstance(owner, QMenu)
    icon = TrayIcon(host, images, owner, (clock or FakeClock()).monotonic, owner)
    icon.show_state("Mara’s vault, locked", opened=False)
    icon.look()
    return icon


def test_a_tray_that_comes_late_is_used(owner: QObject, images: TrayImages, qtbot: QtBot) -> None:
    host = FakeTray(there=False)
    icon = made(host, owner, images)
    assert host.entries == []
    assert not icon.present
    host.there = True
    with qtbot.waitSignal(icon.came):
        icon.look()
    assert host.entry.tip == "Mara’s vault, locked"
    assert icon.present
    with qtbot.waitSignal(icon.pressed):
        host.entry.press()


def test_a_tray_that_goes_and_comes_back_gets_one_new_icon(owner: QObject, images: TrayImages, qtbot: QtBot) -> None:
    host = FakeTray()
    icon = made(host, owner, images)
    host.there = False
    assert not icon.present
    with qtbot.waitSignal(icon.went):
        icon.look()
    assert [entry.removed for entry in host.entries] == [True]
    host.there = True
    icon.look()
    icon.look()
    assert [entry.removed for entry in host.entries] == [True, False]


def test_it_looks_for_the_tray_by_itself(
    owner: QObject, images: TrayImages, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.gui.tray.tray_icon.SOON_MS", 5)
    host = FakeTray(there=False)
    icon = made(host, owner, images)
    host.there = True
    qtbot.waitUntil(lambda: icon.present)


def test_it_looks_often_at_first_and_while_the_window_is_hidden(owner: QObject, images: TrayImages) -> None:
    clock = FakeClock()
    icon = made(FakeTray(), owner, images, clock)
    assert icon.pause_ms == SOON_MS
    clock.time = SOON_FOR_S
    assert icon.pause_ms == LATER_MS
    icon.closely = True
    assert icon.pause_ms == SOON_MS


def test_open_and_locked_are_told_apart_by_their_shape_at_16_pixels(images: TrayImages) -> None:
    shapes = []
    for opened in (False, True):
        image = images.icon(opened=opened).pixmap(16, 16).toImage()
        assert image.pixelColor(8, 1).name() == "#0b6175"
        shapes.append({(x, y) for x in range(16) for y in range(16) if image.pixelColor(x, y).lightness() > 150})
    assert all(len(shape) > 20 for shape in shapes)
    assert len(shapes[0] ^ shapes[1]) > 40


def _contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG 2 has it, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("menu", ["#ffffff", "#f6f5f4", "#31363b", "#2e2e2e", "#000000"])
def test_icons_of_the_menu_are_seen_in_every_panels_menu(bench: Bench, menu: str) -> None:
    actions = in_tray(bench).host.entry.menu.actions()
    seen = [action.icon().pixmap(32, 32).toImage() for action in actions if not action.icon().isNull()]
    assert len(seen) == 8
    for image in seen:
        colours = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        strongest = max(colours, key=lambda colour: colour.alpha())
        assert strongest.alpha() > 200
        assert _contrast(strongest, QColor(menu)) >= 3


def test_a_panel_finds_the_symbolic_icon_by_its_name_only_where_it_is_installed(
    images: TrayImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    icon = images.icon(opened=True)
    assert icon.name() == ""
    monkeypatch.setattr(QIcon, "hasThemeIcon", lambda name: name == "vaultapp-unlocked-symbolic")
    assert icon.name() == "vaultapp-unlocked-symbolic"
    assert images.icon(opened=False).name() == ""


@pytest.mark.parametrize("desktop", ["LXQt", "sway", "", "GNOME-Flashback:LXQt"])
def test_a_panel_that_would_not_paint_the_symbolic_icon_gets_the_pixmaps(
    look: Look, monkeypatch: pytest.MonkeyPatch, desktop: str
) -> None:
    monkeypatch.setattr(QIcon, "hasThemeIcon", lambda _name: True)
    icon = TrayImages(look.icons, desktop).icon(opened=True)
    assert (icon.name(), QIcon(icon).name()) == ("", "")
    assert not icon.pixmap(16, 16).isNull()


def test_the_icon_follows_the_vault(bench: Bench) -> None:
    shown = in_tray(bench, VaultState.LOCKED)
    entry = shown.host.entry
    assert entry.tip == "Mara’s vault, locked"
    locked = entry.icon.pixmap(16, 16).toImage()
    lock = shown.window.screens.shown
    lock.form.field.setText(bench.vault.passphrase)  # type: ignore[union-attr]
    lock.form.unlock()  # type: ignore[union-attr]
    bench.qtbot.waitUntil(lambda: entry.tip == "Mara’s vault, unlocked")
    assert entry.icon.pixmap(16, 16).toImage() != locked
    assert shown.desk.menu.head.text() == "Mara’s vault, unlocked"


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


def test_the_menu_offers_what_can_be_done(bench: Bench) -> None:
    shown = in_tray(bench)
    first, rest = ["Open vaultapp", "Quick decrypt…", "Encrypt clipboard"], ["Lock", "Quit"]
    assert words(shown.host.entry.menu) == [*first, "Copy credential", "Rotate due credentials", *rest]
    locked = in_tray(bench, VaultState.LOCKED)
    assert words(locked.host.entry.menu)[3] == "Unlock…"
    assert all(not action.icon().isNull() for action in shown.desk.menu.actions() if action.text() == "Quit")


def test_before_the_first_vault_it_can_only_be_opened(bench: Bench) -> None:
    missing = in_tray(bench, VaultState.MISSING)
    assert words(missing.host.entry.menu) == ["Open vaultapp", "Quit"]
    assert missing.host.entry.tip == "No vault yet"


def test_a_vault_that_is_not_at_its_place_is_called_so(bench: Bench) -> None:
    bench.settings.remember_vault(bench.session.path)
    absent = in_tray(bench, VaultState.MISSING)
    assert words(absent.host.entry.menu) == ["Open vaultapp", "Quit"]
    assert absent.host.entry.tip == "Mara’s vault is not at its place"
    screen = absent.window.screens.shown
    assert isinstance(screen, MissingScreen)
    screen.make_new.emit()
    assert isinstance(absent.window.screens.shown, Wizard)
    assert absent.host.entry.tip == "Mara’s vault is not at its place"
