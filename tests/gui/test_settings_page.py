from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from conftest import Bench, FakeDesktop
from fakes import NOON, PASSPHRASE, WORDS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vaultapp.contracts.vault import BackupRecord, KdfCost, SlotKind, VaultState
from vaultapp.core.clock import DAY
from vaultapp.core.errors import HostError, VaultTampered, WordsMistyped
from vaultapp.gui.dialogs.change_passphrase_dialog import ChangePassphraseDialog
from vaultapp.gui.dialogs.drill_dialog import DrillDialog
from vaultapp.gui.dialogs.new_words_dialog import NewWordsDialog
from vaultapp.gui.dialogs.replace_words_dialog import ReplaceWordsDialog
from vaultapp.gui.dialogs.restore_dialog import RestoreDialog
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.session import LockNote
from vaultapp.gui.settings.about_section import LIBRARIES
from vaultapp.gui.theme import Appearance
from vaultapp.gui.window_settings import WindowChoices, WindowSettings

HOUR = 3_600_000_000
DAILY = BackupRecord(b"/backups/1.vault", NOON - 3 * HOUR, 49_152, "daily")
REPLACED = BackupRecord(b"/home/mara/mara.replaced-1.vault", NOON - 9 * DAY, 45_056, "replaced")
NEW = "new tide pool lamp"


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, SettingsPage]:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = workspace.settings
    bench.qtbot.waitUntil(page.isVisible)
    bench.qtbot.waitUntil(lambda: page.unlock.change_button.isEnabled() and page.backups._records is not None)
    return window, page


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    bench.vault.copies = [DAILY, REPLACED]
    return opened(bench)[1]


def press(bench: Bench, button: QWidget) -> None:
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def toast(page: SettingsPage) -> str:
    shown = page.unlock.parts.toasts.shown
    return shown.text.text() if shown is not None else ""


def change_dialog(bench: Bench, page: SettingsPage) -> ChangePassphraseDialog:
    press(bench, page.unlock.change_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, ChangePassphraseDialog)
    return dialog


def fill(bench: Bench, dialog: ChangePassphraseDialog, old: str = PASSPHRASE, new: str = NEW) -> None:
    bench.qtbot.keyClicks(dialog.old, old)
    dialog.pair.first.setText(new)
    bench.qtbot.keyClicks(dialog.pair.again, new)
    bench.qtbot.waitUntil(dialog.go_button.isEnabled)


def test_every_line_says_what_it_does(page: SettingsPage) -> None:
    rows = [row for section in page.sections for group in section.groups for row in group.rows]
    assert len(rows) >= 12
    assert all(row.title.text() and row.line.text().strip() for row in rows)


def test_it_stands_at_the_foot_and_has_no_number(bench: Bench) -> None:
    window, page = opened(bench)
    workspace = window.screens.workspace
    assert workspace is not None
    sidebar = workspace.sidebar
    assert list(sidebar.items)[-1] == "settings"
    assert sidebar.items["settings"].y() > sidebar.height() / 2
    assert sidebar.items["settings"].toolTip() == "Settings (Ctrl+,)"
    assert workspace.page is page


def test_the_ways_in_are_told_as_the_vault_has_them(page: SettingsPage) -> None:
    assert "256 MB of memory and 3 passes" in page.unlock.passphrase.line.text()
    assert "Made on 25 Oct 2026." in page.unlock.words.line.text()


def test_a_vault_without_words_is_warned_about_and_gets_some(bench: Bench) -> None:
    bench.vault.ways = (SlotKind.PASSPHRASE,)
    _, page = opened(bench)
    assert not page.unlock.drill_button.isVisible()
    assert "nothing opens the vault" in page.unlock.words.line.text()
    assert page.unlock.replace_button.text() == "Make…"
    press(bench, page.unlock.replace_button)
    assert isinstance(page.unlock.dialog, NewWordsDialog)


def test_the_passphrase_is_changed_and_what_was_typed_is_overwritten(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: toast(page).startswith("The passphrase is changed."))
    assert bench.vault.passphrase == NEW
    assert bench.vault.cost == KdfCost(256 * 1024, 3, 2)
    assert [bytes(secret) for secret in bench.vault.given] == [bytes(len(PASSPHRASE)), bytes(len(NEW))]


