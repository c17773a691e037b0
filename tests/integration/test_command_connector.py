from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.desktop.processes import wait_until
from tests.ended import wait_gone
from vaultapp.connectors.command import CONNECTOR, MESSAGE_LENGTH, CommandTarget
from vaultapp.contracts.connectors import Connection, Target, Trial
from vaultapp.core.target_errors import (
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
)

OLD, NEW = "old-Passw0rd-$%;--", "new-Passw0rd-'\"\\ü"
APP = {"username": "app", "password": OLD, "place": "here"}
NEXT = {**APP, "password": NEW}

# A service whose passwords are a file; it keeps what it is told to, and writes down all that it was asked.
KEEPER = """
import json, sys, os
from pathlib import Path
room = Path(sys.argv[1])
asked = json.load(sys.stdin)
with (room / "asked").open("a") as log:
    print(json.dumps([asked, dict(os.environ), sys.argv]), file=log)
passwords = json.loads((room / "passwords").read_text())
step = asked["step"]
answer = {"ok": True}
if step == "test" and asked["value"]["password"] not in passwords:
    answer = {"ok": False, "error": "refused"}
elif step == "set":
    passwords = [asked[name]["password"] for name in ("pending", "keep") if asked[name]]
elif step == "retire":
    passwords = [one for one in passwords if one != asked["old"]["password"]]
elif step == "end_sessions":
    answer["count"] = 3
elif step == "propose":
    answer = {"ok": False, "error": "unsupported"}
(room / "passwords").write_text(json.dumps(passwords))
print(json.dumps(answer))
"""


