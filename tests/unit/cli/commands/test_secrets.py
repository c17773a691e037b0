from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.unit.cli.fakes import User
from vaultapp.contracts.credentials import Credential, CredentialPage, SecretFields
from vaultapp.core.credential_errors import CredentialInBin, VersionNotActive
from vaultapp.core.errors import NotFound, VaultLocked

DB = {"host": "db.example", "username": "app", "password": "s3cr3t-value"}
TOKEN = {"token": "tok-0123456789"}


def values(credential: str, version: str = "current") -> SecretFields:
    if credential == "prod/mysql/app":
        return SecretFields(dict(DB), "v2", "password")
    if credential == "api/token":
        return SecretFields(dict(TOKEN), "v1", "token")
    if credential == "old":
        raise CredentialInBin(credential="old")
    raise NotFound(kind="credential", name=credential)


@pytest.fixture
def holder(user: User) -> User:
    user.environment |= {"PATH": os.environ["PATH"]}
    return user.unlocked(credentials_read=values)


def asked(user: User) -> list[str]:
    return [str(call["credential"]) for call in user.agent.called("credentials.read")]


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("vault://prod/mysql/app",), "s3cr3t-value\n"),
        (("prod/mysql/app",), "s3cr3t-value\n"),
        (("vault://prod/mysql/app#host",), "db.example\n"),
        (("vault://prod/mysql/app", "--no-newline"), "s3cr3t-value"),
        (("vault://api/token",), "tok-0123456789\n"),
    ],
)
def test_read_writes_the_field_or_the_kinds_secret(holder: User, arguments: tuple[str, ...], written: str) -> None:
    result = holder.run("read", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, written, "")


def test_read_gives_programs_the_whole_value_or_the_field(holder: User) -> None:
    assert holder.json("read", "vault://prod/mysql/app") == DB
    assert holder.json("read", "vault://prod/mysql/app#host") == {"host": "db.example"}


def test_read_asks_for_the_version(holder: User) -> None:
    holder.run("read", "vault://prod/mysql/app", "--version", "previous")
    assert holder.agent.called("credentials.read") == [{"credential": "prod/mysql/app", "version": "previous"}]


@pytest.mark.parametrize(
    ("reference", "code", "words"),
    [
        ("vault://prod/mysql/app#passwrd", "not_found", "no field “passwrd”"),
        ("vault://nobody", "not_found", "No credential is called “nobody”."),
        ("vault://old", "credential_in_bin", "lies in the bin"),
        ("vault://a b", "invalid_value", "vault://NAME#FIELD"),
    ],
)
def test_what_read_cannot_give_is_a_users_error(holder: User, reference: str, code: str, words: str) -> None:
    exit_code, error = holder.error("read", reference)
    assert (exit_code, error["code"]) == (2, code)
    assert words in error["message"]


def shown(name: str) -> tuple[str, ...]:
    return sys.executable, "-c", f"import os; print(os.environ.get({name!r}))"


