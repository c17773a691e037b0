from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import Bench
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.fake_guards import FakeGuards
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.guarding.clipboard_guards import ClipboardGuards
from vaultapp.gui.guarding.fingerprint import Fingerprint
from vaultapp.gui.guarding.guard_link import GuardLink
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.words import Clear, Message, Release, Watch
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.window_parts import WindowParts


@pytest.fixture
def clipboard(qtbot: QtBot, qapp: QApplication) -> SecretClipboard:
    return SecretClipboard(qapp.clipboard(), seconds=2)


def test_a_secret_is_marked_for_clipboard_managers(clipboard: SecretClipboard, qapp: QApplication) -> None:
    clipboard.copy("tide pool")
    data = qapp.clipboard().mimeData()
    assert data.text() == "tide pool"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_it_is_cleared_when_its_time_is_over(clipboard: SecretClipboard, qapp: QApplication) -> None:
    left: list[int] = []
    clipboard.left.connect(left.append)
    clipboard.copy("tide pool")
    clipboard._tick()
    assert qapp.clipboard().text() == "tide pool"
    clipboard._tick()
    assert qapp.clipboard().text() == ""
    assert left == [2, 1, 0]


def test_what_somebody_else_put_there_stays(clipboard: SecretClipboard, qapp: QApplication) -> None:
    clipboard.copy("tide pool")
    qapp.clipboard().setText("a shopping list")
    clipboard.clear()
    assert qapp.clipboard().text() == "a shopping list"


def test_clearing_before_anything_was_copied_does_nothing(clipboard: SecretClipboard, qapp: QApplication) -> None:
    qapp.clipboard().setText("a shopping list")
    clipboard.clear()
    assert qapp.clipboard().text() == "a shopping list"


@pytest.fixture
def guards() -> FakeGuards:
    return FakeGuards()


@pytest.fixture
def guarded(qtbot: QtBot, qapp: QApplication, guards: FakeGuards) -> Iterator[SecretClipboard]:
    secrets = SecretClipboard(qapp.clipboard(), seconds=3, guards=guards)  # type: ignore[arg-type]
    yield secrets
    qapp.clipboard().clear()


def heard(secrets: SecretClipboard) -> list[object]:
    """Return a list of all that it tells from now on."""
    found: list[object] = []
    secrets.left.connect(found.append)
    secrets.refused.connect(lambda: found.append("refused"))
    secrets.kept.connect(lambda: found.append("kept"))
    return found


def test_nothing_is_said_before_it_was_read_back(guarded: SecretClipboard, guards: FakeGuards) -> None:
    found = heard(guarded)
    guarded.copy("tide pool")
    guarded._tick()
    assert found == []
    assert not guarded.holds("tide pool")
    guards.links[0].say(Outcome.HELD)
    assert found == [2]
    assert guarded.holds("tide pool")
    assert not guarded.holds("another")


def test_the_guard_knows_the_secret_by_its_fingerprint_only(guarded: SecretClipboard, guards: FakeGuards) -> None:
    guarded.copy("tide pool")
    watched = guards.links[0].watched
    assert watched is not None
    fingerprint, seconds = watched
    assert (fingerprint.fits(b"tide pool"), fingerprint.fits(b"tide"), seconds) == (True, False, 3)
    assert repr(fingerprint) == "Fingerprint()"
    assert "tide pool" not in map(str, vars(guarded).values())


@pytest.mark.parametrize("word", [Outcome.REFUSED, Outcome.BLIND])
def test_what_could_not_be_read_back_is_not_called_copied(
    guarded: SecretClipboard, guards: FakeGuards, word: Outcome
) -> None:
    # The screen in memory owns no clipboard, so that being blind is no better than being refused.
    found = heard(guarded)
    guarded.copy("tide pool")
    guards.links[0].say(word)
    assert found == ["refused"]
    assert not guarded.holds("tide pool")
    assert guarded.limited == (word is Outcome.BLIND)


