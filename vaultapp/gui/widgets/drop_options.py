"""How dropped files are worked on, beside the drop zone."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from vaultapp.contracts.files import Folders
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import Order, shown_name
from vaultapp.gui.saved_settings import DropChoices
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.check import Check
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.labels import Text

CARD_WIDTH = 268
PASSPHRASE = "passphrase"  # noqa: S105 - a choice, not a secret
_NARROW = 640
_OTHER = b"?"


class DropOptions(QFrame):
    """Key, destination, folders, and whether originals stay. A card, or in a low window a row.

    Args:
        look: Colours and fonts.
    """

    changed = Signal()
    folder_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._choices = DropChoices()
        self._given: Sequence[Choice] | None = None
        self._keys: tuple[Choice, ...] = ()
        self._compact: bool | None = None
        self._narrow = False
        self.title = Text(look, self.tr("When files are dropped"), Style.STRONG, wrap=True)
        self.key = Chooser(look, self.tr("Encrypt with"))
        self.place = Chooser(look, self.tr("Save to"))
        self.folders = Chooser(look, self.tr("Folders become"))
        self.remove = Check(look, self.tr("Remove originals once verified"))
        self.remove.setToolTip(self.tr("Only after the encrypted copy was written and read back."))
        self._labels = [
            Text(look, text, Style.CAPTION, "secondary")
            for text in (self.tr("Encrypt with"), self.tr("Save to"), self.tr("Folders become"))
        ]
        self._grid = QGridLayout(self)
        self.key.picked.connect(lambda key: self._set(key=key))
        self.place.picked.connect(self._place_picked)
        self.folders.picked.connect(lambda each: self._set(each=each))
        self.remove.toggled.connect(lambda on: self._set(remove_originals=on))
        self.set_compact(False)
        self.set_keys(())
        self._offer()

    @property
    def choices(self) -> DropChoices:
        """What is chosen, to be remembered."""
        return self._choices

    @property
    def with_passphrase(self) -> bool:
        """A passphrase must be asked for before sealing."""
        return self.key.current is not None and self.key.current.value == PASSPHRASE

    @property
    def first_key(self) -> Choice | None:
        """The key that stands first; None without keys."""
        return self.key.choices[0] if self.key.choices and self.key.choices[0].value != PASSPHRASE else None

    @property
    def hue(self) -> str:
        """The chosen key's hue."""
        return self.key.current.hue if self.key.current is not None else ""

    def order(self) -> Order:
        """Return what is chosen as an order for dropped files; without a passphrase, which is asked for."""
        key = self.key.current
        chosen = key is not None and key.value != PASSPHRASE
        return Order(
            key=str(key.value) if key is not None and chosen else "",
            key_name=key.text if key is not None and chosen else "",
            folder=self._choices.folder or None,
            folders=Folders.EACH if self._choices.each else Folders.ARCHIVE,
            remove_originals=self._choices.remove_originals,
        )

    def set_keys(self, keys: Sequence[Choice]) -> None:
        """Offer these keys, which can encrypt. There may be very many: the same object as before is not looked at."""
        if keys is self._given:
            return
        self._given = keys
        self._keys = (*keys, Choice(PASSPHRASE, self.tr("A passphrase"), icon="rectangle-ellipsis", ruled=True))
        self._offer_keys()
        self.changed.emit()

    def set_choices(self, choices: DropChoices) -> None:
        """Choose what was remembered."""
        self._choices = choices
        self.remove.blockSignals(True)
        self.remove.setChecked(choices.remove_originals)
        self.remove.blockSignals(False)
        self._offer_keys()
        self._offer()
        self.changed.emit()

    def set_folder(self, folder: bytes) -> None:
        """Save to a folder."""
        self._set(folder=folder)

    def set_compact(self, compact: bool) -> None:
        """Be a row under the zone rather than a card beside it."""
        if compact == self._compact:
            return
        self._compact = compact
        while self._grid.count():
            self._grid.takeAt(0)
        for at in range(10):
            self._grid.setRowStretch(at, 0)
            self._grid.setRowMinimumHeight(at, 0)
            self._grid.setColumnStretch(at, 0)
        self.setProperty("card", "" if compact else "1")
        self.style().unpolish(self)
        self.style().polish(self)
        (self._arrange_row if compact else self._arrange_card)()
        # Before it has its place in this one it would be a window of its own for a moment.
        self.title.setVisible(not compact)

    def _arrange_card(self) -> None:
        grid = self._grid
        grid.setContentsMargins(16, 14, 16, 12)
        grid.setSpacing(4)
        grid.addWidget(self.title, 0, 0)
        grid.setRowMinimumHeight(1, 0)
        for at, (label, chooser) in enumerate(zip(self._labels, (self.key, self.place, self.folders), strict=True)):
            grid.addWidget(label, 2 + 2 * at, 0, Qt.AlignmentFlag.AlignBottom)
            grid.setRowMinimumHeight(2 + 2 * at, label.sizeHint().height() + 4)
            grid.addWidget(chooser, 3 + 2 * at, 0)
        grid.setRowStretch(8, 1)
        grid.addWidget(self.remove, 9, 0)
        self.remove.setText(self.tr("Remove originals once verified"))
        self.setMinimumWidth(max(CARD_WIDTH, self._look.px(CARD_WIDTH)))
        self.setMaximumWidth(self.minimumWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the check box a line of its own where the row is narrow."""
        super().resizeEvent(event)
        if self._compact and (self.width() < _NARROW) != self._narrow:
            self._narrow = self.width() < _NARROW
            self._arrange_row()

    def _arrange_row(self) -> None:
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for at, (label, chooser) in enumerate(zip(self._labels, (self.key, self.place, self.folders), strict=True)):
            grid.addWidget(label, 0, at)
            grid.addWidget(chooser, 1, at)
            grid.setColumnStretch(at, 1)
        if self._narrow:
            grid.addWidget(self.remove, 2, 0, 1, 3)
        else:
            grid.addWidget(self.remove, 1, 3)
        self.remove.setText(self.tr("Remove originals"))
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)

    def _offer_keys(self) -> None:
        self.key.offer(self._keys, self._choices.key, first=True)

    def _offer(self) -> None:
        places = [Choice(b"", self.tr("Next to the original"), icon="folder")]
        folder = self._choices.folder
        if folder:
            places.append(Choice(folder, shown_name(folder), icon="folder-open"))
        places.append(Choice(_OTHER, self.tr("Choose a folder…"), icon="folder-plus", ruled=True))
        self.place.offer(places, folder)
        if folder:
            self.place.setToolTip(os.fsdecode(folder))
        each = [
            Choice(False, self.tr("One archive each"), icon="archive"),
            Choice(True, self.tr("File by file"), icon="file"),
        ]
        self.folders.offer(each, self._choices.each)

    def _place_picked(self, folder: bytes) -> None:
        if folder == _OTHER:
            self.folder_wanted.emit()
        else:
            self._set(folder=folder)

    def _set(
        self,
        key: str | None = None,
        folder: bytes | None = None,
        each: bool | None = None,
        remove_originals: bool | None = None,
    ) -> None:
        old = self._choices
        self._choices = DropChoices(
            key=old.key if key is None else key,
            folder=old.folder if folder is None else folder,
            each=old.each if each is None else each,
            remove_originals=old.remove_originals if remove_originals is None else remove_originals,
        )
        if self._choices.key != old.key:
            self._offer_keys()
        self._offer()
        self.changed.emit()
