from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench
from fake_tray import in_tray
from msgspec import structs
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.gui.quick_decrypt_driver import SECRET, copied, notice, opened
from tests.gui.samples import description
from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.gui.paths import file_url
from vaultapp.gui.tray.quick_decrypt import QuickDecrypt


def with_file(bench: Bench, name: bytes, content: bytes, *, folder: bool = False, length: int = 0) -> QuickDecrypt:
    found = description(name, bench.keys)
    bench.files.described[name] = structs.replace(found, content_length=length or len(content), folder=folder)
    bench.files.contents[name] = content
    copied("")
    quick = opened(in_tray(bench))
    quick.take_file(b"/home/mara/" + name)
    return quick


def mime(*paths: bytes) -> QMimeData:
    data = QMimeData()
    data.setData("text/uri-list", b"\r\n".join(path if b"://" in path else file_url(path) for path in paths))
    return data


def drop(quick: QuickDecrypt, *paths: bytes) -> QDropEvent:
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    data = mime(*paths)
    QApplication.sendEvent(quick, QDragEnterEvent(QPoint(20, 20), actions, data, left, none))
    assert quick.foot.hint.text() == "Drop it to decrypt it"
    event = QDropEvent(QPointF(20, 20), actions, data, left, none)
    QApplication.sendEvent(quick, event)
    assert quick.foot.hint.text() == "Or drop a sealed file here"
    return event


def test_a_small_sealed_file_is_shown_and_written_nowhere(bench: Bench, tmp_path: Path) -> None:
    quick = with_file(bench, b"notes.txt.sealed", SECRET.encode())
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    assert quick.shown is not None
    assert quick.shown.edit.exact_text() == SECRET
    assert quick.head.whole == "notes.txt.sealed"
    assert quick.badge.text == "Opened with Personal v4"
    (request,) = bench.files.opens
    assert request.output is not None
    assert (request.output.path, request.folder) == (b"", None)


@pytest.mark.parametrize(
    ("content", "folder", "length", "says"),
    [
        (b"", True, 10, "This is a folder"),
        (b"", False, 100_000, "This is too long"),
        (b"\x89PNG\r\n\x1a\n\0\0", False, 0, "This is no text"),
        (b"one\x1b[2Jtwo", False, 0, "This is no text"),
    ],
)
def test_other_files_are_decrypted_beside_when_the_person_says_so(
    bench: Bench, content: bytes, folder: bool, length: int, says: str
) -> None:
    quick = with_file(bench, b"a.bin.sealed", content, folder=folder, length=length)
    said = notice(bench, quick, says)
    assert all(request.output is not None for request in bench.files.opens)
    bench.qtbot.mouseClick(said.buttons[-1], Qt.MouseButton.LeftButton)
    done = notice(bench, quick, "Decrypted as /home/mara/a.bin.")
    request = bench.files.opens[-1]
    assert (request.output, request.folder) == (None, None)
    assert [button.text() for button in done.buttons] == ["Show in folder", "Close"]


def test_a_folder_can_be_chosen_for_it(bench: Bench, tmp_path: Path) -> None:
    quick = with_file(bench, b"a.bin.sealed", b"\0")
    said = notice(bench, quick, "This is no text")
    bench.qtbot.mouseClick(said.buttons[0], Qt.MouseButton.LeftButton)
    assert quick.dialog is not None
    quick.dialog.filesSelected.emit([str(tmp_path)])
    quick.dialog.close()
    notice(bench, quick, "Decrypted as")
    assert bench.files.opens[-1].folder == str(tmp_path).encode()


def test_closing_stops_what_is_being_written(bench: Bench) -> None:
    quick = with_file(bench, b"a.bin.sealed", b"\0")
    said = notice(bench, quick, "This is no text")
    bench.files.gate.clear()
    bench.files.begun.clear()
    bench.qtbot.mouseClick(said.buttons[-1], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    waits = quick.notice
    assert waits is not None
    bench.qtbot.mouseClick(waits.buttons[0], Qt.MouseButton.LeftButton)
    assert not quick.isVisible()
    # The fake ends its batch by OperationCancelled only where it was cancelled: its gate stays closed.
    assert bench.tasks.shutdown()


def test_a_file_that_only_a_passphrase_opens_goes_to_the_window(bench: Bench) -> None:
    bench.files.opens_with = "their passphrase"
    quick = with_file(bench, b"for-tom.txt.sealed", b"x")
    said = notice(bench, quick, "Only a passphrase opens this file.")
    bench.qtbot.mouseClick(said.buttons[-1], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: quick.ended)


def test_a_failed_file_is_told_as_the_window_tells_it(bench: Bench) -> None:
    bench.files.script[b"a.sealed"] = FileUpdate(0, FileState.FAILED, code="damaged")
    quick = with_file(bench, b"a.sealed", b"x")
    said = notice(bench, quick, "The file is damaged.")
    assert "Nothing was written." in said.accessibleName()


def test_a_dropped_file_is_taken_as_a_copy(bench: Bench) -> None:
    quick = with_file(bench, b"a.txt.sealed", b"first")
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    name = b"caf\xe9.txt.sealed"
    bench.files.described[name] = structs.replace(description(name, bench.keys), content_length=6)
    bench.files.contents[name] = b"second"
    event = drop(quick, b"/home/mara/" + name)
    assert event.dropAction() == Qt.DropAction.CopyAction
    bench.qtbot.waitUntil(lambda: quick.shown is not None and quick.shown.edit.exact_text() == "second")
    assert quick.head.whole == "caf\\xe9.txt.sealed"


def test_more_than_one_file_and_what_is_none_are_refused_in_words(bench: Bench) -> None:
    copied("")
    shown = in_tray(bench)
    quick = opened(shown)
    drop(quick, b"/a.sealed", b"/b.sealed")
    said = notice(bench, quick, "That is more than one file.")
    shown.window.hide()
    bench.qtbot.mouseClick(said.buttons[-1], Qt.MouseButton.LeftButton)
    assert shown.window.isVisible()
    drop(quick, b"https://example.net/a.sealed")
    notice(bench, quick, "That was no file from this computer.")
    assert bench.files.opens == []


def test_a_file_can_be_chosen_as_well_as_dropped(bench: Bench) -> None:
    name = b"a.txt.sealed"
    bench.files.described[name] = structs.replace(description(name, bench.keys), content_length=5)
    bench.files.contents[name] = b"hazel"
    copied("")
    quick = opened(in_tray(bench))
    bench.qtbot.mouseClick(quick.foot.choose_button, Qt.MouseButton.LeftButton)
    assert quick.dialog is not None
    quick.dialog.filesSelected.emit(["/home/mara/a.txt.sealed"])
    quick.dialog.close()
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
