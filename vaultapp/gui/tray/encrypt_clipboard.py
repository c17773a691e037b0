"""Put an encrypted text in the place of what the clipboard holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from vaultapp.contracts.keys import Key, KeysApi, KeyState
from vaultapp.contracts.text import TEXT_LIMIT
from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import NotFound, NotSealed, VaultLocked, VaultMissing
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages, quantities
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.home_path import home_path
from vaultapp.gui.plain_copy import PlainCopy
from vaultapp.gui.session import Session
from vaultapp.gui.show_in_folder import FolderShower
from vaultapp.gui.text_file import seal_text
from vaultapp.gui.tray.quick_notice import QuickNotice
from vaultapp.gui.tray.small_window import SmallWindow
from vaultapp.gui.tray.window_port import TrayParts
from vaultapp.gui.window_settings import WindowSettings

_A_PAGE = 500

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Encrypted:
    """What takes the text's place, and under which key it is."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class _NoKey:
    """No key of the vault can encrypt now."""


@dataclass(frozen=True, slots=True)
class _IsEncrypted:
    """The text holds an encrypted one already."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the clipboard held when it was asked for."""

    value: str = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes of UTF-8; -1 for what is not."""
        try:
            return len(self.value.encode())
        except UnicodeEncodeError:
            return -1

    def secret(self) -> bytearray:
        """Return it as UTF-8, for who overwrites it."""
        return bytearray(self.value.encode())


class EncryptClipboard(QObject):
    """Encrypts with the key that the Text page used last, else with the first one that can.

    It needs no window while all goes well; ``done`` tells what is to be said then. A passphrase, or what went wrong, is
    asked for and said in a small window.

    Args:
        parts: As the tray was given.
        parent: Until this goes.
    """

    done = Signal(str, str)  # what was done, and what to do with it

    def __init__(self, parts: TrayParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._shower = FolderShower()
        self._copy = PlainCopy(QGuiApplication.clipboard(), self, shared=parts.clipboard.shared)
        self._small: SmallWindow | None = None
        self.notice: QuickNotice | None = None

    @property
    def shown(self) -> SmallWindow | None:
        """The small window, while it is open."""
        found = self._small
        return found if found is not None and isValid(found) and not found.ended else None

    def encrypt(self) -> None:
        """Encrypt what the clipboard holds now."""
        self._parts.reading.read(self, lambda found: self._take(_Text(found)), self._say_unread)

    def _take(self, text: _Text) -> None:
        if not text.value:
            self._tell("info", messages.sentence(self.tr("The clipboard holds no text."), self.tr("It is as it was.")))
        elif text.size < 0:
            what = self.tr("Not all of the clipboard's text is UTF-8.")
            self._tell("bad", messages.sentence(what, self.tr("It is as it was.")))
        elif text.size > TEXT_LIMIT:
            self._offer_file(text)
        else:
            self._ask(text)

    def close(self) -> None:
        """Close the small window."""
        window = self.shown
        if window is not None:
            window.reject()

    def _ask(self, text: _Text) -> None:
        session, settings = self._parts.window.session(), self._parts.settings
        call = partial(_encrypted, session, settings, text)
        self._run(session, lambda _work: call(), partial(self._answered, text), partial(self._ask, text))

    def _run(
        self,
        session: Session,
        call: Callable[[WorkContext[Any]], _Answer | _NoKey | VaultStatus],
        done: Callable[[_Answer], object],
        again: Callable[[], object],
    ) -> None:
        """Make a call that encrypts; a vault that is not open is unlocked first.

        Args:
            session: Of the vault.
            call: Returns the vault's state if it is not open.
            done: Told what was made.
            again: Called once it was unlocked.
        """

        def answered(answer: _Answer | _NoKey | VaultStatus) -> None:
            if isinstance(answer, VaultStatus):
                self._unlock(session, answer, again)
            elif isinstance(answer, _NoKey):
                what, todo = self.tr("No key can encrypt now."), self.tr("Make one, or enable one.")
                self._tell("bad", messages.sentence(what, self.tr("The clipboard is as it was."), todo))
            else:
                done(answer)

        def failed(error: BaseException) -> None:
            if isinstance(error, VaultLocked):
                # It was locked between two calls.
                task = self._parts.tasks.run(lambda _work: session.vault.status())
                task.tell(self, done=lambda status: self._unlock(session, status, again), failed=self._say_failed)
            else:
                self._say_failed(error)

        self._parts.tasks.run(call).tell(self, done=answered, failed=failed)

    def _unlock(self, session: Session, status: VaultStatus, then: Callable[[], object]) -> None:
        """Ask for the passphrase in the small window, and go on."""
        if status.state is VaultState.MISSING:
            self._say_failed(VaultMissing())
            return
        name = printable(session.path.stem)
        window = self._window()
        why = self.tr("Unlock {name} to encrypt the clipboard.").format(name=name)
        form = window.ask_to_unlock(session, status, why, then)
        # It was deleted to make room.
        self.notice = None
        form.missing.connect(lambda: self._say_failed(VaultMissing()))
        window.come()

    def _answered(self, text: _Text, answer: _Encrypted | _IsEncrypted) -> None:
        if isinstance(answer, _IsEncrypted):
            what = self.tr("The clipboard holds an encrypted text already.")
            self._tell("info", messages.sentence(what, self.tr("It is as it was.")))
        else:
            self._parts.reading.read(self, partial(self._replace, text, answer), self._say_unread)

    def _replace(self, text: _Text, made: _Encrypted, there: str) -> None:
        """Put it in the text's place, unless something else is there now."""
        if there == text.value:
            self._copy.put(made.text, partial(self._say_done, made), self._say_refused)
            return
        what = self.tr("Something else was copied meanwhile.")
        self._tell("bad", messages.sentence(what, self.tr("It was not encrypted."), self.tr("Copy the text again.")))

    def _say_done(self, made: _Encrypted) -> None:
        self.close()
        head = self.tr("The clipboard is encrypted")
        body = self.tr("Encrypted with {key}. The plain text is no longer on the clipboard; paste as usual.")
        self.done.emit(head, body.format(key=made.key))

    def _say_refused(self) -> None:
        self._tell("bad", messages.sentence(self.tr("The clipboard did not take it.")))

    def _say_unread(self) -> None:
        self._tell("bad", messages.clipboard_unread())

    def _say_failed(self, error: BaseException) -> None:
        self._tell("bad", messages.message_of(error))

    def _offer_file(self, text: _Text) -> None:
        """Say that it is too long for a text, and offer a sealed file."""
        sizes = {"size": quantities.count(text.size), "limit": quantities.count(TEXT_LIMIT)}
        what = self.tr("The clipboard holds {size} bytes of text; {limit} are the most for encrypted text.")
        safe = self.tr("The clipboard is as it was.")
        notice = self._tell(
            "info", messages.sentence(what.format(**sizes), safe, self.tr("It can become a sealed file."))
        )
        choose_place = partial(self._choose, text)
        notice.add_button(self.tr("Make a sealed file…"), choose_place, "primary", "file-lock").setFocus()

    def _choose(self, text: _Text) -> None:
        title, filters = self.tr("Make a sealed file"), self.tr("Sealed files (*.sealed);;All files (*)")
        start = self._parts.settings.folders.saving("text", self.tr("notes.txt") + ".sealed")
        choose(self._window(), title, ANY_FILE, lambda paths: self._seal(text, paths[0]), start, filters=filters)

    def _seal(self, text: _Text, target: bytes) -> None:
        session, settings = self._parts.window.session(), self._parts.settings
        call = partial(_sealed, session, settings, text, target)
        self._run(session, call, self._written, partial(self._seal, text, target))

    def _written(self, path: bytes) -> None:
        what = self.tr("{path} was written.").format(path=home_path(path))
        notice = self._tell("ok", messages.sentence(what, self.tr("The plain text is still on the clipboard.")))
        notice.add_button(self.tr("Show in folder"), partial(self._shower.show, path), icon="folder-open")
        notice.add_button(self.tr("Clear the clipboard"), self._clear, "primary").setFocus()

    def _clear(self) -> None:
        QGuiApplication.clipboard().clear()
        self.close()

    def _tell(self, kind: str, sentence: Sentence) -> QuickNotice:
        window = self._window()
        self.notice = QuickNotice(self._parts.look, kind, sentence)
        window.put(self.notice)
        window.come()
        return self.notice

    def _window(self) -> SmallWindow:
        window = self.shown
        if window is None:
            title = QCoreApplication.translate("EncryptClipboard", "Encrypt clipboard")
            window = self._small = SmallWindow(self._parts, title, "clipboard")
        return window


