"""What goes on, and what stays to be seen, while the pages of an open vault are built anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from vaultapp.gui.credentials.credential_rotations import CredentialRotations
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.kept_credentials import KeptCredentials
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.pages.kept_files import KeptFiles
from vaultapp.gui.pages.text_page import KeptText
from vaultapp.gui.widgets.notices import Told

if TYPE_CHECKING:
    from vaultapp.gui.workspace import Workspace

_SETTINGS = "settings"


@dataclass(frozen=True, slots=True, repr=False)
class KeptPages:
    """Pages that nobody has seen yet keep nothing.

    Attributes:
        first: Name of the page that is shown.
        shelf: The vault's keys.
        credentials: The vault's credentials.
        rotations: Of credentials, those under way among them.
        forms: Of the page for credentials.
        files: Of the page for files.
        text: Of the page for text.
        filters: What was typed into the heads of pages.
        told: Messages on pages that still hold, oldest first.
    """

    first: str
    shelf: KeyShelf
    credentials: CredentialShelf
    rotations: CredentialRotations
    forms: KeptCredentials | None
    files: KeptFiles
    text: KeptText | None
    filters: Mapping[str, str]
    told: Mapping[str, Sequence[Told]]

    @classmethod
    def of(cls, workspace: Workspace) -> KeptPages:
        """Return what these pages hand on."""
        built = workspace.built
        filters = {name: page.head.filter.text() for name, page in built.items() if page.head.filter is not None}
        return cls(
            first=next(name for name, page in built.items() if page is workspace.page),
            shelf=workspace.shelf,
            credentials=workspace.desk.shelf,
            rotations=workspace.desk.rotations,
            forms=workspace.credentials.keep() if "credentials" in built else None,
            files=workspace.files.keep(),
            text=workspace.text.keep() if "text" in built else None,
            filters={name: text for name, text in filters.items() if text},
            told={name: page.notices.told for name, page in built.items() if page.notices.told},
        )

    def show_in(self, workspace: Workspace) -> None:
        """Show on new pages what stood on the old ones."""
        pages = {place.entry.name: place.page for place in workspace.places}
        for name, told in self.told.items():
            for one in told:
                pages[name]().notices.tell_by(one)
        if self.forms:
            workspace.credentials.take_kept(self.forms)
        for name, text in self.filters.items():
            head = pages[name]().head
            if head.filter is not None and name != _SETTINGS:
                head.filter.setText(text)
        if self.first == _SETTINGS:
            # There the language was chosen, and there the person looks.
            workspace.settings.open_setting(QCoreApplication.translate("AppearanceSection", "Language"))
