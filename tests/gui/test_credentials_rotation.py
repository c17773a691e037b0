"""A rotation is watched step by step, and how it ended is always said."""

from __future__ import annotations

from uuid import uuid4

import pytest
from conftest import Bench, window_of
from msgspec import structs
from PySide6.QtCore import Qt

from tests.gui.credentials_page_driver import (
    at,
    click_row,
    line,
    open_row,
    opened,
    press,
    shown_toast,
    undo,
)
from tests.gui.samples import NOON
from vaultapp.contracts.rotation import (
    RotationChanged,
    RotationOutcome,
    RotationPlan,
    RotationReason,
    RotationState,
    RotationStep,
)
from vaultapp.core.errors import InvalidValue
from vaultapp.core.target_errors import TargetDenied, TargetUnreachable
from vaultapp.gui.dialogs.emergency_dialog import EmergencyDialog
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.widgets.timeline import Mark

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(bench: Bench) -> CredentialsPage:
    return opened(bench)


def marks(page: CredentialsPage) -> list[Mark]:
    assert page.panel is not None
    return [node.step.mark for node in page.panel.card.timeline.nodes if node.step is not None]


def test_the_four_steps_are_shown_as_they_go(bench: Bench, page: CredentialsPage) -> None:
    bench.rotation.gates[RotationStep.TEST].clear()
    panel = open_row(bench, page, 0)
    assert not panel.card.isVisible()
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: marks(page) == [Mark.DONE, Mark.DONE, Mark.RUNNING, Mark.TODO])
    assert panel.card.title.text() == "Rotating now"
    assert panel.card.timeline.nodes[2].caption.text() == "Logging in as shop_app with the new password…"
    assert line(page, 0)[-1] == "Rotating 3 of 4"
    assert panel.cancel_button.isVisible()
    assert not panel.edit_button.isVisible()
    bench.qtbot.waitUntil(lambda: len(panel.versions.timeline.nodes) == 2)
    assert panel.versions.timeline.nodes[0].badge.text == "Pending"
    bench.rotation.gates[RotationStep.TEST].set()
    bench.qtbot.waitUntil(lambda: marks(page) == [Mark.DONE] * 4)
    bench.qtbot.waitUntil(lambda: panel.versions.timeline.nodes[0].badge.text == "Current")
    assert panel.card.after.text() == "The old password works until 12:30:00 too."
    assert shown_toast(bench, page).text.text() == "“Shop database” is rotated"
    bench.qtbot.waitUntil(lambda: panel.rotate_button.isEnabled() and not panel.cancel_button.isVisible())


def test_the_focus_is_where_it_was_when_a_rotation_is_over(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    for _ in range(2):
        # The second time a toast with a button is there, to which Qt would hand it on.
        panel.rotate_button.setFocus()
        panel._scroll.verticalScrollBar().setValue(300)
        press(bench, panel.rotate_button)
        bench.qtbot.waitUntil(lambda: not panel.rotate_button.isEnabled())
        bench.qtbot.waitUntil(lambda: panel.rotate_button.isEnabled() and not panel.cancel_button.isVisible())
        shown_toast(bench, page)
        bench.qtbot.waitUntil(panel.rotate_button.hasFocus)
        assert panel._scroll.verticalScrollBar().value() == 0, "the steps are at the top"


def test_one_that_is_cancelled_says_so(bench: Bench, page: CredentialsPage) -> None:
    bench.rotation.gates[RotationStep.SET].clear()
    panel = open_row(bench, page, 0)
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(panel.cancel_button.isVisible)
    bench.qtbot.waitUntil(lambda: panel.credential.rotation is not None)
    press(bench, panel.cancel_button)
    bench.qtbot.waitUntil(lambda: panel.card.title.text() == "Rotation cancelled")
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert page.notices.bars[0].head.text() == "The rotation of “Shop database” was cancelled."


def test_one_that_fails_says_what_is_still_true_and_what_to_do(bench: Bench, page: CredentialsPage) -> None:
    error = TargetDenied(target="db-1.example.net", account="shop_app")
    bench.rotation.fails["Shop database"] = (error, RotationStep.SET, RotationOutcome.FAILED)
    panel = open_row(bench, page, 0)
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    bar = page.notices.bars[0]
    assert bar.head.text() == "“Shop database” was not rotated. The old value still works."
    assert bar.body.text() == "db-1.example.net does not let “shop_app” make this change. Give the account that right."
    bench.qtbot.waitUntil(lambda: marks(page) == [Mark.DONE, Mark.FAILED, Mark.TODO, Mark.TODO])
    assert panel.card.problem.isVisible()
    assert panel.card.timeline.nodes[1].caption.text() == "db-1.example.net did not take it."
    bench.qtbot.waitUntil(lambda: line(page, 0)[-1] == "Failed, old kept")
    bench.rotation.fails.clear()
    again = bar.buttons[1]
    assert again.text() == "Try again"
    press(bench, again)
    bench.qtbot.waitUntil(lambda: marks(page) == [Mark.DONE] * 4)
    assert page.notices.bars == []


def test_one_without_an_answer_goes_on_by_itself_or_when_asked(bench: Bench, page: CredentialsPage) -> None:
    error = TargetUnreachable(target="db-1.example.net")
    bench.rotation.fails["Shop database"] = (error, RotationStep.SET, RotationOutcome.UNFINISHED)
    panel = open_row(bench, page, 0)
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: panel.card.title.text() == "Rotation unfinished")
    bench.qtbot.waitUntil(lambda: not panel.edit_button.isEnabled())
    assert panel.card.again_button.text() == "Go on"
    bench.rotation.fails.clear()
    press(bench, panel.card.again_button)
    bench.qtbot.waitUntil(lambda: panel.card.title.text() == "Rotated")


