"""Every screen, page, panel and dialog of the window, with usual and with long content, one after the other.

Nothing here is found by its words, so that the same scenes can be played in any language.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from conftest import Bench
from fake_tray import in_tray
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.credential_scenes import credentials_page
from tests.gui.page_scenes import activity_page, files_page, keys_page, settings_page, text_page
from tests.gui.samples import NOON, PASSPHRASE, description
from tests.gui.scene_stage import (
    LEFT,
    LONG,
    Scene,
    Size,
    long_sentence,
    some_keys,
    window_on,
    workspace_on,
    worst,
)
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import WrongPassphrase
from vaultapp.gui import messages
from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.session import LockNote
from vaultapp.gui.unlock_form import UnlockForm


def all_scenes(bench: Bench, size: Size) -> Iterator[Scene]:
    """Play them all in windows of this size."""
    pages = (files_page, text_page, credentials_page, keys_page, activity_page, settings_page)
    for play in (_first_run, _locked, _missing, *pages, _over_all, _tray):
        yield from play(bench, size)


def _first_run(bench: Bench, size: Size) -> Iterator[Scene]:
    window = window_on(bench, VaultState.MISSING, size)
    wizard = window.screens.shown
    assert isinstance(wizard, Wizard)
    yield "welcome", window
    wizard.go(1)
    yield "place", window
    wizard.place.name.setText(".")
    yield "a place that cannot be", window
    wizard.place.name.setText(LONG)
    bench.qtbot.mouseClick(wizard.next, LEFT)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    yield "passphrase, empty", window
    wizard.passphrase.pair.first.setText("summer24")
    wizard.passphrase.pair.again.setText("winter")
    bench.qtbot.waitUntil(lambda: wizard.passphrase.pair.strength.log10 > 0)
    yield "passphrase, weak", window
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    yield "passphrase, strong", window
    bench.qtbot.mouseClick(wizard.next, LEFT)
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))
    yield "recovery kit", window
    for field in wizard.kit.fields:
        field.edit.setText("wrong")
    yield "recovery kit, wrong words", window
    for error in worst():
        wizard.kit.show_problem(error)
        yield f"recovery kit, {error.code}", window
    wizard.kit.show_problem(None)
    for error in worst():
        wizard.notices.tell("bad", messages.message_of(error))
    yield "recovery kit under errors", window
    for bar in tuple(wizard.notices.bars):
        wizard.notices.remove(bar)
    wizard.restore_from(b"/home/mara/copy.vault")
    yield "place of a restored copy", window
    wizard.go(2)
    wizard.copy.passphrase.refuse(WrongPassphrase())
    yield "passphrase of a copy", window


def _locked(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.settings.remember_vault(bench.session.path.with_name(f"{LONG}.vault"))
    window = window_on(bench, VaultState.LOCKED, size, LockNote("asked", NOON))
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    yield "lock", window
    bench.vault.wait_after_wrong = 8
    bench.qtbot.keyClicks(screen.form.field, "wrong")
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: len(screen.form.under.text()) > 1)
    yield "wrong passphrase", window
    bench.vault.wait_after_wrong = bench.vault.retry_after = 0
    screen.show_going_on(NOON)
    yield "lock of the window alone", window
    screen.show_waiting(2, (b"/home/mara/a.pdf", os.fsencode(f"/home/mara/{LONG}.pdf")))
    screen.notices.tell("bad", long_sentence())
    yield "lock, with files that wait and an error", window
    screen.show_recovery()
    yield "recovery words", window
    screen.recovery.words.edit.setPlainText("abandon ability")
    screen.recovery.pair.first.setText("summer24")
    screen.recovery.pair.again.setText("winter")
    yield "recovery words, some of them", window


def _missing(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.settings.remember_vault(bench.session.path)
    window = window_on(bench, VaultState.MISSING, size)
    assert isinstance(window.screens.shown, MissingScreen)
    yield "a vault that is gone", window


def _over_all(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.keys.keys = some_keys()
    window, workspace = workspace_on(bench, size, "keys")
    bench.qtbot.waitUntil(lambda: workspace.keys.rows.total == 4)
    workspace.keys.actions_of.turn(bench.keys.keys[1], on=False)
    bench.qtbot.waitUntil(lambda: window.screens.workspace.toasts.shown is not None)
    yield "a toast with a long name", window
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: window.palette_shown is not None)
    assert window.palette_shown is not None
    yield "palette", window
    window.palette_shown.field.setText("no such thing")
    yield "palette, nothing found", window
    window.palette_shown.close_palette()
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    yield "shortcuts", sheet
    sheet.reject()


def _tray(bench: Bench, size: Size) -> Iterator[Scene]:
    """What opens from the tray; its size is its own."""
    bench.keys.keys[0] = structs.replace(bench.keys.keys[0], name=LONG)
    text, lines = bench.text.blob(LONG.encode()), "\n".join([LONG] * 4)
    QApplication.clipboard().setText(text)
    for old in bench._windows:
        old.hide()
    shown = in_tray(bench)
    shown.window.hide()
    shown.desk.decrypt()
    quick = shown.desk.quick
    assert quick is not None
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    yield "quick decrypt, with the person there", quick
    assert quick.shown is not None
    quick.attended.emit(False)
    quick.closing.tick()
    yield "quick decrypt, closing", quick
    quick.closing.keep(kept=True)
    yield "quick decrypt, kept", quick
    QApplication.clipboard().setText("")
    quick.read_clipboard()
    yield "quick decrypt, nothing there", quick
    QApplication.clipboard().setText(bench.text.blob(lines.encode(), context={"purpose": "reports"}))
    quick.read_clipboard()
    bench.qtbot.waitUntil(lambda: quick.context is not None)
    yield "quick decrypt, a context", quick
    for name in (LONG.encode(), b"a-folder.sealed"):
        bench.files.described[name] = structs.replace(description(name, bench.keys), folder=True)
        quick.take_file(b"/home/mara/" + name)
        bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 2)
        yield "quick decrypt, a folder", quick
        assert quick.notice is not None
        bench.qtbot.mouseClick(quick.notice.buttons[-1], LEFT)
        bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 2)
        yield "quick decrypt, written", quick
    bench.files.opens_with = "x"
    bench.files.described[b"tom.sealed"] = structs.replace(description(b"tom.sealed", bench.keys), content_length=1)
    quick.take_file(b"/home/mara/tom.sealed")
    bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 1 and not quick.context)
    yield "quick decrypt, a passphrase", quick
    bench.vault.state = VaultState.LOCKED
    quick.take_file(b"/home/mara/tom.sealed")
    bench.qtbot.waitUntil(lambda: quick.findChild(UnlockForm) is not None)
    yield "quick decrypt, locked", quick
    quick.reject()
    QApplication.clipboard().setText("x" * 5000)
    shown.desk.encrypt()
    assert shown.desk.encrypting.shown is not None
    yield "encrypt clipboard, too long", shown.desk.encrypting.shown
    shown.desk.encrypting.close()
