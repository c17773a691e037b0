from __future__ import annotations

import os

import pytest

from vaultapp.core.printable import printable, printable_path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain name.txt", "plain name.txt"),
        ("Übergröße 工作 🔑", "Übergröße 工作 🔑"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("two\nlines\tand\rmore", "two\\nlines\\tand\\rmore"),
        ("del\x7f c1\x9b31m", "del\\x7f c1\\x9b31m"),
        ("gpj.\u202eexe", "gpj.\\u202eexe"),
        ("line\u2028paragraph\u2029", "line\\u2028paragraph\\u2029"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("back\\slash", "back\\slash"),
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_path_that_is_not_utf8_is_shown_byte_by_byte() -> None:
    assert printable_path(b"/tmp/\xff\xfe.txt") == "/tmp/\\xff\\xfe.txt"


def test_every_single_byte_name_can_be_printed_on_a_terminal() -> None:
    for number in range(1, 256):
        shown = printable_path(bytes([number]))
        assert shown.isprintable()
        assert os.fsdecode(shown.encode()) == shown
