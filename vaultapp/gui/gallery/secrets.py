"""Passphrases, words and texts that are typed or shown."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.gallery.sheet import Sheet, fixed
from vaultapp.gui.gallery.states import disabled
from vaultapp.gui.look import Look
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.byte_counter import ByteCounter
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.copy_passphrase import CopyPassphrase
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import row
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.passphrase_pair import PassphrasePair
from vaultapp.gui.widgets.text_desk import TextDesk
from vaultapp.gui.widgets.text_pane import TextPane
from vaultapp.gui.widgets.whole_text import WholeText
from vaultapp.gui.widgets.words_field import WordsField

_WORDS = "hazel quorum tin river oboe kite"
_BLOB = (
    "vlt1AWYLcGxsyU9Fm79nbpRTtl1U6bLLjRg30Tf7oxGCiJ5nWIzRU4cd8rRMKZgSDg7y44dmA8d7xqBP2WQ1pAsmo4eTED9Kmmob5kxJcrFdhlY="
)


def secrets(look: Look, tasks: TaskRunner) -> Sheet:
    """Return the page."""
    sheet = Sheet(look, "Secrets and texts")
    sheet.group(
        "Passphrase",
        ("empty", _passphrase(look, "")),
        ("hidden", _passphrase(look, _WORDS)),
        ("revealed", _revealed(_passphrase(look, _WORDS))),
        ("wrong", _wrong(_passphrase(look, _WORDS))),
        ("disabled", disabled(_passphrase(look, _WORDS))),
    )
    sheet.group(
        "A new one, twice",
        ("empty", fixed(_pair(look, tasks, "", ""), 360)),
        ("weak, and they differ", fixed(_pair(look, tasks, "summer24", "winter"), 360)),
        ("strong, both the same", fixed(_pair(look, tasks, _WORDS, _WORDS), 360)),
    )
    few, whole = WordsField(look), WordsField(look)
    few.edit.setPlainText("abandon ability able")
    whole.edit.setPlainText(" ".join(["abandon"] * 24))
    sheet.group(
        "Recovery words, and the passphrase of a copy",
        ("empty", fixed(WordsField(look), 240)),
        ("some of them", fixed(few, 240)),
        ("all of them", fixed(whole, 240)),
        ("of a copy", fixed(CopyPassphrase(look), 240)),
    )
    sheet.group("Copied", ("press it: the ring runs until the clipboard is cleared", _copier(look)))
    sheet.group(
        "Bytes", ("few", _counter(look, 271)), ("nearly all", _counter(look, 4000)), ("too many", _counter(look, 4801))
    )
    sheet.group("Text shown whole", ("can be selected", fixed(WholeText(look, _BLOB, "Encrypted text"), 420)))
    plain, encrypted = _panes(look)
    desk = TextDesk(look, (plain, encrypted), Text(look, "What spans both", tone="hint"))
    desk.setFixedHeight(look.px(430))
    sheet.wide("Panes", ("plain with a problem, encrypted with its badge", desk))
    return sheet


def _passphrase(look: Look, text: str) -> PassphraseField:
    field = PassphraseField(look, "Passphrase", "Passphrase")
    field.setText(text)
    field.setFixedWidth(220)
    return field


def _revealed(field: PassphraseField) -> PassphraseField:
    field.set_revealed(True)
    return field


def _wrong(field: PassphraseField) -> PassphraseField:
    field.set_wrong(True)
    return field


def _pair(look: Look, tasks: TaskRunner, first: str, again: str) -> PassphrasePair:
    pair = PassphrasePair(look, tasks, lambda: _WORDS)
    pair.first.setText(first)
    pair.again.setText(again)
    return pair


def _counter(look: Look, count: int) -> ByteCounter:
    counter = ByteCounter(look, 4096)
    counter.show_count(count)
    return counter


def _copier(look: Look) -> QWidget:
    note = CopyNote(look, SecretClipboard(QGuiApplication.clipboard(), parent=look.theme))
    button = Button(look, "Copy", icon="copy")
    button.clicked.connect(lambda: note.copy_secret(_WORDS))
    holder = QWidget()
    holder.setLayout(row(button, (note, 1)))
    return fixed(holder, 380)


def _panes(look: Look) -> tuple[TextPane, TextPane]:
    plain = TextPane(look, "Plain text", "Type or paste text", secret=True)
    plain.put("Reports database\nuser: reports_rw", made=False)
    plain.tell("info", "There is encrypted text in this.", "Decrypt it", lambda: None)
    encrypted = TextPane(look, "Encrypted text", "Paste text that begins with vlt1", secret=False)
    encrypted.put(_BLOB, made=True)
    encrypted.say("Opens with Personal v3")
    encrypted.set_foot(None, Button(look, "Decrypt", "primary", "lock-open"))
    return plain, encrypted
