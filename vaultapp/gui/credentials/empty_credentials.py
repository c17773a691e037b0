"""What stands where the credentials would, while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, frame, row
from vaultapp.gui.widgets.option_card import OptionCard

_WIDTH = 700
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyCredentials(QWidget):
    """Says what a credential is for, and offers to make one or to bring some in.

    Args:
        look: Colours and fonts.
    """

    wanted = Signal(str)  # kind; empty to choose one

    def __init__(self, look: Look) -> None:
        super().__init__()
        head = Text(look, self.tr("No credentials yet"), Style.TITLE, wrap=True)
        line = self.tr(
            "Programs ask for vault://name and always get the current password, even right after a rotation."
        )
        below = Text(look, line, tone="secondary", wrap=True)
        for text in (head, below):
            text.setAlignment(_MIDDLE)
        cards = (
            (
                "mysql",
                "database",
                self.tr("A database account"),
                self.tr("MySQL, PostgreSQL or Redis. Rotated while programs keep running."),
            ),
            ("aws", "cloud", self.tr("An AWS access key"), self.tr("Replaced by a second key, then retired.")),
            (
                "login",
                "globe",
                self.tr("A login, token or note"),
                self.tr("Kept and versioned. You rotate it by hand."),
            ),
        )
        self.cards: dict[str, OptionCard] = {}
        boxes = []
        for kind, icon, name, about in cards:
            card = OptionCard(look, name, about, icon)
            card.clicked.connect(lambda _on=False, kind=kind: self.wanted.emit("aws" if kind == "aws" else ""))
            self.cards[kind] = card
            # All of the card is what is pressed, however high the highest one is.
            policy = card.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.MinimumExpanding)
            card.setSizePolicy(policy)
            boxes.append((frame(column((card, 1), margins=(1, 1, 1, 1)), card="1"), 1))
        self.new_button = Button(look, self.tr("New credential"), "primary", "plus")
        self.import_button = Button(look, self.tr("Import from KeePass, Bitwarden or CSV…"), icon="download")
        self.new_button.clicked.connect(lambda: self.wanted.emit(""))
        inner = QWidget()
        inner.setMaximumWidth(look.px(_WIDTH))
        inner.setLayout(
            column(
                (Glyph(look, "rectangle-ellipsis", 40, "text3", 1.3), _MIDDLE),
                8,
                head,
                below,
                18,
                row(*boxes, gap=12),
                18,
                row(None, self.new_button, self.import_button, None),
                gap=4,
            )
        )
        self.setLayout(column(None, row(20, None, (inner, 20), None, 20, gap=0), None, None, gap=0))