def _encrypted(
    session: Session, settings: WindowSettings, text: _Text
) -> _Encrypted | _NoKey | _IsEncrypted | VaultStatus:
    """Encrypt in one go: whether the vault is open, and which keys there are, is the agent's to say. Blocks."""
    status = session.vault.status()
    if not status.open_here:
        return status
    if _is_encrypted(session, text.value):
        return _IsEncrypted()
    key = _key(session.keys, settings.text_key(str(status.vault_id)))
    if key is None:
        return _NoKey()
    data = text.secret()
    try:
        made = session.text.encrypt(str(key.key_id), data, {})
    finally:
        data[:] = bytes(len(data))
    return _Encrypted(made, printable(key.name))


def _sealed(
    session: Session, settings: WindowSettings, text: _Text, target: bytes, work: WorkContext[Any]
) -> bytes | _NoKey | VaultStatus:
    status = session.vault.status()
    if not status.open_here:
        return status
    key = _key(session.keys, settings.text_key(str(status.vault_id)))
    if key is None:
        return _NoKey()
    data = text.secret()
    return seal_text(session.files, data, str(key.key_id), {}, target, work)


def _is_encrypted(session: Session, text: str) -> bool:
    if "vlt1" not in text:
        return False
    try:
        session.text.inspect(text)
    except NotSealed:
        return False
    return True


def _key(keys: KeysApi, last: str) -> Key | None:
    """Return the key that was used last, else the oldest; of those that can encrypt."""
    if last:
        try:
            found = keys.show(last)
        except NotFound:
            found = None
        if found is not None and found.state is KeyState.ENABLED:
            return found
    at = 0
    while True:
        page = keys.list(at, _A_PAGE)
        usable = next((key for key in page.keys if key.state is KeyState.ENABLED), None)
        at += len(page.keys)
        if usable is not None or not page.keys or at >= page.total:
            return usable
