from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.cli.fakes import FakeTerminal
from vaultapp.cli.passphrases import VaultPassphrase, ask_new_passphrase, read_descriptor, read_file
from vaultapp.core.errors import AccessDenied, HostError, InvalidValue, NotAFile, SourceMissing


@pytest.mark.parametrize(
    ("content", "secret"),
    [
        (b"plain", b"plain"),
        (b"line\n", b"line"),
        (b"windows\r\n", b"windows"),
        (b"two ends\n\n", b"two ends\n"),
        (b" blanks stay \n", b" blanks stay "),
        (b"carriage\r", b"carriage\r"),
        (b"not utf8 \xff", b"not utf8 \xff"),
        (b"x" * 4096 + b"\r\n", b"x" * 4096),
        (b"", b""),
    ],
)
def test_one_end_of_line_is_cut_from_a_file(tmp_path: Path, content: bytes, secret: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    assert read_file(tmp_path / "secret") == secret


def test_a_secret_of_over_4096_bytes_is_refused_and_a_large_file_not_read_whole(tmp_path: Path) -> None:
    for size in (4097, 1 << 20):
        (tmp_path / "secret").write_bytes(b"x" * size)
        with pytest.raises(InvalidValue) as caught:
            read_file(tmp_path / "secret")
        assert caught.value.facts == {"field": "passphrase", "reason": "too_long"}


def test_what_is_no_readable_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_file(tmp_path / "nothing")
    (tmp_path / "file").touch()
    with pytest.raises(SourceMissing):
        read_file(tmp_path / "file" / "below")
    with pytest.raises(NotAFile):
        read_file(tmp_path)


def test_a_file_without_rights_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(AccessDenied) as caught:
        read_file(tmp_path / "secret")
    assert caught.value.facts == {"path": str(tmp_path / "secret")}


def test_a_pipe_is_read_to_its_end() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"first ")
    os.write(writer, b"second\n")
    os.close(writer)
    assert read_descriptor(reader) == b"first second"
    os.close(reader)


def test_a_closed_descriptor_says_so() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    with pytest.raises(HostError):
        read_descriptor(reader)


def test_a_descriptor_is_read_once_and_given_twice() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"secret")
    os.close(writer)
    source = VaultPassphrase(FakeTerminal(), descriptor=reader)
    first = source.get()
    first[:] = bytes(len(first))
    assert source.get() == b"secret"
    os.close(reader)


def test_a_typed_passphrase_is_asked_again_unless_it_proved_right() -> None:
    terminal = FakeTerminal(["one", "two", "three"])
    source = VaultPassphrase(terminal)
    assert (source.get(), source.get()) == (b"one", b"two")
    source.keep(bytearray(b"two"))
    assert source.get() == b"two"
    source.forget()
    assert source.get() == b"three"


def test_a_new_passphrase_is_asked_twice() -> None:
    terminal = FakeTerminal(["new", "new"])
    assert ask_new_passphrase(terminal, "New passphrase") == b"new"
    assert terminal.asked == ["New passphrase: ", "Once more: "]


@pytest.mark.parametrize(("lines", "reason"), [(["a", "b"], "not_repeated"), ([""], "empty")])
def test_a_new_passphrase_that_cannot_be_meant_is_refused(lines: list[str], reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        ask_new_passphrase(FakeTerminal(lines), "New passphrase")
    assert caught.value.facts["reason"] == reason


def test_nobody_there_is_an_error_before_any_question() -> None:
    terminal = FakeTerminal(attended=False)
    with pytest.raises(InvalidValue) as caught:
        ask_new_passphrase(terminal, "New passphrase")
    assert caught.value.facts["reason"] == "no_terminal"
    assert terminal.asked == []