def test_a_wrong_present_passphrase_is_said_at_its_field(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog, old="wrong")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.under.text().startswith("This is not the present passphrase."))
    assert dialog.old.property("state") == "bad"
    assert dialog.pair.first.text() == NEW
    assert dialog.isVisible()
    assert bench.vault.passphrase == PASSPHRASE


def test_a_weak_or_different_passphrase_is_not_taken(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    dialog.pair.again.setText(NEW + "x")
    assert not dialog.go_button.isEnabled()
    dialog.pair.first.setText("password")
    dialog.pair.again.setText("password")
    bench.qtbot.waitUntil(lambda: dialog.pair._estimate is None)
    assert not dialog.go_button.isEnabled()
    dialog.reject()


def test_the_cost_can_be_measured_anew(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.gate.clear()
    dialog.anew.setChecked(True)
    assert not dialog.go_button.isEnabled()
    assert dialog.cost.text().startswith("Measuring")
    bench.vault.gate.set()
    bench.qtbot.waitUntil(dialog.go_button.isEnabled)
    assert "1.0 s and 256 MB" in dialog.cost.text()
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: bench.vault.passphrase == NEW)
    assert bench.vault.cost.milliseconds == 1000


def test_cancel_while_it_is_changed_changes_nothing(bench: Bench, page: SettingsPage, qtbot: QtBot) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.gate.clear()
    press(bench, dialog.go_button)
    press(bench, dialog.cancel_button)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        bench.vault.gate.set()
    assert bench.vault.passphrase == PASSPHRASE


def test_other_failures_are_told_in_the_dialog_and_everything_typed_stays(bench: Bench, page: SettingsPage) -> None:
    dialog = change_dialog(bench, page)
    fill(bench, dialog)
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.problem is not None)
    assert (dialog.old.text(), dialog.pair.again.text()) == (PASSPHRASE, NEW)
    assert dialog.go_button.isEnabled()


def test_a_drill_says_what_the_words_opened(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.drill_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, DrillDialog)
    assert not dialog.go_button.isEnabled()
    dialog.words.edit.setPlainText(WORDS)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.told.isVisible)
    assert "2 keys and 1,042 rows" in dialog.told.body.text()
    assert dialog.words.edit.toPlainText() == ""
    assert not any(bench.vault.given[-1])
    assert "The last drill passed just now." in page.unlock.words.line.text()


def test_wrong_words_are_said_under_them(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.drill_button)
    dialog = page.unlock.dialog
    assert isinstance(dialog, DrillDialog)
    dialog.words.edit.setPlainText(WORDS)
    bench.vault.fails_with = WordsMistyped(reason="word", position=7)
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.words.under.text().startswith("Word 7 is not"))
    assert dialog.words.edit.toPlainText() == WORDS


def test_words_are_replaced_only_after_two_questions_and_three_words(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.replace_button)
    first = page.unlock.dialog
    assert isinstance(first, ReplaceWordsDialog)
    # Enter is the harmless one.
    assert first.cancel_button.isDefault()
    press(bench, first.go_button)
    second = page.unlock.dialog
    assert isinstance(second, NewWordsDialog)
    bench.qtbot.waitUntil(lambda: bool(second.kit.facts.words))
    assert not second.go_button.isEnabled()
    assert bench.vault.given == []
    words = WORDS.split()
    for field in second.kit.fields:
        bench.qtbot.keyClicks(field.edit, words[field.number - 1])
    press(bench, second.go_button)
    bench.qtbot.waitUntil(lambda: toast(page).startswith("The vault has new recovery words."))
    assert len(bench.vault.given) == 1
    assert not any(bench.vault.given[0])


def test_words_that_were_not_taken_stay_on_the_sheet(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.unlock.replace_button)
    first = page.unlock.dialog
    assert isinstance(first, ReplaceWordsDialog)
    press(bench, first.go_button)
    second = page.unlock.dialog
    assert isinstance(second, NewWordsDialog)
    bench.qtbot.waitUntil(lambda: bool(second.kit.facts.words))
    words = WORDS.split()
    for field in second.kit.fields:
        field.edit.setText(words[field.number - 1])
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, second.go_button)
    bench.qtbot.waitUntil(lambda: second.kit._problem is not None)
    assert second.isVisible()
    assert second.kit.facts.words == tuple(words)
    assert second.go_button.isEnabled()


