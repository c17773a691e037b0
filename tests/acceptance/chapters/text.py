"""A small text there and back."""

from __future__ import annotations

from tests.acceptance.walk import Walk, is_field

_TEXT = "Reports database\nuser: reports_rw\npassword: 7 blue herons at noon"


def small_text(walk: Walk) -> None:
    """Encrypt a text, carry it over the clipboard, and decrypt it."""
    walk.press("Text")
    if any(seen.enabled for seen in walk.eyes.everything("Clear: Encrypted text")):
        walk.press("Clear: Encrypted text")
    walk.write("Plain text", _TEXT)
    if not walk.eyes.everything("Name of a pair"):
        walk.press("Add a context pair")
        # The new field has the keyboard.
        walk.eyes.find("Name of a pair")
        walk.hand.type("purpose")
        walk.hand.key("Tab")
        walk.hand.type("reports")
    walk.press("Encrypt")
    blob = _field_text(walk, "Encrypted text", "vlt1")
    _field_text(walk, "Name of a pair", "purpose")
    _field_text(walk, "Value of the pair", "reports")
    walk.picture("text-encrypted", "A small text was encrypted, bound to its context")
    walk.press("Copy the encrypted text")
    walk.press("Clear: Plain text")
    _field_text(walk, "Encrypted text", blob)
    walk.press("Clear: Encrypted text")
    walk.press("Paste: Encrypted text")
    walk.eyes.reads("Opens with Personal")
    walk.press("Decrypt")
    found = _field_text(walk, "Plain text", "Reports").strip()
    if found != _TEXT:
        raise AssertionError(f"the text is not what it was: {found!r}")
    walk.picture("text-decrypted", "It was carried over the clipboard and decrypted")
    walk.story.say(f"{len(_TEXT)} characters became `{blob[:16]}…` and came back.")


def _field_text(walk: Walk, field: str, begins: str) -> str:
    found = walk.eyes.match(
        lambda seen: is_field(seen) and seen.text.startswith(begins), f"{field!r} with {begins!r}", name=field
    )
    return found.text
