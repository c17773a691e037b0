"""Switch, timeline, flow, edited text, list of words, times."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vaultapp.core.clock import DAY
from vaultapp.core.sentences import Sentence
from vaultapp.gui import moments
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.edited_text import EditedText
from vaultapp.gui.widgets.flow import Flow
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.widgets.switch import Switch
from vaultapp.gui.widgets.timeline import Mark, Step, Timeline
from vaultapp.gui.widgets.word_list import WordList

NOON = 1_795_521_600_000_000
HOUR = 3_600_000_000


def steps(number: int) -> list[Step]:
    return [
        Step(n, Mark.CURRENT if n == number else Mark.PREVIOUS, f"Version {n}", "Decrypts", action="Disable")
        for n in range(number, 0, -1)
    ]


def test_a_switch_is_told_to_screen_readers_and_turned_by_space_and_click(qtbot: QtBot, look: Look) -> None:
    switch = Switch(look, "Automatic rotation")
    qtbot.addWidget(switch)
    switch.show()
    interface = QAccessible.queryAccessibleInterface(switch)
    assert interface.role() == QAccessible.Role.CheckBox
    assert interface.text(QAccessible.Text.Name) == "Automatic rotation"
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert not switch.isChecked()
    switch.setEnabled(False)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert not switch.isChecked()


def test_on_and_off_differ_in_shape(qtbot: QtBot, look: Look) -> None:
    switch = Switch(look, "x")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())

    def row() -> list[int]:
        image = switch.grab().toImage()
        return [image.pixelColor(x, 10).lightness() for x in range(36)]

    off = row()
    switch.setChecked(True)
    on = row()
    knob_off = [x for x in range(3, 33) if off[x] < off[18]]
    knob_on = [x for x in range(3, 33) if on[x] > on[10] + 40]
    assert max(knob_off) < 18 < min(knob_on)


def test_a_long_timeline_is_shown_in_parts(qtbot: QtBot, look: Look) -> None:
    line = Timeline(look)
    qtbot.addWidget(line)
    line.resize(320, 400)
    line.show()
    line.set_steps(steps(60))
    assert [node.title.text() for node in line.nodes] == [f"Version {n}" for n in range(60, 54, -1)]
    assert line.more_button.text() == "Show 54 more"
    qtbot.mouseClick(line.more_button, Qt.MouseButton.LeftButton)
    assert len(line.nodes) == 56
    qtbot.mouseClick(line.more_button, Qt.MouseButton.LeftButton)
    assert len(line.nodes) == 60
    assert not line.more_button.isVisible()
    line.set_steps(steps(61))
    assert len(line.nodes) == 61
    line.set_steps(steps(8), fresh=True)
    assert len(line.nodes) == 6


def test_a_step_tells_which_it_is_when_its_link_is_pressed(qtbot: QtBot, look: Look) -> None:
    line = Timeline(look)
    qtbot.addWidget(line)
    line.show()
    line.set_steps(steps(3))
    with qtbot.waitSignal(line.acted) as told:
        qtbot.mouseClick(line.nodes[1].link, Qt.MouseButton.LeftButton)
    assert told.args == [2]
    assert line.nodes[1].accessibleName() == "Version 2. Decrypts"


def test_the_marks_of_a_timeline_differ_in_shape(qtbot: QtBot, look: Look) -> None:
    line = Timeline(look)
    qtbot.addWidget(line)
    line.resize(320, 200)
    line.show()
    pictures = []
    for mark in Mark:
        line.set_steps([Step(1, mark, "Version 1", "x")])
        line.adjustSize()
        image = line.nodes[0].grab(QRect(0, 0, 20, 30)).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.append(bytes(image.constBits()))
    # A step that is to come looks as a version that was: both are only rings, on lines that are not mixed.
    assert len(set(pictures)) == len(Mark) - 1


def test_buttons_go_to_a_second_line_where_it_is_narrow(qtbot: QtBot, look: Look) -> None:
    buttons = [Button(look, text) for text in ("Rotate now", "Export…", "Disable")]
    box = QWidget()
    qtbot.addWidget(box)
    box.setLayout(Flow(*buttons))
    layout = box.layout()
    assert layout is not None
    wide = layout.sizeHint().width()
    assert layout.heightForWidth(wide) == buttons[0].sizeHint().height()
    assert layout.heightForWidth(wide - 1) == 2 * buttons[0].sizeHint().height() + 8
    box.resize(wide - 1, 100)
    box.show()
    assert [button.y() for button in buttons] == [0, 0, buttons[0].height() + 8]
    assert buttons[2].x() == 0
    buttons[1].hide()
    layout.activate()
    assert {buttons[0].y(), buttons[2].y()} == {0}


def test_a_message_bar_shows_no_window_of_its_own_while_it_is_made(qtbot: QtBot, look: Look) -> None:
    before = len(QGuiApplication.topLevelWindows())
    bar = MessageBar(look, "bad", "Head", "Body")
    qtbot.addWidget(bar)
    assert len(QGuiApplication.topLevelWindows()) == before
    assert not bar.body.isHidden()


def test_a_text_is_changed_in_its_place_and_left_with_escape(qtbot: QtBot, look: Look) -> None:
    part = EditedText(look, "Name", "Rename", "None")
    qtbot.addWidget(part)
    part.show()
    part.show_text("")
    assert part.text.text() == "None"
    part.show_text("a\tb")
    assert part.text.text() == "a\\tb"
    qtbot.mouseClick(part.pencil, Qt.MouseButton.LeftButton)
    edit = part.field.edit
    assert isinstance(edit, QLineEdit)
    edit.setText("new")
    with qtbot.waitSignal(part.entered) as told:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert told.args == ["new"]
    assert not part.field.save_button.isEnabled()
    part.refuse(Sentence("It is taken.", "Nothing was changed.", "Choose another."))
    assert part.field.problem.text() == "It is taken. Choose another."
    assert edit.accessibleDescription() == "It is taken. Choose another."
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert part.text.isVisible()
    assert part.text.text() == "a\\tb"


def test_a_word_can_be_taken_away_and_one_added(qtbot: QtBot, look: Look) -> None:
    add = Button(look, "Add alias", "link")
    words = WordList(look, "Alias", "payroll", "None yet.", add)
    qtbot.addWidget(words)
    qtbot.addWidget(add)
    words.show()
    words.show_words([("a", "first"), ("b", "second")])
    assert words.crosses["b"].accessibleName() == "Remove second"
    with qtbot.waitSignal(words.removed) as told:
        qtbot.mouseClick(words.crosses["b"], Qt.MouseButton.LeftButton)
    assert told.args == ["b"]
    words.begin()
    qtbot.keyClicks(words.field.edit, "third")
    with qtbot.waitSignal(words.added) as told:
        qtbot.keyClick(words.field.edit, Qt.Key.Key_Return)
    assert told.args == ["third"]
    words.show_words([])
    assert words.crosses == {}


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (NOON, "just now"),
        (NOON - 4 * 60_000_000, "just now"),
        (NOON - HOUR, "today"),
        (NOON - DAY, "yesterday"),
        (NOON - 60 * DAY, "Sep"),
        (NOON - 400 * DAY, "2025"),
        (NOON + HOUR, "today"),
    ],
)
def test_when_something_was(micros: int, text: str) -> None:
    assert text in moments.ago(micros, NOON)


@pytest.mark.parametrize(
    ("after", "days"), [(-DAY, 0), (0, 0), (1, 1), (DAY, 1), (DAY + 1, 2), (9 * DAY - HOUR, 9), (30 * DAY, 30)]
)
def test_days_that_are_left_count_the_one_that_has_begun(after: int, days: int) -> None:
    assert moments.days_until(NOON + after, NOON) == days
