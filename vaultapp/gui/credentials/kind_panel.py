"""The first question about a new credential: what kind it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.gui.credentials import credential_words as words
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.option_row import OptionRow
from vaultapp.gui.widgets.panel_tile import PanelTile
from vaultapp.gui.widgets.side_panel import SidePanel

translate = QCoreApplication.translate


class KindPanel(SidePanel):
    """One row a kind.

    Args:
        look: Colours and fonts.
        kinds: In this order.
    """

    chosen = Signal(object)  # CredentialKind

    def __init__(self, look: Look, kinds: Sequence[CredentialKind]) -> None:
        title = translate("KindPanel", "New credential")
        line = translate("KindPanel", "What kind is it?")
        super().__init__(look, PanelTile(look, "plus"), title, line, title, under=Style.CAPTION)
        self.rows: dict[str, OptionRow] = {}
        for at, kind in enumerate(kinds):
            row = OptionRow(look, words.kind_name(kind.name), words.kind_line(kind), words.kind_icon(kind.name))
            row.clicked.connect(lambda _on=False, kind=kind: self.chosen.emit(kind))
            self.add(row, above=14 if not at else 2)
            self.rows[kind.name] = row
