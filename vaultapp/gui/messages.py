"""What people read for an error: what did not happen, what is still true, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from vaultapp.core.errors import VaultError
from vaultapp.core.sentences import Sentence, fill, template
from vaultapp.gui import joining, quantities
from vaultapp.gui.home_path import cut_path, home_path

_PATHS = frozenset({"path"})


def message(code: str, facts: Mapping[str, str | int], most: int = 0) -> Sentence:
    """Return the sentences of an error code, in the desktop's language, with numbers as it writes them.

    Args:
        code: Of the error.
        facts: Of the error. Paths below the home folder begin with ~.
        most: Characters of a path; what is beyond goes from its middle. 0 for all.
    """
    words = template(code, facts)
    shown = {name: _path(value, most) if name in _PATHS else value for name, value in facts.items()}
    return sentence(*(_filled(text, shown) for text in words))


def sentence(what: str, safe: str = "", todo: str = "") -> Sentence:
    """Return sentences that are in the window's language already."""
    return Sentence(what, safe, todo, joining.between_sentences())


def message_of(error: BaseException) -> Sentence:
    """Return the sentences of an error. What is no error of ours is a bug, and gets general words."""
    if isinstance(error, VaultError):
        return message(error.code, error.facts)
    return message("error", {})


def clipboard_kept() -> Sentence:
    """Return what is said when a secret could not be taken off the clipboard."""
    return sentence(
        QCoreApplication.translate("Clipboard", "The clipboard could not be cleared."),
        QCoreApplication.translate("Clipboard", "It may still hold what was copied."),
        QCoreApplication.translate("Clipboard", "Copy something else over it."),
    )


def clipboard_unread() -> Sentence:
    """Return what is said when the program that holds the clipboard's text does not give it."""
    return sentence(
        QCoreApplication.translate("Clipboard", "The program that holds the clipboard does not answer."),
        QCoreApplication.translate("Clipboard", "Nothing was read, and the clipboard is as it was."),
        QCoreApplication.translate("Clipboard", "Copy the text again."),
    )


def about_text(error: VaultError) -> str:
    """Return what is said under a text: what happened and what to do. That nothing was written goes without saying."""
    return message(error.code, {**error.facts, "of": "text"}).brief


def _path(value: str | int, most: int) -> str | int:
    if not isinstance(value, str):
        return value
    return cut_path(home_path(value), most) if most else home_path(value)


def _filled(text: str, facts: Mapping[str, str | int]) -> str:
    if not text:
        return ""
    translated = QCoreApplication.translate("Errors", text)
    return fill(translated, facts, quantities.size, quantities.count)