class Programs:
    """Makes programs and the targets that run them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "passwords").write_text(json.dumps([OLD]))

    def target(self, source: str, timeout_s: float = 5.0) -> Target:
        program = self.folder / "program with a space.py"
        program.write_text(source)
        command = f"{sys.executable} '{program}' {self.folder} 'one; two' \"$HOME\""
        return CONNECTOR.connect(Connection({"command": command}, timeout_s=timeout_s))

    def answering(self, answer: str, code: int = 0) -> Target:
        return self.target(f"import sys\nsys.stdin.read()\nprint({answer!r})\nsys.exit({code})")

    def failing(self, **answer: str) -> Target:
        return self.answering(json.dumps({"ok": False, **answer}))

    @property
    def passwords(self) -> set[str]:
        return set(json.loads((self.folder / "passwords").read_text()))

    def asked(self) -> list[tuple[dict[str, object], dict[str, str], list[str]]]:
        return [tuple(json.loads(line)) for line in (self.folder / "asked").read_text().splitlines()]  # type: ignore[misc]


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(tmp_path)


def test_a_program_rotates_and_each_step_may_be_repeated(programs: Programs) -> None:
    found = programs.target(KEEPER)
    new = found.propose(APP, NEW, [APP])
    assert new == NEXT
    assert (found.try_login(APP), found.try_login(new)) == (Trial.ACCEPTED, Trial.REFUSED)
    for _ in range(2):
        with found.exclusive(APP):
            found.set(APP, new, keep=APP)
        found.probe(new)
    assert programs.passwords == {OLD, NEW}
    for _ in range(2):
        found.retire(new, APP)
        assert found.end_sessions(new, APP) == 3
    assert programs.passwords == {NEW}
    with pytest.raises(LoginRefused):
        found.probe(APP)
    found.set(new, APP, keep=None)
    assert programs.passwords == {OLD}
    found.close()


def test_a_program_is_told_what_it_needs_and_gets_little_else(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of this process")
    monkeypatch.setenv("LANG", "C.UTF-8")
    found = programs.target(KEEPER)
    found.propose(APP, NEW, [APP])
    found.set(APP, NEXT, keep=None)
    found.try_login(NEXT)
    found.probe(NEXT)
    found.retire(NEXT, APP)
    found.end_sessions(NEXT, APP)
    assert [asked for asked, _, _ in programs.asked()] == [
        {"step": "propose", "current": APP, "secret": NEW, "known": [APP]},
        {"step": "set", "current": APP, "pending": NEXT, "keep": None},
        {"step": "test", "value": NEXT, "probe": False},
        {"step": "test", "value": NEXT, "probe": True},
        {"step": "retire", "current": NEXT, "old": APP},
        {"step": "end_sessions", "current": NEXT, "old": APP},
    ]
    for _, environment, argv in programs.asked():
        assert environment.keys() - {"LC_CTYPE"} == {"PATH", "HOME", "LANG"}
        assert argv[2:] == ["one; two", "$HOME"], "a shell was at work"
        assert not any(secret in " ".join(argv) for secret in (OLD, NEW))


def test_a_program_may_make_the_secret_itself(programs: Programs) -> None:
    made = {"username": "app", "password": "made by the service"}
    found = programs.answering(json.dumps({"ok": True, "value": made, "of_a_later_release": [1]}))
    assert found.propose(APP, NEW, [APP]) == made
    assert programs.answering('{"ok": true}').propose(APP, NEW, [APP]) == NEXT


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("unreachable", TargetUnreachable),
        ("busy", TargetBusy),
        ("denied", TargetDenied),
        ("refused", LoginRefused),
        ("policy", PasswordRefused),
        ("locked", AccountLocked),
        ("unsupported", TargetFailed),
        ("other", TargetFailed),
        ("of a later release", TargetFailed),
    ],
)
def test_each_error_of_a_program_is_one_of_ours(programs: Programs, said: str, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        programs.failing(error=said).set(APP, NEXT, keep=None)
    assert type(caught.value) is error


def test_steps_that_a_program_does_not_know_are_left_out_where_they_may(programs: Programs) -> None:
    found = programs.failing(error="unsupported")
    assert found.propose(APP, NEW, []) == NEXT
    found.retire(NEXT, APP)
    assert found.end_sessions(NEXT, APP) == 0
    with pytest.raises(TargetFailed):
        found.try_login(APP)


@pytest.mark.parametrize("said", ["other", "denied"])
def test_a_probe_that_fails_is_not_a_login_that_fails(programs: Programs, said: str) -> None:
    with pytest.raises(ProbeFailed):
        programs.failing(error=said).probe(NEXT)


def test_what_a_program_says_is_told_without_what_cannot_be_seen(programs: Programs) -> None:
    message = "the \x1b[31mservice\x07 said\n\nno " + "x" * 1000
    with pytest.raises(TargetFailed) as caught:
        programs.failing(error="other", message=message).set(APP, NEXT, keep=None)
    told = str(caught.value.facts["message"])
    assert told.startswith("the \\x1b[31mservice\\x07 said no xxx")
    assert len(told) == MESSAGE_LENGTH


@pytest.mark.parametrize("quoted", [OLD, NEW, "SECRET-OF-BEFORE"])
def test_a_message_that_quotes_a_secret_is_not_told_at_all(programs: Programs, quoted: str) -> None:
    before = {**APP, "password": "SECRET-OF-BEFORE"}
    found = programs.failing(error="other", message=f"cannot set '{quoted}' for app")
    with pytest.raises(TargetFailed) as caught:
        found.propose(APP, NEW, [before])
    assert "message" not in caught.value.facts
    assert quoted not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("form", [json.dumps, repr, quote, lambda text: json.dumps(text, ensure_ascii=False)])
def test_a_secret_that_a_message_quotes_in_escapes_is_not_told_either(
    programs: Programs, form: Callable[[str], str]
) -> None:
    awkward = {**APP, "password": "say \"Sekrét\\\" 'twice'"}
    found = programs.failing(error="other", message=f"bad input: {form(awkward['password'])}")
    with pytest.raises(TargetFailed) as caught:
        found.set(awkward, NEXT, keep=None)
    assert "message" not in caught.value.facts


@pytest.mark.parametrize(
    "answer", ["", "no JSON", "[]", '{"ok": "yes"}', '{"ok": true, "value": {"a": 1}}', "[" * 9999]
)
def test_an_answer_that_is_none_is_told_and_not_quoted(programs: Programs, answer: str) -> None:
    with pytest.raises(TargetFailed) as caught:
        programs.answering(answer).set(APP, NEXT, keep=None)
    assert caught.value.facts["reason"] == "no_answer"
    assert caught.value.__cause__ is None


def test_a_program_that_says_yes_and_fails_has_failed(programs: Programs) -> None:
    with pytest.raises(TargetFailed) as caught:
        programs.answering('{"ok": true}', 3).set(APP, NEXT, keep=None)
    assert caught.value.facts["number"] == 3


@pytest.mark.parametrize("command", ["", "  ", "'", "/nowhere/at/all", "/etc/passwd", "/tmp"])
def test_a_program_that_cannot_be_started_is_told(command: str) -> None:
    with pytest.raises(TargetFailed) as caught:
        CONNECTOR.connect(Connection({"command": command})).try_login(APP)
    assert caught.value.facts["reason"] == "no_program"


def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(programs: Programs) -> None:
    source = f"""
import os, subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
with open("{programs.folder}/pids", "w") as pids:
    print(os.getpid(), child.pid, file=pids)
time.sleep(600)
"""
    began = time.monotonic()
    with pytest.raises(TargetUnreachable):
        programs.target(source, timeout_s=0.2).try_login(APP)
    assert time.monotonic() - began < 30
    for pid in (programs.folder / "pids").read_text().split():
        wait_gone(int(pid))


def test_what_a_program_leaves_behind_is_ended_and_not_waited_for(programs: Programs) -> None:
    source = f"""
