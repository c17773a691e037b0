"""Every screen, page, panel and dialog of the window, with usual and with long content, one after the other.

Nothing here is found by its words, so that the same scenes can be played in any language.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from conftest import Bench
from fake_tray import in_tray
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.gui.samples import DEPLOY, ITSELF, NOON, PASSPHRASE, description, entry, key
from vaultapp.contracts.files import DropItem, DropVerb, FileState, FileUpdate
from vaultapp.contracts.keys import Key, KeyState
from vaultapp.contracts.vault import BackupRecord, VaultState
from vaultapp.core.clock import DAY
from vaultapp.core.errors import ArchiveRefused, HostError, NameTaken, VaultError, VaultOlder, WrongPassphrase
from vaultapp.gui import messages
from vaultapp.gui.dialogs.passphrase_dialogs import FilePassphraseDialog
from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.dialogs.working_form import WorkingForm
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.gallery import samples
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.missing_screen import MissingScreen
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.page import Page
from vaultapp.gui.session import LockNote
from vaultapp.gui.unlock_form import UnlockForm
from vaultapp.gui.widgets.labels import Badge
from vaultapp.gui.workspace import Workspace

Scene = tuple[str, QWidget]
Size = tuple[int, int]

# From outside, so never translated; long ones lose their middle by design.
LONG = "zzz-a-name-that-somebody-made-much-longer-than-any-list-or-panel-is-wide-zzz"
_LEFT = Qt.MouseButton.LeftButton


def all_scenes(bench: Bench, size: Size) -> Iterator[Scene]:
    """Play them all in windows of this size."""
    for play in (_first_run, _locked, _missing, _files, _text, _keys, _activity, _settings, _over_all, _tray):
        yield from play(bench, size)


def _window(bench: Bench, state: VaultState, size: Size, note: LockNote | None = None) -> MainWindow:
    for old in bench._windows:
        old.hide()
    return bench.window(state, note, size)


def _workspace(bench: Bench, size: Size, page: str) -> tuple[MainWindow, Workspace]:
    window = _window(bench, VaultState.UNLOCKED, size)
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    workspace.turn_to(page)
    return window, workspace


def _first_run(bench: Bench, size: Size) -> Iterator[Scene]:
    window = _window(bench, VaultState.MISSING, size)
    wizard = window.screens.shown
    assert isinstance(wizard, Wizard)
    yield "welcome", window
    wizard.go(1)
    yield "place", window
    wizard.place.name.setText(".")
    yield "a place that cannot be", window
    wizard.place.name.setText(LONG)
    bench.qtbot.mouseClick(wizard.next, _LEFT)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    yield "passphrase, empty", window
    wizard.passphrase.pair.first.setText("summer24")
    wizard.passphrase.pair.again.setText("winter")
    bench.qtbot.waitUntil(lambda: wizard.passphrase.pair.strength.log10 > 0)
    yield "passphrase, weak", window
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    yield "passphrase, strong", window
    bench.qtbot.mouseClick(wizard.next, _LEFT)
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))
    yield "recovery kit", window
    for field in wizard.kit.fields:
        field.edit.setText("wrong")
    yield "recovery kit, wrong words", window
    for error in _worst():
        wizard.kit.show_problem(error)
        yield f"recovery kit, {error.code}", window
    wizard.kit.show_problem(None)
    for error in _worst():
        wizard.notices.tell("bad", messages.message_of(error))
    yield "recovery kit under errors", window
    for bar in tuple(wizard.notices.bars):
        wizard.notices.remove(bar)
    wizard.restore_from(b"/home/mara/copy.vault")
    yield "place of a restored copy", window
    wizard.go(2)
    wizard.copy.passphrase.refuse(WrongPassphrase())
    yield "passphrase of a copy", window


def _locked(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.settings.remember_vault(bench.session.path.with_name(f"{LONG}.vault"))
    window = _window(bench, VaultState.LOCKED, size, LockNote("asked", NOON))
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    yield "lock", window
    bench.vault.wait_after_wrong = 8
    bench.qtbot.keyClicks(screen.form.field, "wrong")
    bench.qtbot.keyClick(screen.form.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: len(screen.form.under.text()) > 1)
    yield "wrong passphrase", window
    bench.vault.wait_after_wrong = bench.vault.retry_after = 0
    screen.show_waiting(2, (b"/home/mara/a.pdf", os.fsencode(f"/home/mara/{LONG}.pdf")))
    screen.notices.tell("bad", _sentence())
    yield "lock, with files that wait and an error", window
    screen.show_recovery()
    yield "recovery words", window
    screen.recovery.words.edit.setPlainText("abandon ability")
    screen.recovery.pair.first.setText("summer24")
    screen.recovery.pair.again.setText("winter")
    yield "recovery words, some of them", window


def _missing(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.settings.remember_vault(bench.session.path)
    window = _window(bench, VaultState.MISSING, size)
    assert isinstance(window.screens.shown, MissingScreen)
    yield "a vault that is gone", window


def _files(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = _workspace(bench, size, "files")
    page = workspace.files
    yield "files, nothing in work", window
    page.queue.rows.append(samples.work_rows())
    page.queue.rows.settle()
    page.work.sync()
    yield "files, work in every state", window
    page.take_drop(())
    yield "files, a drop refused", window
    page.offers.offer((b"/home/mara/one.pdf", os.fsencode(f"/home/mara/{LONG}.pdf")))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    page.offers.offer_rewrap((b"/home/mara/one.sealed",))
    page.notices.tell("bad", _sentence())
    yield "files, offers and an error", window
    for items in (_items(b"one.pdf"), _items(b"a.txt", os.fsencode(LONG), b"b.sealed", b"c.png"), _items(b"b.sealed")):
        window.drops.tell(page.plan_of(items))
        yield f"{len(items)} files hover", window
    closed = DropItem(b"/home/mara/closed", DropVerb.REFUSE, 0, folder=True, reason="access_denied")
    link = DropItem(b"/home/mara/link", DropVerb.REFUSE, 0, folder=False, reason="link")
    window.drops.tell(page.plan_of((*_items(b"one.pdf"), closed, link)))
    yield "files of which two cannot be used hover", window
    window.drops.tell(page.plan_of((closed, link)))
    yield "what cannot be used hovers", window
    window.drops.overlay.hide()
    bench.files.described[b"a.sealed"] = description(b"a.sealed", bench.keys)
    page.details_wanted.emit(b"/home/mara/a.sealed")
    bench.qtbot.waitUntil(lambda: window.screens.host.panel is not None)
    panel = window.screens.host.panel
    assert panel is not None
    bench.qtbot.waitUntil(lambda: any(badge.isVisible() for badge in panel.findChildren(Badge)))
    yield "details of a sealed file", window
    window.screens.host.close_panel()
    row = samples.work_rows()[0]
    row.folder = True
    long = f"{LONG}/" * 3
    problem = FileUpdate(
        0, FileState.FAILED, row.source + b"/a", code="read_only", facts={"path": f"/home/mara/{long}"}
    )
    row.state, row.news, row.problems = RowState.FAILED, problem, [problem] * 60
    page.details_wanted.emit(row)
    yield "details of a folder of which not everything went well", window
    window.screens.host.close_panel()
    yield "a passphrase is asked for", _opened(FilePassphraseDialog(bench.look, f"{LONG}.sealed", window, wrong=True))
    page.queue.cancel_all()


def _text(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = _workspace(bench, size, "text")
    page = workspace.text
    yield "text, empty", window
    page.plain.edit.setPlainText("a secret\nof two lines")
    page.context.add()
    page.context.rows[0].value.setText("without a name")
    yield "text, a pair without a name", window
    page.context.rows[0].name.setText("purpose")
    bench.qtbot.waitUntil(page.encrypt_button.isEnabled)
    page.encrypt()
    bench.qtbot.waitUntil(lambda: not page.encrypted.empty)
    yield "text, encrypted", window
    page.copy_button.click()
    bench.qtbot.wait(20)
    yield "text, copied", window
    page.plain.edit.setPlainText("long " * 1000)
    yield "text, too long", window
    page.make_new()
    page.encrypted.edit.setPlainText("vlt1" + "A" * 80)
    bench.qtbot.wait(400)
    yield "text, no key here opens it", window
    page.context.rows[0].remove_button.click()
    page.encrypted.edit.setPlainText(bench.text.blob(b"back again"))
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    page.decrypt()
    bench.qtbot.waitUntil(lambda: not page.plain.empty)
    page.copy_plain_button.click()
    bench.qtbot.wait(20)
    yield "text, decrypted and copied", window
    yield from _under_errors("text", page, window)


def some_keys() -> list[Key]:
    """Return keys in every state, one with a long name."""
    return [
        structs.replace(
            key("Personal", "petrol"),
            rotation_days=90,
            next_rotation=NOON + 12 * DAY,
            last_used=NOON,
            aliases=("home",),
            tags={"team": "infra"},
            description="Family files",
            known_files=3,
        ),
        structs.replace(key(LONG, "indigo", 7), rotation_days=365, next_rotation=NOON - 1, last_used=NOON - 400 * DAY),
        key("photos", "rust", 1, KeyState.DISABLED),
        structs.replace(key("Old laptop", "slate", 2, KeyState.PENDING_DELETION), deletes_at=NOON + 9 * DAY - 1),
    ]


def _keys(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.keys.keys = some_keys()
    window, workspace = _workspace(bench, size, "keys")
    page = workspace.keys
    bench.qtbot.waitUntil(lambda: page.rows.total == 4)
    yield "keys", window
    yield from _under_errors("keys", page, window)
    for one in bench.keys.keys:
        page.open_key(one.key_id)
        bench.qtbot.wait(30)
        yield f"panel of a key that is {one.state}", window
    page.open_key(bench.keys.keys[0].key_id)
    page.rename(bench.keys.keys[0])
    yield "panel, being renamed", window
    page.make_new()
    dialog = page.dialog
    assert dialog is not None
    dialog.refuse(NameTaken(kind="key", name="Personal"))  # type: ignore[attr-defined]
    yield "dialog: a new key, refused", dialog
    yield from _refused(dialog)
    dialog.reject()
    page.ask_delete(bench.keys.keys[0])
    bench.qtbot.wait(30)
    assert page.dialog is not None
    yield "dialog: deletion", page.dialog
    page.dialog.reject()
    page.ask_export(bench.keys.keys[1])
    assert page.dialog is not None
    yield "dialog: export", page.dialog
    page.dialog.reject()
    window.screens.host.close_panel()
    assert page.head.filter is not None
    page.head.filter.setText("no such")
    yield "no key found", window
    page.head.filter.clear()


def _activity(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = _workspace(bench, size, "activity")
    page = workspace.activity
    bench.qtbot.waitUntil(lambda: page.feed.loaded and not page.feed.looking)
    yield "activity, empty", window
    used = {"subject_kind": "key", "subject": LONG}
    bench.activity.add(
        entry("vault.create", 2 * 1440, subject_kind="vault", subject="Mara’s vault"),
        entry("vault.unlock", 1440, facts={"failed": 2}),
        entry("vault.lock", 1440 - 5, actor=ITSELF),
        *(entry("text.decrypt", 90, actor=DEPLOY, **used, facts={"version": 7, "context": "team"}) for _ in range(3)),
        entry("file.open", 60, subject_kind="file", outcome="damaged", facts={"path": f"/home/mara/{LONG}.sealed"}),
        entry("vault.admit", 50, actor=DEPLOY, outcome="wrong_passphrase"),
        entry("key.delete", 20, subject_kind="key", subject="Personal", facts={"days": 30}),
    )
    page._look_again()
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() >= 6)
    bench.activity.check_gate.clear()
    page.check()
    yield "activity, being checked", window
    bench.activity.check_gate.set()
    bench.qtbot.waitUntil(lambda: page.chain.whole)
    yield "activity, checked", window
    for at in (1, 3):
        page.table.opened.emit(page.rows.row(page.rows.index(at, 0)))
        yield f"panel of entry {at}", window
    window.screens.host.close_panel()
    page.filter.setText("no such")
    page.filter.returnPressed.emit()
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 0)
    bench.qtbot.wait(50)
    yield "nothing found in the log", window
    page.filter.clear()
    yield from _under_errors("activity", page, window)


def _settings(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.vault.copies = [
        BackupRecord(b"/backups/1.vault", NOON - DAY // 8, 49_152, "daily"),
        BackupRecord(os.fsencode(f"/home/mara/{LONG}.replaced-1.vault"), NOON - 9 * DAY, 45_056, "replaced"),
    ]
    window, workspace = _workspace(bench, size, "settings")
    page = workspace.settings
    bench.qtbot.waitUntil(lambda: page.unlock.change_button.isEnabled() and page.backups._records is not None)
    yield "settings", window
    yield from _under_errors("settings", page, window)
    for section in page.sections:
        page.go_to(section)
    for button in (page.unlock.change_button, page.unlock.drill_button, page.unlock.replace_button):
        bench.qtbot.mouseClick(button, _LEFT)
        dialog = page.unlock.dialog
        assert dialog is not None
        bench.qtbot.wait(30)
        yield f"dialog: {type(dialog).__name__}", dialog
        yield from _refused(dialog)
        dialog.reject()
    page.unlock._show_new()
    assert page.unlock.dialog is not None
    bench.qtbot.wait(50)
    yield "dialog: new words", page.unlock.dialog
    page.unlock.dialog.kit.show_problem(_worst()[0])  # type: ignore[attr-defined]
    yield "dialog: new words, refused", page.unlock.dialog
    page.unlock.dialog.reject()
    page.backups.restore(b"/home/mara/copy.vault")
    assert page.backups.dialog is not None
    yield "dialog: restore", page.backups.dialog
    yield from _refused(page.backups.dialog)
    page.backups.dialog.reject()
    assert page.head.filter is not None
    page.head.filter.setText("no such")
    yield "no setting found", window


def _over_all(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.keys.keys = some_keys()
    window, workspace = _workspace(bench, size, "keys")
    bench.qtbot.waitUntil(lambda: workspace.keys.rows.total == 4)
    workspace.keys.actions_of.turn(bench.keys.keys[1], on=False)
    bench.qtbot.waitUntil(lambda: window.screens.workspace.toasts.shown is not None)
    yield "a toast with a long name", window
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: window.palette_shown is not None)
    assert window.palette_shown is not None
    yield "palette", window
    window.palette_shown.field.setText("no such thing")
    yield "palette, nothing found", window
    window.palette_shown.close_palette()
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    yield "shortcuts", sheet
    sheet.reject()


def _tray(bench: Bench, size: Size) -> Iterator[Scene]:
    """What opens from the tray; its size is its own."""
    bench.keys.keys[0] = structs.replace(bench.keys.keys[0], name=LONG)
    text, lines = bench.text.blob(LONG.encode()), "\n".join([LONG] * 4)
    QApplication.clipboard().setText(text)
    for old in bench._windows:
        old.hide()
    shown = in_tray(bench)
    shown.window.hide()
    shown.desk.decrypt()
    quick = shown.desk.quick
    assert quick is not None
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    yield "quick decrypt, with the person there", quick
    assert quick.shown is not None
    quick.attended.emit(False)
    quick.closing.tick()
    yield "quick decrypt, closing", quick
    quick.closing.keep(kept=True)
    yield "quick decrypt, kept", quick
    QApplication.clipboard().setText("")
    quick.read_clipboard()
    yield "quick decrypt, nothing there", quick
    QApplication.clipboard().setText(bench.text.blob(lines.encode(), context={"purpose": "reports"}))
    quick.read_clipboard()
    bench.qtbot.waitUntil(lambda: quick.context is not None)
    yield "quick decrypt, a context", quick
    for name in (LONG.encode(), b"a-folder.sealed"):
        bench.files.described[name] = structs.replace(description(name, bench.keys), folder=True)
        quick.take_file(b"/home/mara/" + name)
        bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 2)
        yield "quick decrypt, a folder", quick
        assert quick.notice is not None
        bench.qtbot.mouseClick(quick.notice.buttons[-1], _LEFT)
        bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 2)
        yield "quick decrypt, written", quick
    bench.files.opens_with = "x"
    bench.files.described[b"tom.sealed"] = structs.replace(description(b"tom.sealed", bench.keys), content_length=1)
    quick.take_file(b"/home/mara/tom.sealed")
    bench.qtbot.waitUntil(lambda: quick.notice is not None and len(quick.notice.buttons) == 1 and not quick.context)
    yield "quick decrypt, a passphrase", quick
    bench.vault.state = VaultState.LOCKED
    quick.take_file(b"/home/mara/tom.sealed")
    bench.qtbot.waitUntil(lambda: quick.findChild(UnlockForm) is not None)
    yield "quick decrypt, locked", quick
    quick.reject()
    QApplication.clipboard().setText("x" * 5000)
    shown.desk.encrypt()
    assert shown.desk.encrypting.shown is not None
    yield "encrypt clipboard, too long", shown.desk.encrypting.shown
    shown.desk.encrypting.close()


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _under_errors(name: str, page: Page, window: MainWindow) -> Iterator[Scene]:
    """Show a page under the longest errors, one with a button, and take them away again."""
    for error in _worst():
        page.notices.tell("bad", messages.message_of(error))
    page.notices.bars[0].add_action(window.tr("Show in folder"), lambda: None)
    yield f"{name} under errors", window
    for bar in tuple(page.notices.bars):
        page.notices.remove(bar)


def _refused(dialog: QDialog) -> Iterator[Scene]:
    """Show a dialog with the longest errors in it, where it says them over its fields."""
    if isinstance(dialog, WorkingForm):
        for error in _worst():
            dialog.show_problem(error)
            yield f"dialog: {type(dialog).__name__}, {error.code}", dialog
        dialog.show_problem(None)


def _worst() -> tuple[VaultError, ...]:
    """Return errors whose sentences are the longest, in their first part or in the rest, and one with a long name."""
    return HostError(reason="uncertain"), VaultOlder(fork=1), ArchiveRefused(name=f"../{LONG}")


def _sentence() -> object:
    from vaultapp.gui import messages

    return messages.message(
        "space_missing", {"path": f"/media/{LONG}", "needed": 21_600_000_000, "free": 8_100_000_000}
    )


def _items(*names: bytes) -> tuple[DropItem, ...]:
    verbs = {True: DropVerb.OPEN, False: DropVerb.SEAL}
    return tuple(
        DropItem(b"/home/mara/" + name, verbs[name.endswith(b".sealed")], 1000, folder=False) for name in names
    )
