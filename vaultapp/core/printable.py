"""Text from files and other people, made fit to be shown.

A file may be called anything: names with escape sequences would move a terminal's cursor or set its title, and
direction marks make one name look like another.
"""

from __future__ import annotations

import os
import unicodedata

# Control, format (direction marks, zero-width), surrogate, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Joiners are how Persian, Indic names and some emoji are spelt.
_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    r"""Return text with every character that is not one to be seen written as an escape, and backslashes as they are.

    Bytes that are not UTF-8 (lone surrogates of ``os.fsdecode``) become ``\xNN``.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def valid_text(text: str) -> str:
    """Return text that can be encoded: bytes of a name that are no UTF-8 become U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def printable_path(path: bytes) -> str:
    """Return a path for people; it need not be UTF-8."""
    return printable(os.fsdecode(path))


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN or character in _JOINERS:
        return character
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    if number <= 0xFF:
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character, f"\\x{number:02x}")
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