def test_a_second_copy_lets_the_first_ones_guard_go(guarded: SecretClipboard, guards: FakeGuards) -> None:
    guarded.copy("tide pool")
    guarded.copy("tide pool")
    assert [link.asked for link in guards.links] == [["release"], []]


@pytest.mark.parametrize("owned", [False, True])
def test_what_the_window_copied_since_stays(
    guarded: SecretClipboard, guards: FakeGuards, qapp: QApplication, owned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded._clipboard, "ownsClipboard", lambda: owned, raising=False)
    guarded.copy("tide pool")
    qapp.clipboard().setText("the id of a key")
    guarded.clear()
    assert qapp.clipboard().text() == "the id of a key"
    assert guards.links[0].asked == ["clear"]


def test_clearing_waits_for_the_guards_word(guarded: SecretClipboard, guards: FakeGuards) -> None:
    answers: list[bool] = []
    guarded.copy("tide pool")
    guards.links[0].say(Outcome.HELD)
    guarded.clear_then(answers.append)
    assert guards.links[0].asked == ["clear"]
    # What was on the way is no answer.
    guards.links[0].say(Outcome.HELD)
    assert answers == []
    guards.links[0].say(Outcome.GONE)
    assert answers == [True]
    guarded.clear_then(answers.append)
    assert answers == [True, True]
    assert guards.links[0].asked == ["clear"]


def test_what_a_manager_keeps_is_told_to_who_waits_and_else_to_the_window(
    guarded: SecretClipboard, guards: FakeGuards
) -> None:
    answers: list[bool] = []
    guarded.copy("tide pool")
    guards.links[0].say(Outcome.HELD)
    found = heard(guarded)
    guarded.clear()
    guards.links[0].say(Outcome.KEPT)
    assert found == [0, "kept"]
    guarded.clear_then(answers.append)
    assert answers == [False]
    guarded.copy("another")
    guarded.clear_then(answers.append)
    guards.links[1].say(Outcome.KEPT)
    assert answers == [False, False]
    assert found.count("kept") == 1


