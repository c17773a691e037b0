from __future__ import annotations

import subprocess
import sys

from tests.typist import Typist

SCRIPT = """
import sys
from vaultapp.cli.terminal import ControllingTerminal
terminal = ControllingTerminal()
assert terminal.present
name = terminal.ask("Name: ")
try:
    secret = terminal.ask_hidden("Passphrase: ")
except KeyboardInterrupt:
    print("INTERRUPTED", flush=True)
    sys.stdin.readline()
    sys.exit(0)
words = terminal.ask_shown("Words: ")
print("GOT", bytes(words), ascii(name), bytes(secret).hex(), flush=True)
sys.stdin.readline()
"""


def typist() -> Typist:
    return Typist([sys.executable, "-c", SCRIPT])


def ended(typist: Typist) -> int:
    typist.type(b"\n")
    return typist.wait()


def test_a_passphrase_is_not_shown_and_comes_whole() -> None:
    person = typist()
    person.until(b"Name: ")
    person.type("Zoë\n".encode())
    person.until(b"Passphrase: ")
    assert not person.echoes
    person.type("hünter two\n".encode())
    person.until(b"Words: ")
    assert person.echoes
    person.type(b"abandon ability\n")
    person.until(b"GOT")
    person.until("hünter two".encode().hex().encode())
    assert "hünter".encode() not in person.shown
    assert b"Words: abandon ability\r\n" in person.shown
    assert b"'Zo\\xeb'" in person.shown
    assert person.echoes
    assert ended(person) == 0


def test_ctrl_c_at_a_hidden_question_brings_the_echo_back() -> None:
    person = typist()
    person.until(b"Name: ")
    person.type(b"x\n")
    person.until(b"Passphrase: ")
    person.type(b"\x03")
    person.until(b"INTERRUPTED")
    assert person.echoes
    assert ended(person) == 0


def test_without_a_controlling_terminal_nobody_is_there() -> None:
    code = "import sys; from vaultapp.cli.terminal import ControllingTerminal; sys.exit(ControllingTerminal().present)"
    found = subprocess.run([sys.executable, "-c", code], start_new_session=True, timeout=60, check=False)
    assert found.returncode == 0
