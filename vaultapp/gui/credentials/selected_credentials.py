"""What can be done with several credentials at once."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.credentials import Credential
from vaultapp.gui import quantities
from vaultapp.gui.credentials.credential_asking import CredentialAsking
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.selection_bar import SelectionBar
from vaultapp.gui.widgets.table import Table
from vaultapp.gui.widgets.toast import Toasts

# To read very many rows only to count their targets takes a noticeable time.
_COUNTED = 2000


class SelectedCredentials(QObject):
    """The bar over the table's foot, and what its buttons do.

    Args:
        look: Colours and fonts.
        table: Whose selection it is.
        desk: Changes credentials.
        asking: Asks about them.
        toasts: Stand above the bar.
        page: Where the bar floats.
    """

    def __init__(
        self,
        look: Look,
        table: Table[Credential],
        desk: CredentialDesk,
        asking: CredentialAsking,
        toasts: Toasts,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._table = table
        self._desk = desk
        self._asking = asking
        self._toasts = toasts
        self.rotate_button = Button(look, self.tr("Rotate these now"), "primary", "rotate-cw")
        self.restore_button = Button(look, self.tr("Restore these"), "primary", "undo-2")
        self.export_button = Button(look, self.tr("Export…"), icon="upload")
        self.bin_button = Button(look, self.tr("Move to bin"), "danger-quiet", "trash-2")
        buttons = (self.rotate_button, self.restore_button, self.export_button, self.bin_button)
        self.bar = SelectionBar(look, page, *buttons)
        self.bar.cleared.connect(self._clear)
        self.rotate_button.clicked.connect(self._rotate)
        self.restore_button.clicked.connect(self._restore)
        self.export_button.clicked.connect(lambda: self._asking.ask_export(self._table.selected))
        self.bin_button.clicked.connect(self.delete)
        table.selection_changed.connect(self.sync)

    def sync(self) -> None:
        """Show the bar while two or more rows are selected; a panel of one of them would mislead then."""
        count = self._table.selected_count if not self._table.isHidden() else 0
        if count < 2:
            self.bar.hide()
            return
        binned, note = False, ""
        if count <= _COUNTED:
            rows = self._table.selected
            targets = len({row.target for row in rows if row.target})
            one, many = self.tr("1 target"), self.tr("{n} targets")
            note = quantities.counted(targets, one, many) if targets else ""
            self.rotate_button.setEnabled(any(self._desk.shelf.kind(row).rotates for row in rows))
            binned = rows[0].deletes_at is not None
        for button in (self.rotate_button, self.export_button, self.bin_button):
            button.setVisible(not binned)
        self.restore_button.setVisible(binned)
        self.bar.say(self.tr("{n} selected").format(n=quantities.count(count)), note)
        self._toasts.step_aside()
        self._asking.close_panel()

    def delete(self) -> None:
        """Move what is selected to the bin; what lies there already is asked about, one at a time."""
        rows = self._table.selected
        if not rows:
            return
        if rows[0].deletes_at is None:
            self._clear()
            self._desk.actions.delete(rows)
        elif len(rows) == 1:
            self._asking.ask_destroy(rows[0])

    def _rotate(self) -> None:
        rows = [row for row in self._table.selected if self._desk.shelf.kind(row).rotates]
        self._clear()
        self._desk.rotations.rotate(rows)

    def _restore(self) -> None:
        rows = self._table.selected
        self._clear()
        self._desk.actions.restore(rows)

    def _clear(self) -> None:
        self._table.clearSelection()
        self._table.setFocus()
