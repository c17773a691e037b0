"""The two sides of the text page: what each holds, who wrote it, and which one is to be worked on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.keys import KeyState
from vaultapp.contracts.text import TextDescription
from vaultapp.core.errors import KeyNotHere, NotSealed, VaultError
from vaultapp.core.printable import printable
from vaultapp.gui import messages
from vaultapp.gui.blob_watch import BlobWatch, Found
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.widgets.text_pane import TextPane
from vaultapp.gui.widgets.toast import Toast

# Only to spare the agent questions about ordinary text; what is an encrypted one is for the agent to say.
_BEGINS = "vlt1"
_LONG_WORD = 40
_ID_HEAD = 8


@dataclass(frozen=True, slots=True, repr=False)
class HeldTexts:
    """What both sides held, for the way back.

    Attributes:
        plain: Text.
        plain_made: The page made it.
        encrypted: Text.
        encrypted_made: The page made it.
        opened_with: What the plain one was opened with: "Personal v4".
        encrypting: Which side was to be worked on.
    """

    plain: str
    plain_made: bool
    encrypted: str
    encrypted_made: bool
    opened_with: str
    encrypting: bool


class TextSides(QObject):
    """The side that the person wrote is the one to be worked on; what the page made of it goes when it changes.

    Args:
        look: Colours and fonts.
        parts: Of the page.

    Attributes:
        encrypting: The plain side is to be worked on; else the other.
        turn: Grows with every change; an answer to an older one counts no more.
    """

    changed = Signal()
    failed = Signal(object)
    file_wanted = Signal(object)  # str that is more than can be shown

    def __init__(self, look: Look, parts: PageParts, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = parts.shelf
        self._toasts = parts.toasts
        self._watch = BlobWatch(parts.session.text, parts.tasks, self)
        self._paste_watch = BlobWatch(parts.session.text, parts.tasks, self)
        self._pasted = "", False, 0
        self._found: Found | None = None
        self._pasted_whole = False
        self._offered: Toast | None = None
        self._opened_with = ""
        self.encrypting = True
        self.turn = 0
        self.plain = TextPane(look, self.tr("Plain text"), self.tr("Type or paste text"), secret=True)
        hint = self.tr("Paste text that begins with vlt1")
        self.encrypted = TextPane(look, self.tr("Encrypted text"), hint, secret=False)
        self._watch.told.connect(self._told)
        self._watch.failed.connect(self.failed)
        self._paste_watch.told.connect(self._plain_looked_at)
        self._paste_watch.failed.connect(self.failed)
        self._shelf.changed.connect(self._keys_changed)
        self.plain.edited.connect(self._plain_edited)
        self.plain.pasted.connect(self._plain_pasted)
        self.encrypted.edited.connect(self._encrypted_edited)
        self.encrypted.pasted.connect(self._encrypted_pasted)
        for pane in (self.plain, self.encrypted):
            pane.focused.connect(partial(self._focused, pane))
            pane.refused.connect(partial(self._refused, pane))
            pane.clear_button.clicked.connect(lambda *_, pane=pane: self.clear(pane))

    @property
    def openable(self) -> bool:
        """True unless the agent said that what the encrypted side holds cannot be opened here."""
        found = self._found
        return not self.encrypted.empty and (found is None or (isinstance(found, TextDescription) and bool(found.name)))

    @property
    def held(self) -> HeldTexts:
        """What both sides hold now."""
        plain, encrypted = self.plain, self.encrypted
        opened = self._opened_with
        return HeldTexts(plain.text, plain.made, encrypted.text, encrypted.made, opened, self.encrypting)

    def bring_back(self, held: HeldTexts) -> None:
        """Show what both sides held before."""
        self.turn += 1
        self.plain.put(held.plain, made=held.plain_made)
        self._say_opened(held.opened_with)
        self.encrypted.put(held.encrypted, made=held.encrypted_made)
        self._look_again(at_once=True)
        self._work_on(encrypting=held.encrypting)

    def take_encrypted(self, text: str) -> None:
        """Show what was made of the plain side."""
        held, lost = self.held, not self.encrypted.free
        self.encrypted.put(text, made=True)
        self._look_again(at_once=True)
        if lost:
            self._offer_back(self.tr("The encrypted text was replaced"), held)
        self.changed.emit()

    def take_plain(self, text: str, key: str) -> None:
        """Show what was made of the encrypted side, and what opened it: "Personal v4"."""
        held, lost = self.held, not self.plain.free
        self.plain.put(text, made=True)
        self._say_opened(key)
        if lost:
            self._offer_back(self.tr("The plain text was replaced"), held)
        self.changed.emit()

    def forget_result(self) -> None:
        """Take away what was encrypted, because it would be encrypted in another way now, and what did not work."""
        self.turn += 1
        for pane in (self.plain, self.encrypted):
            pane.calm()
        if self.encrypting and self.encrypted.made:
            self._empty(self.encrypted)
        self.changed.emit()

    def clear(self, *panes: TextPane) -> None:
        """Empty these panes and no other. It can be taken back for a short time.

        What was made of a text that is cleared is the only one of its kind from then on: like one that the person
        wrote, it does not go by itself.
        """
        held = self.held
        if all(pane.empty for pane in panes):
            return
        self._begin_change()
        for pane in (self.plain, self.encrypted):
            if pane in panes:
                self._empty(pane)
            else:
                pane.made = False
        self._work_on(encrypting=self.encrypted.empty)
        panes[0].edit.setFocus()
        if len(panes) > 1:
            told = self.tr("Both texts are cleared")
        elif panes[0] is self.plain:
            told = self.tr("The plain text is cleared")
        else:
            told = self.tr("The encrypted text is cleared")
        self._offer_back(told, held)

    def paste_encrypted(self) -> None:
        """Take what the clipboard holds as an encrypted text."""
        if not self.encrypted.empty:
            self.encrypted.edit.selectAll()
        self.encrypted.paste()

    def _plain_edited(self) -> None:
        self._begin_change()
        if self.encrypted.made:
            self._empty(self.encrypted)
        self._say_opened("")
        self._work_on(encrypting=not self.plain.empty or self.encrypted.empty)

    def _encrypted_edited(self) -> None:
        self._begin_change()
        self._pasted_whole = False
        if self.plain.made:
            self._empty(self.plain)
        self._look_again()
        self._work_on(encrypting=self.encrypted.empty)

    def _focused(self, pane: TextPane) -> None:
        """Turn to the side that the person turns to, if the text there is theirs."""
        if not pane.free:
            self._work_on(encrypting=pane is self.plain)

    def _plain_pasted(self, text: str, whole: bool) -> None:
        if _BEGINS in text:
            self._pasted = text, whole, self.turn
            self._paste_watch.look_at(text, at_once=True)

    def _plain_looked_at(self, found: Found) -> None:
        text, whole, turn = self._pasted
        if turn != self.turn or isinstance(found, NotSealed) or not self.encrypted.free:
            return
        if whole and _mostly_long_words(text):
            self.plain.put("", made=False)
            self._put_encrypted(text)
            self.encrypted.tell("info", self.tr("This is encrypted text, so it was put here."))
        else:
            take = partial(self._put_encrypted, text)
            self.plain.tell("info", self.tr("There is encrypted text in this."), self.tr("Decrypt it"), take)

    def _encrypted_pasted(self, _text: str, whole: bool) -> None:
        self._pasted_whole = whole
        self._look_again(at_once=True)

    def _refused(self, pane: TextPane, text: str, too_long: bool) -> None:
        if not too_long:
            pane.tell("bad", self.tr("The clipboard holds no text, or not all of it is UTF-8. Nothing was pasted."))
        elif pane is self.encrypted:
            pane.tell("bad", self.tr("That is more than is taken here. Copy only the part that begins with vlt1."))
        else:
            sentence = self.tr("That is more text than is shown here. It can become a sealed file.")
            pane.tell("warn", sentence, self.tr("Make a sealed file…"), partial(self.file_wanted.emit, text))

    def _put_encrypted(self, text: str) -> None:
        self._begin_change()
        self.encrypted.put(text, made=False)
        self._look_again(at_once=True)
        self._work_on(encrypting=False)
        self.encrypted.edit.setFocus()

    def _put_plain(self, text: str) -> None:
        self._begin_change()
        self._empty(self.encrypted)
        self.plain.put(text, made=False)
        self._work_on(encrypting=True)
        self.plain.edit.setFocus()

    def _told(self, found: Found) -> None:
        self._found = found
        if isinstance(found, TextDescription):
            self._say_who_opens(found)
            if not found.name:
                self._tell(KeyNotHere(key=str(found.key_id)[:_ID_HEAD]))
        elif not isinstance(found, NotSealed):
            self._tell(found)
        elif self._pasted_whole and self.plain.free:
            self._put_plain(self.encrypted.text)
            self.plain.tell("info", self.tr("There is no encrypted text in this, so it was put here."))
        elif self.plain.free:
            move = partial(self._put_plain, self.encrypted.text)
            self.encrypted.tell("info", messages.about_text(found), self.tr("Move to plain text"), move)
        else:
            self.encrypted.tell("info", messages.about_text(found))
        self.changed.emit()

    def _tell(self, error: VaultError) -> None:
        self.encrypted.tell("bad", messages.about_text(error))

    def _keys_changed(self) -> None:
        if isinstance(self._found, TextDescription):
            self._say_who_opens(self._found)

    def _say_who_opens(self, found: TextDescription) -> None:
        key = self._shelf.key(found.key_id)
        name = f"{printable(found.name)} v{found.number}"
        version = next((v for v in key.versions if v.version_id == found.version_id), None) if key else None
        states = {part.state for part in (key, version) if part is not None}
        if not found.name:
            self.encrypted.say(self.tr("No key here opens this"), "bad", "x")
        elif KeyState.PENDING_DELETION in states:
            self.encrypted.say(self.tr("{key} waits for its deletion").format(key=name), "warn", "trash-2")
        elif KeyState.DISABLED in states:
            self.encrypted.say(self.tr("{key} is disabled").format(key=name), "mute", "ban")
        else:
            self.encrypted.say(self.tr("Opens with {key}").format(key=name))

    def _look_again(self, *, at_once: bool = False) -> None:
        self._found = None
        self.encrypted.say("")
        self._watch.look_at(self.encrypted.text, at_once=at_once)

    def _empty(self, pane: TextPane) -> None:
        pane.put("", made=False)
        if pane is self.plain:
            self._say_opened("")
        else:
            pane.say("")
            self._pasted_whole = False
            self._look_again()

    def _begin_change(self) -> None:
        """Nothing that was asked or offered before counts any more."""
        self.turn += 1
        if self._offered is not None and self._offered is self._toasts.shown:
            self._toasts.close()
        self._offered = None

    def _work_on(self, *, encrypting: bool) -> None:
        self.encrypting = encrypting
        self.changed.emit()

    def _offer_back(self, sentence: str, held: HeldTexts) -> None:
        self._toasts.say(sentence, action=self.tr("Undo"), undo=partial(self.bring_back, held))
        self._offered = self._toasts.shown

    def _say_opened(self, key: str) -> None:
        self._opened_with = key
        self.plain.say(self.tr("Decrypted with {key}").format(key=key) if key else "")


def _mostly_long_words(text: str) -> bool:
    """Tell an encrypted text, perhaps wrapped and with a few words round it, from prose that holds one."""
    words = text.split()
    return 2 * sum(len(word) for word in words if len(word) >= _LONG_WORD) >= sum(map(len, words))
