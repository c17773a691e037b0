"""A small text there and back."""

from __future__ import annotations

from tests.acceptance.walk import Walk, is_field

_TEXT = "Reports database\nuser: reports_rw\npassword: 7 blue herons at noon"


def small_text(walk: Walk) -> None:
    """Encrypt a text, carry it over the clipboard, and decrypt it."""
    walk.press("Text")
    walk.write("Plain text", _TEXT)
    if not any(seen.name == "Name of a pair" for seen in walk.eyes.everything()):
        walk.press("Add a context pair")
        walk.write("Name of a pair", "purpose")
        walk.write("Value of the pair", "reports")
    walk.press("Encrypt")
    blob = _field_text(walk, "Encrypted text", "vlt1")
    walk.picture("text-encrypted", "A small text was encrypted, bound to its context")
    walk.press("Copy the encrypted text")
    walk.press("Clear: Plain text")
    walk.press("Paste: Encrypted text")
    walk.eyes.reads("Opens with Personal")
    walk.press("Decrypt")
    found = _field_text(walk, "Plain text", "Reports").strip()
    if found != _TEXT:
        raise AssertionError(f"the text is not what it was: {found!r}")
    walk.picture("text-decrypted", "It was carried over the clipboard and decrypted")
    walk.story.say(f"{len(_TEXT)} characters became `{blob[:16]}…` and came back.")
    walk.press("Clear: Encrypted text")


def _field_text(walk: Walk, field: str, begins: str) -> str:
    found = walk.eyes.match(
        lambda seen: seen.name == field and is_field(seen) and seen.text.startswith(begins),
        f"the field {field!r} with {begins!r}",
    )
    return found.text
