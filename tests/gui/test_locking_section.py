from __future__ import annotations

from conftest import Bench, FakeDesktop, window_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from vaultapp.contracts.locking import AutoLock, LockSettings, LockTrigger, TriggerState
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import SpaceMissing
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.presence import EVERY_S
from vaultapp.gui.settings.locking_section import LockingSection
from vaultapp.gui.theme import Appearance


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, LockingSection]:
    section = bench.workspace("settings", size).settings.locking
    bench.qtbot.waitUntil(lambda: section.minutes.isEnabled() and bool(section._states))
    return window_of(section), section


def text(section: LockingSection, trigger: LockTrigger) -> str:
    return section.rows[trigger].line.text()


def test_what_is_set_is_shown_and_a_switch_changes_only_its_own(bench: Bench) -> None:
    bench.lock.kept = LockSettings(idle_minutes=5, on_screen_saver=False)
    _, section = opened(bench)
    assert section.minutes.current is not None
    assert section.minutes.current.value == 5
    assert not section.switches[LockTrigger.SCREEN_SAVER].isChecked()
    assert section.switches[LockTrigger.SLEEP].isChecked()
    bench.qtbot.mouseClick(section.switches[LockTrigger.SLEEP], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(bench.lock.changes))
    assert bench.lock.changes == [LockSettings(idle_minutes=5, on_screen_saver=False, on_sleep=False)]


def test_never_is_a_choice_and_minutes_that_are_none_of_ours_stay_one(bench: Bench) -> None:
    bench.lock.kept = LockSettings(idle_minutes=7)
    _, section = opened(bench)
    assert [choice.text for choice in section.minutes.choices][:4] == [
        "1 minute",
        "2 minutes",
        "5 minutes",
        "7 minutes",
    ]
    assert [choice.text for choice in section.minutes.choices][-2:] == ["2 hours", "Never"]
    section.minutes.picked.emit(0)
    bench.qtbot.waitUntil(lambda: bool(bench.lock.changes))
    assert bench.lock.kept.idle_minutes == 0


def test_wishes_reach_the_agent_in_their_order_and_the_last_one_stays(bench: Bench) -> None:
    _, section = opened(bench)
    bench.lock.gate.clear()
    for minutes in (1, 2, 30):
        section.minutes.picked.emit(minutes)
    bench.lock.gate.set()
    bench.qtbot.waitUntil(lambda: bench.lock.kept.idle_minutes == 30 and not section._wanted)
    assert [settings.idle_minutes for settings in bench.lock.changes] == [1, 30]
    assert section.minutes.current is not None
    assert section.minutes.current.value == 30


def test_what_a_terminal_changed_meanwhile_stays_and_is_shown(bench: Bench) -> None:
    _, section = opened(bench)
    bench.lock.kept = LockSettings(idle_minutes=1, on_screen_saver=False)
    bench.qtbot.mouseClick(section.switches[LockTrigger.SLEEP], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(bench.lock.changes) and not section._wanted)
    assert bench.lock.changes == [LockSettings(idle_minutes=1, on_screen_saver=False, on_sleep=False)]
    assert section.minutes.current is not None
    assert section.minutes.current.value == 1
    assert not section.switches[LockTrigger.SCREEN_SAVER].isChecked()


def test_who_comes_back_from_a_terminal_sees_what_was_changed_there(bench: Bench) -> None:
    window, section = opened(bench)
    with bench.qtbot.waitExposed(other := QWidget()):
        bench.qtbot.addWidget(other)
        other.show()
    other.activateWindow()
    bench.qtbot.waitUntil(lambda: not section.isActiveWindow())
    bench.lock.kept = LockSettings(idle_minutes=1)
    window.activateWindow()
    bench.qtbot.waitUntil(lambda: section.minutes.current is not None and section.minutes.current.value == 1)


def test_a_change_that_was_not_kept_is_taken_back_and_told(bench: Bench) -> None:
    window, section = opened(bench)
    bench.lock.fails_with = SpaceMissing(path="/v")
    switch = section.switches[LockTrigger.USER_SWITCHED]
    bench.qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(switch.isChecked)
    assert window.screens.shown is not None
    assert window.screens.shown.message_place.bars


def test_what_cannot_be_heard_here_is_said_in_words_with_an_icon(bench: Bench) -> None:
    bench.lock.unavailable(user_switched="no_session", screen_saver="no_screen_saver", sleep="no_bus")
    _, section = opened(bench)
    assert "logind knows no session" in text(section, LockTrigger.USER_SWITCHED)
    assert "no screen saver" in text(section, LockTrigger.SCREEN_SAVER)
    assert "does not tell when it sleeps" in text(section, LockTrigger.SLEEP)
    assert not section.switches[LockTrigger.USER_SWITCHED].isEnabled()
    assert section.rows[LockTrigger.USER_SWITCHED]._mark.isVisibleTo(section)
    assert section.switches[LockTrigger.SESSION_LOCKED].isEnabled()
    assert not section.rows[LockTrigger.SESSION_LOCKED]._mark.isVisibleTo(section)


