"""Encrypt and decrypt small texts, which fit anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.text import TEXT_LIMIT, OpenedText, TextApi
from vaultapp.core.errors import AuthenticationFailed, DataError, UserError
from vaultapp.core.printable import printable
from vaultapp.core.work import WorkContext
from vaultapp.gui import messages
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.dialogs.choose_path import ANY_FILE, choose
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import shown_name
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.text_sides import HeldTexts, TextSides
from vaultapp.gui.text_file import seal_text
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.byte_counter import ByteCounter
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.context_card import ContextCard
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.text_desk import TextDesk
from vaultapp.gui.widgets.text_pane import TextPane

_NARROW = 900
_CHOOSER = 180
# Edges, gaps and the button's own icon and padding.
_ROUND_FILE_BUTTON = 92


@dataclass(frozen=True, slots=True)
class _Opened:
    """A text that was decrypted; None where it is not UTF-8. Key: "Personal v4"."""

    text: str | None
    key: str

    def __repr__(self) -> str:
        return f"_Opened({self.key})"


@dataclass(frozen=True, slots=True, repr=False)
class KeptText:
    """What the page that takes this one's place shows: both sides, and the pairs of the context."""

    held: HeldTexts
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """A call under way.

    Attributes:
        button: Began it, and shows that it runs.
        pane: Under which a failure is said.
        take: Takes the answer.
        turn: Changes so far; the answer to an older text does not count. None for one that always does.
    """

    button: Button
    pane: TextPane
    take: Callable[[Any], object]
    turn: int | None


