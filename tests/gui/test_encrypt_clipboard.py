from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Bench
from fake_tray import InTray, in_tray
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.gates import pass_gate
from vaultapp.contracts.keys import KeyState
from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, KeyExhausted, SpaceMissing, VaultError, VaultLocked, VaultMissing
from vaultapp.gui import messages
from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.tray.quick_notice import QuickNotice
from vaultapp.gui.unlock_form import UnlockForm

_LEFT = Qt.MouseButton.LeftButton


def copied() -> str:
    return QApplication.clipboard().text()


def encrypted(
    bench: Bench,
    text: str,
    state: VaultState = VaultState.UNLOCKED,
    *,
    asks: Callable[[], bytes | None] | None = None,
) -> InTray:
    shown = in_tray(bench, state, reading=ClipboardReading(QApplication.clipboard(), bench.tasks, asks))
    QApplication.clipboard().setText(text)
    shown.desk.menu.encrypt.trigger()
    return shown


def notice(shown: InTray, part: str) -> QuickNotice:
    encrypting = shown.desk.encrypting
    shown.bench.qtbot.waitUntil(lambda: encrypting.notice is not None and part in encrypting.notice.accessibleName())
    assert encrypting.notice is not None
    assert encrypting.shown is not None
    assert encrypting.shown.isVisible()
    return encrypting.notice


def test_the_text_is_replaced_and_that_is_told(bench: Bench) -> None:
    shown = encrypted(bench, "hazel 41\n")
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert copied().startswith("vlt1")
    assert bench.text.made[copied()] == (str(bench.keys.keys[0].key_id), b"hazel 41\n", {})
    ((head, body),) = shown.host.entry.notes
    assert head == "The clipboard is encrypted"
    assert "Encrypted with Personal." in body
    assert "hazel" not in head + body
    assert shown.desk.encrypting.shown is None


def test_the_key_that_texts_were_encrypted_with_last_is_used_while_it_can(bench: Bench) -> None:
    second = bench.keys.keys[1]
    bench.settings.remember_text_key(str(bench.vault.vault_id), str(second.key_id))
    shown = encrypted(bench, "one")
    bench.qtbot.waitUntil(lambda: len(shown.host.entry.notes) == 1)
    assert bench.text.made[copied()][0] == str(second.key_id)
    bench.keys.keys[1] = structs.replace(second, state=KeyState.DISABLED)
    shown = encrypted(bench, "two")
    bench.qtbot.waitUntil(lambda: len(shown.host.entry.notes) == 1)
    assert bench.text.made[copied()][0] == str(bench.keys.keys[0].key_id)


def test_no_key_that_can(bench: Bench) -> None:
    bench.keys.keys = [structs.replace(key, state=KeyState.DISABLED) for key in bench.keys.keys]
    shown = encrypted(bench, "one")
    notice(shown, "No key can encrypt now.")
    assert copied() == "one"


def test_an_empty_clipboard_is_said(bench: Bench) -> None:
    shown = encrypted(bench, "")
    notice(shown, "The clipboard holds no text.")
    assert bench.text.made == {}


def test_an_encrypted_text_is_not_encrypted_again(bench: Bench) -> None:
    blob = f"here: {bench.text.blob(b'hazel')}"
    shown = encrypted(bench, blob)
    notice(shown, "The clipboard holds an encrypted text already.")
    assert copied() == blob
    assert len(bench.text.made) == 1


def test_a_text_that_only_speaks_of_vlt1_is_encrypted(bench: Bench) -> None:
    shown = encrypted(bench, "it begins with vlt1, mind")
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert copied().startswith("vlt1")


def test_a_locked_vault_is_unlocked_first(bench: Bench) -> None:
    shown = encrypted(bench, "hazel", VaultState.LOCKED)
    bench.qtbot.waitUntil(lambda: shown.desk.encrypting.shown is not None)
    window = shown.desk.encrypting.shown
    assert window is not None
    form = window.findChild(UnlockForm)
    form.field.setText(bench.vault.passphrase)
    bench.qtbot.keyClick(form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert copied().startswith("vlt1")
    assert shown.desk.encrypting.shown is None
    bench.qtbot.waitUntil(lambda: shown.window.screens.workspace is not None)


def test_what_was_copied_meanwhile_stays(bench: Bench) -> None:
    bench.text.gate.clear()
    shown = encrypted(bench, "hazel")
    QApplication.clipboard().setText("something else")
    bench.text.gate.set()
    notice(shown, "Something else was copied meanwhile.")
    assert copied() == "something else"
    assert shown.host.entry.notes == []


@pytest.mark.parametrize("text", ["x" * 4097, "ü" * 2049])
def test_a_longer_text_is_offered_as_a_file(bench: Bench, text: str, tmp_path: Path) -> None:
    shown = encrypted(bench, text)
    said = notice(shown, "bytes of text; 4,096 are the most")
    assert copied() == text
    bench.qtbot.mouseClick(said.buttons[0], _LEFT)
    window = shown.desk.encrypting.shown
    assert window is not None
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "notes.txt.sealed")])
    dialog.close()
    written = notice(shown, "notes.txt.sealed was written.")
    assert bench.files.descriptors == [text.encode()]
    assert "The plain text is still on the clipboard." in written.accessibleName()
    bench.qtbot.mouseClick(written.buttons[-1], _LEFT)
    assert copied() == ""
    assert shown.desk.encrypting.shown is None


