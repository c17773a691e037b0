"""What people read for an error: what did not happen, what is still true, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from vaultapp.core.errors import VaultError
from vaultapp.core.sentences import Sentence, fill, template
from vaultapp.gui import quantities


def message(code: str, facts: Mapping[str, str | int]) -> Sentence:
    """Return the sentences of an error code, in the desktop's language, with numbers as it writes them."""
    words = template(code, facts)
    return Sentence(*(_filled(text, facts) for text in words))


def message_of(error: BaseException) -> Sentence:
    """Return the sentences of an error. What is no error of ours is a bug, and gets general words."""
    if isinstance(error, VaultError):
        return message(error.code, error.facts)
    return message("error", {})


def about_text(error: VaultError) -> str:
    """Return what is said under a text: what happened and what to do. That nothing was written goes without saying."""
    told = message(error.code, {**error.facts, "of": "text"})
    return " ".join(part for part in (told.what, told.todo) if part)


def _filled(text: str, facts: Mapping[str, str | int]) -> str:
    if not text:
        return ""
    translated = QCoreApplication.translate("Errors", text)
    return fill(translated, facts, quantities.size, quantities.count)
