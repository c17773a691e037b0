"""12. At lock both processes are replaced; where programs go on it is the window, whose memory holds nothing then.

A person types the passphrase into the real window on a desktop of its own, and looks at a key. Memory is
searched from outside, as UTF-8 and as UTF-16, which is how Qt keeps text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.desktop.eyes import Eyes
from tests.desktop.processes import wait_until
from tests.desktop.vault_desk import PASSPHRASE, VaultDesk
from tests.promises.memory import memory_of

NAME = "kite-marble-of-the-tundra"


@pytest.fixture
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        desk.vaultapp("keys", "create", NAME)
        desk.vaultapp("settings", "lock", "--programs-go-on", "on")
        yield desk


def left_in(pid: int) -> list[str]:
    memory = memory_of(pid)
    print(f"searched {len(memory):,} bytes of process {pid}")
    return [text for text in (PASSPHRASE, NAME) if text.encode() in memory or text.encode("utf-16-le") in memory]


@pytest.mark.skipif(os.getuid() != 0, reason="only root may read another process's memory: that is the promise")
def test_promise_12_a_window_that_is_locked_alone_holds_nothing_of_what_was_typed_and_shown(desk: VaultDesk) -> None:
    window = desk.start()
    eyes = Eyes(desk.session, "vaultapp", window)
    desk.unlock(eyes)
    eyes.find("Files", seconds=60)
    desk.hand.key("ctrl+4")
    eyes.reads(NAME, 60)
    assert NAME in left_in(window.pid), "the search finds what is there"
    desk.hand.key("ctrl+l")
    eyes.reads("The vault is open for programs", 60)
    assert left_in(window.pid) == []
    assert "open for programs; the window is locked" in desk.vaultapp("status")
    # What is shown as locked is locked: the same person opens it again, and what was there is there.
    desk.unlock(eyes)
    eyes.find("Files", seconds=60)
    desk.hand.key("ctrl+l")
    desk.hand.click(*eyes.find("Lock everything", seconds=60).middle)
    wait_until(lambda: "State          locked" in desk.vaultapp("status"), "everything to be locked", 30)
    wait_until(lambda: "The vault is open for programs" not in eyes.words(), "the lock screen of a locked vault", 30)
    assert left_in(window.pid) == []
