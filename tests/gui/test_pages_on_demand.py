"""What a person has not asked for yet is loaded and built behind what is shown."""

from __future__ import annotations

import gc
import subprocess
import sys

import msgspec
from conftest import Bench
from PySide6.QtCore import QObject

from tests.gui.samples import PASSPHRASE
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.preload import Preload
from vaultapp.gui.window_parts import WindowParts


def unshown(bench: Bench) -> MainWindow:
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock, bench.languages)
    window = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(window)
    return window


def test_the_lock_screen_loads_no_page() -> None:
    code = "import sys, vaultapp.app.window, vaultapp.gui.main_window; print(*sys.modules, sep='\\n')"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(out.stdout.split())
    assert "vaultapp.gui.lock_screen" in loaded
    not_yet = ("workspace", "pages", "first_run", "settings", "recovery_form", "inspection", "key_shelf", "page")
    not_yet = (*not_yet, "commands", "dialogs", "drop_plan", "models", "tray")
    assert not {name for name in loaded if name.startswith(tuple(f"vaultapp.gui.{part}" for part in not_yet))}
    assert "hashlib" not in loaded, "OpenSSL comes with it"
    assert not loaded & {"msgspec", "socket", "vaultapp.ipc", "vaultapp.contracts.vault"}, "what speaks with the agent"


def test_the_page_of_before_stands_there_at_once_and_the_others_follow(bench: Bench) -> None:
    bench.settings.remember_page("keys")
    bench.vault.state = VaultState.UNLOCKED
    window = unshown(bench)
    workspace = window.screens.workspace
    assert workspace is not None
    names = [place.entry.name for place in workspace.places]
    built = [name for name in names if name in vars(workspace)]
    assert built == ["files", "keys"], "files take drops on every page"
    window.show()
    bench.qtbot.waitUntil(lambda: workspace.pages.count() == 6)
    assert workspace.page is workspace.keys


def test_a_page_that_is_built_late_knows_the_keys(bench: Bench) -> None:
    workspace = bench.window(VaultState.UNLOCKED).screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded and workspace.pages.count() == 6)
    count = len(workspace.shelf.keys)
    keys, text, files = (
        type(page)(bench.look, workspace._parts, workspace.pages)
        for page in (workspace.keys, workspace.text, workspace.files)
    )
    assert keys.rows.total == count > 0
    assert text.key.current is not None
    assert not files.options.with_passphrase


def test_the_pages_come_once_their_code_is_loaded(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    preload = window.screens._opening._preload
    assert not preload.begun
    bench.qtbot.keyClicks(screen.form.field, PASSPHRASE)
    assert preload.begun
    screen.form.button.click()
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)


def test_the_collector_does_not_walk_through_what_was_loaded(bench: Bench) -> None:
    there, owner, loaded = [bench], QObject(), list[bool]()
    assert any(each is there for each in gc.get_objects())
    preload = Preload(("vaultapp.gui.workspace",), owner)
    preload.then(owner, lambda: loaded.append(True))
    bench.qtbot.waitUntil(lambda: bool(loaded))
    assert not any(each is there for each in gc.get_objects()), "it is not walked through any more"
    assert gc.isenabled()


def test_workers_give_way_soon_once_there_are_lists_to_make_ready(bench: Bench) -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        bench.window(VaultState.LOCKED)
        assert sys.getswitchinterval() == 0.005
        bench.window(VaultState.UNLOCKED)
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)


def test_a_guess_of_the_state_is_confirmed_or_put_right(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    screen.form.field.setText("half of a passphr")
    locked = msgspec.structs.replace(bench.vault.status(), slot_kinds=(SlotKind.PASSPHRASE,), waiting=2)
    window.screens.confirm(bench.session, locked)
    assert window.screens.shown is screen
    assert not screen.other_ways.isVisible()
    assert screen.waiting.isVisible()
    assert screen.form.field.text() == "half of a passphr"
    bench.vault.state = VaultState.UNLOCKED
    other = bench.beside(bench.session.path.with_name("other.vault"))
    window.screens.confirm(other, bench.vault.status())
    assert window.screens.shown is screen, "of a vault that is not the one shown"
    window.screens.confirm(bench.session, bench.vault.status())
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
