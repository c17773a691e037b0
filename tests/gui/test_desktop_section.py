from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from vaultapp.core.errors import ReadOnly
from vaultapp.desktop.autostart import Autostart
from vaultapp.gui.settings.desktop_section import DesktopSection

_LEFT = Qt.MouseButton.LeftButton


def entry() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"], "autostart/vaultapp.desktop")


def section(bench: Bench) -> DesktopSection:
    found = bench.workspace("settings").settings.desktop
    bench.qtbot.waitUntil(found.login.isEnabled)
    return found


def test_start_at_login_writes_the_entry_and_takes_it_away(bench: Bench) -> None:
    shown = section(bench)
    assert not shown.login.isChecked()
    bench.qtbot.mouseClick(shown.login, _LEFT)
    bench.qtbot.waitUntil(lambda: entry().exists() and shown.login.isEnabled())
    assert "Exec=/opt/vaultapp/bin/vaultapp --hidden\n" in entry().read_text()
    assert shown.login.isChecked()
    bench.qtbot.mouseClick(shown.login, _LEFT)
    bench.qtbot.waitUntil(lambda: not entry().exists() and shown.login.isEnabled())
    assert not shown.login.isChecked()


def test_what_a_terminal_set_is_seen_when_the_page_is_turned_to(bench: Bench) -> None:
    bench.autostart().turn_on()
    assert section(bench).login.isChecked()


def test_a_refusal_is_told_and_the_switch_goes_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Autostart) -> None:
        raise ReadOnly(path="/home/mara/.config")

    monkeypatch.setattr(Autostart, "turn_on", refuse)
    shown = section(bench)
    with bench.qtbot.waitSignal(shown.error_raised) as raised:
        bench.qtbot.mouseClick(shown.login, _LEFT)
    assert raised.args is not None
    assert raised.args[0].code == "read_only"
    bench.qtbot.waitUntil(shown.login.isEnabled)
    assert not shown.login.isChecked()


def test_the_tray_is_a_choice_of_this_user(bench: Bench) -> None:
    shown = section(bench)
    assert shown.tray.isChecked()
    bench.qtbot.mouseClick(shown.tray, _LEFT)
    assert not bench.settings.choices.keep_in_tray
