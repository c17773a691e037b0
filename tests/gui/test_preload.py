"""Code is loaded beside what the window does, in its own thread, a module at a time."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from vaultapp.gui.preload import Preload

PACKAGE = "preloaded_sample"


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    folder = tmp_path / PACKAGE
    (folder / "inner").mkdir(parents=True)
    for name in ("__init__", "one", "two", "inner/__init__", "inner/deep"):
        (folder / f"{name}.py").write_text("import threading\nTHREAD = threading.get_ident()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    names = [f"{PACKAGE}.{name}" for name in ("one", "two", "inner", "inner.deep")]
    for name in (PACKAGE, *names):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return names


def test_each_module_of_a_package_is_loaded_in_the_windows_thread(qtbot: QtBot, modules: list[str]) -> None:
    owner, done = QObject(), list[str]()
    preload = Preload((f"{PACKAGE}.*", f"{PACKAGE}.inner"), owner)
    assert not preload.begun
    preload.then(owner, lambda: done.append("first"))
    assert f"{PACKAGE}.one" not in sys.modules
    assert preload.begun
    qtbot.waitUntil(lambda: done == ["first"])
    assert [name for name in modules if name in sys.modules] == modules[:3], "packages in it are named by themselves"
    assert {sys.modules[name].THREAD for name in modules[:3]} == {threading.get_ident()}
    preload.then(owner, lambda: done.append("at once"))
    assert done == ["first", "at once"]


def test_the_window_is_asked_in_between(qtbot: QtBot, modules: list[str]) -> None:
    owner, seen = QObject(), list[int]()
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: seen.append(sum(name in sys.modules for name in modules)))
    beat.start()
    done = list[bool]()
    Preload(tuple(modules), owner).then(owner, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert {1, 2, 3} <= set(seen)


def test_who_is_gone_is_not_called_and_what_cannot_be_loaded_holds_nobody_up(qtbot: QtBot, modules: list[str]) -> None:
    owner, gone, done = QObject(), QObject(), list[str]()
    preload = Preload((f"{PACKAGE}.not_there", f"{PACKAGE}.two"), owner)
    preload.then(gone, lambda: done.append("gone"))
    preload.then(owner, lambda: done.append("there"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["there"]
    assert f"{PACKAGE}.two" in sys.modules