def test_a_selection_is_rotated_and_each_that_failed_is_named(bench: Bench, page: CredentialsPage) -> None:
    error = TargetUnreachable(target="db-1.example.net")
    for name in ("Shop database", "Reports database", "Session cache", "Build uploader"):
        bench.rotation.fails[name] = (error, RotationStep.SET, RotationOutcome.FAILED)
    for row in range(7):
        click_row(bench, page, row, CONTROL)
    press(bench, page.selection.rotate_button)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    bar = page.notices.bars[0]
    assert bar.head.text() == "4 of 5 were not rotated. Their old values still work."
    assert bar.body.text() == "Shop database, Reports database, Session cache, Build uploader"
    asked = bench.rotation.asked[0]
    assert "Registrar" not in asked, "nothing rotates a login"
    bench.rotation.fails.clear()
    press(bench, bar.buttons[0])
    bench.qtbot.waitUntil(lambda: shown_toast(bench, page).text.text() == "4 credentials are rotated")


def test_a_break_in_says_what_will_happen_then_rotates_all_at_the_target_and_shows_the_proof(
    bench: Bench, page: CredentialsPage
) -> None:
    bench.credentials.change(at(bench, "Reports database"), target="db-1.example.net:3306")
    panel = open_row(bench, page, 0)
    bench.qtbot.waitUntil(lambda: line(page, 1)[3] == "db-1.example.net:3306")
    panel.emergency_button.click()
    dialog = page.asking.dialog
    assert isinstance(dialog, EmergencyDialog)
    assert dialog.scope.text() == "All 2 at db-1.example.net:3306"
    assert dialog.names.text() == "Shop database, Reports database"
    assert dialog.cancel_button.isDefault()
    assert bench.rotation.asked == []
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: ("rotate_target", "db-1.example.net:3306", True) in bench.rotation.asked)
    bench.qtbot.waitUntil(lambda: panel.card.title.text() == "Rotated" and panel.card._lines.count() == 3)
    proof = [panel.card._lines.itemAt(at).widget().layout().itemAt(1).widget().text() for at in range(3)]
    assert proof == [
        "The new one logs in.",
        "The old one is refused.",
        "2 sessions opened with the old one were ended.",
    ]


def test_only_one_is_rotated_when_that_is_chosen(bench: Bench, page: CredentialsPage) -> None:
    page.asking.ask_emergency(at(bench, "Session cache"))
    dialog = page.asking.dialog
    assert isinstance(dialog, EmergencyDialog)
    assert [choice.value for choice in dialog.scope.choices] == [False]
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: bench.rotation.asked == [("rotate", "Session cache", True)])


