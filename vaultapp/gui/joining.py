"""How words stand one behind the other, in the window's language: Chinese has no space between two sentences."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication


def between_sentences() -> str:
    """Return what stands between two whole sentences."""
    return QCoreApplication.translate("Joining", "{one} {other}").format(one="", other="")


def sentences(parts: Iterable[str]) -> str:
    """Join whole sentences, each with its full stop; empty ones are left out."""
    return between_sentences().join(filter(None, parts))


def phrases(parts: Iterable[str]) -> str:
    """Join phrases that have no full stop; empty ones are left out, and the last has none either."""
    return QCoreApplication.translate("Joining", "{one}. {other}").format(one="", other="").join(filter(None, parts))


def names(parts: Iterable[str]) -> str:
    """Join names: a.pdf, b.zip."""
    return QCoreApplication.translate("Joining", "{one}, {other}").format(one="", other="").join(parts)


def ended(phrase: str) -> str:
    """Return a phrase as a whole sentence."""
    return QCoreApplication.translate("Joining", "{phrase}.").format(phrase=phrase)
