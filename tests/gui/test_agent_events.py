from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from vaultapp.contracts.events import Event
from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.locking import AutoLock
from vaultapp.contracts.vault import VaultChecked, VaultLocking, VaultUnlocked
from vaultapp.gui.agent_events import AgentEvents


def test_every_event_becomes_its_signal_in_the_windows_thread(qtbot: QtBot) -> None:
    events = AgentEvents()
    seen: list[tuple[object, ...]] = []
    here = threading.get_ident()

    def note(*what: object) -> None:
        assert threading.get_ident() == here
        seen.append(what)

    events.unlocked.connect(lambda: note("unlocked"))
    events.locking.connect(lambda said: note("locking", said.reason))
    events.checked.connect(lambda checked: note("checked", checked.code))
    events.keys_changed.connect(lambda key_ids: note("keys", key_ids))
    events.waiting.connect(lambda paths: note("waiting", paths))
    events.auto_lock.connect(lambda due: note("due", due.seconds))
    events.gone.connect(lambda: note("gone"))
    listener = events.listener()
    sent: list[Event | None] = [
        VaultUnlocked(),
        KeysChanged(()),
        WaitingFiles((b"/a",)),
        VaultChecked("vault_tampered"),
        AutoLock(900),
        VaultLocking("sleep"),
        None,
    ]
    thread = threading.Thread(target=lambda: [listener(event) for event in sent])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 7)
    assert seen == [
        ("unlocked",),
        ("keys", ()),
        ("waiting", (b"/a",)),
        ("checked", "vault_tampered"),
        ("due", 900),
        ("locking", "sleep"),
        ("gone",),
    ]


def test_a_later_listener_silences_the_earlier_ones(qtbot: QtBot) -> None:
    events = AgentEvents()
    old = events.listener()
    new = events.listener()
    seen: list[str] = []
    events.gone.connect(lambda: seen.append("gone"))
    events.unlocked.connect(lambda: seen.append("unlocked"))
    old(None)
    new(VaultUnlocked())
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["unlocked"]
