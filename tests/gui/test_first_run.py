from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from conftest import Bench
from fakes import PASSPHRASE, WORDS
from PySide6.QtCore import Qt

from vaultapp.contracts.vault import KdfCost, VaultState
from vaultapp.core.errors import AccessDenied, MemoryMissing, SpaceMissing, VaultDamaged, VaultError, VaultExists
from vaultapp.gui.first_run import kit_step
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.session import LockNote, Reached, Session

LIST = WORDS.split()


def begin(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, Wizard]:
    window = bench.window(VaultState.MISSING, size=size)
    shown = window.screens.shown
    assert isinstance(shown, Wizard)
    return window, shown


def to_passphrase(bench: Bench, wizard: Wizard) -> None:
    bench.qtbot.mouseClick(wizard.welcome.new, Qt.MouseButton.LeftButton)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)


def to_kit(bench: Bench, wizard: Wizard) -> None:
    to_passphrase(bench, wizard)
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))


def type_words(wizard: Wizard) -> None:
    for field in wizard.kit.fields:
        field.edit.setText(LIST[field.number - 1])


def test_the_whole_way_makes_a_vault_with_a_first_key(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    assert not wizard.make.isEnabled()
    type_words(wizard)
    assert bench.vault.made is None
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    made = bench.vault.made
    assert made is not None
    assert made.passphrase == PASSPHRASE.encode()
    assert made.recovery_words == WORDS.encode()
    assert made.first_key == "Personal"
    assert made.cost == KdfCost(256 * 1024, 3, 2, 1000)
    assert bench.connects == []


def test_another_place_gets_its_agent_in_the_last_step_only(bench: Bench, tmp_path: Path) -> None:
    window, wizard = begin(bench)
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path / "elsewhere"))
    wizard.place.name.setText("Travel")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    wizard.passphrase.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    wizard._continue()
    bench.qtbot.waitUntil(lambda: bool(wizard.kit.facts.words))
    assert bench.connects == []
    type_words(wizard)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.connects == [tmp_path / "elsewhere" / "Travel.vault"]
    assert bench.vault.made is None
    assert not (tmp_path / "elsewhere").exists()


def test_back_always_works_and_keeps_what_was_typed(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    words = wizard.kit.facts.words
    for step in (2, 1, 0):
        bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
        assert wizard.step == step
    assert not wizard.back.isVisible()
    assert wizard.passphrase.pair.first.text() == PASSPHRASE
    wizard.go(3)
    assert wizard.kit.facts.words == words


def test_a_place_that_is_taken_is_said_at_the_place(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    (tmp_path / "there.vault").write_bytes(b"")
    wizard.go(1)
    wizard.place.set_folder(os.fsencode(tmp_path))
    wizard.place.name.setText("there")
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.place.under.text().startswith("There is a file of this name"))
    assert wizard.step == 1


@pytest.mark.parametrize("name", ["", "a/b", ".hidden", "x" * 260, "a\tb"])
def test_a_name_that_no_file_can_have_is_not_taken(bench: Bench, name: str) -> None:
    _, wizard = begin(bench)
    wizard.go(1)
    wizard.place.name.setMaxLength(1000)
    wizard.place.name.setText(name)
    assert not wizard.next.isEnabled()


@pytest.mark.parametrize(
    ("first", "again", "ready"),
    [
        (PASSPHRASE, PASSPHRASE, True),
        (PASSPHRASE, "", False),
        (PASSPHRASE, PASSPHRASE + "x", False),
        ("password", "password", False),
        ("", "", False),
    ],
)
def test_going_on_needs_the_same_passphrase_twice_and_not_a_very_weak_one(
    bench: Bench, first: str, again: str, ready: bool
) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    pair = wizard.passphrase.pair
    pair.first.setText(first)
    pair.again.setText(again)
    bench.qtbot.waitUntil(lambda: pair._estimate is None and wizard.passphrase.cost is not None)
    assert wizard.next.isEnabled() is ready


def test_the_cost_is_measured_here_and_told_with_what_it_costs_an_attacker(bench: Bench) -> None:
    bench.vault.gate.clear()
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    bar = wizard.passphrase.cost_bar
    assert bar.head.text().startswith("Measuring")
    assert not wizard.passphrase.change.isEnabled()
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: bar.head.text() == "Opening the vault takes 1.0 s and 256 MB on this computer.")
    wizard.passphrase.pair.first.setText(PASSPHRASE)
    bench.qtbot.waitUntil(lambda: "With a hundred graphics cards" in bar.body.text())


