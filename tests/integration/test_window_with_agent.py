"""The window beside a real agent: what it does to the vault as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from vaultapp.app.window_agents import WindowAgents
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import AgentGone, WrongPassphrase
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.dialogs.change_passphrase_dialog import ChangePassphraseDialog
from vaultapp.gui.dialogs.new_words_dialog import NewWordsDialog
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.languages import Languages
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.session import LockNote
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.window_parts import WindowParts
from vaultapp.gui.window_settings import WindowSettings
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

PASSPHRASE = "four unrelated words here"
NEW = "kite marble tundra oboe"
FLOOR = KdfCost(64 * 1024, 1, 1)

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support ")


@pytest.fixture
def places() -> Places:
    return Places.of_user(dict(os.environ))


@pytest.fixture
def client(places: Places) -> Iterator[Client]:
    client = launch.start_for_window(places, places.default_vault)
    yield client
    for found in (launch.connect(places, path) for path in places.default_vault.parent.glob("*.vault")):
        if found is not None:
            with suppress(AgentGone):
                found.api(VaultApi, "vault").lock(quit_agent=True)
            found.close()
    client.close()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, places: Places, client: Client, tmp_path: Path) -> Iterator[Any]:
    look = Look.of(qapp, still=True)
    tasks = TaskRunner()
    made: list[MainWindow] = []

    def open_window() -> MainWindow:
        events = AgentEvents()
        agents = WindowAgents(places, events.listener, lambda: client)
        session = agents.first(places.default_vault)
        settings = WindowSettings(tmp_path / "window.json")
        parts = WindowParts(agents.connect, events, tasks, settings, SystemClock(), Languages(qapp, look, lambda: ()))
        window = MainWindow(look, session, session.vault.status(), parts)
        qtbot.addWidget(window)
        made.append(window)
        window.resize(1180, 760)
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield open_window
    assert tasks.shutdown(), "a thread did not end"


def vault_of(client: Client) -> VaultApi:
    return client.api(VaultApi, "vault")


def make(client: Client) -> None:
    new = NewVault(passphrase=bytearray(PASSPHRASE.encode()), cost=FLOOR, first_key="Personal")
    vault_of(client).create(new, WorkContext())


def settings_of(qtbot: QtBot, window: MainWindow) -> Any:
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("settings")
    page = workspace.settings
    qtbot.waitUntil(page.unlock.change_button.isEnabled)
    return page


def saved(dialog: QDialog | None, kind: type[Any]) -> Any:
    assert isinstance(dialog, kind)
    return dialog


def test_the_passphrase_is_changed_and_the_old_one_opens_no_more(qtbot: QtBot, client: Client, window: Any) -> None:
    make(client)
    page = settings_of(qtbot, window())
    qtbot.mouseClick(page.unlock.change_button, Qt.MouseButton.LeftButton)
    dialog = saved(page.unlock.dialog, ChangePassphraseDialog)
    dialog.old.setText(PASSPHRASE)
    dialog.pair.first.setText(NEW)
    dialog.pair.again.setText(NEW)
    qtbot.waitUntil(dialog.go_button.isEnabled)
    with qtbot.waitSignal(dialog.changed, timeout=30_000):
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    vault = vault_of(client)
    with pytest.raises(WrongPassphrase):
        vault.unlock(bytearray(PASSPHRASE.encode()), WorkContext())
    assert vault.unlock(bytearray(NEW.encode()), WorkContext()).admitted
    assert [slot.cost for slot in vault.slots()] == [FLOOR]


def test_words_made_in_the_settings_open_the_vault(qtbot: QtBot, client: Client, window: Any) -> None:
    make(client)
    page = settings_of(qtbot, window())
    assert page.unlock.replace_button.text() == "Make…"
    qtbot.mouseClick(page.unlock.replace_button, Qt.MouseButton.LeftButton)
    dialog = saved(page.unlock.dialog, NewWordsDialog)
    qtbot.waitUntil(lambda: len(dialog.kit.facts.words) == 24)
    words = dialog.kit.facts.words
    assert len(vault_of(client).slots()) == 1
    for field in dialog.kit.fields:
        field.edit.setText(words[field.number - 1])
    with qtbot.waitSignal(dialog.replaced, timeout=30_000):
        qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    vault = vault_of(client)
    assert {slot.kind for slot in vault.slots()} == {SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS}
    assert vault.drill(bytearray(" ".join(words).encode()), WorkContext()).keys == 1


def test_a_restore_in_the_settings_keeps_what_it_replaces_and_locks(
    qtbot: QtBot, client: Client, window: Any, tmp_path: Path
) -> None:
    make(client)
    vault = vault_of(client)
    copy = vault.backup(WorkContext(), os.fsencode(tmp_path)).path
    vault.change_passphrase(bytearray(PASSPHRASE.encode()), bytearray(NEW.encode()), WorkContext())
    shown = window()
    page = settings_of(qtbot, shown)
    page.backups.restore(copy)
    page.backups.dialog.passphrase.field.setText(PASSPHRASE)
    with qtbot.waitSignal(shown.lock_requested, timeout=60_000) as locked:
        qtbot.mouseClick(page.backups.dialog.go_button, Qt.MouseButton.LeftButton)
    assert locked.args is not None
    note: LockNote = locked.args[0]
    assert note.reason == "restored"
    assert Path(os.fsdecode(note.kept)).parent == shown.screens.session.path.parent
    assert ".replaced-" in os.fsdecode(note.kept)
    assert client.successor is not None
    again = launch.resume(client.successor)
    assert vault_of(again).status().state is VaultState.LOCKED
    assert vault_of(again).unlock(bytearray(PASSPHRASE.encode()), WorkContext()).admitted
    again.close()


def test_a_backup_becomes_the_vault_where_none_is(
    qtbot: QtBot, client: Client, window: Any, places: Places, tmp_path: Path
) -> None:
    elsewhere = launch.start_private(places, tmp_path / "elsewhere.vault")
    make(elsewhere)
    copy = vault_of(elsewhere).backup(WorkContext(), os.fsencode(tmp_path)).path
    # Its answer comes when the vault is closed and its epoch remembered.
    vault_of(elsewhere).lock(quit_agent=True)
    elsewhere.close()
    before = sorted(path.name for path in places.default_vault.parent.glob("*"))
    shown = window()
    wizard = shown.screens.shown
    assert isinstance(wizard, Wizard)
    wizard.restore_from(copy)
    wizard.target.name.setText("Brought back")
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.step == 2)
    wizard.copy.passphrase.field.setText("wrong")
    qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.copy.passphrase.under.text().startswith("This passphrase does not"), timeout=60_000)
    assert not wizard.target.path.exists()
    wizard.copy.passphrase.field.setText(PASSPHRASE)
    with qtbot.waitSignal(shown.lock_requested, timeout=60_000) as locked:
        qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    assert locked.args is not None
    assert (locked.args[0].reason, locked.args[0].kept) == ("restored", b"")
    path = places.default_vault.with_name("Brought back.vault")
    assert shown.screens.session.path == path
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(found.name for found in path.parent.glob("*.vault")) == ["Brought back.vault"]
    assert not any(name.endswith(".vault") for name in before)
    found = launch.start_for_window(places, path)
    assert vault_of(found).unlock(bytearray(PASSPHRASE.encode()), WorkContext()).admitted
    vault_of(found).lock(quit_agent=True)
    found.close()
