"""What floats over a page covers nothing that a person types in or presses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.screens import Screens
from vaultapp.gui.widgets.free_place import free_place
from vaultapp.gui.widgets.toast import Toast

LONG = "“zzz-a-name-that-somebody-made-quite-long-zzz” is disabled. Nothing opens with it now"


def in_use(over: QWidget, toast: Toast) -> Iterator[QWidget]:
    for part in over.findChildren(QWidget):
        inner = toast.isAncestorOf(part)
        if isinstance(part, QLineEdit | QPlainTextEdit | QAbstractButton) and part.isVisible() and not inner:
            yield part


def covered(over: QWidget, toast: Toast) -> list[str]:
    found = []
    for part in in_use(over, toast):
        seen = part.visibleRegion().boundingRect()
        place = QRect(part.mapTo(over, seen.topLeft()), seen.size())
        if not seen.isEmpty() and place.intersects(toast.geometry()):
            found.append(f"{type(part).__name__} {part.accessibleName()}")
    return found


def text_page(bench: Bench, size: tuple[int, int]) -> tuple[Screens, TextPage]:
    page = bench.workspace("text", size).text
    return window_of(page).screens, page


@pytest.mark.parametrize("size", [(1180, 760), (860, 560)])
@pytest.mark.parametrize("pairs", [0, 1, 3])
@pytest.mark.parametrize("text", ["The plain text is cleared", LONG])
def test_a_toast_covers_no_field_of_the_text_page(bench: Bench, size: tuple[int, int], pairs: int, text: str) -> None:
    screens, page = text_page(bench, size)
    for _ in range(pairs):
        page.context.add()
    bench.qtbot.wait(20)
    screens.workspace.toasts.say(text, action="Undo", undo=lambda: None)
    toast = screens.workspace.toasts.shown
    assert toast is not None
    bench.qtbot.wait(20)
    over = toast.parentWidget()
    assert over.rect().contains(toast.geometry())
    fields = [name for name in covered(over, toast) if not name.startswith("TextEdit")]
    assert fields == []
    if text != LONG:
        assert covered(over, toast) == []


def test_a_toast_makes_way_for_a_field_that_comes_later(bench: Bench) -> None:
    screens, page = text_page(bench, (1180, 760))
    screens.workspace.toasts.say("The plain text is cleared", action="Undo", undo=lambda: None)
    toast = screens.workspace.toasts.shown
    assert toast is not None
    page.context.add_button.click()
    page.context.add_button.click()
    over = toast.parentWidget()
    bench.qtbot.waitUntil(lambda: page.context.rows[1].name.hasFocus() and covered(over, toast) == [])


@pytest.fixture
def over(bench: Bench) -> QWidget:
    over = QWidget()
    bench.qtbot.addWidget(over)
    over.resize(800, 600)
    return over


def box(over: QWidget, width: int = 200) -> QWidget:
    made = QWidget(over)
    made.resize(width, 44)
    return made


def test_with_room_it_stands_at_the_foot_in_the_middle(over: QWidget) -> None:
    assert free_place(over, box(over), 28) == QPoint(399 - 100, 599 - 44 - 28)


def test_it_goes_aside_before_it_goes_up(over: QWidget) -> None:
    field = QLineEdit(over)
    field.setGeometry(300, 540, 200, 30)
    over.show()
    place = free_place(over, box(over), 28)
    assert place.y() == 599 - 44 - 28
    assert not QRect(place.x(), place.y(), 200, 44).intersects(field.geometry())


def test_what_is_hidden_takes_no_room(over: QWidget) -> None:
    field = QLineEdit(over)
    field.setGeometry(0, 0, 800, 600)
    over.show()
    field.hide()
    assert free_place(over, box(over), 28) == QPoint(299, 527)


def test_where_all_is_in_use_it_covers_a_long_text_rather_than_a_field(over: QWidget) -> None:
    text, field = QPlainTextEdit(over), QLineEdit(over)
    text.setGeometry(0, 0, 800, 500)
    field.setGeometry(0, 500, 800, 100)
    over.show()
    place = free_place(over, box(over), 28)
    assert place.y() + 44 < 500
    assert place.y() > 400
