"""How long the log is, and what the check of its chain found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.contracts.activity import ChainReport
from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Elided, Glyph
from vaultapp.gui.widgets.layouts import row


class ChainState(QWidget):
    """A number of entries; with a chain before it once that was walked and is whole.

    Args:
        look: Colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._total = 0
        self._checked = ""
        self.glyph = Glyph(look, "link-2", 16, "ok")
        self.text = Elided(look, style=Style.CAPTION, elide=Qt.TextElideMode.ElideRight)
        self.text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setLayout(row(self.glyph, self.text, gap=6))
        self._show()

    @property
    def whole(self) -> bool:
        """True while the chain is known to be whole."""
        return bool(self._checked)

    def tell(self, total: int) -> None:
        """Say how many entries there are."""
        if total != self._total:
            self._total = total
            self._show()

    def found_whole(self, report: ChainReport, time: str) -> None:
        """The chain is whole, from its first entry to its last one at that time."""
        self._checked = self.tr("Numbers {first} to {last} were checked at {time}.").format(
            first=quantities.count(report.first), last=quantities.count(report.last), time=time
        )
        self._show()

    def forget(self) -> None:
        """What an earlier check found does not count any more."""
        self._checked = ""
        self._show()

    def _show(self) -> None:
        one = self._total == 1
        text = self.tr("1 entry") if one else self.tr("{n} entries").format(n=quantities.count(self._total))
        if self._checked:
            text = self.tr("{entries}, chain complete").format(entries=text)
        self.glyph.setVisible(bool(self._checked))
        self.text.setText(text if self._total else "")
        self.setToolTip(self._checked)
        self.setAccessibleName(self.text.whole)
        self.setAccessibleDescription(self._checked)
