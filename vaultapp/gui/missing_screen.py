"""What stands in the window when a vault that was opened here before is not at its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from vaultapp.core.printable import printable
from vaultapp.gui.home_path import home_path
from vaultapp.gui.look import Look
from vaultapp.gui.screen import Screen
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import centred, column, row
from vaultapp.gui.widgets.notices import Notices

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WIDTH = 480


class MissingScreen(Screen):
    """Says where the vault was, and what can be done.

    Args:
        look: Colours and fonts.
        path: Where it was.
    """

    vault_absent = True

    look_again = Signal()
    open_other = Signal()
    make_new = Signal()

    def __init__(self, look: Look, path: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.notices = Notices(look)
        title = Text(look, self.tr("{name} is not at its place").format(name=printable(path.stem)), Style.DISPLAY)
        where = Elided(look, home_path(path), Style.MONO, "hint")
        where.setAlignment(_CENTRE)
        where.setFixedWidth(look.px(_WIDTH))
        line = Text(
            look,
            self.tr("The file was moved, or the drive that holds it is not connected. Nothing was made in its place."),
            tone="secondary",
            wrap=True,
        )
        line.setAlignment(_CENTRE)
        line.setFixedWidth(look.px(_WIDTH))
        self.again = Button(look, self.tr("Look again"), "primary", "rotate-cw", "lg")
        self.other = Button(look, self.tr("Open another vault…"), size="lg")
        self.new = Button(look, self.tr("Make a new vault…"), size="lg")
        self.setLayout(
            column(
                self.notices,
                None,
                (Glyph(look, "search", 40, "text3", 1.4), _CENTRE),
                16,
                (title, _CENTRE),
                8,
                (where, _CENTRE),
                8,
                centred(line),
                24,
                (row(self.again, self.other, self.new), _CENTRE),
                None,
                None,
                gap=0,
                margins=(0, 16, 0, 0),
            )
        )
        self.again.clicked.connect(self.look_again)
        self.other.clicked.connect(self.open_other)
        self.new.clicked.connect(self.make_new)

    def come_back(self) -> None:
        """Take the focus again, at what was asked for."""
        self.new.setFocus()
