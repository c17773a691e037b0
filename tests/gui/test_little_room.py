"""What components do with a text for which there is no room, and how a busy button looks."""

from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.labels import Badge
from vaultapp.gui.widgets.toast import Toasts

WORDS = "Remove the originals once the copies were verified"


def shown(qtbot: QtBot, part: QWidget, width: int) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(part)
    layout.addStretch(1)
    holder.setFixedSize(width, 200)
    with qtbot.waitExposed(holder):
        holder.show()
    return holder


def inked(image: QImage, left: float, right: float) -> int:
    """Return how many pixels between two shares of the width differ from the ground."""
    ground = image.pixelColor(image.width() // 2, 3)
    columns = range(int(image.width() * left), int(image.width() * right))
    return sum(image.pixelColor(x, y) != ground for x in columns for y in range(6, image.height() - 6))


@pytest.mark.parametrize("icon", ["", "copy"])
def test_the_ring_of_a_busy_button_lies_on_nothing(qtbot: QtBot, look: Look, icon: str) -> None:
    button, quiet = Button(look, "Encrypt", icon=icon), Button(look, "Encrypt", icon=icon)
    for part in (button, quiet):
        qtbot.addWidget(part)
        part.adjustSize()
    quiet.setEnabled(False)
    width = button.width()
    button.set_busy(True)
    assert button.width() == width
    busy, rest = button.grab().toImage(), quiet.grab().toImage()
    if icon:
        assert inked(busy, 0.5, 0.95) == inked(rest, 0.5, 0.95), "the text stays where it is"
        assert busy != rest
    else:
        assert inked(busy, 0.62, 0.95) == 0, "the ring stands where the text was"
        assert inked(rest, 0.62, 0.95) > 0


def test_a_button_that_is_too_narrow_is_whole_in_its_tooltip(qtbot: QtBot, look: Look) -> None:
    button = Button(look, WORDS)
    holder = shown(qtbot, button, 120)
    assert button.width() <= holder.width()
    assert button.toolTip() == WORDS
    width = button.width()
    button.setText(WORDS[::-1])
    assert (button.width(), button.toolTip()) == (width, WORDS[::-1]), "without being resized"
    button.setText(WORDS)
    image = button.grab().toImage()
    assert inked(image, 0.03, 0.08) == 0, "a cut text begins with its beginning"
    button.set_compact(True)
    button.resize(40, 30)
    assert button.toolTip() == WORDS, "the words that an icon alone stands for"
    button.set_compact(False)
    button.resize(button.sizeHint())
    assert button.toolTip() == ""


def test_a_tooltip_of_its_own_stays_when_a_button_is_cut(qtbot: QtBot, look: Look) -> None:
    button = Button(look, WORDS)
    button.setToolTip("Why not")
    holder = shown(qtbot, button, 120)
    assert button.width() <= holder.width()
    assert button.toolTip() == "Why not"


def test_a_check_breaks_its_sentence_into_lines(qtbot: QtBot, look: Look) -> None:
    check = Check(look, WORDS)
    narrow = shown(qtbot, check, 160)
    assert check.height() >= 2 * look.px(16)
    wide = Check(look, WORDS)
    broad = shown(qtbot, wide, 600)
    assert wide.height() < check.height()
    assert narrow.isVisible()
    assert broad.isVisible()


def test_a_badge_that_is_too_narrow_is_whole_in_its_tooltip(qtbot: QtBot, look: Look) -> None:
    badge = Badge(look, WORDS)
    qtbot.addWidget(badge)
    badge.resize(80, 20)
    badge.show()
    assert badge.toolTip() == WORDS
    badge.resize(badge.sizeHint())
    assert badge.toolTip() == ""


def test_a_long_toast_breaks_its_sentence_in_a_narrow_window(qtbot: QtBot, look: Look) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 400)
    over.show()
    toasts = Toasts(look, over)
    toasts.say(f"{WORDS}. {WORDS}", undo=lambda: None, action="Undo")
    assert toasts.shown is not None
    one_line = toasts.shown.height()
    over.resize(420, 400)
    qtbot.waitUntil(lambda: toasts.shown is not None and toasts.shown.height() > one_line)
    assert over.rect().contains(toasts.shown.geometry())
    over.resize(900, 400)
    qtbot.waitUntil(lambda: toasts.shown is not None and toasts.shown.height() == one_line)


