"""Paths, numbers, strength, Caps Lock, what is remembered."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent

from vaultapp.contracts.vault import KdfCost
from vaultapp.core.errors import Damaged, KeyNotHere, SpaceMissing
from vaultapp.core.passphrase_strength import Grade, Strength, drawn, estimate
from vaultapp.gui import messages, quantities, strength
from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.models.work_row import shown_name
from vaultapp.gui.paths import file_url, local_paths, paths_of, qurl
from vaultapp.gui.saved_settings import DropChoices
from vaultapp.gui.window_settings import WindowSettings


def dropped(lines: bytes) -> tuple[bytes, ...]:
    data = QMimeData()
    data.setData("text/uri-list", lines)
    return local_paths(data)


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        (b"file:///a%20b\r\n", (b"/a b",)),
        (b"file:///caf%E9\r\nfile:///%C3%BC\r\n", (b"/caf\xe9", "/ü".encode())),
        (b"file://localhost/x\n", (b"/x",)),
        (b"FILE:///x", (b"/x",)),
        (b"# comment\r\nfile:///x\r\n\r\n", (b"/x",)),
        (b"file:///x\r\nfile:///x\r\n", (b"/x",)),
        (b"https://example.net/a\r\n", ()),
        (b"file://otherhost/x\r\n", ()),
        (b"file:///bad%00name\r\n", ()),
        (b"file:", ()),
        (b"", ()),
    ],
)
def test_dropped_urls_are_read_by_their_bytes(lines: bytes, paths: tuple[bytes, ...]) -> None:
    assert dropped(lines) == paths


@pytest.mark.parametrize("path", [b"/a b/\xe9%41#?.txt", "/ü/文件".encode()])
def test_a_path_comes_back_from_its_url(path: bytes) -> None:
    assert dropped(file_url(path)) == (path,)
    assert bytes(qurl(path).toEncoded().data()).startswith(b"file:///")


def test_what_a_dialog_answers_becomes_absolute() -> None:
    assert paths_of(["/a/../b", "", "/c"]) == (b"/b", b"/c")


@pytest.mark.parametrize(
    ("path", "shown"),
    [(b"/d/a.txt", "a.txt"), (b"/d/folder/", "folder"), (b"/d/\xff", "\\xff"), (b"/d/a\nb", "a\\nb"), (b"/", "/")],
)
def test_a_name_is_shown_whatever_its_bytes(path: bytes, shown: str) -> None:
    assert shown_name(path) == shown


def test_a_direction_mark_cannot_disguise_a_name() -> None:
    assert "\u202e" not in shown_name("/d/exe.\u202efdp".encode())


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (48_200_000, "48.2 MB"), (412_000_000, "412 MB"), (2**40, "1.1 TB")],
)
def test_sizes_are_decimal(number: int, text: str) -> None:
    assert quantities.size(number) == text


def test_counts_have_groups() -> None:
    assert quantities.count(1_284) == "1,284"


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (31, "31 s"), (240, "4 min"), (7800, "2 h 10 min")])
def test_times_to_go(seconds: float, text: str) -> None:
    assert quantities.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.1, "less than a second"),
        (90, "about a minute"),
        (7300, "about 2 hours"),
        (3.2e9, "about 100 years"),
        (1e11, "about 3,100 years"),
        (1e17, "more than a billion years"),
    ],
)
def test_long_times_are_rounded_down(seconds: float, text: str) -> None:
    assert quantities.long_time(seconds) == text


def test_frame_lengths_are_binary() -> None:
    assert (quantities.binary(256 * 1024), quantities.binary(2**20), quantities.binary(1000)) == (
        "256 KiB",
        "1 MiB",
        "1,000 B",
    )


@pytest.mark.parametrize(
    ("passphrase", "grade"),
    [
        ("", Grade.NONE),
        ("password", Grade.VERY_WEAK),
        ("Mara’s vault", Grade.VERY_WEAK),
        ("hazel quorum tin river", Grade.VERY_STRONG),
        ("x" * 4000, Grade.VERY_WEAK),
    ],
)
def test_strength(passphrase: str, grade: Grade) -> None:
    assert estimate(passphrase, ("Mara’s vault",)).grade is grade


def test_of_what_was_drawn_at_random_it_is_known_how_many_there_are() -> None:
    found = drawn(6)
    assert (found.grade, found.bits) == (Grade.VERY_STRONG, 66)
    assert 10**found.log10 == pytest.approx(2048.0**6)
    assert strength.guesses(found) == "one of 2⁶⁶, drawn at random"
    assert drawn(1).grade is Grade.VERY_WEAK


def test_a_guessers_time_is_counted_from_memory_and_passes() -> None:
    found = Strength(Grade.STRONG, 14)
    cost = KdfCost(256 * 1024, 3, 2, 1000)
    # 1e14 / 2 guesses, each moving 3 × 256 MiB × 3 passes, at 100 × 1e12 bytes a second.
    assert strength.attack_seconds(found, cost) == pytest.approx(1e14 / 2 * 9 * 2**28 / 1e14)


def test_a_suggestion_is_six_words() -> None:
    assert strength.suggested(" ".join(f"w{n}" for n in range(24))) == "w0 w1 w2 w3 w4 w5"


def press(key: Qt.Key, text: str, shift: bool = False) -> QKeyEvent:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier, text)


@pytest.mark.parametrize(
    ("text", "shift", "on"), [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)]
)
def test_caps_lock_is_learned_from_letters(text: str, shift: bool, on: bool, tmp_path: Path) -> None:
    found = CapsLock(tmp_path)
    found.typed(press(Qt.Key.Key_A, text, shift))
    assert found.on is on


def test_caps_lock_key_and_signs(tmp_path: Path) -> None:
    found = CapsLock(tmp_path)
    found.typed(press(Qt.Key.Key_CapsLock, ""))
    assert found.on
    found.typed(press(Qt.Key.Key_1, "1"))
    assert found.on


def test_the_keyboards_lamp_is_read(tmp_path: Path) -> None:
    lamp = tmp_path / "input3::capslock"
    lamp.mkdir()
    found = CapsLock(tmp_path)
    (lamp / "brightness").write_text("1\n")
    found.look()
    assert found.on
    (lamp / "brightness").write_text("0\n")
    found.look()
    assert not found.on


def test_messages_are_filled_with_the_languages_numbers() -> None:
    told = messages.message_of(SpaceMissing(path="/media/Data", needed=21_600_000_000, free=8_100_000_000))
    assert "21.6 GB" in told.what
    assert "8.1 GB" in told.what
    assert messages.message_of(KeyNotHere(key="Work laptop")).what.endswith("“Work laptop”.")
    assert messages.message_of(Damaged(reason="cut_short")).safe == "Nothing was written."


def test_a_bug_is_said_in_general_words_without_what_it_holds() -> None:
    told = messages.message_of(KeyError("s3cret"))
    assert told.what
    assert "s3cret" not in " ".join(told)


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "state" / "window.json"
    settings = WindowSettings(path)
    settings.remember_geometry(b"\x01\xff")
    settings.remember_vault(Path("/v/one.vault"))
    settings.remember_vault(Path(os.fsdecode(b"/v/\xff.vault")))
    settings.remember_vault(Path("/v/one.vault"))
    settings.remember_drops("id", DropChoices(key="k", folder=b"/out", each=True, remove_originals=True))
    again = WindowSettings(path)
    assert again.geometry == b"\x01\xff"
    assert again.recent == (Path("/v/one.vault"), Path(os.fsdecode(b"/v/\xff.vault")))
    assert again.drops("id") == DropChoices(key="k", folder=b"/out", each=True, remove_originals=True)
    assert again.drops("other") == DropChoices()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["window.json"]


def test_unreadable_settings_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(b"{nonsense")
    assert WindowSettings(path).recent == ()


def test_settings_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    settings = WindowSettings(tmp_path / "state" / "window.json")
    settings.remember_vault(Path("/v/one.vault"))
    assert settings.recent == (Path("/v/one.vault"),)
