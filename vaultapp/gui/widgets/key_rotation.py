"""How often a key rotates by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.keys import Key, KeyState
from vaultapp.gui import key_words
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.switch import Switch

_USUAL = 90


class KeyRotation(QWidget):
    """A period and when its time comes next; the switch stands in the section's head.

    Args:
        look: Colours and fonts.
    """

    wanted = Signal(object)  # days; None for never

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.switch = Switch(look, self.tr("Automatic rotation"))
        self.period = Chooser(look, self.tr("Rotation period"))
        self.period.setMaximumWidth(look.px(150))
        self.when = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self._off = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self._on = QWidget()
        self._on.setLayout(row(self.period, (self.when, 1), gap=10))
        self.setLayout(column(self._on, self._off, gap=0))
        self._days = _USUAL
        self.switch.clicked.connect(lambda on: self.wanted.emit(self._days if on else None))
        self.period.picked.connect(self.wanted)

    def show_key(self, key: Key, now: int) -> None:
        """Show how a key is set."""
        days = key.rotation_days
        made_here = key.origin == key_words.CREATED
        self.switch.setChecked(days is not None)
        self.switch.setEnabled(made_here and key.state is not KeyState.PENDING_DELETION)
        self.period.setEnabled(self.switch.isEnabled())
        self._days = days or _USUAL
        periods = sorted({*key_words.PERIODS, self._days})
        self.period.offer([Choice(n, key_words.period(n)) for n in periods], self._days)
        self.when.setText(key_words.next_time(key, now))
        self._on.setVisible(days is not None)
        self._off.setVisible(days is None)
        imported = self.tr("Its material came from elsewhere and is not made anew here.")
        self._off.setText(self.tr("It rotates only when asked.") if made_here else imported)
