"""The focus goes back to where the person had it, and is not taken from where they went since."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.stoppable_button import StoppableButton
from vaultapp.gui.widgets.toast import Toast, Toasts


@pytest.fixture
def box(qtbot: QtBot) -> QWidget:
    box = QWidget()
    box.setLayout(QVBoxLayout())
    qtbot.addWidget(box)
    return box


def shown(qtbot: QtBot, box: QWidget, *parts: QWidget) -> None:
    layout = box.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)


def test_a_button_gets_the_focus_back_after_its_work(qtbot: QtBot, look: Look, box: QWidget) -> None:
    button, field = Button(look, "Encrypt"), QLineEdit()
    shown(qtbot, box, button, field)
    button.setFocus()
    button.set_busy(True)
    assert field.hasFocus()
    button.set_busy(False)
    assert button.hasFocus()


def test_a_button_takes_no_focus_from_where_the_person_went(qtbot: QtBot, look: Look, box: QWidget) -> None:
    button, field, other = Button(look, "Encrypt"), QLineEdit(), QLineEdit()
    shown(qtbot, box, button, field, other)
    button.setFocus()
    button.set_busy(True)
    other.setFocus()
    button.set_busy(False)
    assert other.hasFocus()


def test_a_button_gets_the_focus_back_from_what_has_gone_but_not_from_a_field(
    qtbot: QtBot, look: Look, box: QWidget
) -> None:
    button, short_lived, other, field = Button(look, "Encrypt"), Button(look, "Show"), Button(look, "No"), QLineEdit()
    shown(qtbot, box, button, short_lived, other, field)
    for gone_to, back in ((other, True), (field, False)):
        short_lived.show()
        button.setFocus()
        button.set_busy(True)
        assert short_lived.hasFocus()
        short_lived.hide()
        gone_to.setFocus()
        button.set_busy(False)
        assert button.hasFocus() is back


def test_a_button_without_the_focus_takes_none(qtbot: QtBot, look: Look, box: QWidget) -> None:
    button, field = Button(look, "Encrypt"), QLineEdit()
    shown(qtbot, box, button, field)
    field.setFocus()
    button.set_busy(True)
    button.set_busy(False)
    assert field.hasFocus()


def test_the_focus_is_on_the_cross_while_work_can_be_stopped(qtbot: QtBot, look: Look, box: QWidget) -> None:
    button, field = StoppableButton(look, "Check", "{percent} %", "Stop"), QLineEdit()
    shown(qtbot, box, button, field)
    button.button.setFocus()
    button.start()
    assert button.stop_button.hasFocus()
    button.rest()
    assert button.button.hasFocus()
    button.start()
    field.setFocus()
    button.rest()
    assert field.hasFocus()


@pytest.fixture
def toasts(look: Look, box: QWidget) -> Toasts:
    return Toasts(look, box)


def said(toasts: Toasts) -> Toast:
    toasts.say("Key deleted", action="Undo", undo=lambda: None)
    assert toasts.shown is not None
    return toasts.shown


def tell(widget: QWidget | None, kind: QEvent.Type) -> None:
    assert widget is not None
    QCoreApplication.sendEvent(widget, QEvent(kind))


def test_a_toast_waits_while_the_pointer_is_anywhere_on_it(qtbot: QtBot, box: QWidget, toasts: Toasts) -> None:
    shown(qtbot, box, QLineEdit())
    toast = said(toasts)
    tell(toast, QEvent.Type.Enter)
    tell(toast.button, QEvent.Type.Enter)
    tell(toast.button, QEvent.Type.Leave)
    assert not toasts._timer.isActive()
    tell(toast, QEvent.Type.Leave)
    assert toasts._timer.isActive()


def test_a_toast_waits_while_the_focus_is_in_it(qtbot: QtBot, box: QWidget, toasts: Toasts) -> None:
    field = QLineEdit()
    shown(qtbot, box, field)
    toast = said(toasts)
    assert toast.button is not None
    toast.button.setFocus()
    tell(toast, QEvent.Type.Enter)
    tell(toast, QEvent.Type.Leave)
    assert not toasts._timer.isActive()
    field.setFocus()
    assert toasts._timer.isActive()


def test_a_toast_gives_the_focus_back(qtbot: QtBot, box: QWidget, toasts: Toasts) -> None:
    field, last = QLineEdit(), QLineEdit()
    shown(qtbot, box, QLineEdit(), field, last)
    field.setFocus()
    toast = said(toasts)
    assert toast.button is not None
    toast.button.setFocus()
    qtbot.keyClick(toast.button, Qt.Key.Key_Space)
    assert toasts.shown is None
    assert field.hasFocus()


def test_a_busy_button_without_an_icon_shows_no_letter_beneath_its_ring(qtbot: QtBot, look: Look, box: QWidget) -> None:
    buttons = Button(look, "Make the vault", "primary"), Button(look, "WWWWWWWWWWWWWW", "primary")
    shown(qtbot, box, *buttons)
    for button in buttons:
        button.setFixedWidth(160)
        button.set_busy(True)
    qtbot.waitUntil(lambda: buttons[0].size() == buttons[1].size())
    one, other = (button.grab().toImage() for button in buttons)
    assert one == other