@pytest.mark.parametrize("covers_first", [True, False])
def test_what_is_said_on_a_page_stands_beside_the_panel_that_covers_it(bench: Bench, *, covers_first: bool) -> None:
    workspace = bench.workspace("keys", (860, 560))
    page = workspace.keys
    host = window_of(page).screens.host
    name = f"“{WORDS}” is disabled"

    def say() -> None:
        page.notices.tell("bad", Sentence("Personal was not rotated.", "The old version still works.", "Try again."))
        workspace.notices.tell("info", Sentence("2 credentials are due."))
        workspace.toasts.say(name, action="Undo", undo=lambda: None)

    if not covers_first:
        say()
    page.open_key(bench.keys.keys[0].key_id)
    if covers_first:
        say()
    panel = host.panel
    assert panel is not None

    def covered() -> list[QRect]:
        toast = workspace.toasts.shown
        assert toast is not None
        parts = (page.notices.bars[0], workspace.notices.bars[0], toast)
        places = [QRect(part.mapTo(host, QPoint(0, 0)), part.size()) for part in parts]
        return [place for place in places if place.intersects(panel.geometry()) or not host.rect().contains(place)]

    bench.qtbot.waitUntil(lambda: panel.x() + panel.width() == host.width() and covered() == [])
    assert panel.x() < host.width() - 100
    host.close_panel()
    workspace.toasts.say("Done")
    bench.qtbot.waitUntil(lambda: page.notices.bars[0].width() > 700)
    toast = workspace.toasts.shown
    assert toast is not None
    assert abs(toast.geometry().center().x() - workspace.ground.rect().center().x()) <= 1


def test_beside_a_panel_that_covers_nothing_messages_have_their_whole_room(bench: Bench) -> None:
    workspace = bench.workspace("keys", (1180, 760))
    page = workspace.keys
    page.open_key(bench.keys.keys[0].key_id)
    page.notices.tell("bad", Sentence("Personal was not rotated."))
    bench.qtbot.waitUntil(lambda: abs(page.notices.bars[0].width() - (page.width() - 48)) <= 1)


@pytest.mark.parametrize("size", [(1180, 760), (860, 560)])
@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_a_card_has_its_icon_over_words_that_are_whole(bench: Bench, size: tuple[int, int], language: str) -> None:
    bench.languages.choose(language)
    page = bench.workspace("credentials", size).credentials
    bench.qtbot.waitUntil(lambda: page.desk.shelf.loaded)
    for card in page.empty.cards.values():
        bench.qtbot.waitUntil(card.isVisible)
        assert card.height() >= card.heightForWidth(card.width())
        assert card._mark().bottom() <= card._words(card.width()).top()
        assert card._words(card.width()).left() == card._mark().left()


def test_many_errors_scroll_and_leave_the_page_its_room(bench: Bench) -> None:
    page = bench.workspace("keys", (860, 560)).keys
    for number in range(8):
        page.notices.tell("bad", Sentence(f"Something number {number} did not work.", "Nothing is lost.", "Try again."))
    bench.qtbot.waitUntil(lambda: page.notices.verticalScrollBar().maximum() > 0)
    assert page.notices.height() <= 0.4 * page.window().height() + 1
    assert page.table.height() > 200
    newest = page.notices.bars[0]
    assert newest.head.text() == "Something number 7 did not work."
    assert newest.visibleRegion().boundingRect().size() == newest.size()
    for bar in page.notices.bars[1:]:
        page.notices.remove(bar)
    bench.qtbot.waitUntil(lambda: page.notices.height() < 100)
    assert newest.visibleRegion().boundingRect().size() == newest.size()
