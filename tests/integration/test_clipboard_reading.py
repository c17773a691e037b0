"""A reader takes what another program has copied, whatever its form and length."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

LONG = "héron bleu " * 400_000


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    with DesktopSession((900, 600), accessible=False) as desktop:
        yield desktop


def read(session: DesktopSession) -> bytes:
    command = [sys.executable, "-I", "-m", "vaultapp.app.clipboard_reader"]
    done = subprocess.run(command, env=session.environment, capture_output=True, timeout=30, check=True)
    assert done.stderr == b""
    return done.stdout


def test_of_nothing_nothing_is_read(session: DesktopSession) -> None:
    assert read(session) == b""


@pytest.mark.parametrize(
    ("target", "given", "read_as"),
    [
        ("UTF8_STRING", "héron ♜".encode(), "héron ♜".encode()),
        ("UTF8_STRING", LONG.encode(), LONG.encode()),
        ("text/plain;charset=utf-8", "héron ♜".encode(), "héron ♜".encode()),
        ("STRING", "héron".encode("latin-1"), "héron".encode()),
        ("image/png", b"\x89PNG", b""),
    ],
    ids=["utf-8", "long", "mime", "latin-1", "picture"],
)
def test_what_another_program_copied_is_read(
    session: DesktopSession, target: str, given: bytes, read_as: bytes
) -> None:
    place = session.home / "copied"
    place.write_bytes(given)
    holder = session.start(["xclip", "-quiet", "-selection", "clipboard", "-t", target, "-i", place])
    asked = ("xclip", "-selection", "clipboard", "-o", "-t", "TARGETS")
    wait_until(lambda: target in session.ask(*asked), "the copy")
    assert read(session) == read_as
    session.end(holder)


def test_it_loads_no_qt() -> None:
    code = "import sys, vaultapp.app.clipboard_reader; print([name for name in sys.modules if 'PySide' in name])"
    assert subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True).stdout == b"[]\n"