import subprocess
child = subprocess.Popen(["sleep", "600"])
open("{programs.folder}/pids", "w").write(str(child.pid))
print('{{"ok": true}}')
"""
    assert programs.target(source, timeout_s=20).try_login(APP) is Trial.ACCEPTED
    wait_gone(int((programs.folder / "pids").read_text()))


def test_a_program_ends_with_the_process_that_ran_it_however_that_ends(programs: Programs) -> None:
    pids = programs.folder / "pids"
    source = f"import os, time\nopen('{pids}', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    programs.target(source)
    command = f"{sys.executable} '{programs.folder / 'program with a space.py'}'"
    asking = (
        "from vaultapp.connectors.command import CONNECTOR\n"
        "from vaultapp.contracts.connectors import Connection\n"
        f"CONNECTOR.connect(Connection({{'command': {command!r}}}, timeout_s=60)).try_login({APP!r})"
    )
    with subprocess.Popen([sys.executable, "-c", asking]) as ours:
        try:
            wait_until(lambda: pids.exists() and pids.read_text(), "the program")
        finally:
            ours.kill()
    wait_gone(int(pids.read_text()))


def test_a_program_has_no_signals_ignored_because_python_does_so(programs: Programs) -> None:
    shell = programs.folder / "program.sh"
    ignored = 1 << (signal.SIGPIPE - 1) | 1 << (signal.SIGXFSZ - 1)
    shell.write_text(
        "#!/bin/sh\nread -r asked\n"
        "mask=$(sed -n 's/^SigIgn:[[:space:]]*/0x/p' /proc/self/status)\n"
        f"[ $((mask & {ignored})) -eq 0 ] && echo '{{\"ok\": true}}'\n"
    )
    shell.chmod(0o700)
    assert CONNECTOR.connect(Connection({"command": str(shell)})).try_login(APP) is Trial.ACCEPTED


def test_what_escaped_and_holds_the_pipe_is_not_waited_for(programs: Programs) -> None:
    source = f"""
import os, time
if os.fork() == 0:
    os.setsid()
    open("{programs.folder}/pids", "w").write(str(os.getpid()))
    time.sleep(600)
while not os.path.exists("{programs.folder}/pids"):
    time.sleep(0.01)
print('{{"ok": true}}')
"""
    began = time.monotonic()
    try:
        assert programs.target(source, timeout_s=20).try_login(APP) is Trial.ACCEPTED
    finally:
        os.kill(int((programs.folder / "pids").read_text()), signal.SIGKILL)
    assert time.monotonic() - began < 30


def test_a_program_that_may_not_be_ended_is_not_waited_for(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_group: int, _number: int) -> None:
        raise PermissionError

    # As what sudo runs does.
    monkeypatch.setattr(os, "killpg", refused)
    source = f"import os, time\nopen('{programs.folder}/pids', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    began = time.monotonic()
    with pytest.raises(TargetUnreachable):
        programs.target(source, timeout_s=0.3).try_login(APP)
    assert time.monotonic() - began < 30
    pid = int((programs.folder / "pids").read_text())
    os.kill(pid, signal.SIGKILL)
    wait_gone(pid)


def test_a_program_that_writes_without_end_is_ended(programs: Programs) -> None:
    with pytest.raises(TargetFailed) as caught:
        CONNECTOR.connect(Connection({"command": "yes"})).try_login(APP)
    assert caught.value.facts["reason"] == "no_answer"


def test_large_values_go_both_ways_whatever_the_program_reads(programs: Programs) -> None:
    large = {"username": "app", "password": "\x01" * 60_000}
    echo = 'import json, sys\nprint(json.dumps({"ok": True, "value": json.load(sys.stdin)["current"]}))'
    assert programs.target(echo).propose(large, NEW, []) == large
    assert programs.target("print('{\"ok\": true}')").try_login(large) is Trial.ACCEPTED


def test_standard_error_of_a_program_goes_nowhere(programs: Programs, capfd: pytest.CaptureFixture[str]) -> None:
    source = "import sys\nsys.stderr.write(sys.stdin.read())\nprint('{\"ok\": true}')"
    assert programs.target(source).try_login(APP) is Trial.ACCEPTED
    assert capfd.readouterr() == ("", "")


def test_a_program_has_no_terminal_and_no_descriptors_of_ours(programs: Programs) -> None:
    source = """
import json, os
count = len([name for name in os.listdir("/proc/self/fd")])
print(json.dumps({"ok": True, "count": count * 1000 + (os.getsid(0) == os.getpid())}))
"""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    try:
        # 0, 1, 2, and the one that lists them.
        assert programs.target(source).end_sessions(NEXT, APP) == 4001
    finally:
        os.close(read)
        os.close(write)


def test_nothing_of_a_value_is_in_repr() -> None:
    found = CommandTarget(Connection({"command": "true"}, APP))
    assert OLD not in repr(found)
    assert OLD not in repr(Connection({}, APP))