def test_what_is_overdue_is_offered_at_unlock(bench: Bench, page: CredentialsPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    offer = workspace.due_offer
    assert offer is not None
    bench.qtbot.waitUntil(lambda: offer.bar is not None)
    assert offer.bar is not None
    workspace.turn_to("files")
    rotate = offer.bar.buttons[1]
    assert rotate.text() == "Rotate 1 due credential"
    press(bench, rotate)
    assert workspace.page is page
    bench.qtbot.waitUntil(lambda: ("rotate_due",) in bench.rotation.asked)
    assert offer.bar is None
    assert shown_toast(bench, page).text.text() == "“Build uploader” is rotated"


def test_the_plan_is_changed_and_taken_back(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    panel.schedule.period.picked.emit(90)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").plan.days == 90)
    assert shown_toast(bench, page).text.text() == "“Shop database” rotates by itself: Every 90 days"
    undo(bench, page)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").plan.days == 30)
    bench.qtbot.waitUntil(lambda: panel.credential.plan.days == 30)
    panel.schedule.window_of_day.picked.emit((60, 240))
    bench.qtbot.waitUntil(lambda: panel.schedule.window_of_day.text() == "01:00 to 05:00")
    press(bench, panel.schedule.switch)
    bench.qtbot.waitUntil(lambda: panel.schedule.when.text() == "It rotates only when asked.")
    assert at(bench, "Shop database").plan == RotationPlan()


def test_a_cron_line_that_is_refused_stands_there_to_be_changed(
    bench: Bench, page: CredentialsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = open_row(bench, page, 0)
    panel.schedule.period.picked.emit("own")

    def refuse(_credential: str, _plan: RotationPlan) -> RotationPlan:
        raise InvalidValue(field="cron", reason="cron")

    with monkeypatch.context() as patch:
        patch.setattr(bench.rotation, "schedule", refuse)
        panel.schedule.cron.edit.setText("x y")
        bench.qtbot.keyClick(panel.schedule.cron.edit, Qt.Key.Key_Return)
        bench.qtbot.waitUntil(panel.schedule.cron.problem.isVisible)
    panel.schedule.cron.edit.setText("0 3 * * 1")
    bench.qtbot.keyClick(panel.schedule.cron.edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: at(bench, "Shop database").plan.cron == "0 3 * * 1")
    bench.qtbot.waitUntil(lambda: panel.schedule.period.text() == "By “0 3 * * 1”")


def test_the_connection_is_tried(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    bench.rotation.check_fails = TargetUnreachable(target="db-1:3306")
    panel.connection.check_button.click()
    bench.qtbot.waitUntil(panel.connection.result.isVisible)
    assert panel.connection.result.head.text() == "db-1:3306 does not answer."
    bench.qtbot.waitUntil(panel.connection.check_button.isEnabled)
    panel.connection.check_button.click()
    bench.qtbot.waitUntil(lambda: panel.connection.result.head.text().startswith("The current value logs in."))
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: marks(page) == [Mark.DONE] * 4)
    assert not panel.connection.result.isVisible(), "that was found out about the value before"


def test_servers_that_were_never_tried_are_named(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 0)
    rows = [panel.connection._rows.itemAt(at).widget().layout() for at in range(panel.connection._rows.count())]
    texts = {row.itemAt(0).widget().text(): row.itemAt(row.count() - 1).widget().text() for row in rows}
    assert texts["Not tried against"] == "MySQL 5.7+"


def test_encryption_that_is_off_is_said_in_red(bench: Bench, page: CredentialsPage) -> None:
    panel = open_row(bench, page, 1)
    rows = [panel.connection._rows.itemAt(at).widget() for at in range(panel.connection._rows.count())]
    texts = {row.layout().itemAt(0).widget().text(): row.layout() for row in rows}
    encryption = texts["Encryption"]
    assert encryption.itemAt(encryption.count() - 1).widget().property("tone") == "bad"
    assert encryption.count() == 3, "an icon says it too"


def test_one_that_failed_by_its_schedule_is_said_once(bench: Bench, page: CredentialsPage) -> None:
    credential = at(bench, "Shop database")
    state = RotationState(
        rotation_id=uuid4(),
        reason=RotationReason.SCHEDULE,
        step=RotationStep.SET,
        outcome=RotationOutcome.UNFINISHED,
        started=NOON,
        error="target_unreachable",
        facts={"target": "db-1"},
    )
    for attempts in (1, 2):
        told = structs.replace(state, attempts=attempts)
        bench.vault.publish(RotationChanged(credential.credential_id, credential.identifier, told))
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    page.notices.remove(page.notices.bars[0])
    with bench.qtbot.waitSignal(page.desk.shelf.rotated):
        bench.vault.publish(RotationChanged(credential.credential_id, credential.identifier, state))
    assert page.notices.bars == [], "it was said, and dismissed"
    bench.vault.publish(
        RotationChanged(
            credential.credential_id, credential.identifier, structs.replace(state, outcome=RotationOutcome.STUCK)
        )
    )
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert page.notices.bars[0].head.text() == "“Shop database” is stuck: no value that is known here logs in."
    done = structs.replace(state, outcome=RotationOutcome.SUCCEEDED, error="", facts={})
    bench.vault.publish(RotationChanged(credential.credential_id, credential.identifier, done))
    bench.qtbot.waitUntil(lambda: page.notices.bars == [])