def run_with(user: User, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    result = user.run("run", *arguments)
    found = capfd.readouterr()
    return result.exit_code, found.out, result.stderr + found.err


def test_run_gives_the_program_secrets_in_place_of_references(
    holder: User, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    env_file = tmp_path / "env"
    env_file.write_text("URL=mysql://{{ vault://prod/mysql/app#username }}:{{ vault://prod/mysql/app }}@h\nPLAIN=x\n")
    holder.environment |= {"TOKEN": "vault://api/token", "OTHER": "see vault://api/token", "PLAIN": "y"}
    code = (
        "import json,os; json.dump({n: os.environ[n] for n in ('URL','TOKEN','OTHER','PLAIN')},"
        f" open({str(tmp_path / 'seen')!r}, 'w'))"
    )
    assert run_with(holder, capfd, "--env-file", str(env_file), "--", sys.executable, "-c", code) == (0, "", "")
    assert json.loads((tmp_path / "seen").read_text()) == {
        "URL": "mysql://app:s3cr3t-value@h",
        "TOKEN": "tok-0123456789",
        "OTHER": "see vault://api/token",
        "PLAIN": "x",
    }
    assert sorted(asked(holder)) == ["api/token", "prod/mysql/app"], "each credential is asked for once"
    assert "TOKEN" not in os.environ


def test_run_masks_what_the_program_writes(holder: User, capfd: pytest.CaptureFixture[str]) -> None:
    holder.environment["P"] = "vault://prod/mysql/app"
    assert run_with(holder, capfd, "--", *shown("P")) == (0, "<concealed by vaultapp>\n", "")
    assert run_with(holder, capfd, "--no-mask", "--", *shown("P")) == (0, "s3cr3t-value\n", "")
    holder.environment["P"] = "vault://prod/mysql/app#username"
    assert run_with(holder, capfd, "--", *shown("P")) == (0, "app\n", "")


def test_run_starts_nothing_while_something_is_missing_and_names_all_of_it(
    holder: User, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    holder.environment |= {"A": "vault://prod/mysql/app", "B": "vault://nobody#x", "C": "{{ vault://old }}!"}
    holder.environment["D"] = "vault://api/token#nofield"
    started = tmp_path / "started"
    code, out, err = run_with(holder, capfd, "--", "touch", str(started))
    assert (code, out, started.exists()) == (2, "", False)
    assert [line.split(": ")[1] for line in err.splitlines()[:-1]] == [
        "vault://nobody#x", "vault://old", "vault://api/token#nofield",
    ]  # fmt: skip
    assert err.splitlines()[-1] == "vaultapp: 3 references lead to no secret. The program was not started."
    assert "s3cr3t" not in err


def test_run_tells_programs_what_is_missing_in_one_object(holder: User) -> None:
    holder.environment["B"] = "vault://nobody#x"
    result = holder.run("run", "--json", "--", "true")
    error = json.loads(result.stderr)["error"]
    assert (result.exit_code, error["code"], error["facts"]["references"]) == (
        2,
        "references_unresolved",
        "vault://nobody#x",
    )


@pytest.mark.parametrize("value", ["vault://", "vault://a b", "x {{ vault://a"])
def test_a_broken_reference_starts_nothing(holder: User, value: str) -> None:
    holder.environment["A"] = value
    code, error = holder.error("run", "true")
    assert (code, error["code"]) == (2, "invalid_value")
    assert holder.agent.calls == []


def test_run_without_references_needs_no_vault(user: User, capfd: pytest.CaptureFixture[str]) -> None:
    user.vault.unlink()
    user.environment["PATH"] = os.environ["PATH"]
    assert run_with(user, capfd, "echo", "--no-mask", "hi") == (0, "--no-mask hi\n", "")


def test_run_ends_as_the_program_does(holder: User, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_with(holder, capfd, "sh", "-c", "exit 9")[0] == 9
    assert run_with(holder, capfd, "sh", "-c", "kill -9 $$")[0] == 137


@pytest.mark.parametrize(("command", "code"), [("no-such-program-here", 127), ("/etc/passwd", 126)])
def test_a_program_that_cannot_be_started_is_named(
    holder: User, capfd: pytest.CaptureFixture[str], command: str, code: int
) -> None:
    status, out, err = run_with(holder, capfd, "--", command)
    assert (status, out) == (code, "")
    assert command in err


def test_a_locked_vault_is_told_as_such(holder: User) -> None:
    holder.answering(credentials_read=VaultLocked())
    holder.environment["A"] = "vault://prod/mysql/app"
    assert holder.error("run", "true")[1]["code"] == "vault_locked"


def test_a_version_out_of_its_time_starts_nothing(holder: User) -> None:
    holder.answering(credentials_read=VersionNotActive(credential="db", reason="expired", at=0))
    holder.environment["A"] = "vault://db"
    assert "has expired" in holder.run("run", "true").stderr


TEMPLATE = "password: {{ vault://prod/mysql/app }}\nuser: {{vault://prod/mysql/app#username}} {{ x }}\n"
FILLED = "password: s3cr3t-value\nuser: app {{ x }}\n"


def test_inject_fills_a_template_from_a_file_or_standard_input(holder: User, tmp_path: Path) -> None:
    template = tmp_path / "t"
    template.write_text(TEMPLATE)
    assert holder.run("inject", str(template)).stdout == FILLED
    assert holder.run("inject", typed=TEMPLATE).stdout == FILLED
    assert asked(holder) == ["prod/mysql/app"] * 2


def test_inject_writes_a_private_file_and_never_over_another(holder: User, tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = os.umask(0)
    try:
        found = holder.json("inject", "--out", str(out), typed=TEMPLATE)
    finally:
        os.umask(old)
    assert (found, out.read_text()) == ({"path": str(out), "references": 2}, FILLED)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    out.write_text("other")
    assert holder.error("inject", "--out", str(out), typed=TEMPLATE)[1]["code"] == "target_exists"
    assert out.read_text() == "other"
    holder.run("inject", "--out", str(out), "--force", typed=TEMPLATE)
    assert out.read_text() == FILLED
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith("part")] == []


def test_inject_takes_the_place_of_files_only(holder: User, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert holder.error("inject", "--out", str(pipe), "--force", typed=TEMPLATE)[1]["code"] == "not_a_file"
    assert pipe.is_fifo()
    assert not [name for name in os.listdir(tmp_path) if name.endswith("part")]


def test_inject_writes_nothing_when_something_is_missing(holder: User, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = holder.run("inject", "--out", str(out), typed="a {{ vault://nobody }}")
    assert (result.exit_code, result.stdout, out.exists()) == (2, "", False)
    assert "vault://nobody leads to no secret. Nothing was written." in result.stderr


def test_a_template_that_cannot_be_read_is_told(holder: User, tmp_path: Path) -> None:
    assert holder.error("inject", str(tmp_path / "none"))[1]["code"] == "source_missing"
    assert holder.error("inject", typed=b"\xff")[1]["facts"] == {"field": "template", "reason": "not_utf8"}


def test_a_shell_completes_references(holder: User) -> None:
    found = (
        Credential(UUID(int=1), "Shop database", "prod/mysql/app", "mysql", 0, 0),
        Credential(UUID(int=2), "prod-token", "prod/token", "token", 0, 0),
    )
    holder.answering(credentials_list=CredentialPage(found, 2))
    assert holder.complete("read prod") == ["prod/mysql/app", "prod/token", "prod-token"]
    assert holder.complete("read vault://prod/m") == ["vault://prod/mysql/app"]
    assert holder.complete("read Sh") == []