def test_the_most_that_fits_is_encrypted(bench: Bench) -> None:
    shown = encrypted(bench, "x" * 4096)
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert copied().startswith("vlt1")


def test_a_file_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    bench.files.raises = SpaceMissing(path="/home/mara", needed=10, free=1)
    shown = encrypted(bench, "x" * 5000)
    bench.qtbot.mouseClick(notice(shown, "It can become a sealed file.").buttons[0], _LEFT)
    window = shown.desk.encrypting.shown
    assert window is not None
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "notes.txt.sealed")])
    dialog.close()
    notice(shown, "Not enough space")
    assert copied() == "x" * 5000


def test_what_went_wrong_is_said_and_the_clipboard_stays(bench: Bench) -> None:
    bench.text.raises["encrypt"] = KeyExhausted(key="Personal")
    shown = encrypted(bench, "hazel")
    notice(shown, "as often as is safe")
    assert copied() == "hazel"


def asked_to_unlock(shown: InTray) -> UnlockForm:
    """Wait until the passphrase is asked for in the small window."""
    encrypting = shown.desk.encrypting

    def found() -> UnlockForm | None:
        window = encrypting.shown
        return None if window is None else window.findChild(UnlockForm)

    shown.bench.qtbot.waitUntil(lambda: found() is not None)
    form = found()
    assert form is not None
    return form


def sealing(bench: Bench, target: Path) -> InTray:
    shown = encrypted(bench, "x" * 5000)
    bench.qtbot.mouseClick(notice(shown, "It can become a sealed file.").buttons[0], _LEFT)
    window = shown.desk.encrypting.shown
    assert window is not None
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(target)])
    dialog.close()
    return shown


def unlock(bench: Bench, form: UnlockForm) -> None:
    form.field.setText(bench.vault.passphrase)
    bench.qtbot.keyClick(form.field, Qt.Key.Key_Return)


def test_a_vault_that_locks_between_two_calls_is_unlocked_for_the_text(bench: Bench) -> None:
    bench.text.raises["encrypt"] = VaultLocked()
    shown = encrypted(bench, "hazel")
    form = asked_to_unlock(shown)
    bench.text.raises.clear()
    unlock(bench, form)
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert copied().startswith("vlt1")


def test_a_vault_that_locks_between_two_calls_is_unlocked_for_the_file(bench: Bench, tmp_path: Path) -> None:
    bench.files.raises = VaultLocked()
    shown = sealing(bench, tmp_path / "notes.txt.sealed")
    form = asked_to_unlock(shown)
    bench.files.raises = None
    unlock(bench, form)
    notice(shown, "notes.txt.sealed was written.")


def test_a_vault_that_went_is_said_while_the_file_waits(bench: Bench, tmp_path: Path) -> None:
    bench.files.raises = VaultLocked()
    shown = sealing(bench, tmp_path / "notes.txt.sealed")
    form = asked_to_unlock(shown)
    bench.vault.fails_with = VaultMissing()
    unlock(bench, form)
    notice(shown, messages.message_of(VaultMissing()).what)


def test_an_agent_that_cannot_say_how_it_stands_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.text.raises["encrypt"] = VaultLocked()
    status = bench.vault.status
    shown = in_tray(bench)
    answers: list[VaultStatus | VaultError] = [status(), AgentGone()]

    def answer() -> VaultStatus:
        said = answers.pop(0)
        if isinstance(said, VaultError):
            raise said
        return said

    monkeypatch.setattr(bench.vault, "status", answer)
    QApplication.clipboard().setText("hazel")
    shown.desk.menu.encrypt.trigger()
    notice(shown, messages.message_of(AgentGone()).what)


def test_a_program_that_does_not_answer_holds_nothing_up(bench: Bench) -> None:
    gate = threading.Event()

    def asks() -> None:
        pass_gate(gate)

    shown = encrypted(bench, "hazel", asks=asks)
    # The press in the menu has returned, and nothing was read by Qt.
    assert shown.desk.encrypting.shown is None
    gate.set()
    notice(shown, "The program that holds the clipboard does not answer.")
    assert (bench.text.made, copied()) == ({}, "hazel")


def test_what_cannot_be_read_again_is_not_replaced(bench: Bench) -> None:
    answers = [b"hazel", None]
    shown = encrypted(bench, "hazel", asks=lambda: answers.pop(0))
    notice(shown, "The program that holds the clipboard does not answer.")
    assert (answers, copied()) == ([], "hazel")


def test_what_another_program_holds_is_encrypted(bench: Bench) -> None:
    shown = encrypted(bench, "", asks="hazel ü".encode)
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
    assert bench.text.made[copied()][1] == "hazel ü".encode()


def test_what_is_not_utf_8_is_said(bench: Bench) -> None:
    notice(encrypted(bench, "", asks=lambda: b"haz\xffel"), "Not all of the clipboard's text is UTF-8.")
    assert bench.text.made == {}


def test_the_window_hears_nothing_of_the_text(bench: Bench) -> None:
    """What is asked of the tasks shows no plaintext by its name."""
    bench.text.gate = threading.Event()
    shown = encrypted(bench, "hazel 41")
    assert "hazel" not in repr(vars(shown.desk.encrypting))
    bench.text.gate.set()
    bench.qtbot.waitUntil(lambda: bool(shown.host.entry.notes))
