from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time

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
print("GOT", ascii(name), bytes(secret).hex(), flush=True)
sys.stdin.readline()
"""


class Typist:
    """A program at a pseudo terminal, and whoever types at it."""

    def __init__(self) -> None:
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-c", SCRIPT])  # noqa: S606 - no shell wanted
        self.shown = b""

    def until(self, text: bytes) -> None:
        end = time.monotonic() + 30
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.descriptor], [], [], 0.1)[0]:
                self.shown += os.read(self.descriptor, 4096)

    def type(self, text: bytes) -> None:
        os.write(self.descriptor, text)

    @property
    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.descriptor)[3] & termios.ECHO)

    def end(self) -> int:
        self.type(b"\n")
        _, status = os.waitpid(self.pid, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


def test_a_passphrase_is_not_shown_and_comes_whole() -> None:
    typist = Typist()
    typist.until(b"Name: ")
    typist.type("Zoë\n".encode())
    typist.until(b"Passphrase: ")
    assert not typist.echoes
    typist.type("hünter two\n".encode())
    typist.until(b"GOT")
    typist.until("hünter two".encode().hex().encode())
    assert "hünter".encode() not in typist.shown
    assert b"'Zo\\xeb'" in typist.shown
    assert typist.echoes
    assert typist.end() == 0


def test_ctrl_c_at_a_hidden_question_brings_the_echo_back() -> None:
    typist = Typist()
    typist.until(b"Name: ")
    typist.type(b"x\n")
    typist.until(b"Passphrase: ")
    typist.type(b"\x03")
    typist.until(b"INTERRUPTED")
    assert typist.echoes
    assert typist.end() == 0


def test_without_a_controlling_terminal_nobody_is_there() -> None:
    code = "import sys; from vaultapp.cli.terminal import ControllingTerminal; sys.exit(ControllingTerminal().present)"
    found = subprocess.run([sys.executable, "-c", code], start_new_session=True, timeout=60, check=False)
    assert found.returncode == 0
