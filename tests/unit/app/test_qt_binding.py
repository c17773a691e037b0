"""Qt's binding is loaded faster, and says and does what it does otherwise."""

from __future__ import annotations

import builtins
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from vaultapp.app.qt_binding import compiled_when_needed, load_binding

_QUICK = "from vaultapp.app.qt_binding import load_binding; load_binding()\n"
_WRONG_CALLS = """
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QLabel
for wrong in (
    lambda: QPoint("a", "b"),
    lambda: QPoint(1, 2).setX("a"),
    lambda: QPoint(1, 2).nothing,
    lambda: QTimer.singleShot("x"),
    lambda: QObject().setObjectName(1, 2),
):
    try:
        wrong()
    except (TypeError, AttributeError) as exc:
        print(type(exc).__name__, exc)
print(QLabel.setText.__doc__)
from PySide6.support.signature import get_signature
print(get_signature(QLabel.setNum))
from PySide6.support.signature.lib.pyi_generator import generate_pyi
print(generate_pyi.__name__)
"""
_COUNT = """
import sys
import PySide6.QtWidgets
names = sum(len(vars(module)) for name, module in sys.modules.items() if name.startswith("shibokensupport"))
print(names, "argparse" in sys.modules)
"""


def _told(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_wrong_calls_are_told_in_the_same_words() -> None:
    assert _told(_QUICK + _WRONG_CALLS) == _told(_WRONG_CALLS)


def test_most_of_the_binding_waits_until_it_is_asked_for() -> None:
    names, argparse = _told(_QUICK + _COUNT).split()
    usual_names, usual_argparse = _told(_COUNT).split()
    assert int(names) < int(usual_names) / 2
    assert (argparse, usual_argparse) == ("False", "True")


def test_what_compiles_and_imports_is_left_as_it_was() -> None:
    before = "import builtins; compile_, import_ = builtins.compile, builtins.__import__\n"
    after = "import PySide6.QtWidgets; print(builtins.compile is compile_, builtins.__import__ is import_)"
    assert _told(before + _QUICK + after) == "True True\n"


def test_no_source_is_read_for_what_is_imported() -> None:
    count = """
import linecache, PySide6.QtWidgets, vaultapp.gui.lock_screen
print(sum("/vaultapp/gui/" in name for name in linecache.cache))
"""
    assert _told(_QUICK + count) == "0\n"
    assert int(_told(count)) > 0


def test_another_release_is_loaded_as_it_wants_to_be() -> None:
    other = "from vaultapp.app import qt_binding; qt_binding._KNOWN = (6, 0)\n"
    own_import = "import builtins; print(builtins.__import__ is builtins.__feature_import__)\n"
    assert _told(other + _QUICK + _COUNT + own_import) == _told(_COUNT + own_import)
    assert _told(other + _QUICK + own_import) == "True\n"


def test_a_binding_that_is_loaded_stays() -> None:
    import shiboken6

    load_binding()
    assert sys.modules["shiboken6"] is shiboken6
    assert not isinstance(builtins.compile, type(load_binding))


def test_a_module_is_filled_when_it_is_first_asked() -> None:
    times: list[int] = []
    get = compiled_when_needed(
        {"__name__": "later", "times": times}, b"times.append(1)\ndef answer(): return 42", "later.py"
    )
    assert times == []
    assert get("answer")() == 42
    assert get("answer").__code__.co_filename == "later.py"
    with pytest.raises(AttributeError, match="module 'later' has no attribute 'other'"):
        get("other")
    assert times == [1]


def test_threads_that_ask_together_wait_for_the_one_that_fills() -> None:
    begun, go_on = threading.Event(), threading.Event()
    names = {"__name__": "later", "begun": begun, "go_on": go_on}
    get = compiled_when_needed(names, b"begun.set(); go_on.wait(10); answer = 42", "later.py")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(get, "answer")
        assert begun.wait(10)
        second = pool.submit(get, "answer")
        # One that does not wait fails at once.
        assert wait([second], timeout=0.1).not_done
        go_on.set()
        assert (first.result(10), second.result(10)) == (42, 42)


def test_what_the_window_needs_before_it_loads_nothing_of_qt() -> None:
    needed = "import sys, vaultapp.__main__, vaultapp.app.window, vaultapp.gui.session\n"
    assert _told(needed + "print('shiboken6' in sys.modules)") == "False\n"