def test_a_guard_that_does_not_answer_is_not_waited_for(
    guarded: SecretClipboard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.gui.clipboard._ANSWER_MS", 20)
    answers: list[bool] = []
    guarded.copy("tide pool")
    guarded.clear_then(answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [False])


def test_a_guard_that_dies_is_noticed(guarded: SecretClipboard, guards: FakeGuards) -> None:
    found = heard(guarded)
    guarded.copy("tide pool")
    guards.links[0].ended.emit()
    assert found == ["refused"]
    guarded.clear()
    assert found == ["refused", 0]


def test_a_guard_that_cannot_be_started_says_so(qtbot: QtBot) -> None:
    def fail(_link: socket.socket) -> None:
        raise OSError

    link = GuardLink(fail, "xcb")
    with qtbot.waitSignal(link.ended):
        link.watch(Fingerprint.of("tide pool"), 3)


def test_a_link_carries_words_both_ways(qtbot: QtBot) -> None:
    ends: list[socket.socket] = []
    link = GuardLink(lambda theirs: ends.append(theirs.dup()), "xcb")
    fingerprint = Fingerprint.of("tide pool")
    link.watch(fingerprint, 3)
    assert msgspec.msgpack.decode(ends[0].recv(4096), type=Message) == Watch("xcb", fingerprint, 3)
    link.clear()
    assert msgspec.msgpack.decode(ends[0].recv(4096), type=Message) == Clear()
    with qtbot.waitSignal(link.told) as told:
        ends[0].send(b"held")
    assert told.args == [Outcome.HELD]
    link.release()
    assert msgspec.msgpack.decode(ends[0].recv(4096), type=Message) == Release()
    assert ends[0].recv(4096) == b""
    ends[0].close()


def window_with(bench: Bench, guards: FakeGuards) -> MainWindow:
    bench.vault.state = VaultState.UNLOCKED
    parts = WindowParts(
        bench.connect,
        bench.events,
        bench.tasks,
        bench.settings,
        bench.clock,
        bench.languages,
        guards=guards,  # type: ignore[arg-type]
    )
    window = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(window)
    with bench.qtbot.waitExposed(window):
        window.show()
    return window


def test_what_could_not_be_cleared_is_said_in_the_window(bench: Bench, guards: FakeGuards) -> None:
    window = window_with(bench, guards)
    page = window.screens.files_page
    assert page is not None
    page._parts.clipboard.copy("tide pool")
    page._parts.clipboard.clear()
    assert page.notices.bars == []
    guards.links[0].say(Outcome.GONE, Outcome.KEPT)
    (bar,) = page.notices.bars
    assert bar.head.text() == "The clipboard could not be cleared."


@pytest.mark.parametrize(("word", "not_done"), [(Outcome.GONE, ()), (Outcome.KEPT, ("clipboard",))])
def test_the_window_locks_once_the_clipboard_is_looked_after(
    bench: Bench, guards: FakeGuards, word: Outcome, not_done: tuple[str, ...]
) -> None:
    window = window_with(bench, guards)
    page = window.screens.files_page
    assert page is not None
    page._parts.clipboard.copy("tide pool")
    window.lock()
    bench.qtbot.waitUntil(lambda: not window.isEnabled())
    assert guards.links[0].asked == ["clear"]
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        guards.links[0].say(word)
    assert got.args is not None
    assert got.args[0].not_done == not_done


def test_the_note_follows_what_the_guard_says(look: Look, guarded: SecretClipboard, guards: FakeGuards) -> None:
    note = CopyNote(look, guarded)
    note.copy_secret("tide pool")
    assert note.says == ""
    guards.links[0].say(Outcome.HELD)
    assert note.says == "Copied. The clipboard clears in 3 s."
    assert not note.ring.isHidden()
    guarded._tick()
    assert (note.says, note.ring.seconds) == ("Copied. The clipboard clears in 2 s.", 2)
    note.copy_secret("another")
    assert note.says == ""
    guards.links[1].say(Outcome.REFUSED)
    assert note.says == "The clipboard did not take it."
    assert note.ring.isHidden()
    guarded.clear()
    assert note.says == "The clipboard did not take it."


def test_a_desktop_that_forbids_looking_is_named(
    look: Look, guarded: SecretClipboard, guards: FakeGuards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded._clipboard, "ownsClipboard", lambda: True, raising=False)
    note = CopyNote(look, guarded)
    answers: list[bool] = []
    note.copy_secret("tide pool")
    guards.links[0].say(Outcome.BLIND)
    assert note.says == "On the clipboard for 3 s. This desktop forbids looking whether it is cleared."
    found = heard(guarded)
    guarded.clear_then(answers.append)
    assert QGuiApplication.clipboard().text() == ""
    guards.links[0].say(Outcome.BLIND)
    # It was said when it was copied.
    assert (answers, found) == ([True], [0])
    note.copy_secret("another")
    guards.links[1].say(Outcome.HELD)
    assert note.says == "Copied. The clipboard clears in 3 s."


@pytest.mark.parametrize("limited", [False, True])
def test_the_settings_say_what_the_desktop_forbids(bench: Bench, limited: bool) -> None:
    window = window_with(bench, FakeGuards(limited=limited))
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("settings")
    words = " ".join(row.words for row in workspace.settings.clipboard.findChildren(SettingRow))
    assert ("Install wl-clipboard" in words) == limited


@pytest.mark.parametrize(("platform", "guarded"), [("xcb", True), ("wayland-egl", True), ("offscreen", False)])
def test_only_a_clipboard_that_others_see_is_guarded(tasks: TaskRunner, platform: str, guarded: bool) -> None:
    assert (ClipboardGuards.of(platform, tasks) is not None) == guarded


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_wayland_is_limited_without_its_tools(
    tasks: TaskRunner, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ClipboardGuards(platform, tasks).limited == (platform == "wayland")
    for program in ("wl-copy", "wl-paste"):
        (tmp_path / program).touch(0o755)
    assert not ClipboardGuards(platform, tasks).limited