def test_the_copies_are_listed_with_time_kind_and_size(page: SettingsPage) -> None:
    told = [(row.title.text(), row.line.text()) for row in page.backups.copies.rows]
    assert [line for _, line in told] == ["Daily copy, 49.2 kB", "Kept when a copy was restored, 45.1 kB"]
    assert re.fullmatch(r"Today \d\d:00", told[0][0])
    assert re.fullmatch(r"15 Nov \d\d:00", told[1][0])


def test_a_vault_without_copies_says_so(bench: Bench) -> None:
    _, page = opened(bench)
    assert [row.title.text() for row in page.backups.copies.rows] == ["There are no copies yet"]


def test_more_copies_than_fit_are_counted(bench: Bench) -> None:
    bench.vault.copies = [BackupRecord(b"/b/%d" % n, NOON - n * HOUR, 1000, "conflict") for n in range(100)]
    _, page = opened(bench)
    assert page.backups.copies.rows[-1].title.text() == "70 older ones are not shown"


def test_a_copy_is_made_and_listed(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.backups.make_button)
    bench.qtbot.waitUntil(lambda: len(page.backups.copies.rows) == 3)
    assert toast(page) == "A copy was made and read whole"
    assert page.backups.make_button.isEnabled()


def test_a_copy_is_saved_in_a_folder_under_a_name_of_its_own(bench: Bench, page: SettingsPage) -> None:
    page.backups.save_to(b"/media/stick")
    bench.qtbot.waitUntil(lambda: toast(page) == "Saved as made.vault, and read whole")


def test_a_copy_that_could_not_be_made_is_told_on_the_page(bench: Bench, page: SettingsPage) -> None:
    bench.vault.fails_with = HostError(reason="Input/output error")
    press(bench, page.backups.make_button)
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.backups.make_button.isEnabled()
    assert len(page.backups.copies.rows) == 2


def restore_dialog(bench: Bench, page: SettingsPage) -> RestoreDialog:
    page.backups.restore(DAILY.path, "Today 09:00 · Daily copy")
    dialog = page.backups.dialog
    assert isinstance(dialog, RestoreDialog)
    return dialog


def test_a_restore_locks_the_window_once_it_is_known_where_the_old_vault_is_kept(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.vault.kept = b"/home/mara/mara.replaced-2.vault"
    dialog = restore_dialog(bench, page)
    qtbot.keyClicks(dialog.passphrase.field, PASSPHRASE)
    with qtbot.waitSignal(window.lock_requested) as locked:
        qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)
    assert bench.vault.restores == [(DAILY.path, PASSPHRASE)]
    assert locked.args == [LockNote("restored", bench.clock.now(), (), bench.vault.kept)]
    assert not any(bench.vault.given[-1])


def test_a_restore_that_closed_the_vault_and_failed_says_so_on_the_lock_screen(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = restore_dialog(bench, page)
    dialog.passphrase.field.setText(PASSPHRASE)
    bench.vault.gate.clear()
    press(bench, dialog.go_button)
    bench.vault.fails_with = HostError(reason="Input/output error")
    bench.events.locking.emit("restored")
    with qtbot.waitSignal(window.lock_requested) as locked:
        bench.vault.gate.set()
    assert locked.args is not None
    assert locked.args[0].reason == "not_restored"


def test_a_wrong_passphrase_of_the_copy_is_said_and_nothing_locks(bench: Bench, page: SettingsPage) -> None:
    dialog = restore_dialog(bench, page)
    bench.qtbot.keyClicks(dialog.passphrase.field, "wrong")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.passphrase.under.text().startswith("This passphrase does not open the copy."))
    assert dialog.isVisible()
    assert bench.vault.restores == []
    assert page.isVisible()


def test_an_unsound_copy_is_told_in_full(bench: Bench, page: SettingsPage) -> None:
    dialog = restore_dialog(bench, page)
    dialog.passphrase.field.setText(PASSPHRASE)
    bench.vault.fails_with = VaultTampered(reason="rows_missing")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: dialog.problem is not None)
    problem = dialog.problem
    assert problem is not None
    assert problem.head.text() == "Rows of the vault are missing."


def test_the_check_tells_what_it_read(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.vault.check_button)
    bench.qtbot.waitUntil(lambda: "1,042 rows, 2 keys, 12,480 activity entries" in page.vault.check.line.text())
    assert page.vault.check_button.isEnabled()


