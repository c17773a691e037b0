"""Where the vault lives."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from vaultapp.core.sentences import Sentence
from vaultapp.gui.dialogs.choose_path import FOLDER, choose, text_of
from vaultapp.gui.first_run.step import Step
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_path
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.labels import Elided, Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.message_bar import MessageBar

SUFFIX = ".vault"
_LONGEST = 200


class PlaceStep(Step):
    """Name and folder of the new file.

    Args:
        look: Colours and fonts.
        path: Proposed.
        title: Of the page.
    """

    def __init__(self, look: Look, path: Path, title: str) -> None:
        super().__init__(look, title)
        self._proposed = path
        self._folder = path.parent
        self.name = QLineEdit(path.stem)
        self.name.setProperty("sz", "lg")
        self.name.setMaxLength(_LONGEST)
        self.name.setAccessibleName(self.tr("Name of the vault"))
        self.name.setAcceptDrops(False)
        self.under = FieldNote(look, " ")
        self.folder = Elided(look, "")
        self.change = Button(look, self.tr("Change…"))
        line = self.tr("The name is the file’s name. Everything in the vault is encrypted; its name is not.")
        content = self.content
        content.addSpacing(6)
        content.addWidget(Text(look, line, tone="secondary", wrap=True))
        content.addSpacing(22)
        content.addWidget(Text(look, self.tr("Name"), Style.STRONG))
        content.addSpacing(6)
        content.addWidget(self.name)
        content.addSpacing(6)
        content.addWidget(self.under)
        content.addSpacing(12)
        content.addWidget(Text(look, self.tr("Folder"), Style.STRONG))
        content.addSpacing(6)
        content.addLayout(row((self.folder, 1), self.change))
        content.addSpacing(22)
        note = self.tr(
            "A folder that is backed up is a good one. The file may be copied at any time; without the passphrase "
            "it says nothing."
        )
        content.addWidget(MessageBar(look, "info", self.tr("One file holds everything."), note, "shield-check"))
        self.name.textChanged.connect(self._sync)
        self.change.clicked.connect(self._choose)
        self._sync()

    @property
    def path(self) -> Path:
        """The file that would be made."""
        return self._folder / (self.name.text().strip() + SUFFIX)

    @property
    def vault_name(self) -> str:
        """The name typed."""
        return self.name.text().strip()

    @property
    def ready(self) -> bool:
        """True with a name that a file can have."""
        name = self.vault_name
        fits = 0 < len(os.fsencode(name + SUFFIX)) <= 255 and not name.startswith(".")
        return bool(name) and fits and "/" not in name and name.isprintable()

    def begin(self) -> None:
        """Begin with the name."""
        self.name.setFocus()
        self.name.selectAll()

    def propose(self, path: Path) -> None:
        """Propose another path, unless the person chose one already."""
        if self.path == self._proposed:
            self._proposed = path
            self._folder = path.parent
            self.name.setText(path.stem)
            self._sync()

    def say_taken(self) -> None:
        """Say that there is a file of this name."""
        self._say_wrong(self.tr("There is a file of this name already. Choose another name, or open that vault."))

    def refuse(self, sentence: Sentence) -> None:
        """Say why nothing can be made there."""
        self._say_wrong(sentence.brief)

    def _say_wrong(self, text: str) -> None:
        set_state(self.name, "state", "bad")
        self.under.set_tone("bad")
        self.under.setText(text)
        self.name.setFocus()

    def _sync(self) -> None:
        set_state(self.name, "state", "")
        self.under.set_tone("hint")
        self.under.setText(
            shown_path(os.fsencode(self.path)) if self.ready else self.tr("A name that a file can have, without “/”.")
        )
        self.folder.setText(shown_path(os.fsencode(self._folder)))
        self.changed.emit()

    def _choose(self) -> None:
        start = LastFolders().at(self._folder)
        choose(self, self.tr("Folder of the vault"), FOLDER, lambda paths: self.set_folder(paths[0]), start)

    def set_folder(self, folder: bytes) -> None:
        """Make the vault in this folder."""
        self._folder = Path(text_of(folder))
        self._sync()
