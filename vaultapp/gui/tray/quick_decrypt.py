"""A small window that decrypts what the clipboard holds, or a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from vaultapp.contracts.text import OpenedText
from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AuthenticationFailed, PassphraseNeeded, VaultError, VaultLocked, VaultMissing
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages
from vaultapp.gui.dialogs.choose_path import FOLDER, ONE_FILE, choose
from vaultapp.gui.home_path import home_path
from vaultapp.gui.models.work_row import shown_name
from vaultapp.gui.paths import local_paths
from vaultapp.gui.session import Session
from vaultapp.gui.show_in_folder import FolderShower
from vaultapp.gui.tasks import TaskHandle
from vaultapp.gui.tray.quick_foot import QuickFoot
from vaultapp.gui.tray.quick_notice import QuickNotice
from vaultapp.gui.tray.quick_text import QuickText
from vaultapp.gui.tray.sealed_file import NotShown, Short, open_into, read_short
from vaultapp.gui.tray.self_closing import SelfClosing
from vaultapp.gui.tray.small_window import SmallWindow
from vaultapp.gui.tray.window_port import TrayParts
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.context_card import ContextCard

_BEGINS = "vlt1"
# An encrypted text of the most there is has some 5,600 characters; line ends and words round it may come with it.
_LOOKED_AT = 64 * 1024

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _NoText:
    """What was decrypted is no text. Key: "Personal v4"."""

    key: str


class QuickDecrypt(SmallWindow):
    """Reads the clipboard when it opens and when it is asked to; takes one file that is dropped or chosen.

    What it shows goes when it is closed, which it does by itself after a while.

    Args:
        parts: As the tray was given.
    """

    def __init__(self, parts: TrayParts) -> None:
        super().__init__(parts, QCoreApplication.translate("QuickDecrypt", "Quick decrypt"), "clipboard-check")
        # Who pastes elsewhere, or drags a file here, sees it all the while.
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.closing = SelfClosing(self)
        self.foot = QuickFoot(self.look)
        self.shown: QuickText | None = None
        self.notice: QuickNotice | None = None
        self.context: ContextCard | None = None
        self.file: bytes | None = None
        self.dialog: QFileDialog | None = None
        self._blob = ""
        self._pairs: dict[str, str] = {}
        self._turn = 0
        self._task: TaskHandle | None = None
        self._shower = FolderShower()
        self._layout.addWidget(self.foot)
        self.setAcceptDrops(True)
        self.foot.choose_clicked.connect(self.choose_file)
        self.foot.read_clicked.connect(self.read_clipboard)
        # No lambda on one's own signals: one that holds its sender crashes when both are collected.
        self.attended.connect(self._attend)
        self.closing.over.connect(self.close)
        self.finished.connect(self._forget)

    def read_clipboard(self) -> None:
        """Decrypt what the clipboard holds."""
        self.file, self._blob, self._pairs = None, "", {}
        self.say_head("clipboard-check", self.tr("From the clipboard"))
        self._tell("wait", messages.sentence(self.tr("Reading the clipboard…")))
        self.parts.reading.read(self, self._current(self._look_for_blob), partial(self._say_unread, self._turn))

    def _say_unread(self, turn: int) -> None:
        if turn == self._turn:
            self._tell("bad", messages.clipboard_unread())

    def _look_for_blob(self, text: str) -> None:
        # What is far before it is for nobody's eyes but those of the program that copied it.
        at = text.find(_BEGINS)
        self._blob = text[at : at + _LOOKED_AT] if at >= 0 else ""
        if self._blob:
            self._ask()
        else:
            head = self.tr("There is no encrypted text on the clipboard.")
            self._tell(
                "info", messages.sentence(head, "", self.tr("Copy one that begins with vlt1, or take a sealed file."))
            )

    def choose_file(self) -> None:
        """Choose a sealed file in the desktop's own dialog."""
        start = self.parts.settings.folders.start("quick")
        filters = self.tr("Sealed files (*.sealed);;All files (*)")
        title = self.tr("Decrypt a file")
        self.dialog = choose(self, title, ONE_FILE, lambda paths: self.take_file(paths[0]), start, filters=filters)

    def take_file(self, path: bytes) -> None:
        """Decrypt a sealed file."""
        self.file = path
        self._blob = ""
        self.say_head("file-lock", shown_name(path))
        self._ask()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer, always as copies."""
        if event.mimeData().hasUrls():
            self.foot.show_hover(hovers=True)
            _as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They leave."""
        self.foot.show_hover(hovers=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Decrypt what was dropped, if it is one file of this computer."""
        self.foot.show_hover(hovers=False)
        _as_copy(event)
        paths = local_paths(event.mimeData())
        if len(paths) == 1:
            self.take_file(paths[0])
            return
        self.file, self._blob = None, ""
        self.say_head("file-lock", self.tr("Dropped files"))
        if paths:
            head, todo = self.tr("That is more than one file."), self.tr("The window of vaultapp takes many.")
            self._tell("bad", messages.sentence(head, self.tr("Nothing was decrypted."), todo)).add_button(
                self.tr("Open vaultapp"), self.parts.window.come, "primary", "app-window"
            )
        else:
            head, todo = self.tr("That was no file from this computer."), self.tr("Save it first, then drop it here.")
            self._tell("bad", messages.sentence(head, self.tr("Nothing was decrypted."), todo))

    def _attend(self, inside: bool) -> None:
        self.closing.attend(attended=inside)

    def _ask(self) -> None:
        """Decrypt what was given; the vault's state is the agent's to say."""
        session, blob, path, pairs = self.parts.window.session(), self._blob, self.file, self._pairs
        waits = messages.sentence(self.tr("Decrypting…"))
        notice = self._tell("wait", waits)
        if path is not None:
            notice.add_button(self.tr("Cancel"), self.close)

        def call(work: WorkContext[Any]) -> object:
            status = session.vault.status()
            if not status.open_here:
                return status
            return read_short(session.files, path, work) if path is not None else _decrypted(session, blob, pairs)

        self._run(call, partial(self._answered, session), partial(self._failed, session))

    def _run(
        self,
        call: Callable[[WorkContext[Any]], _Answer],
        done: Callable[[_Answer], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Make a call; only the newest one's answer counts."""
        self._turn += 1
        self._task = self.parts.tasks.run(call)
        self._task.tell(self, done=self._current(done), failed=self._current(failed))

    def _current(self, take: Callable[[_Answer], object]) -> Callable[[_Answer], None]:
        """Return a call that does nothing once something else was asked for."""
        turn = self._turn

        def current(answer: _Answer) -> None:
            if turn == self._turn:
                take(answer)

        return current

    def _answered(self, session: Session, answer: object) -> None:
        if isinstance(answer, VaultStatus):
            self._unlock(session, answer)
        elif isinstance(answer, Short):
            self._show(answer)
        elif isinstance(answer, _NoText):
            sentence = self.tr("{key} opens this, but it is not UTF-8 text. The command line writes it as it is.")
            self._tell("info", messages.sentence(sentence.format(key=answer.key)))
        elif isinstance(answer, NotShown):
            self._offer(answer.why)

    def _unlock(self, session: Session, status: VaultStatus) -> None:
        if status.state is VaultState.MISSING:
            self._failed(session, VaultMissing())
            return
        self._calm()
        name = printable(session.path.stem)
        form = self.ask_to_unlock(session, status, self.tr("Unlock {name} to decrypt it.").format(name=name), self._ask)
        form.missing.connect(lambda: self._failed(session, VaultMissing()))

    def _show(self, opened: Short) -> None:
        self._calm()
        if opened.key:
            self.say_key(opened.key)
        self.closing.attend(attended=self.is_attended)
        self.shown = QuickText(self.look, self.parts.clipboard, opened.text, self.closing)
        self.put(self.shown)
        self.shown.copy_button.setFocus()

    def _failed(self, session: Session, error: BaseException) -> None:
        if isinstance(error, VaultLocked):
            # It was locked between two calls.
            self._run(lambda _work: session.vault.status(), partial(self._answered, session), self._give_up)
        elif self.file is None and isinstance(error, AuthenticationFailed):
            self._ask_for_context(error)
        elif self.file is None and isinstance(error, VaultError):
            self._tell("bad", messages.sentence(messages.about_text(error)))
        else:
            notice = self._tell("bad", messages.message_of(error))
            if isinstance(error, PassphraseNeeded):
                notice.add_button(self.tr("Open it in vaultapp"), self._hand_over, "primary", "app-window")

    def _give_up(self, error: BaseException) -> None:
        self._tell("bad", messages.message_of(error))

    def _ask_for_context(self, error: VaultError) -> None:
        notice = self._tell("bad", messages.sentence(messages.about_text(error)))
        self.context = card = ContextCard(self.look, compact=True)
        card.set_encrypting(False)
        notice.add(card)
        button = notice.add_button(self.tr("Decrypt"), self._with_context, "primary", "lock-open")
        for name, value in self._pairs.items():
            card.add()
            card.rows[-1].name.setText(name)
            card.rows[-1].value.setText(value)
        if not self._pairs:
            card.add()
        card.changed.connect(partial(self._context_changed, button))

    def _context_changed(self, button: Button) -> None:
        button.setEnabled(self.context is not None and self.context.usable)

    def _with_context(self) -> None:
        if self.context is not None and self.context.usable:
            self._pairs = self.context.pairs
            self._ask()

    def _offer(self, why: str) -> None:
        """Say why a file is not shown here, and offer to decrypt it to the disk."""
        says = {
            "folder": self.tr("This is a folder, so it is not shown here."),
            "long": self.tr("This is too long to be shown here."),
            "no_text": self.tr("This is no text, so it is not shown here."),
        }
        notice = self._tell("info", messages.sentence(says[why], self.tr("Nothing was written yet.")))
        notice.add_button(self.tr("Choose a folder…"), self._choose_folder)
        notice.add_button(self.tr("Decrypt beside it"), partial(self._decrypt_into, None), "primary", "lock-open")

    def _choose_folder(self) -> None:
        start = self.parts.settings.folders.start("quick-results")
        title = self.tr("Decrypt into a folder")
        self.dialog = choose(self, title, FOLDER, lambda paths: self._decrypt_into(paths[0]), start)

    def _decrypt_into(self, folder: bytes | None) -> None:
        session, path = self.parts.window.session(), self.file
        if path is None:
            return
        self._tell("wait", messages.sentence(self.tr("Decrypting…"))).add_button(self.tr("Cancel"), self.close)
        call = partial(open_into, session.files, path, folder)
        self._run(call, self._written, partial(self._failed, session))

    def _written(self, path: bytes) -> None:
        sentence = self.tr("Decrypted as {path}.").format(path=home_path(path))
        notice = self._tell("ok", messages.sentence(sentence, self.tr("The sealed file is kept.")))
        notice.add_button(self.tr("Show in folder"), partial(self._shower.show, path), icon="folder-open")
        notice.add_button(self.tr("Close"), self.close, "primary").setFocus()

    def _hand_over(self) -> None:
        """Let the window ask for what opens it."""
        session, path = self.parts.window.session(), self.file
        if path is not None:
            task = self.parts.tasks.run(lambda _work: session.files.hand_over((path,)))
            task.tell(self, done=lambda _waiting: self._handed_over(), failed=self._give_up)

    def _handed_over(self) -> None:
        self.parts.window.come()
        self.close()

    def _tell(self, kind: str, sentence: Sentence) -> QuickNotice:
        self._calm()
        self.notice = QuickNotice(self.look, kind, sentence)
        self.put(self.notice)
        return self.notice

    def _calm(self) -> None:
        """Take away what is shown; what was asked before counts no more."""
        self._turn += 1
        if self._task is not None:
            self._task.cancel()
        self.closing.end()
        self.badge.hide()
        if self.shown is not None:
            self.shown.forget()
        self.shown = self.context = self.notice = None

    def _forget(self) -> None:
        self._turn += 1
        if self._task is not None:
            self._task.cancel()
        if self.shown is not None:
            self.shown.forget()
        self._blob, self._pairs = "", {}


def _decrypted(session: Session, blob: str, pairs: dict[str, str]) -> Short | _NoText:
    opened: OpenedText = session.text.decrypt(blob, pairs)
    key = f"{printable(opened.key_name)} v{opened.number}"
    try:
        return Short(opened.plaintext.decode(), key)
    except UnicodeDecodeError:
        return _NoText(key)
    finally:
        opened.plaintext[:] = bytes(len(opened.plaintext))


def _as_copy(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