def test_a_vault_that_is_not_whole_is_told_at_the_check_and_over_the_page(bench: Bench, page: SettingsPage) -> None:
    bench.vault.fails_with = VaultTampered(reason="rows_missing")
    press(bench, page.vault.check_button)
    bench.qtbot.waitUntil(lambda: page.vault.check.line.text() == "Rows of the vault are missing.")
    assert page.notices.bars[0].head.text() == "Rows of the vault are missing."


def test_the_clipboard_takes_its_time_at_once_and_at_the_next_start(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.clipboard.seconds)
    popup = page.clipboard.seconds.popup
    assert popup is not None
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert page.unlock.parts.clipboard.seconds == 20
    assert page.clipboard.seconds.text() == "20 seconds"
    assert WindowSettings(bench.settings._path).choices.clear_after == 20
    assert opened(bench)[1].unlock.parts.clipboard.seconds == 20


def test_the_theme_is_chosen_at_once_and_remembered(
    bench: Bench, page: SettingsPage, look: Look, desktop: FakeDesktop
) -> None:
    try:
        press(bench, page.appearance.theme.buttons["dark"])
        assert look.theme.dark
        assert WindowSettings(bench.settings._path).choices.theme == "dark"
        desktop.ask_for(Appearance.HIGH_CONTRAST)
        assert look.theme.appearance is Appearance.HIGH_CONTRAST
        desktop.ask_for(Appearance.LIGHT)
        assert look.theme.dark
        press(bench, page.appearance.theme.buttons[""])
        assert not look.theme.dark
    finally:
        look.theme.choose(None)


def test_motion_is_reduced_at_once_and_remembered(bench: Bench, page: SettingsPage, look: Look) -> None:
    look.motion.still = False
    try:
        press(bench, page.appearance.still)
        assert look.still
        assert WindowSettings(bench.settings._path).choices == WindowChoices(still=True)
    finally:
        look.motion.still = True


def test_choices_from_elsewhere_that_make_no_sense_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text('{"choices": {"clear_after": 0, "theme": "dark"}}')
    assert WindowSettings(path).choices == WindowChoices()


def test_find_narrows_to_what_matches_and_escape_shows_all(bench: Bench, page: SettingsPage) -> None:
    field = page.head.filter
    assert field is not None
    bench.qtbot.keyClicks(field, "copied")
    assert [section.item.text() for section in page.sections if section.item.isVisible()] == ["Clipboard"]
    assert page.clipboard.item.isChecked()
    field.setText("motion")
    assert [row.title.text() for row in page.appearance.groups[0].rows if row.isVisible()] == ["Reduce motion"]
    field.setText("zzz")
    assert page.empty.isVisible()
    assert page.empty.head.text() == "No setting matches “zzz”"
    press(bench, page.empty.button)
    assert all(section.isVisible() and section.item.isVisible() for section in page.sections)


def test_a_section_is_gone_to_and_followed(bench: Bench) -> None:
    bench.vault.copies = [DAILY] * 8
    _, page = opened(bench, (860, 560))
    press(bench, page.vault.item)
    top = page.view.verticalScrollBar().value()
    assert page.vault.item.isChecked()
    assert top == page.vault.y()
    page.view.verticalScrollBar().setValue(0)
    assert page.unlock.item.isChecked()
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().maximum())
    assert page.about.item.isChecked()


def test_it_fits_the_least_window(bench: Bench) -> None:
    bench.vault.copies = [DAILY, REPLACED]
    window, page = opened(bench, (860, 560))
    least = page.minimumSizeHint()
    assert (least.width(), least.height()) <= (860 - 59, 560)
    assert window.width() == 860
    rows = [row for section in page.sections for group in section.groups for row in group.rows]
    bench.qtbot.waitUntil(lambda: all(row.height() >= row.layout().totalHeightForWidth(row.width()) for row in rows))
    assert all(row.mapTo(page, row.rect().topRight()).x() < page.width() for row in rows)


def test_every_control_can_be_reached_and_has_a_name(page: SettingsPage) -> None:
    controls = [
        widget
        for section in page.sections
        for widget in section.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert len(controls) >= 12
    assert all(widget.accessibleName() for widget in controls)
    assert len({widget.accessibleName() for widget in controls}) == len(controls)


def test_the_libraries_named_are_those_that_are_used() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[><=;\s]", line)[0] for line in project["dependencies"]}
    assert {distribution for _, distribution, _ in LIBRARIES} == needed
