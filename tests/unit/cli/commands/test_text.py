from __future__ import annotations

from uuid import UUID

import pytest

from tests.unit.cli.fakes import User
from vaultapp.contracts.text import OpenedText, TextDescription
from vaultapp.core.errors import AuthenticationFailed, Damaged, KeyDisabled, KeyNotHere, NotSealed

KEY = UUID("00000000-0000-4000-8000-00000000000a")


def opened(plaintext: bytes) -> OpenedText:
    return OpenedText(bytearray(plaintext), KEY, "Personal", 2)


@pytest.mark.parametrize(
    ("arguments", "typed", "plaintext"),
    [
        (("hunter2",), None, b"hunter2"),
        ((), b"from input\n", b"from input\n"),
        (("-",), b"\x00\xff binary", b"\x00\xff binary"),
        (("",), None, b""),
        ((), b"x" * 4096, b"x" * 4096),
    ],
)
def test_text_is_encrypted_exactly_as_given(
    user: User, arguments: tuple[str, ...], typed: bytes | None, plaintext: bytes
) -> None:
    user.unlocked(text_encrypt="vlt1abc")
    result = user.run("text", "encrypt", *arguments, "--key", "Personal", "--context", "for=db", typed=typed)
    assert result.stdout == "vlt1abc\n"
    assert user.agent.called("text.encrypt") == [{"key": "Personal", "plaintext": plaintext, "context": {"for": "db"}}]


def test_a_text_that_is_too_long_is_not_sent(user: User) -> None:
    code, error = user.unlocked().error("text", "encrypt", "--key", "k", typed=b"x" * 4097)
    assert (code, error["code"], error["facts"]) == (2, "text_too_long", {"size": 4097, "limit": 4096})
    assert user.agent.calls == []


def test_a_decrypted_text_is_written_exactly_to_a_pipe(user: User) -> None:
    user.unlocked(text_decrypt=lambda text, context: opened(b"\xff\x00 no end"))
    result = user.run("text", "decrypt", "x = vlt1abc")
    assert result.stdout_bytes == b"\xff\x00 no end"
    assert user.agent.called("text.decrypt") == [{"text": "x = vlt1abc", "context": {}}]


@pytest.mark.parametrize(("plaintext", "text", "encoded"), [(b"hi", "hi", "aGk="), (b"\xff", None, "/w==")])
def test_programs_get_text_and_base64(user: User, plaintext: bytes, text: str | None, encoded: str) -> None:
    user.unlocked(text_decrypt=lambda text, context: opened(plaintext))
    found = user.json("text", "decrypt", typed=b"vlt1abc")
    assert found == {"text": text, "base64": encoded, "key": str(KEY), "name": "Personal", "number": 2}


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            AuthenticationFailed(),
            3,
            "This text was changed, or it needs another context. Give the context it was made with.",
        ),
        (NotSealed(reason="other"), 3, "There is no encrypted text in this."),
        (Damaged(reason="cut_short"), 3, "The text is cut short."),
        (KeyNotHere(key="ab12"), 2, "No key here opens this text. It needs “ab12”."),
        (KeyDisabled(key="Work", version=0), 2, "“Work” is disabled."),
    ],
)
def test_a_text_that_does_not_open_is_told_in_words_for_texts(
    user: User, error: Exception, code: int, words: str
) -> None:
    result = user.unlocked(text_decrypt=error).run("text", "decrypt", "vlt1abc")
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "file" not in result.stderr


def test_input_that_is_no_text_at_all_is_not_sealed(user: User) -> None:
    code, error = user.unlocked().error("text", "decrypt", typed=b"\xff\xfe")
    assert (code, error["code"]) == (3, "not_sealed")
    assert user.agent.calls == []


@pytest.mark.parametrize(("name", "shown"), [("Personal", "“Personal”"), ("", "not here")])
def test_inspect_tells_the_key_and_nothing_else(user: User, name: str, shown: str) -> None:
    user.unlocked(text_inspect=TextDescription(KEY, b"\x01" * 8, name, 2 if name else 0))
    assert shown in user.run("text", "inspect", "vlt1abc").stdout
    found = user.json("text", "inspect", "vlt1abc")
    assert found == {
        "key": str(KEY),
        "version": "01" * 8,
        "name": name or None,
        "number": 2 if name else None,
        "here": bool(name),
    }
