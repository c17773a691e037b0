"""What outside the vault rotates a credential, in its panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.credentials_page_driver import at, opened, press, shown_toast, undo
from vaultapp.contracts.rotation import WatchedTrigger
from vaultapp.core.errors import HostError
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.labels import Text


@pytest.fixture
def page(bench: Bench) -> CredentialsPage:
    return opened(bench)


def panel_of(bench: Bench, page: CredentialsPage, name: str = "Shop database") -> CredentialPanel:
    panel = page.open_credential(at(bench, name))
    bench.qtbot.waitUntil(panel.watches.isVisible)
    return panel


def watched(panel: CredentialPanel) -> list[list[str]]:
    return [
        [label.text() for label in line.findChildren(Text) if not label.isHidden()] for line in panel.watches._lines
    ]


def keep(bench: Bench, *triggers: WatchedTrigger) -> None:
    bench.rotation.kept_triggers = {each.name: each for each in triggers}


def choose(bench: Bench, panel: CredentialPanel, path: Path) -> None:
    panel.watches.watch_button.click()
    dialog = window_of(panel).findChildren(QFileDialog)[-1]
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptOpen, "nothing is written there"
    dialog.filesSelected.emit([str(path)])
    dialog.reject()
    bench.qtbot.waitUntil(lambda: bool(panel.watches._lines))


def test_what_rotates_it_is_listed_and_what_rotates_others_is_not(bench: Bench, page: CredentialsPage) -> None:
    own, other = at(bench, "Shop database").credential_id, at(bench, "Reports database").credential_id
    keep(
        bench,
        WatchedTrigger("flag", (own, other), b"/var/lib/ids/flag"),
        WatchedTrigger("ask", (own,), b"", ("ask-ids", "a b"), 60, False),
        WatchedTrigger("other", (other,), b"/var/lib/ids/other"),
    )
    panel = panel_of(bench, page)
    bench.qtbot.waitUntil(lambda: len(panel.watches._lines) == 2)
    assert watched(panel) == [["flag", "/var/lib/ids/flag", "Rotates 1 other too"], ["ask", "ask-ids 'a b'"]]
    assert [check.isChecked() for check in panel.watches.findChildren(Check)] == [True, False]
    assert panel.watches.none.isHidden()


def test_a_credential_that_nothing_rotates_has_no_alarms(bench: Bench, page: CredentialsPage) -> None:
    panel = page.open_credential(at(bench, "Registrar"))
    assert panel.watches.isHidden()
    assert not panel_of(bench, page).watches.none.isHidden()


def test_a_file_is_watched_whether_it_is_there_or_not_and_undo_takes_it_back(
    bench: Bench, page: CredentialsPage, tmp_path: Path
) -> None:
    own = at(bench, "Shop database").credential_id
    panel = panel_of(bench, page)
    choose(bench, panel, tmp_path / "intrusion")
    made = WatchedTrigger("intrusion", (own,), bytes(tmp_path / "intrusion"))
    assert bench.rotation.triggers() == (made,)
    assert shown_toast(bench, page).text.text() == "“Shop database” rotates when intrusion changes"
    assert bench.settings.folders.start("watch").folder == tmp_path
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: bench.rotation.triggers() == () and not panel.watches._lines)


def test_a_file_of_the_same_name_elsewhere_takes_no_others_place(
    bench: Bench, page: CredentialsPage, tmp_path: Path
) -> None:
    own, other = at(bench, "Shop database").credential_id, at(bench, "Reports database").credential_id
    there = WatchedTrigger("flag", (other,), b"/elsewhere/flag")
    keep(bench, there)
    choose(bench, panel_of(bench, page), tmp_path / "flag")
    assert bench.rotation.triggers() == (there, WatchedTrigger("flag (2)", (own,), bytes(tmp_path / "flag")))


def test_a_file_that_is_watched_for_others_rotates_this_too(
    bench: Bench, page: CredentialsPage, tmp_path: Path
) -> None:
    own, other = at(bench, "Shop database").credential_id, at(bench, "Reports database").credential_id
    path = bytes(tmp_path / "flag")
    keep(bench, WatchedTrigger("ids", (other,), path, emergency=False))
    choose(bench, panel_of(bench, page), tmp_path / "flag")
    assert bench.rotation.triggers() == (WatchedTrigger("ids", (other, own), path, emergency=False),)
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: bench.rotation.triggers()[0].credentials == (other,))


def test_removing_leaves_what_else_it_rotates(bench: Bench, page: CredentialsPage) -> None:
    own, other = at(bench, "Shop database").credential_id, at(bench, "Reports database").credential_id
    both, alone = WatchedTrigger("both", (own, other), b"/f"), WatchedTrigger("alone", (own,), b"/g")
    keep(bench, both, alone)
    panel = panel_of(bench, page)
    bench.qtbot.waitUntil(lambda: len(panel.watches._lines) == 2)
    for left in (1, 0):
        button = panel.watches._lines[0].findChild(Button)
        assert isinstance(button, Button)
        press(bench, button)
        bench.qtbot.waitUntil(lambda left=left: len(panel.watches._lines) == left)
    assert bench.rotation.triggers() == (WatchedTrigger("both", (other,), b"/f"),)
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: alone in bench.rotation.triggers())


def test_grace_is_given_or_not_by_keyboard_and_the_focus_stays(bench: Bench, page: CredentialsPage) -> None:
    own = at(bench, "Shop database").credential_id
    keep(bench, WatchedTrigger("flag", (own,), b"/f"))
    panel = panel_of(bench, page)
    bench.qtbot.waitUntil(lambda: len(panel.watches._lines) == 1)
    check = panel.watches._lines[0].findChild(Check)
    assert isinstance(check, Check)
    check.setFocus()
    bench.qtbot.keyClick(check, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: not bench.rotation.triggers()[0].emergency)
    bench.qtbot.waitUntil(lambda: panel.watches._lines[0].findChild(Check) is not check)
    now = panel.watches._lines[0].findChild(Check)
    assert isinstance(now, Check)
    assert now.hasFocus()
    assert not now.isChecked()


def test_what_could_not_be_kept_is_said_and_shown_as_it_is(bench: Bench, page: CredentialsPage) -> None:
    own = at(bench, "Shop database").credential_id
    keep(bench, WatchedTrigger("flag", (own,), b"/f"))
    panel = panel_of(bench, page)
    bench.qtbot.waitUntil(lambda: len(panel.watches._lines) == 1)
    bench.rotation.watch_fails = HostError(reason="other")
    check = panel.watches._lines[0].findChild(Check)
    assert isinstance(check, Check)
    press(bench, check)
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))

    def as_it_is() -> bool:
        shown = panel.watches._lines[0].findChild(Check)
        return isinstance(shown, Check) and shown.isChecked()

    bench.qtbot.waitUntil(as_it_is)