def test_a_dearer_cost_has_more_passes(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    bench.qtbot.waitUntil(lambda: wizard.passphrase.cost is not None)
    wizard.passphrase._set_factor(4)
    assert wizard.passphrase.cost == KdfCost(256 * 1024, 12, 2, 4000)
    assert "takes 4.0 s" in wizard.passphrase.cost_bar.head.text()


def test_a_suggestion_is_shown_and_must_be_typed_once_more(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    pair = wizard.passphrase.pair
    bench.qtbot.mouseClick(pair.suggest_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: pair.first.text() == " ".join(LIST[:6]))
    assert pair.first.revealed
    assert pair.again.text() == ""


def test_wrong_words_do_not_count_and_case_does_not_matter(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    field = wizard.kit.fields[0]
    right = field.edit.text()
    field.edit.setText("zoo")
    assert not wizard.make.isEnabled()
    field.edit.setText(f" {right.upper()} ")
    assert wizard.make.isEnabled()


def test_three_different_words_are_asked_for(bench: Bench) -> None:
    _, wizard = begin(bench)
    numbers = [field.number for field in wizard.kit.fields]
    assert len(set(numbers)) == 3
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(range(1, 25))


def test_the_kit_is_saved_as_a_pdf_that_only_this_user_may_read(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    target = tmp_path / "kit.pdf"
    target.write_bytes(b"older")
    target.chmod(0o644)
    wizard.kit.save_to(os.fsencode(target))
    bench.qtbot.waitUntil(lambda: "Saved" in wizard.kit._note.head.text())
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_pdf_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    wizard.kit.save_to(os.fsencode(tmp_path / "nowhere" / "kit.pdf"))
    bench.qtbot.waitUntil(lambda: wizard.kit._problem is not None)


def test_a_screen_reader_hears_the_words(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    assert wizard.kit.sheet.accessibleDescription().startswith("1 abandon, 2 ability")


def test_a_file_that_came_in_between_leads_back_to_the_place(bench: Bench) -> None:
    _, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.vault.fails_with = VaultExists(path="x")
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 1)
    assert wizard.passphrase.pair.first.text() == PASSPHRASE


def test_while_it_is_made_nothing_else_can_be_pressed(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.vault.gate.clear()
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    assert wizard.make.busy
    assert not wizard.back.isEnabled()
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)


def test_the_list_of_steps_goes_first_in_a_narrow_window(bench: Bench) -> None:
    _, wide = begin(bench)
    assert wide.steps.isVisible()
    _, narrow = begin(bench, (860, 560))
    assert not narrow.steps.isVisible()


def test_the_way_can_be_gone_by_keyboard(bench: Bench) -> None:
    _, wizard = begin(bench)
    assert wizard.welcome.new.hasFocus() or wizard.welcome.new.isVisible()
    bench.qtbot.keyClick(wizard.welcome.new, Qt.Key.Key_Space)
    assert wizard.step == 1
    bench.qtbot.keyClick(wizard.place.name, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)


def test_what_was_typed_is_overwritten_after_the_call(bench: Bench) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert len(bench.vault.given) == 2
    assert not any(any(secret) for secret in bench.vault.given)


def test_a_place_that_cannot_be_looked_at_is_said_at_the_place(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    _, wizard = begin(bench)
    wizard.go(1)
    monkeypatch.setattr(Path, "exists", refused)
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.place.name.property("state") == "bad")
    assert wizard.place.under.text().strip()
    assert wizard.step == 1


def test_another_place_that_failed_does_not_spoil_the_first_one(bench: Bench, tmp_path: Path) -> None:
    window, wizard = begin(bench)
    to_kit(bench, wizard)
    type_words(wizard)
    wizard.place.name.setText("Travel")
    made: list[Session] = []
    connect = bench.connect

    def connecting(path: Path) -> Reached:
        found = connect(path)
        if path.stem == "Travel":
            found.session.vault.fails_with = AccessDenied(path=str(path))  # type: ignore[attr-defined]
        made.append(found.session)
        return found

    wizard._agent._connect = connecting
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.kit._problem is not None)
    assert window.screens.session is made[0]
    wizard.place.name.setText(bench.session.path.stem)
    bench.qtbot.mouseClick(wizard.make, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    assert bench.connects == [tmp_path / "Travel.vault", bench.session.path]
    assert window.screens.session is bench.session


def test_a_cost_that_could_not_be_measured_stays_said_and_can_be_measured_again(bench: Bench) -> None:
    bench.vault.calibrate_fails_with = MemoryMissing(needed=64, free=10)
    _, wizard = begin(bench)
    to_passphrase(bench, wizard)
    step = wizard.passphrase
    bench.qtbot.waitUntil(step.again.isVisible)
    step.pair.first.setText(PASSPHRASE)
    step.pair.again.setText(PASSPHRASE)
    bench.qtbot.waitUntil(lambda: step.pair._estimate is None)
    assert "memory" in step.cost_bar.head.text()
    assert not wizard.next.isEnabled()
    bench.vault.calibrate_fails_with = None
    bench.qtbot.mouseClick(step.again, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(wizard.next.isEnabled)
    assert not step.again.isVisible()
    assert step.change.isVisible()


def test_a_full_stick_is_said_as_such(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: bytes, _data: bytearray) -> None:
        raise SpaceMissing(path="/media/stick", needed=0, free=0)

    _, wizard = begin(bench)
    to_kit(bench, wizard)
    monkeypatch.setattr(kit_step, "write_private", full)
    wizard.kit.save_to(os.fsencode(tmp_path / "kit.pdf"))
    bench.qtbot.waitUntil(lambda: wizard.kit._problem is not None)
    problem = wizard.kit._problem
    assert problem is not None
    assert "space" in problem.head.text()


def test_a_name_that_is_taken_is_not_proposed(bench: Bench) -> None:
    bench.session.path.write_bytes(b"")
    bench.session.path.with_name("Mara’s vault 2.vault").write_bytes(b"")
    _, wizard = begin(bench)
    for step in (wizard.place, wizard.target):
        bench.qtbot.waitUntil(lambda step=step: step.name.text() == "Mara’s vault 3")


def make_another(bench: Bench) -> tuple[MainWindow, Wizard]:
    window = bench.window(VaultState.UNLOCKED)
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("keys")
    workspace.sidebar.vault.new_wanted.emit()
    shown = window.screens.shown
    assert isinstance(shown, Wizard)
    return window, shown


def test_back_on_the_first_page_returns_to_the_open_vault(bench: Bench) -> None:
    window, wizard = make_another(bench)
    assert window.screens.workspace is None
    assert window.screens.drop_taker is None
    bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    workspace = window.screens.workspace
    assert workspace is not None
    assert workspace.isVisible()
    assert workspace.page is workspace.keys
    assert window.screens.drop_taker is workspace.files
    assert workspace.sidebar.vault.hasFocus()
    assert bench.connects == []


def test_an_open_vault_can_be_locked_from_the_way_to_another(bench: Bench) -> None:
    window, _ = make_another(bench)
    with bench.qtbot.waitSignal(window.lock_requested):
        bench.qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert bench.vault.state is VaultState.LOCKED


def test_back_after_the_other_agent_was_asked_opens_the_vault_anew(bench: Bench) -> None:
    window, wizard = make_another(bench)
    bench.vault.state = VaultState.LOCKED
    wizard._agent.reach(bench.session.path.with_name("new.vault"), lambda _session: None, lambda _error: None)
    bench.qtbot.waitUntil(lambda: window.screens.session is not bench.session)
    bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, LockScreen))
    assert window.screens.session is bench.session


COPY = b"/media/stick/mara-20261124T084100Z.vault"


def to_copy(bench: Bench) -> tuple[MainWindow, Wizard]:
    window, wizard = begin(bench)
    wizard.restore_from(COPY)
    assert wizard.step == 1
    bench.qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.step == 2)
    return window, wizard


def test_a_backup_is_restored_where_no_vault_is(bench: Bench) -> None:
    window, wizard = to_copy(bench)
    assert not wizard.restore.isEnabled()
    assert bench.vault.restores == []
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, PASSPHRASE)
    with bench.qtbot.waitSignal(window.lock_requested) as locked:
        bench.qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    assert bench.vault.restores == [(COPY, PASSPHRASE)]
    assert locked.args == [LockNote("restored", bench.clock.now())]
    assert not any(bench.vault.given[-1])


@pytest.mark.parametrize(
    ("error", "words"),
    [(None, "This passphrase does not open the copy."), (VaultDamaged(reason="not_a_vault"), "This file is not")],
)
def test_a_copy_that_does_not_open_leaves_nothing(bench: Bench, error: VaultError | None, words: str) -> None:
    _, wizard = to_copy(bench)
    bench.vault.fails_with = error
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, "wrong")
    bench.qtbot.keyClick(wizard.copy.passphrase.field, Qt.Key.Key_Return)

    def told() -> str:
        problem = wizard.copy._problem
        return problem.head.text() if problem is not None else wizard.copy.passphrase.under.text()

    bench.qtbot.waitUntil(lambda: told().startswith(words))
    assert wizard.step == 2
    assert wizard.restore.isEnabled()
    assert bench.vault.restores == []


def test_a_vault_that_came_to_the_place_meanwhile_is_not_replaced(bench: Bench) -> None:
    _, wizard = to_copy(bench)
    bench.qtbot.keyClicks(wizard.copy.passphrase.field, PASSPHRASE)
    bench.vault.state = VaultState.LOCKED
    bench.qtbot.mouseClick(wizard.restore, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: wizard.target.under.text().startswith("There is a file of this name"))
    assert wizard.step == 1
    assert bench.vault.restores == []


def test_from_the_way_back_one_can_still_make_a_new_vault(bench: Bench) -> None:
    _, wizard = to_copy(bench)
    for _ in range(2):
        bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    assert wizard.step == 0
    to_kit(bench, wizard)
    assert wizard.step == 3