def test_where_the_desktop_tells_of_no_input_that_is_said_and_no_trouble(bench: Bench) -> None:
    bench.lock.states = (TriggerState(LockTrigger.IDLE, True, "windows_only"), *bench.lock.states[1:])
    window, section = opened(bench)
    assert "only input to this app counts" in text(section, LockTrigger.IDLE)
    assert section.rows[LockTrigger.IDLE]._mark.isVisibleTo(section)
    assert not window.grab().isNull()


def test_every_line_can_be_read_in_a_small_window_in_both_themes(bench: Bench, desktop: FakeDesktop) -> None:
    bench.lock.unavailable(user_switched="no_session", screen_saver="no_screen_saver", sleep="no_delay")
    window, section = opened(bench, (860, 560))
    for wish in (Appearance.LIGHT, Appearance.DARK):
        desktop.ask_for(wish)
        for row in (*section.rows.values(), section.programs_row):
            line = row.line
            bench.qtbot.waitUntil(lambda line=line: line.height() >= line.heightForWidth(line.width()))
            assert line.width() > 0
    assert window.width() == 860


def test_programs_that_go_on_are_a_setting_that_is_off_and_says_what_it_costs(bench: Bench) -> None:
    _, section = opened(bench)
    assert not section.programs.isChecked()
    assert "keys stay in memory" in section.programs_row.line.text()
    bench.qtbot.mouseClick(section.programs, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(bench.lock.changes))
    assert bench.lock.changes == [LockSettings(programs_go_on=True)]
    assert section.programs.isChecked()


def test_where_nobody_tells_of_sleep_it_is_said_until_when_programs_go_on(bench: Bench) -> None:
    bench.lock.unavailable(sleep="no_logind")
    _, section = opened(bench)
    assert section.programs_row.line.text().endswith("then all is locked when it wakes.")
    assert section.programs.isEnabled()


def test_minimising_locks_only_for_who_wants_that(bench: Bench) -> None:
    window, section = opened(bench)
    window.setWindowState(Qt.WindowState.WindowMinimized)
    assert bench.vault.state is VaultState.UNLOCKED
    window.setWindowState(Qt.WindowState.WindowNoState)
    bench.qtbot.mouseClick(section.minimised, Qt.MouseButton.LeftButton)
    assert bench.settings.choices.lock_minimised
    with bench.qtbot.waitSignal(window.lock_requested):
        window.setWindowState(Qt.WindowState.WindowMinimized)


def test_the_sidebar_shows_the_time_that_is_left_and_counts_by_itself(bench: Bench) -> None:
    bench.lock.answer = AutoLock(852)
    window = bench.window(VaultState.UNLOCKED)
    workspace = window.screens.workspace
    assert workspace is not None
    lock = workspace.sidebar.lock
    bench.qtbot.waitUntil(lambda: lock._note == "14:12")
    assert lock.accessibleDescription() == "By itself in 14 min"
    bench.clock.time += 12
    bench.qtbot.waitUntil(lambda: lock._note == "14:00")
    bench.lock.tell(AutoLock(None, held=True))
    bench.qtbot.waitUntil(lambda: lock._note == "")
    assert lock.accessibleDescription() == "Not by itself while files are worked on"
    assert lock.toolTip().endswith("Not by itself while files are worked on")
    bench.lock.tell(AutoLock(3700))
    bench.qtbot.waitUntil(lambda: lock._note == "1:01:40")
    assert "while files" not in lock.toolTip()
    bench.lock.tell(AutoLock(None))
    bench.qtbot.waitUntil(lambda: lock._note == "")
    assert lock.accessibleDescription() == ""


def test_input_to_any_window_tells_the_agent_and_seldom(bench: Bench) -> None:
    window, _ = opened(bench)
    handle = window.windowHandle()
    assert handle is not None

    def move(x: int) -> None:
        bench.qtbot.mouseMove(handle, QPoint(x, 5))

    move(5)
    assert bench.lock.seen == 0, "the agent knows of the unlock"
    bench.clock.time += EVERY_S
    move(9)
    move(12)
    bench.qtbot.waitUntil(lambda: bench.lock.seen == 1)
    window.keys.open_sheet()
    dialog = window.keys.sheet
    bench.qtbot.waitExposed(dialog)
    shown = dialog.windowHandle()
    assert shown is not None
    bench.qtbot.waitUntil(lambda: QApplication.focusWindow() is shown)
    bench.clock.time += EVERY_S
    bench.qtbot.keyClick(shown, Qt.Key.Key_Down)
    bench.qtbot.waitUntil(lambda: bench.lock.seen == 2)
