"""Name and value pairs that are bound to what is encrypted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from vaultapp.contracts.text import RESERVED_NAMES
from vaultapp.core.printable import printable
from vaultapp.gui import messages
from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, row

_NAME = 180
_COMPACT_NAME = 120


class _PairRow(QWidget):
    """One pair and what is wrong with it."""

    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, name_width: int) -> None:
        super().__init__()
        self.name = self._field(look, self.tr("Name of a pair"), self.tr("Name"))
        self.value = self._field(look, self.tr("Value of the pair"), self.tr("Value"))
        self.name.setFixedWidth(look.px(name_width))
        self.remove_button = Button(look, kind="ghost", icon="x", name=self.tr("Remove pair"))
        self.remove_button.clicked.connect(self.removed)
        self.problem = Text(look, style=Style.CAPTION, tone="bad", wrap=True)
        self._under = QWidget()
        self._under.setLayout(row(Glyph(look, "circle-x", 14, "bad"), (self.problem, 1), gap=6))
        self._under.hide()
        fields = row(self.name, Text(look, "="), self.value, self.remove_button)
        self.setLayout(column(fields, self._under, gap=4))

    @property
    def empty(self) -> bool:
        return not self.name.text() and not self.value.text()

    def refuse(self, why: str) -> None:
        """Say what is wrong; nothing for an empty text."""
        set_state(self.name, "state", "bad" if why else "")
        self.problem.setText(why)
        self._under.setVisible(bool(why))
        self.name.setAccessibleDescription(why)

    def _field(self, look: Look, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(look.font(Style.MONO))
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setProperty("quiet", "1")
        field.setAcceptDrops(False)
        field.textChanged.connect(self.changed)
        return field


class ContextCard(QFrame):
    """The pairs, for encrypting and for decrypting. A pair of which both fields are empty does not count.

    Args:
        look: Colours and fonts.
        compact: For a small window: without the words that say what the pairs are.
    """

    changed = Signal()

    def __init__(self, look: Look, *, compact: bool = False) -> None:
        super().__init__()
        self._look = look
        self._name_width = _COMPACT_NAME if compact else _NAME
        self._encrypting = True
        self._problems = False
        self.setProperty("card", "1")
        self.rows: list[_PairRow] = []
        self.add_button = Button(look, self.tr("Add pair"), "ghost", "plus")
        self.add_button.setAccessibleName(self.tr("Add a context pair"))
        head = row(Text(look, self.tr("Context"), Style.STRONG), None, self.add_button, gap=10)
        if not compact:
            hint = self.tr("Must match word for word when decrypting. Not secret.")
            head.insertWidget(1, Text(look, hint, Style.CAPTION, "hint"))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._layout = column(head, self._list, gap=6, margins=(14, 9, 12, 9))
        self.setLayout(self._layout)
        self.add_button.clicked.connect(self.add)

    @property
    def pairs(self) -> dict[str, str]:
        """What is given, word for word."""
        return {pair.name.text(): pair.value.text() for pair in self.rows if not pair.empty}

    @property
    def usable(self) -> bool:
        """False while something is wrong with a pair."""
        return not self._problems

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Name and value of every pair, also of those that are not usable yet."""
        return tuple((pair.name.text(), pair.value.text()) for pair in self.rows)

    def fill(self, fields: Sequence[tuple[str, str]]) -> None:
        """Add pairs with their names and values."""
        for name, value in fields:
            self._add()
            self.rows[-1].name.setText(name)
            self.rows[-1].value.setText(value)

    def add(self) -> None:
        """Add an empty pair and go to its name."""
        self._add()
        self.rows[-1].name.setFocus()

    def _add(self) -> None:
        pair = _PairRow(self._look, self._name_width)
        pair.changed.connect(self._check)
        pair.removed.connect(lambda: self._remove(pair))
        self.rows.append(pair)
        self._list.addWidget(pair)
        pair.show()

    def set_encrypting(self, encrypting: bool) -> None:
        """Say what the pairs are for: names that are kept for programs may be given when decrypting."""
        if encrypting != self._encrypting:
            self._encrypting = encrypting
            self._look_at_all()

    def _remove(self, pair: _PairRow) -> None:
        at = self.rows.index(pair)
        self.rows.remove(pair)
        self._list.removeWidget(pair)
        pair.hide()
        pair.deleteLater()
        left = self.rows[min(at, len(self.rows) - 1)].name if self.rows else self.add_button
        left.setFocus()
        self._check()

    def _check(self) -> None:
        self._look_at_all()
        self.changed.emit()

    def _look_at_all(self) -> None:
        given = [pair for pair in self.rows if not pair.empty]
        times = Counter(pair.name.text() for pair in given)
        seen: set[str] = set()
        self._problems = False
        for pair in self.rows:
            name = pair.name.text()
            why = ""
            if pair in given:
                why = self._problem(name, again=times[name] > 1 and name in seen)
                seen.add(name)
            pair.refuse(why)
            self._problems = self._problems or bool(why)

    def _problem(self, name: str, *, again: bool) -> str:
        if not name:
            return messages.message("invalid_value", {"field": "context", "reason": "empty_name"}).what
        if again:
            return self.tr("“{name}” is there already.").format(name=printable(name))
        if self._encrypting and name.startswith(RESERVED_NAMES):
            return messages.message("context_reserved", {"name": name}).what
        return ""
