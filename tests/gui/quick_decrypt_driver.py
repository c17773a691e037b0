"""Quick decrypt from the tray, and what people do in it."""

from __future__ import annotations

from conftest import Bench
from fake_tray import InTray, in_tray
from PySide6.QtWidgets import QApplication

from vaultapp.gui.tray.quick_decrypt import QuickDecrypt
from vaultapp.gui.tray.quick_notice import QuickNotice

SECRET = "host  db-2.example.net\nuser  standby_ro\npass  hazel-41"


def copied(text: str) -> None:
    QApplication.clipboard().setText(text)


def opened(shown: InTray) -> QuickDecrypt:
    shown.desk.menu.decrypt.trigger()
    quick = shown.desk.quick
    assert quick is not None
    assert quick.isVisible()
    return quick


def with_text(bench: Bench, text: str = SECRET) -> QuickDecrypt:
    copied(bench.text.blob(text.encode()))
    quick = opened(in_tray(bench))
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    return quick


def notice(bench: Bench, quick: QuickDecrypt, part: str) -> QuickNotice:
    bench.qtbot.waitUntil(lambda: quick.notice is not None and part in quick.notice.accessibleName())
    assert quick.notice is not None
    return quick.notice
