"""Credentials by the command line, on the real agent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.shell import Shell
from tests.typist import Typist

SECRET = "Zw8#kR!mQ2pTx-unmistakable"
APP = "prod/mysql/app"
ADD = ("credentials", "add", "Shop database", "--kind", "mysql", "--identifier", APP)
FIELDS = ("--field", "host=db.example", "--field", "username=shop")


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    shell.init()
    shell.run("unlock")
    shell.write("pw", SECRET.encode() + b"\n")
    yield shell
    shell.close()


@pytest.fixture
def app(shell: Shell) -> Shell:
    shell.run(*ADD, *FIELDS, "--field-file", "password=pw")
    return shell


def test_the_whole_way_of_a_credential(app: Shell) -> None:
    assert app.told("read", f"vault://{APP}") == f"{SECRET}\n"
    assert app.told("read", f"vault://{APP}#port") == "3306\n"
    found = app.json("credentials", "show", "shop DATABASE")["credential"]
    assert (found["account"], found["target"], found["kind"]) == ("shop", "db.example:3306", "mysql")

    edited = app.json("credentials", "edit", APP, "--generate", "--tag", "env=prod")["credential"]
    assert [version["labels"] for version in edited["versions"]] == [["previous"], ["current"]]
    assert len(app.told("read", APP)) == 33
    assert app.told("read", APP, "--version", "previous") == f"{SECRET}\n"
    app.run("credentials", "promote", APP, "previous")
    assert app.told("read", APP) == f"{SECRET}\n"

    app.run("credentials", "attach", APP, "pw", "--name", "note")
    assert app.told("credentials", "attachment", APP, "note") == f"{SECRET}\n"

    app.run("credentials", "remove", APP, "--in", "7")
    assert "lies in the bin" in app.refused(2, "read", APP)
    assert [one["name"] for one in app.json("credentials", "list", "--bin")["credentials"]] == ["Shop database"]
    assert app.json("credentials", "list")["credentials"] == []
    app.run("credentials", "restore", APP)
    assert app.json("credentials", "list")["credentials"][0]["tags"] == {"env": "prod"}

    actions = [entry["action"] for entry in app.json("credentials", "history", APP)["entries"]]
    assert actions == [
        "credential.create", "credential.read", "credential.read", "credential.read", "credential.put",
        "credential.edit", "credential.read", "credential.read", "credential.promote", "credential.read",
        "credential.attach", "credential.attachment", "credential.delete", "credential.read", "credential.restore",
    ]  # fmt: skip

    app.run("credentials", "remove", APP, "--force", "--yes")
    assert "No credential is called" in app.refused(2, "read", APP)


def test_a_vault_locked_and_opened_again_has_it_still(app: Shell) -> None:
    app.run("lock", "--quit")
    assert app.told("read", APP) == f"{SECRET}\n"


def test_no_value_is_in_the_vault_file_the_log_or_what_is_told(app: Shell) -> None:
    app.run("read", APP)
    app.run("credentials", "code", APP, code=2)
    told = app.told("activity", "--limit", "200") + app.told("credentials", "show", APP)
    told += app.told("credentials", "history", APP) + str(app.json("credentials", "list"))
    told += str(app.json("activity", "--limit", "200"))
    assert SECRET not in told
    assert SECRET.encode() not in app.vault.read_bytes()


def test_a_secret_among_the_arguments_is_refused_and_not_repeated(shell: Shell) -> None:
    told = shell.refused(2, *ADD, *FIELDS, "--field", f"password={SECRET}")
    assert "--field-file password=PATH" in told
    assert SECRET not in told
    assert shell.json("credentials", "list")["credentials"] == []


def test_a_secret_comes_from_an_open_descriptor(shell: Shell) -> None:
    command = [os.fsdecode(one) for one in shell.command(*ADD, *FIELDS, "--field-file", "password=/dev/fd/0")]
    shell.run(*command[3:], typed=SECRET.encode())
    assert shell.told("read", APP) == f"{SECRET}\n"


def test_a_person_types_the_secret_unseen(shell: Shell) -> None:
    typist = Typist(shell.command(*ADD, *FIELDS), shell.here, shell.environment)
    typist.until(b"password of Shop database: ")
    assert not typist.echoes
    typist.type(SECRET.encode() + b"\n")
    assert typist.wait() == 0
    assert SECRET.encode() not in typist.shown
    assert shell.told("read", APP) == f"{SECRET}\n"


def test_a_binary_attachment_is_kept_from_a_terminal(app: Shell) -> None:
    app.write("bin", b"\x1b]0;owned\x07")
    app.run("credentials", "attach", APP, "bin")
    typist = Typist(app.command("credentials", "attachment", APP, "bin"), app.here, app.environment)
    assert typist.wait() == 2
    assert b"owned" not in typist.shown
    assert app.run("credentials", "attachment", APP, "bin").stdout == b"\x1b]0;owned\x07"


def test_an_agent_without_rotations_loads_no_driver(app: Shell) -> None:
    """What only rotations need must not cost who reads a secret."""
    pid = app.json("status")["pid"]
    app.run("credentials", "list")
    app.run("read", APP)
    maps = Path(f"/proc/{pid}/maps").read_text()
    assert "_psycopg" not in maps
    assert "psycopg_binary" not in maps
