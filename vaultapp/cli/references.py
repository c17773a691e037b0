"""What programs hold in place of a secret: ``vault://name#field``, alone or inside a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vaultapp.contracts.credentials import SCHEME
from vaultapp.core.errors import InvalidValue

# As identifiers are: what ends one in a text is everything else.
_REFERENCE = re.compile(r"vault://([^\s#{}]+)(?:#([^\r\n{}]+))?")
_IN_TEXT = re.compile(r"\{\{\s*(vault://[^{}\r\n]*?)\s*\}\}")
_NOT_CLOSED = re.compile(r"\{\{\s*vault://")


@dataclass(frozen=True, slots=True)
class Reference:
    """One field of a credential.

    Attributes:
        name: The credential's identifier.
        field: Empty for the kind's secret.
    """

    name: str
    field: str = ""

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"{SCHEME}{self.name}" + (f"#{self.field}" if self.field else "")


def parse_reference(text: str) -> Reference:
    """Return what ``vault://NAME[#FIELD]`` stands for.

    Raises:
        InvalidValue: It is not written so.
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise InvalidValue(field="reference", reason="form")
    return Reference(found[1], found[2] or "")


@dataclass(frozen=True, slots=True)
class Template:
    """A text and the references in it.

    Attributes:
        pieces: Text and references in turn.
    """

    pieces: tuple[str | Reference, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references, in order, each as often as it comes."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))

    def filled(self, value_of: Callable[[Reference], str]) -> str:
        """Return the text with values in the references' places."""
        return "".join(value_of(piece) if isinstance(piece, Reference) else piece for piece in self.pieces)


def template_of(text: str) -> Template:
    """Find each ``{{ vault://name#field }}``; other braces are text.

    Raises:
        InvalidValue: One is not a reference, or not closed.
    """
    pieces: list[str | Reference] = []
    at = 0
    for found in _IN_TEXT.finditer(text):
        pieces += [text[at : found.start()], parse_reference(found[1])]
        at = found.end()
    pieces.append(text[at:])
    if any(isinstance(piece, str) and _NOT_CLOSED.search(piece) for piece in pieces):
        raise InvalidValue(field="template", reason="not_closed")
    return Template(tuple(piece for piece in pieces if piece != ""))


def value_template(text: str) -> Template:
    """Return an environment value: a reference alone, or a text with ``{{ … }}`` in it.

    Raises:
        InvalidValue: It begins as a reference and is none, or one in it is not closed.
    """
    if text.startswith(SCHEME):
        return Template((parse_reference(text),))
    return template_of(text)
