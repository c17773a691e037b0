"""Each test runs a process that runs the program, on pipes or on a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from struct import pack

import pytest

from vaultapp.cli.masking import MASK

SECRET = "s3cr3t-value"
_HOST = """
import os, signal, sys
# As a shell starts it, also where the tests were started with nohup: what is ignored stays ignored.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from vaultapp.cli.masking import Masker
from vaultapp.cli.program import run_program
masks = sys.argv[1] == "mask"
secret = "s3cr3t-value"
sys.exit(run_program(sys.argv[2:], os.environ | {"SECRET": secret}, (lambda: Masker([secret])) if masks else None))
"""


def host(*command: str, masks: bool = True) -> list[str]:
    return [sys.executable, "-c", _HOST, "mask" if masks else "plain", *command]


def python(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


def run(*command: str, masks: bool = True, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(host(*command, masks=masks), input=typed, capture_output=True, timeout=60, check=False)


class OnTerminal:
    """A process whose terminal is ours to read and to type at."""

    def __init__(self, *command: str, masks: bool = True, rows: int = 40, columns: int = 100) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, pack("HHHH", rows, columns, 0, 0))
            os.execv(sys.executable, host(*command, masks=masks))  # noqa: S606
        self.seen = b""

    def resize(self, rows: int, columns: int) -> None:
        ioctl(self.terminal, termios.TIOCSWINSZ, pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        os.write(self.terminal, keys)

    def until(self, wanted: bytes) -> bytes:
        assert self._read(lambda: wanted in self.seen), self.seen
        return self.seen

    def end(self) -> int:
        assert self._read(lambda: False) is False
        _, status = os.waitpid(self.pid, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)

    def _read(self, done: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 60
        while not done():
            ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"nothing more came: {self.seen!r}"
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                return False
            if not data:
                return False
            self.seen += data
        return True


def test_both_outputs_are_masked_and_kept_apart() -> None:
    code = "import os,sys; print('out', os.environ['SECRET']); print('err', os.environ['SECRET'], file=sys.stderr)"
    found = run(*python(code))
    assert (found.returncode, found.stdout, found.stderr) == (0, b"out %b\n" % MASK, b"err %b\n" % MASK)


def test_a_secret_written_in_pieces_is_masked() -> None:
    code = (
        "import os,time\n"
        "for byte in b'<' + os.environ['SECRET'].encode() + b'>':\n"
        "    os.write(1, bytes([byte])); time.sleep(0.01)"
    )
    assert run(*python(code)).stdout == b"<%b>" % MASK


def test_without_a_mask_the_streams_are_ours() -> None:
    found = run(*python("import os,sys; print(os.environ['SECRET'], sys.stdin.read())"), masks=False, typed=b"in")
    assert found.stdout == b"s3cr3t-value in\n"


def test_input_is_the_programs_own() -> None:
    assert run("cat", typed=b"typed " + SECRET.encode()).stdout == b"typed " + MASK


@pytest.mark.parametrize("masks", [True, False])
@pytest.mark.parametrize(("code", "status"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)])
def test_the_exit_code_is_the_programs(masks: bool, code: str, status: int) -> None:
    assert run(*python(code), masks=masks).returncode == status


@pytest.mark.parametrize("masks", [True, False])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGUSR1])
def test_signals_are_passed_on(masks: bool, number: int) -> None:
    code = (
        "import os,signal,time\n"
        f"signal.signal({int(number)}, lambda *_: (os.write(1, b'got it\\n'), os._exit(3)))\n"
        "os.write(1, b'ready\\n')\n"
        "while True: time.sleep(0.05)"
    )
    with subprocess.Popen(host(*python(code), masks=masks), stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(number)
        assert process.stdout.read() == b"got it\n"
        assert process.wait(60) == 3


def test_a_program_ended_by_a_signal_gives_128_and_its_number() -> None:
    with subprocess.Popen(host("sleep", "60"), stdout=subprocess.PIPE, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM


def test_a_pipe_that_nobody_reads_ends_the_program_as_it_would_without_us() -> None:
    with subprocess.Popen(host("yes"), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read(4) == b"y\ny\n"
        process.stdout.close()
        assert process.wait(60) == 128 + signal.SIGPIPE


def test_much_output_comes_whole() -> None:
    code = "import os\nfor n in range(20000): print(n, os.environ['SECRET'])"
    lines = run(*python(code)).stdout.splitlines()
    assert lines == [b"%d %b" % (number, MASK) for number in range(20000)]


def test_on_a_terminal_the_program_has_one_of_the_same_size_and_is_masked() -> None:
    code = (
        "import os,sys\n"
        "print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty(), tuple(os.get_terminal_size()))\n"
        "open('/dev/tty','w').write(os.environ['SECRET'] + '\\n')\n"
        "print(input('Name? '), os.environ['SECRET'])\n"
    )
    desk = OnTerminal(*python(code), rows=33, columns=77)
    desk.until(b"Name? ")
    desk.type(b"Ada\r")
    assert desk.end() == 0
    assert desk.seen == b"True True True (77, 33)\r\n%b\r\nName? Ada\r\nAda %b\r\n" % (MASK, MASK)


def test_a_change_of_size_reaches_the_program() -> None:
    code = (
        "import os,signal,time\n"
        "changed = []\n"
        "signal.signal(signal.SIGWINCH, lambda *_: changed.append(1))\n"
        "os.write(1, b'ready')\n"
        "while not changed: time.sleep(0.02)\n"
        "os.write(1, str(tuple(os.get_terminal_size())).encode())"
    )
    desk = OnTerminal(*python(code))
    desk.until(b"ready")
    desk.resize(20, 60)
    desk.until(b"(60, 20)")
    assert desk.end() == 0


def test_control_c_reaches_the_program_once() -> None:
    code = (
        "import os,signal,time\n"
        "signal.signal(signal.SIGINT, lambda *_: (os.write(1, b'once'), os._exit(5)))\n"
        "os.write(1, b'ready\\n')\n"
        "while True: time.sleep(0.05)"
    )
    for masks in (True, False):
        desk = OnTerminal(*python(code), masks=masks)
        desk.until(b"ready")
        desk.type(b"\x03")
        assert desk.end() == 5
        assert desk.seen.count(b"once") == 1


def test_the_terminal_is_given_back_as_it_was() -> None:
    code = (
        "import subprocess, sys, termios\n"
        "before = termios.tcgetattr(0)\n"
        f"subprocess.run({host('true')!r}, check=True)\n"
        "print('same' if termios.tcgetattr(0) == before else 'changed', flush=True)"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606
    assert os.read(terminal, 100).startswith(b"same")
    os.waitpid(pid, 0)
    os.close(terminal)


def test_what_a_child_left_behind_does_not_keep_a_terminal_waiting() -> None:
    desk = OnTerminal("sh", "-c", "sleep 50 & echo started")
    started = time.monotonic()
    assert desk.end() == 0
    assert time.monotonic() - started < 40
    assert desk.seen == b"started\r\n"


def test_a_program_that_is_not_there_is_not_started() -> None:
    found = run("no-such-program-here")
    assert found.returncode == 1
    assert b"FileNotFoundError" in found.stderr
