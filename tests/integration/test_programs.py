"""Programs that fetch secrets, against a real agent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.shell import CHEAP, Shell

SECRET = "s3cr3t-of-the-shop"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    found = Shell(tmp_path)
    found.run("init", *CHEAP)
    found.run("unlock")
    add = ("credentials", "add", "Shop", "--kind", "mysql", "--identifier", "prod/mysql/app")
    fields = ("--field", "host=db.example", "--field", "username=app", "--field-file", "password=-")
    found.run(*add, *fields, typed=SECRET.encode())
    yield found
    found.run("lock", "--quit")


def test_a_secret_reaches_the_program_and_nobody_else(shell: Shell) -> None:
    seen = shell.here / "seen"
    code = f"import os; open({str(seen)!r}, 'w').write(os.environ['URL']); print(os.environ['URL'])"
    url = "mysql://{{ vault://prod/mysql/app#username }}:{{ vault://prod/mysql/app }}@db"
    done = shell.run("run", "--", sys.executable, "-c", code, URL=url)
    assert seen.read_text() == f"mysql://app:{SECRET}@db"
    assert done.stdout == b"mysql://app:<concealed by vaultapp>@db\n"
    # Nothing of it lies anywhere in the user's folders but in what the program itself wrote.
    for path in shell.here.parent.rglob("*"):
        if path.is_file() and path != seen:
            assert SECRET.encode() not in path.read_bytes(), path


def test_no_argument_list_holds_a_secret(shell: Shell) -> None:
    code = (
        "import pathlib\n"
        "for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):\n"
        "    try: text = path.read_bytes()\n"
        "    except OSError: continue\n"
        "    if b's3cr3t-of-' + b'the-shop' in text: print('found', path)\n"
        "print('looked')"
    )
    done = shell.run("run", "--no-mask", "--", sys.executable, "-c", code, P="vault://prod/mysql/app")
    assert done.stdout == b"looked\n"


def test_a_signal_ends_the_program_and_gives_its_code(shell: Shell) -> None:
    code = "import os,time; os.write(1, b'ready\\n'); time.sleep(60)"
    environment = shell.environment | {"P": "vault://prod/mysql/app"}
    with subprocess.Popen(
        shell.command("run", "--", sys.executable, "-c", code),
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM


def test_what_is_missing_starts_nothing(shell: Shell) -> None:
    started = shell.here / "started"
    done = shell.run("run", "--", "touch", started, code=2, P="vault://prod/mysql/app#nothing", Q="vault://nobody")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 3
    assert not started.exists()
    assert "nothing" in lines[0]
    assert "nobody" in lines[1]


def test_a_value_is_read_and_put_into_a_template(shell: Shell) -> None:
    assert shell.told("read", "vault://prod/mysql/app") == SECRET + "\n"
    assert shell.json("read", "vault://prod/mysql/app")["host"] == "db.example"
    out = shell.here / "out"
    shell.run("inject", "--out", out, typed=b"p={{ vault://prod/mysql/app }}\n")
    assert out.read_text() == f"p={SECRET}\n"
    assert out.stat().st_mode & 0o777 == 0o600


def test_each_use_is_in_the_log_without_the_value(shell: Shell) -> None:
    shell.run("run", "--", "true", P="vault://prod/mysql/app", Q="vault://prod/mysql/app#host")
    told = shell.json("activity")
    reads = [entry for entry in told["entries"] if entry["action"] == "credential.read"]
    assert len(reads) == 1
    assert SECRET not in json.dumps(told)


def test_a_locked_vault_is_asked_for_its_passphrase_first(shell: Shell, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not this one\n")
    started = shell.here / "started"
    environment = {"VAULTAPP_PASSPHRASE_FILE": str(wrong), "P": "vault://prod/mysql/app"}
    shell.run("run", "--", "touch", started, code=2, **environment)
    assert not os.path.lexists(started)
