"""Files that were dropped on a locked window come along to the vault that it turns to."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench

from tests.gui.fake_files import FakeFiles
from tests.gui.fake_vault import FakeVault
from tests.gui.samples import PASSPHRASE
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.session import Reached


@pytest.fixture
def other(bench: Bench, tmp_path: Path) -> FakeFiles:
    """The files of the agent of another vault, which is locked."""
    files = FakeFiles(bench.keys, publish=bench.vault.publish)
    vault = FakeVault(tmp_path / "other.vault", publish=bench.vault.publish, waiting=lambda: len(files.waiting))
    session = bench.beside(vault.path, vault=vault, files=files)
    bench.connect = lambda _path: Reached(session, vault.status())  # type: ignore[method-assign]
    return files


def screen_of(window: MainWindow) -> LockScreen:
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    return screen


def turn(bench: Bench, window: MainWindow, name: str = "other") -> None:
    window.screens._turn_to_vault(bench.session.path.with_name(f"{name}.vault"))
    bench.qtbot.waitUntil(lambda: window.screens.session.path.stem == name)


def test_they_are_handed_to_the_other_agent_and_shown_there(bench: Bench, other: FakeFiles) -> None:
    window = bench.window(VaultState.LOCKED)
    window.screens._waiting.take_drop((b"/d/a.pdf", b"/d/b.pdf"))
    bench.qtbot.waitUntil(screen_of(window).waiting.isVisible)
    turn(bench, window)
    bench.qtbot.waitUntil(lambda: len(other.waiting) == 2)
    bench.qtbot.waitUntil(screen_of(window).waiting.isVisible)
    assert screen_of(window).waiting.body.text() == "a.pdf and b.pdf are offered once you unlock."
    assert bench.files.waiting == []
    screen_of(window).form.field.setText(PASSPHRASE)
    screen_of(window).form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    page = window.screens.files_page
    assert page is not None
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.notices.bars[0].head.text() == "2 files are waiting"
    assert other.seals == []


def test_an_offer_that_was_not_answered_comes_along_too(bench: Bench, other: FakeFiles) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.hand_over((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    turn(bench, window)
    bench.qtbot.waitUntil(lambda: other.waiting == [b"/d/a.pdf"])


def test_what_was_forgotten_does_not(bench: Bench, other: FakeFiles) -> None:
    window = bench.window(VaultState.LOCKED)
    window.screens._waiting.take_drop((b"/d/a.pdf",))
    screen = screen_of(window)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert screen.waiting.buttons[0].text() == "Forget it"
    screen.waiting.buttons[0].click()
    bench.qtbot.waitUntil(lambda: not screen.waiting.isVisible())
    turn(bench, window)
    bench.qtbot.waitUntil(lambda: screen_of(window) is not screen)
    assert other.waiting == []


def test_files_that_are_known_by_number_only_stay_with_their_agent(bench: Bench, other: FakeFiles) -> None:
    bench.files.waiting = [b"/d/a.pdf"]
    window = bench.window(VaultState.LOCKED)
    screen = screen_of(window)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    turn(bench, window)
    bench.qtbot.waitUntil(lambda: screen_of(window) is not screen)
    assert (bench.files.waiting, other.waiting) == ([b"/d/a.pdf"], [])


def test_a_status_from_before_forgets_no_name(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    before = bench.vault.status()
    window.screens._waiting.take_drop((b"/d/a.pdf",))
    screen = screen_of(window)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    window.screens.confirm(bench.session, before)
    assert screen.waiting.isVisible()
    assert screen.waiting.body.text() == "a.pdf is offered once you unlock."