class TextPage(Page):
    """Two panes and a context; the side that the person wrote decides which one action is offered."""

    def __init__(self, look: Look, parts: PageParts, stack: QWidget, kept: KeptText | None = None) -> None:
        super().__init__(look, stack, QCoreApplication.translate("TextPage", "Text"))
        self._parts = parts
        self._text = parts.session.text
        self._job: _Job | None = None
        self.key = Chooser(look, self.tr("Encrypt with"))
        self.sides = TextSides(look, parts, self)
        self.plain = self.sides.plain
        self.encrypted = self.sides.encrypted
        self.context = ContextCard(look)
        self._pairs: dict[str, str] = {}
        self.counter = ByteCounter(look, TEXT_LIMIT)
        self.plain_note = CopyNote(look, parts.clipboard)
        self.encrypted_note = CopyNote(look, parts.clipboard)
        self.encrypt_button = Button(look, self.tr("Encrypt"), "primary", "lock")
        self.file_button = Button(look, self.tr("Make a sealed file instead…"), "primary", "file-lock")
        self.decrypt_button = Button(look, self.tr("Decrypt"), "primary", "lock-open")
        self.copy_plain_button = Button(look, self.tr("Copy"), icon="copy", name=self.tr("Copy the plain text"))
        self.copy_button = Button(look, self.tr("Copy"), icon="copy", name=self.tr("Copy the encrypted text"))
        self._hints = [Text(look, self.tr("Ctrl ↵"), Style.CAPTION, "hint") for _ in range(2)]
        self._desk = TextDesk(look, (self.plain, self.encrypted), self.context)
        self._build()
        self._connect()
        self._show_keys()
        if kept is not None:
            # The pairs first: what was made with other ones would go.
            self.context.fill(kept.fields)
            self.sides.bring_back(kept.held)

    def keep(self) -> KeptText:
        """Return what the page that takes this one's place shows."""
        return KeptText(self.sides.held, self.context.fields)

    def make_new(self) -> None:
        """Ctrl+N: begin with empty panes."""
        self.sides.clear(self.plain, self.encrypted)

    def commands(self) -> Sequence[Command]:
        """Return what the command palette offers of this page."""
        return (Command(self.tr("Decrypt copied text"), self.tr("Text"), self._decrypt_copied, "clipboard-paste"),)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys of the page."""
        return (Shortcut(self.tr("Encrypt or decrypt"), "Ctrl+Enter"),)

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return the panes and the context."""
        return (
            (self, self.plain.edit),
            (self.encrypted, self.encrypted.edit),
            (self.context, self.context.add_button),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panes one above the other where there is less room."""
        super().resizeEvent(event)
        self._desk.set_narrow(self.window().width() < _NARROW)
        self._sync()

    def encrypt(self) -> None:
        """Encrypt the plain side."""
        key = self.key.current
        if key is not None:
            name, data, pairs = str(key.value), bytearray(self.plain.text.encode()), self.context.pairs
            call = partial(_encrypted, self._text, name, data, pairs)
            self._run(self.encrypt_button, self.plain, lambda _work: call(), self._take_encrypted)

    def decrypt(self) -> None:
        """Decrypt the encrypted side."""
        call = partial(_decrypted, self._text, self.encrypted.text, self.context.pairs)
        self._run(self.decrypt_button, self.encrypted, lambda _work: call(), self._take_opened)

    def make_file(self, text: str = "") -> None:
        """Ask where to, and seal a text as a file: this one, or what the plain side holds."""
        title, filters = self.tr("Make a sealed file"), self.tr("Sealed files (*.sealed);;All files (*)")
        start = self._parts.settings.folders.saving("text", self.tr("notes.txt") + ".sealed")
        choose(self, title, ANY_FILE, lambda paths: self._seal(text, paths[0]), start, filters=filters)

    def _build(self) -> None:
        self.key.setFixedWidth(_CHOOSER)
        self.head.add(Text(self.look, self.tr("Encrypt with"), tone="secondary"), self.key)
        self.plain.set_foot(
            (self.counter, 1),
            (self.plain_note, 1),
            self._hints[0],
            self.copy_plain_button,
            self.encrypt_button,
            self.file_button,
        )
        self.encrypted.set_foot((self.encrypted_note, 1), None, self._hints[1], self.copy_button, self.decrypt_button)
        self.body.addWidget(self._desk, 1)

    def _connect(self) -> None:
        self._parts.shelf.changed.connect(self._show_keys)
        self.key.picked.connect(self._pick)
        self.context.changed.connect(self._context_changed)
        self.sides.changed.connect(self._sync)
        self.sides.failed.connect(self.error_raised)
        self.sides.file_wanted.connect(self.make_file)
        self.plain.edited.connect(self.plain_note.calm)
        self.encrypted.edited.connect(self.encrypted_note.calm)
        self.plain.edit.copied.connect(self.plain_note.copy_secret)
        for note in (self.plain_note, self.encrypted_note):
            note.changed.connect(self._sync)
        self.encrypt_button.clicked.connect(self.encrypt)
        self.decrypt_button.clicked.connect(self.decrypt)
        self.file_button.clicked.connect(lambda *_: self.make_file())
        self.copy_plain_button.clicked.connect(lambda: self.plain_note.copy_secret(self.plain.text))
        self.copy_button.clicked.connect(lambda: self.encrypted_note.copy_plainly(self.encrypted.text))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._act)

    def _show_keys(self) -> None:
        choices = self._parts.shelf.choices
        self.key.offer(choices, self._parts.settings.text_key(self._parts.vault_id), first=True)
        self.key.setEnabled(bool(choices))
        self._sync()

    def _pick(self, key: str) -> None:
        self._parts.settings.remember_text_key(self._parts.vault_id, key)
        self.sides.forget_result()
        self._show_keys()

    def _act(self) -> None:
        """Do the one action that is offered."""
        for button in (self.encrypt_button, self.file_button, self.decrypt_button):
            if button.isVisible() and button.isEnabled():
                button.click()
                return

    def _decrypt_copied(self) -> None:
        self.wanted.emit()
        self.sides.paste_encrypted()

    def _run(
        self, button: Button, pane: TextPane, call: Callable[[WorkContext[Any]], object], take: Callable[[Any], object]
    ) -> None:
        turn = None if button is self.file_button else self.sides.turn
        self._job = _Job(button, pane, take, turn)
        pane.calm()
        button.set_busy(True)
        task = self._parts.tasks.run(call)
        task.tell(self, done=self._answered, failed=self._failed, ended=self._ended)

    def _counts(self, job: _Job) -> bool:
        """Tell whether an answer is about the text that is there now."""
        return job.turn in (None, self.sides.turn)

    def _answered(self, result: object) -> None:
        if self._job is not None and self._counts(self._job):
            self._job.take(result)

    def _ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.button.set_busy(False)
            self._sync()

    def _failed(self, error: BaseException) -> None:
        """Say under the pane what the person can put right; the window says the rest."""
        job = self._job
        if job is None or not isinstance(error, UserError | DataError):
            self.error_raised.emit(error)
            return
        if not self._counts(job):
            return
        pane = job.pane
        if isinstance(error, AuthenticationFailed) and not self.context.pairs:
            pane.tell("bad", messages.about_text(error), self.tr("Add pair"), self.context.add)
        else:
            pane.tell("bad", messages.about_text(error))

    def _take_encrypted(self, text: str) -> None:
        self.encrypted_note.calm()
        self.sides.take_encrypted(text)

    def _take_opened(self, opened: _Opened) -> None:
        if opened.text is None:
            sentence = self.tr("{key} opens this, but it is not UTF-8 text. The command line writes it as it is.")
            self.encrypted.tell("bad", sentence.format(key=opened.key))
            return
        self.plain_note.calm()
        self.sides.take_plain(opened.text, opened.key)

    def _seal(self, text: str, target: bytes) -> None:
        key = self.key.current
        if key is None or self._job is not None:
            return
        data = bytearray((text or self.plain.text).encode())
        files, name, pairs = self._parts.session.files, str(key.value), self.context.pairs
        call = partial(seal_text, files, data, name, pairs, target)
        self._run(self.file_button, self.plain, call, self._sealed)

    def _sealed(self, path: bytes) -> None:
        sentence = self.tr("{name} was written").format(name=shown_name(path))
        self._parts.toasts.say(sentence, action=self.tr("Show in folder"), call=lambda: self._parts.shower.show(path))

    def _context_changed(self) -> None:
        """An empty pair more or less changes nothing."""
        pairs, self._pairs = self._pairs, self.context.pairs
        if pairs != self._pairs:
            self.sides.forget_result()
        else:
            self._sync()

    def _sync(self) -> None:
        encrypting, plain, encrypted = self.sides.encrypting, self.plain, self.encrypted
        self.counter.show_count(len(plain.text.encode("utf-8", "surrogatepass")))
        over = encrypting and self.counter.over
        ready = self._job is None and self.context.usable
        may_encrypt = ready and not plain.empty and self.key.current is not None
        self.context.set_encrypting(encrypting)
        self.counter.setVisible(not self.plain_note.says)
        if encrypted.empty and self.encrypted_note.says:
            self.encrypted_note.calm()
        long, short = self.tr("Make a sealed file instead…"), self.tr("Make a sealed file…")
        room = plain.width() - self.counter.sizeHint().width() - _ROUND_FILE_BUTTON
        fits = self.look.type.metrics(Style.STRONG).horizontalAdvance(long) <= room
        self.file_button.setText(long if fits else short)
        self._show(self.encrypt_button, encrypting and not over, may_encrypt)
        self._show(self.file_button, over, may_encrypt)
        self._show(self.decrypt_button, not encrypting, ready and self.sides.openable)
        self._show(self.copy_plain_button, not encrypting, plain.made)
        self._show(self.copy_button, encrypting or not encrypted.empty, not encrypted.empty)
        self._hints[0].setVisible(encrypting and not over)
        self._hints[1].setVisible(not encrypting)
        for button, note in ((self.copy_plain_button, self.plain_note), (self.copy_button, self.encrypted_note)):
            button.setText(self.tr("Copy again") if note.says else self.tr("Copy"))
        if encrypting and self._parts.shelf.loaded and self.key.current is None and not plain.empty:
            plain.tell("warn", self.tr("No key can encrypt now. Make one, or enable one."))

    @staticmethod
    def _show(button: Button, visible: bool, enabled: bool) -> None:
        button.setVisible(visible)
        button.setEnabled(enabled and not button.busy)


def _encrypted(api: TextApi, key: str, data: bytearray, pairs: dict[str, str]) -> str:
    try:
        return api.encrypt(key, data, pairs)
    finally:
        data[:] = bytes(len(data))


def _decrypted(api: TextApi, text: str, pairs: dict[str, str]) -> _Opened:
    opened: OpenedText = api.decrypt(text, pairs)
    key = f"{printable(opened.key_name)} v{opened.number}"
    try:
        return _Opened(opened.plaintext.decode(), key)
    except UnicodeDecodeError:
        return _Opened(None, key)
    finally:
        opened.plaintext[:] = bytes(len(opened.plaintext))
