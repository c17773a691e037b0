"""Small files that are kept with a credential."""

from __future__ import annotations

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, AttachedFile, Attachment, Credential, CredentialsApi
from vaultapp.core.credential_errors import AttachmentTooLarge
from vaultapp.core.printable import printable
from vaultapp.core.refusals import refusal
from vaultapp.gui import quantities
from vaultapp.gui.credentials.credential_actions import CredentialActions
from vaultapp.gui.credentials.credential_words import short
from vaultapp.gui.dialogs.choose_path import ANY_FILE, MANY_FILES, choose, text_of
from vaultapp.gui.home_path import home_path
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.look import Look
from vaultapp.gui.private_file import write_private
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import empty, row
from vaultapp.gui.widgets.panel_section import PanelSection
from vaultapp.gui.widgets.toast import Toasts
from vaultapp.gui.wiping import wiped


class AttachmentsSection(PanelSection):
    """Each with its size; saved elsewhere, or removed with a way back.

    Args:
        look: Colours and fonts.
        credentials: Keeps them; blocks.
        actions: Changes credentials.
        tasks: Runs the calls.
        toasts: Says what was done.
        folders: Where files were chosen last.
    """

    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        credentials: CredentialsApi,
        actions: CredentialActions,
        tasks: TaskRunner,
        toasts: Toasts,
        folders: LastFolders,
    ) -> None:
        super().__init__(look)
        self.add_button = Button(look, self.tr("Attach…"), "link")
        self.begin(self.tr("Attachments"), self.add_button)
        self._api = credentials
        self._actions = actions
        self._tasks = tasks
        self._toasts = toasts
        self._folders = folders
        self._credential: Credential | None = None
        self._shown: tuple[Attachment, ...] | None = None
        limit = self.tr("Small files, {limit} in all.").format(limit=quantities.binary(ATTACHMENT_LIMIT))
        self._none = Text(look, limit, Style.CAPTION, "hint", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.add(self._none, 6)
        self.add(self._rows, 0)
        self.add_button.clicked.connect(self._choose)

    def show_credential(self, credential: Credential) -> None:
        """Show a credential's attachments, once they are known."""
        self._credential = credential
        if credential.attachments == self._shown:
            return
        self._shown = credential.attachments
        empty(self._rows)
        for attachment in credential.attachments:
            self._rows.addWidget(self._row(attachment))
        self._none.setVisible(not credential.attachments)

    def attach(self, paths: tuple[bytes, ...]) -> None:
        """Attach files; the agent never opens them itself."""
        credential = self._credential
        if credential is None:
            return
        name = str(credential.credential_id)

        def ask(api: CredentialsApi) -> Credential:
            for path in paths:
                file = _read(path)
                with wiped(file.data):
                    changed = api.attach(name, file)
            return changed

        def done(changed: Credential) -> None:
            one, many = self.tr("1 file is attached to “{name}”"), self.tr("{n} files are attached to “{name}”")
            words = one if len(paths) == 1 else many
            self._toasts.say(words.format(n=quantities.count(len(paths)), name=short(changed.name)), "paperclip")

        self._actions.change(ask, done, self.failed.emit)

    def save(self, name: str, path: bytes) -> None:
        """Write an attachment to a file of its owner."""
        credential = self._credential
        if credential is None:
            return
        asked = str(credential.credential_id)

        def work() -> None:
            file = self._api.attachment(asked, name)
            with wiped(file.data):
                write_private(path, file.data)

        def done(_none: object) -> None:
            self._toasts.say(self.tr("Saved as {path}").format(path=home_path(path)), "download")

        task = self._tasks.run(lambda _work: work())
        task.tell(self, done=done, failed=self.failed.emit)

    def _row(self, attachment: Attachment) -> QWidget:
        look, shown = self._look, printable(attachment.name)
        save = Button(look, kind="ghost", icon="download", size="sm", name=self.tr("Save {name}…").format(name=shown))
        remove = Button(look, kind="ghost", icon="x", size="sm", name=self.tr("Remove {name}").format(name=shown))
        save.clicked.connect(lambda: self._choose_place(attachment.name))
        remove.clicked.connect(lambda: self._remove(attachment.name))
        line = QWidget()
        size = Text(look, quantities.size(attachment.size), Style.CAPTION, "hint")
        line.setLayout(row(Glyph(look, "paperclip", 16), (Elided(look, shown), 1), size, save, remove, gap=6))
        return line

    def _choose(self) -> None:
        choose(self, self.tr("Attach files"), MANY_FILES, self.attach, self._folders.start("attach"))

    def _choose_place(self, name: str) -> None:
        start = self._folders.saving("attachment", os.path.basename(name))
        choose(self, self.tr("Save the attachment"), ANY_FILE, lambda paths: self.save(name, paths[0]), start)

    def _remove(self, name: str) -> None:
        credential = self._credential
        if credential is None:
            return
        asked = str(credential.credential_id)
        kept: list[AttachedFile] = []

        def ask(api: CredentialsApi) -> Credential:
            # What is removed here is held until it can no more be taken back.
            kept.append(api.attachment(asked, name))
            return api.detach(asked, name)

        def back() -> None:
            self._actions.change(lambda api: api.attach(asked, kept[0]))

        def done(_changed: Credential) -> None:
            self._toasts.say(self.tr("{name} is removed").format(name=short(name)), "x", self.tr("Undo"), back)

        self._actions.change(ask, done, self.failed.emit)


def _read(path: bytes) -> AttachedFile:
    """Read a file that is to be attached.

    Raises:
        AttachmentTooLarge: It alone has more than may be attached.
        VaultError: It cannot be read.
    """
    try:
        size = os.stat(path).st_size
        if size > ATTACHMENT_LIMIT:
            raise AttachmentTooLarge(size=size, limit=ATTACHMENT_LIMIT)
        with open(path, "rb") as file:
            data = bytearray(file.read(ATTACHMENT_LIMIT + 1))
    except OSError as exc:
        raise refusal(exc, path) from exc
    return AttachedFile(os.path.basename(text_of(path)), data)
