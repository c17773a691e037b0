"""Every page of the window, with its panels and dialogs, with usual and with long content."""

from __future__ import annotations

import os
from collections.abc import Iterator

from conftest import Bench
from PySide6.QtWidgets import QDialog

from tests.gui.samples import DEPLOY, ITSELF, NOON, description, entry
from tests.gui.scene_stage import (
    LEFT,
    LONG,
    Scene,
    Size,
    long_sentence,
    refused,
    some_keys,
    under_errors,
    workspace_on,
    worst,
)
from vaultapp.contracts.files import DropItem, DropVerb, FileState, FileUpdate
from vaultapp.contracts.vault import BackupRecord
from vaultapp.core.clock import DAY
from vaultapp.core.errors import NameTaken
from vaultapp.gui.dialogs.passphrase_dialogs import FilePassphraseDialog
from vaultapp.gui.gallery import samples
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.widgets.labels import Badge


def files_page(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = workspace_on(bench, size, "files")
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
    page.notices.tell("bad", long_sentence())
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


def text_page(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = workspace_on(bench, size, "text")
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
    yield from under_errors("text", page, window)


def keys_page(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.keys.keys = some_keys()
    window, workspace = workspace_on(bench, size, "keys")
    page = workspace.keys
    bench.qtbot.waitUntil(lambda: page.rows.total == 4)
    yield "keys", window
    yield from under_errors("keys", page, window)
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
    yield from refused(dialog)
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


def activity_page(bench: Bench, size: Size) -> Iterator[Scene]:
    window, workspace = workspace_on(bench, size, "activity")
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
    yield from under_errors("activity", page, window)


def settings_page(bench: Bench, size: Size) -> Iterator[Scene]:
    bench.vault.copies = [
        BackupRecord(b"/backups/1.vault", NOON - DAY // 8, 49_152, "daily"),
        BackupRecord(os.fsencode(f"/home/mara/{LONG}.replaced-1.vault"), NOON - 9 * DAY, 45_056, "replaced"),
    ]
    window, workspace = workspace_on(bench, size, "settings")
    page = workspace.settings
    bench.qtbot.waitUntil(lambda: page.unlock.change_button.isEnabled() and page.backups._records is not None)
    yield "settings", window
    yield from under_errors("settings", page, window)
    for section in page.sections:
        page.go_to(section)
    for button in (page.unlock.change_button, page.unlock.drill_button, page.unlock.replace_button):
        bench.qtbot.mouseClick(button, LEFT)
        dialog = page.unlock.dialog
        assert dialog is not None
        bench.qtbot.wait(30)
        yield f"dialog: {type(dialog).__name__}", dialog
        yield from refused(dialog)
        dialog.reject()
    page.unlock._show_new()
    assert page.unlock.dialog is not None
    bench.qtbot.wait(50)
    yield "dialog: new words", page.unlock.dialog
    page.unlock.dialog.kit.show_problem(worst()[0])  # type: ignore[attr-defined]
    yield "dialog: new words, refused", page.unlock.dialog
    page.unlock.dialog.reject()
    page.backups.restore(b"/home/mara/copy.vault")
    assert page.backups.dialog is not None
    yield "dialog: restore", page.backups.dialog
    yield from refused(page.backups.dialog)
    page.backups.dialog.reject()
    assert page.head.filter is not None
    page.head.filter.setText("no such")
    yield "no setting found", window


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _items(*names: bytes) -> tuple[DropItem, ...]:
    verbs = {True: DropVerb.OPEN, False: DropVerb.SEAL}
    return tuple(
        DropItem(b"/home/mara/" + name, verbs[name.endswith(b".sealed")], 1000, folder=False) for name in names
    )
