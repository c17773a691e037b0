"""What of a connection is chosen in place of typed: the credential that changes it, and a file of certificates."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from vaultapp.contracts.credential_kinds import ADMIN, TLS_CA, Field
from vaultapp.gui.credentials.credential_chooser import CredentialChooser
from vaultapp.gui.credentials.credential_shelf import CredentialShelf
from vaultapp.gui.credentials.field_words import field_name
from vaultapp.gui.dialogs.choose_path import ONE_FILE, choose, text_of
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button

translate = QCoreApplication.translate


class ConnectionInputs:
    """Makes them for the form of one credential.

    Args:
        look: Colours and fonts.
        shelf: The credentials.
        tasks: Runs what takes a while.
        folders: Where files were chosen last.
        kind: Of the credential.
        own: Its id; None while it is being made.
    """

    def __init__(
        self,
        look: Look,
        shelf: CredentialShelf,
        tasks: TaskRunner,
        folders: LastFolders,
        kind: str,
        own: UUID | None = None,
    ) -> None:
        self._look = look
        self._shelf = shelf
        self._tasks = tasks
        self._folders = folders
        self._kind = kind
        self._own = own

    def chooser(self, field: Field) -> CredentialChooser | None:
        """Return what chooses the credential of a field; None for a field that is none of one."""
        if field.name != ADMIN.name:
            return None
        none = translate("ConnectionInputs", "Itself")
        name = field_name(field.name)
        return CredentialChooser(self._look, name, none, self._shelf, self._tasks, self._kind, self._own)

    def button(self, field: Field, line: QLineEdit) -> Button | None:
        """Return what chooses a file for a line; None for a field that is none of one."""
        if field.name != TLS_CA.name:
            return None
        text = translate("ConnectionInputs", "Choose file…")
        button = Button(self._look, text, name=f"{field_name(field.name)}: {text}")
        button.clicked.connect(partial(self._choose, line))
        return button

    def _choose(self, line: QLineEdit) -> None:
        title = translate("ConnectionInputs", "Trusted certificates")
        filters = translate("ConnectionInputs", "Certificates (*.pem *.crt *.cer);;All files (*)")

        def chosen(paths: tuple[bytes, ...]) -> None:
            line.setText(text_of(paths[0]))
            line.setFocus()

        choose(line, title, ONE_FILE, chosen, self._folders.start("certificates"), filters=filters)
