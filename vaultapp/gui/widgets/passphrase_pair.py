"""A new passphrase, typed twice, with its strength."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.passphrase_strength import Grade, Strength, drawn, estimate
from vaultapp.gui import strength
from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.passphrase_field import PassphraseField

_BARS = 5


class StrengthBars(QWidget):
    """Five bars."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._grade = Grade.NONE
        self.setFixedHeight(5)

    def show_grade(self, grade: Grade) -> None:
        """Fill as many bars."""
        self._grade = grade
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint them."""
        painter = QPainter(self)
        width = (self.width() - 4 * (_BARS - 1)) / _BARS
        full, line = self._look.colour(strength.tone_of(self._grade)), self._look.colour("line2")
        # High contrast has one colour for both: there the empty ones are outlines.
        empty = None if full == line else line
        for at in range(_BARS):
            bar = QRectF(at * (width + 4), 0, width, self.height())
            shapes.rounded(painter, bar, 2.5, full if at < self._grade else empty, None if empty else line)
        painter.end()


class PassphrasePair(QWidget):
    """Two fields, bars, and a suggestion. ``changed`` follows every change of what it holds or knows.

    Args:
        look: Colours and fonts.
        tasks: Estimates off the window's thread.
        suggest: Returns fresh words; blocks.
        known: Words that a guesser would try first.
        title: Over the first field, where it is not "Passphrase".
    """

    changed = Signal()
    suggested = Signal()

    def __init__(
        self, look: Look, tasks: TaskRunner, suggest: Callable[[], str], known: Sequence[str] = (), title: str = ""
    ) -> None:
        super().__init__()
        self._title = title or self.tr("Passphrase")
        self._look = look
        self._tasks = tasks
        self._suggest = suggest
        self._known = tuple(known)
        self._estimate: TaskHandle | None = None
        # What was suggested last: of it is known, not estimated, how hard it is to guess.
        self._drawn = ""
        self.strength = Strength(Grade.NONE, 0)
        caps_lock = CapsLock()
        self.first = PassphraseField(look, self._title, caps_lock=caps_lock)
        self.again = PassphraseField(look, self.tr("Passphrase once more"), caps_lock=caps_lock, eye=False)
        self.suggest_button = Button(look, self.tr("Suggest one"), "link", "dices")
        self._bars = StrengthBars(look)
        self._mark = Glyph(look, "shield-check", 16, "text3")
        self._word = Text(look, "", Style.STRONG)
        self._note = Elided(look, "", Style.BODY, "secondary", Qt.TextElideMode.ElideRight)
        self._same_mark = Glyph(look, "check", 16, "ok")
        self._same = Text(look, "", Style.CAPTION)
        self._build()
        self.first.textChanged.connect(self._typed)
        self.again.textChanged.connect(self._compare)
        self.first.caps_lock_changed.connect(self._compare)
        self.again.caps_lock_changed.connect(self._compare)
        self.suggest_button.clicked.connect(self._ask)
        self._typed()

    @property
    def ready(self) -> bool:
        """True when both are the same and not empty."""
        return bool(self.first.text()) and self.first.text() == self.again.text()

    def secret(self) -> bytearray:
        """Return the passphrase as UTF-8, for a callee that overwrites it."""
        return self.first.secret()

    def set_known(self, known: Sequence[str]) -> None:
        """Set the words that a guesser would try first."""
        self._known = tuple(known)
        self._typed()

    def clear(self) -> None:
        """Forget what was typed."""
        self._drawn = ""
        self.first.clear()
        self.again.clear()

    def _build(self) -> None:
        look = self._look
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Text(look, self._title, Style.STRONG))
        layout.addSpacing(6)
        layout.addWidget(self.first)
        layout.addSpacing(8)
        layout.addWidget(self._bars)
        layout.addSpacing(6)
        layout.addLayout(row(self._mark, self._word, (self._note, 1), self.suggest_button, gap=6))
        layout.addSpacing(18)
        layout.addWidget(Text(look, self.tr("Once more"), Style.STRONG))
        layout.addSpacing(6)
        layout.addWidget(self.again)
        layout.addSpacing(6)
        same = row(self._same_mark, self._same, None, gap=6)
        layout.addLayout(same)
        self._same_mark.setFixedHeight(look.px(18))

    def _typed(self) -> None:
        if self._estimate is not None:
            # Only the newest estimate is shown.
            self._estimate.let_go()
            self._estimate = None
        text = self.first.text()
        if text and text == self._drawn:
            self._estimated(drawn(strength.SUGGESTED_WORDS))
        elif text:
            known = self._known
            self._estimate = self._tasks.run(lambda _work: estimate(text, known))
            self._estimate.tell(self, done=self._estimated)
        else:
            self._estimated(Strength(Grade.NONE, 0))
        self._compare()

    def _estimated(self, found: Strength) -> None:
        self._estimate = None
        self.strength = found
        tone = strength.tone_of(found.grade)
        self._bars.show_grade(found.grade)
        self._word.setText(strength.words_of(found.grade))
        self._word.set_tone(tone)
        # Without a word its place would part the mark from the note.
        self._word.setVisible(found.grade is not Grade.NONE)
        if found.grade is Grade.NONE:
            self._mark.show_icon("shield-check", "text3")
            self._note.setText(self.tr("Four or more unrelated words"))
        else:
            self._mark.show_icon("shield-check" if found.grade >= Grade.STRONG else "triangle-alert", tone)
            nothing = "" if found.bits else self.tr("no name or date found in it")
            parts = strength.guesses(found), strength.found_in(found) or nothing
            self._note.setText(" · ".join(part for part in parts if part))
        self._bars.setAccessibleName(strength.words_of(found.grade))
        self.changed.emit()

    def _compare(self) -> None:
        first, again = self.first.text(), self.again.text()
        if any(field.hasFocus() and field.caps_lock_on for field in (self.first, self.again)):
            self._tell("arrow-big-up-dash", "warn", self.tr("Caps Lock is on"))
        elif again and first == again:
            self._tell("check", "ok", self.tr("Both are the same"))
        elif again and not first.startswith(again):
            self._tell("circle-x", "bad", self.tr("They differ"))
        else:
            self._tell("", "", "")
        self.changed.emit()

    def _tell(self, icon: str, tone: str, text: str) -> None:
        self._same_mark.setVisible(bool(icon))
        if icon:
            self._same_mark.show_icon(icon, tone)
        self._same.setText(text or " ")
        self._same.set_tone(tone)

    def _ask(self) -> None:
        self.suggest_button.setEnabled(False)
        task = self._tasks.run(lambda _work: strength.suggested(self._suggest()))
        task.tell(self, done=self._take, ended=lambda: self.suggest_button.setEnabled(True))

    def _take(self, passphrase: str) -> None:
        self._drawn = passphrase
        # Shown, because it has to be written down or learned, and typed once more by hand.
        self.first.setText(passphrase)
        self.first.set_revealed(True)
        self.again.clear()
        self.again.setFocus()
        self.suggested.emit()
