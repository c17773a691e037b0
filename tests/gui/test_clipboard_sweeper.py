"""What a sweeper makes of what it sees, with a clipboard that does as it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from vaultapp.gui.guarding import sweeper
from vaultapp.gui.guarding.fingerprint import Fingerprint, as_bytes
from vaultapp.gui.guarding.foreign_clipboard import FILLER
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.sweeper import ClipboardSweeper
from vaultapp.gui.guarding.words import Sweep

SECRET = b"tide pool"


class Script:
    """A clipboard.

    Args:
        holds: What is there at first; None where it cannot be read.
        gives_back: How often somebody puts that there again when it is empty.
    """

    def __init__(self, holds: bytes | None, gives_back: int = 0) -> None:
        self.holds = holds
        self._first = holds
        self._gives_back = gives_back
        self.stubborn = False
        self.looks = 0
        self.done: list[str] = []

    def read(self) -> bytes | None:
        self.looks += 1
        return self.holds

    def clear(self) -> None:
        self.done.append("clear")
        self.holds = b""
        if self._gives_back:
            self._gives_back -= 1
            self.holds = self._first

    def overwrite(self) -> None:
        self.done.append("overwrite")
        if not self.stubborn:
            self.holds = FILLER.encode()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeper, "_SETTLES_MS", 1)


@pytest.fixture
def swept(qtbot: QtBot) -> Callable[..., list[Outcome]]:
    def run(
        clipboard: Script, *, clear: bool = True, refused: bool = False, secret: str = SECRET.decode()
    ) -> list[Outcome]:
        said: list[Outcome] = []
        order = Sweep(Fingerprint.of(secret), clear, refused)
        program = ClipboardSweeper(clipboard, order, said.append)
        with qtbot.waitSignal(program.ended):
            program.begin()
        return said

    return run


def test_what_is_there_is_held_at_once(swept: Callable[..., list[Outcome]]) -> None:
    clipboard = Script(SECRET)
    assert swept(clipboard, clear=False) == [Outcome.HELD]
    assert (clipboard.looks, clipboard.done) == (1, [])


@pytest.mark.parametrize("holds", [b"", b"tide", b"tide pool "])
def test_what_is_not_there_is_looked_for_a_while(swept: Callable[..., list[Outcome]], holds: bytes) -> None:
    clipboard = Script(holds)
    assert swept(clipboard, clear=False) == [Outcome.REFUSED]
    assert (clipboard.looks, clipboard.done) == (sweeper._LOOKS_BACK, [])


def test_what_cannot_be_read_is_said(swept: Callable[..., list[Outcome]]) -> None:
    assert swept(Script(None), clear=False) == [Outcome.BLIND]
    clipboard = Script(None)
    assert swept(clipboard) == [Outcome.BLIND]
    assert clipboard.done == []


@pytest.mark.parametrize("holds", [b"", b"a shopping list"])
def test_what_is_another_s_stays(swept: Callable[..., list[Outcome]], holds: bytes) -> None:
    clipboard = Script(holds)
    assert swept(clipboard) == [Outcome.GONE]
    assert (clipboard.holds, clipboard.done) == (holds, [])


def test_what_is_there_is_cleared_and_watched(swept: Callable[..., list[Outcome]]) -> None:
    clipboard = Script(SECRET)
    assert swept(clipboard) == [Outcome.GONE]
    assert clipboard.done == ["clear"]
    assert clipboard.looks == 1 + sweeper._LOOKS_AFTER


def test_what_comes_back_is_cleared_again_and_then_covered(swept: Callable[..., list[Outcome]]) -> None:
    clipboard = Script(SECRET, gives_back=5)
    assert swept(clipboard) == [Outcome.GONE]
    assert clipboard.done == ["clear", "clear", "overwrite"]
    assert clipboard.holds == FILLER.encode()


def test_what_cannot_be_covered_is_kept(swept: Callable[..., list[Outcome]]) -> None:
    clipboard = Script(SECRET, gives_back=5)
    clipboard.stubborn = True
    assert swept(clipboard) == [Outcome.KEPT]
    assert clipboard.done == ["clear", "clear", "overwrite"]


@pytest.mark.parametrize("gives_back", [0, 1])
def test_what_was_refused_is_not_gone_while_a_text_is_there(
    swept: Callable[..., list[Outcome]], gives_back: int
) -> None:
    clipboard = Script(b"tide p", gives_back)
    assert swept(clipboard, refused=True) == [Outcome.KEPT]
    assert (clipboard.holds, clipboard.done) == (b"tide p", [])


def test_what_was_refused_is_gone_once_nothing_is_there(swept: Callable[..., list[Outcome]]) -> None:
    assert swept(Script(b""), refused=True) == [Outcome.GONE]
    clipboard = Script(SECRET)
    assert swept(clipboard, refused=True) == [Outcome.GONE]
    assert clipboard.done == ["clear"]


def test_a_secret_of_which_a_clipboard_gives_nothing_is_gone_when_that_is_empty(
    swept: Callable[..., list[Outcome]],
) -> None:
    clipboard = Script(b"")
    assert swept(clipboard, secret="\ufeff\0") == [Outcome.GONE]
    assert clipboard.done == []


@pytest.mark.parametrize(
    ("copied", "given"),
    [
        ("\ufefftide", "tide"),
        ("\ufeff\ufefftide", "\ufefftide"),
        ("tide\0", "tide"),
        ("tide\0\0", "tide\0"),
        ("ti\ud83dde", "tide"),
        ("ti\ud83dde", "ti\ufffdde"),
        ("\ude00tide\ud83d", "tide"),
        ("\ud83d\ufefftide\0\ud83d", "tide"),
        ("tide \ud83d\ude00", "tide \U0001f600"),
    ],
)
def test_a_fingerprint_fits_what_a_clipboard_gives_back_of_the_text(copied: str, given: str) -> None:
    assert Fingerprint.of(copied).fits(as_bytes(given))
    assert Fingerprint.of(copied).fits(as_bytes(copied))
    assert not Fingerprint.of(copied).fits(as_bytes(f"{given}."))


@pytest.mark.parametrize("other", [b"ti\0de", b"ti\xef\xbb\xbfde", b"tide\xff", b"\0tide", b"tide\xef\xbb\xbf"])
def test_what_no_clipboard_changes_makes_another_text(other: bytes) -> None:
    assert not Fingerprint.of("tide").fits(other)


def test_a_fingerprint_fits_the_text_and_nothing_else() -> None:
    first, second = Fingerprint.of("tide pool"), Fingerprint.of("tide pool")
    assert first != second
    assert first.fits(SECRET)
    assert not first.fits(SECRET + b"\n")
    # Half a character, as Qt hands it on.
    assert Fingerprint.of("\ud83d").fits(as_bytes("\ud83d"))
