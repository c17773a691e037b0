"""A window with one field that shows a secret: an ordinary one, or one of ours.

Usage: ``python secret_fields.py KIND TEXT``. KIND: ``ordinary``, ``passphrase``, ``text``, ``words``. Prints
``done`` when F9 is pressed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.text_edit import TextEdit
from vaultapp.gui.widgets.words_field import WordsField


def field(kind: str, look: Look, text: str) -> QWidget:
    """Return the field, which has the text."""
    if kind == "passphrase":
        passphrase = PassphraseField(look, "Passphrase")
        passphrase.setText(text)
        passphrase.set_revealed(True)
        return passphrase
    if kind == "text":
        edit = TextEdit(look, "Plain text", secret=True)
        edit.setPlainText(text)
        return edit
    if kind == "words":
        words = WordsField(look)
        words.edit.setPlainText(text)
        return words
    return QLineEdit(text)


def main(kind: str, text: str) -> int:
    """Show the window until it is ended."""
    app = QApplication([])
    window = QWidget()
    window.setWindowTitle("secret-field")
    shown = field(kind, Look.of(app, still=True), text)
    QVBoxLayout(window).addWidget(shown)
    window.resize(500, 120)
    window.show()
    shown.setFocus()
    QShortcut(QKeySequence("F9"), window).activated.connect(lambda: print("done", flush=True))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
