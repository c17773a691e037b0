from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.commands.conftest import VALUE
from tests.unit.cli.credential_records import CREDENTIAL_ID, credential
from tests.unit.cli.fakes import User
from tests.unit.cli.records import DAY, NOON
from vaultapp.contracts.credential_kinds import PasswordRules
from vaultapp.contracts.credentials import CredentialChange, CredentialPage, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.credential_errors import CredentialInBin, VersionNotActive
from vaultapp.core.errors import InvalidValue, NotFound, VaultError
from vaultapp.core.target_errors import TargetUntrusted

ADD = ("credentials", "add", "Shop", "--kind", "mysql", "--field", "host=db", "--field", "username=shop")


def created(user: User) -> NewCredential:
    (given,) = user.agent.called("credentials.create")
    found = given["new"]
    assert isinstance(found, NewCredential)
    return found


def put(user: User) -> dict[str, Any]:
    (given,) = user.agent.called("credentials.put")
    return given


def test_add_passes_everything_on_and_asks_for_the_secret(keeper: User) -> None:
    keeper.terminal.lines = ["s3cret!pw"]
    result = keeper.run(
        *ADD, "--identifier", "vault://prod/shop", "--setting", "tls=off", "--tag", "env=prod", "--description", "d",
        "--rotate-every", "30", "--starts", "2026-11-24T06:00:00Z", "--expires", "2026-11-25T06:00:00+00:00",
        "--remind", "2026-11-25T06:00:00Z",
    )  # fmt: skip
    assert result.stdout == "“Shop” is there. Programs hold vault://prod/shop.\n"
    assert keeper.terminal.asked == ["password of Shop: "]
    assert created(keeper) == NewCredential(
        name="Shop",
        identifier="prod/shop",
        kind="mysql",
        value=SecretFields({"host": "db", "username": "shop", "password": "s3cret!pw"}),
        description="d",
        tags={"env": "prod"},
        settings={"tls": "off"},
        plan=RotationPlan(days=30),
        starts=NOON,
        expires=NOON + DAY,
        remind_at=NOON + DAY,
    )
    assert "s3cret!pw" not in result.output


def test_without_an_identifier_programs_hold_the_name(keeper: User) -> None:
    keeper.terminal.lines = ["x"]
    keeper.run(*ADD)
    assert created(keeper).identifier == "Shop"


@pytest.mark.parametrize(
    ("content", "secret"), [(b"a b\n", "a b"), (b"a\r\n", "a"), (b"a\n\n", "a\n"), ("ä".encode(), "ä"), (b" a ", " a ")]
)
def test_a_secret_comes_from_a_file_without_the_end_of_its_line(
    keeper: User, tmp_path: Path, content: bytes, secret: str
) -> None:
    (tmp_path / "pw").write_bytes(content)
    keeper.run(*ADD, "--field-file", f"password={tmp_path / 'pw'}")
    assert created(keeper).value.fields["password"] == secret
    assert keeper.terminal.asked == []


def test_a_secret_comes_from_standard_input(keeper: User) -> None:
    keeper.run(*ADD, "--field-file", "password=-", typed=b"s3cret\n")
    assert created(keeper).value.fields["password"] == "s3cret"


def test_a_field_of_several_lines_is_taken_whole(keeper: User, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("-----BEGIN-----\n")
    (tmp_path / "crt").write_text("certificate\n")
    files = ("--field-file", f"private_key={tmp_path / 'key'}", "--field-file", f"certificate={tmp_path / 'crt'}")
    keeper.run("credentials", "add", "TLS", "--kind", "certificate", *files)
    assert created(keeper).value.fields == {"private_key": "-----BEGIN-----\n", "certificate": "certificate\n"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--field", "password=hunter2"), "other programs can see arguments"),
        (("--field", "pin=hunter2"), "has no field pin; it has host, port, username, password, dbname, engine. One of"),
        (("--field-file", "a=-", "--field-file", "b=-"), "one field only"),
        (("--field", "port=1", "--field-file", "port=-"), "port was given twice"),
        (("--length", "8"), "--generate"),
        (("--rotate-every", "0"), "1 to 3,650"),
        (("--expires", "soon"), "is no time"),
    ],
)
def test_what_cannot_be_meant_adds_nothing_and_shows_no_value(
    keeper: User, arguments: tuple[str, ...], words: str
) -> None:
    keeper.terminal.lines = ["x"]
    code, error = keeper.error(*ADD, *arguments)
    assert (code, error["code"]) == (2, "usage")
    assert words in str(error["message"])
    assert "hunter2" not in str(error)
    assert keeper.agent.called("credentials.create") == []


def test_open_fields_that_are_missing_are_all_named(keeper: User) -> None:
    code, error = keeper.error("credentials", "add", "Shop", "--kind", "mysql")
    assert code == 2
    assert "host, username" in str(error["message"])


def test_with_nobody_to_ask_a_secret_is_missed_by_its_name(keeper: User) -> None:
    keeper.terminal.attended = False
    code, error = keeper.error(*ADD)
    assert (code, error["facts"]) == (2, {"field": "password", "reason": "no_terminal"})
    assert "--field-file NAME=PATH" in str(error["message"])


def test_what_has_several_lines_cannot_be_typed(keeper: User) -> None:
    code, error = keeper.error("credentials", "add", "N", "--kind", "note")
    assert code == 2
    assert "several lines" in str(error["message"])


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        (InvalidValue(field="strategy", reason="choice"), "`vaultapp credentials kinds` lists what it can be."),
        (
            InvalidValue(field="colour", reason="unknown_setting"),
            "`vaultapp credentials kinds` lists those of its kind.",
        ),
        (TargetUntrusted(target="db.example:3306"), "`vaultapp credentials edit NAME --setting tls_ca=PATH`."),
    ],
)
def test_what_is_wrong_with_a_connection_names_the_command_that_helps(
    keeper: User, failed: VaultError, told: str
) -> None:
    error = keeper.answering(credentials_show=failed).error("credentials", "show", "Shop")[1]
    assert str(error["message"]).endswith(told)


def test_an_unknown_kind_is_refused(keeper: User) -> None:
    code, error = keeper.error("credentials", "add", "N", "--kind", "oracle")
    assert (code, error["facts"]) == (2, {"field": "kind", "reason": "unknown_credential"})
    assert "credentials kinds" in str(error["message"])


@pytest.mark.parametrize(("size", "taken"), [(65536, True), (65537, False)])
def test_a_file_of_more_than_64_kib_is_not_read_on(keeper: User, tmp_path: Path, size: int, taken: bool) -> None:
    (tmp_path / "pw").write_bytes(b"x" * size)
    result = keeper.run(*ADD, "--field-file", f"password={tmp_path / 'pw'}")
    assert (result.exit_code == 0) is taken


@pytest.mark.parametrize(("name", "code"), [("none", "source_missing"), (".", "not_a_file")])
def test_a_file_that_is_none_is_named(keeper: User, tmp_path: Path, name: str, code: str) -> None:
    assert keeper.error(*ADD, "--field-file", f"password={tmp_path / name}")[1]["code"] == code


def test_what_is_no_text_is_refused_and_not_quoted(keeper: User, tmp_path: Path) -> None:
    (tmp_path / "pw").write_bytes(b"hunter2\xff")
    _, error = keeper.error(*ADD, "--field-file", f"password={tmp_path / 'pw'}")
    assert error["facts"] == {"field": "password", "reason": "not_utf8"}
    assert "hunter2" not in str(error)


def test_a_generated_secret_is_neither_asked_for_nor_shown(keeper: User) -> None:
    keeper.run(*ADD, "--generate", "--length", "12", "--no-symbols", "--exclude", "xyz", "--ambiguous")
    new = created(keeper)
    assert keeper.terminal.asked == []
    assert (new.generate, new.value.fields) == (True, {"host": "db", "username": "shop"})
    assert new.rules == PasswordRules(length=12, symbols=False, excluded="xyz", ambiguous=True)


def test_without_rules_the_kinds_own_are_taken(keeper: User) -> None:
    keeper.run(*ADD, "--generate")
    assert created(keeper).rules is None


def test_edit_makes_a_version_of_what_was_there_and_what_is_new(keeper: User) -> None:
    result = keeper.run("credentials", "edit", "Shop", "--field", "port=3307", "--unset", "engine")
    given = put(keeper)
    assert given["credential"] == str(CREDENTIAL_ID)
    expected = {name: text for name, text in VALUE.items() if name != "engine"} | {"port": "3307"}
    assert given["value"].fields == expected
    assert result.stdout == "“Shop” has version 2 now.\n"
    assert keeper.agent.called("credentials.edit") == []


def test_edit_asks_for_a_new_secret(keeper: User) -> None:
    keeper.terminal.lines = ["n3w"]
    keeper.run("credentials", "edit", "Shop", "--ask", "password", "--expires", "2026-11-25T06:00:00Z")
    assert put(keeper)["value"].fields["password"] == "n3w"
    assert put(keeper)["expires"] == NOON + DAY


def test_edit_generates_a_secret(keeper: User) -> None:
    keeper.run("credentials", "edit", "Shop", "--generate", "--length", "9")
    given = put(keeper)
    assert "password" not in given["value"].fields
    assert (given["generate"], given["rules"].length) == (True, 9)


def test_of_an_expired_value_nothing_is_taken_over(keeper: User) -> None:
    keeper.answering(credentials_read=VersionNotActive(credential="Shop", reason="expired", at=1))
    keeper.terminal.lines = ["n3w"]
    keeper.run("credentials", "edit", "Shop", "--field", "host=h", "--field", "username=u")
    assert put(keeper)["value"].fields == {"host": "h", "username": "u", "password": "n3w"}


def test_edit_changes_what_is_said_without_touching_the_value(keeper: User) -> None:
    result = keeper.run(
        "credentials", "edit", "Shop", "--name", "N", "--identifier", "vault://i", "--description", "",
        "--tag", "a=b", "--untag", "env", "--setting", "tls=off", "--no-remind",
    )  # fmt: skip
    (given,) = keeper.agent.called("credentials.edit")
    assert given["change"] == CredentialChange("N", "i", "", {"a": "b"}, {"tls": "off"}, 0)
    assert keeper.agent.called("credentials.put") == keeper.agent.called("credentials.read") == []
    assert result.stdout == "“Shop” is changed.\n"


@pytest.mark.parametrize("arguments", [(), ("--remind", "2026-11-25", "--no-remind")])
def test_an_edit_that_says_nothing_or_both_is_refused(keeper: User, arguments: tuple[str, ...]) -> None:
    assert keeper.error("credentials", "edit", "Shop", *arguments)[1]["code"] == "usage"


@pytest.mark.parametrize(("arguments", "days"), [((), 30), (("--in", "7"), 7)])
def test_remove_moves_into_the_bin(keeper: User, arguments: tuple[str, ...], days: int) -> None:
    keeper.answering(credentials_delete=credential(deletes_at=NOON))
    result = keeper.run("credentials", "remove", "Shop", *arguments)
    assert keeper.agent.called("credentials.delete") == [{"credential": "Shop", "days": days}]
    assert "deleted for good on 2026-11-24" in result.stdout


def test_force_asks_first(keeper: User) -> None:
    keeper.answering(credentials_delete=credential())
    keeper.terminal.lines = ["n"]
    assert keeper.error("credentials", "remove", "Shop", "--force")[0] == 130
    assert keeper.agent.called("credentials.delete") == []
    keeper.terminal.lines = ["y"]
    keeper.run("credentials", "remove", "Shop", "--force")
    assert keeper.agent.called("credentials.delete") == [{"credential": str(CREDENTIAL_ID), "force": True}]


def test_force_without_a_terminal_takes_a_yes(keeper: User) -> None:
    keeper.answering(credentials_delete=credential())
    keeper.terminal.attended = False
    assert keeper.error("credentials", "remove", "Shop", "--force")[1]["code"] == "usage"
    assert keeper.agent.called("credentials.delete") == []
    assert keeper.run("credentials", "remove", "Shop", "--force", "--yes").exit_code == 0


@pytest.mark.parametrize("arguments", [("--in", "7", "--force"), ("--in", "6"), ("--in", "31")])
def test_a_removal_that_cannot_be_meant_removes_nothing(keeper: User, arguments: tuple[str, ...]) -> None:
    assert keeper.error("credentials", "remove", "Shop", *arguments)[1]["code"] == "usage"
    assert keeper.agent.called("credentials.delete") == []


def test_restore_promote_enable_and_disable_pass_on_what_is_meant(keeper: User) -> None:
    one = credential()
    keeper.answering(credentials_restore=one, credentials_promote=one, credentials_enable_version=one)
    assert "is back" in keeper.run("credentials", "restore", "Shop").stdout
    assert keeper.run("credentials", "promote", "Shop", "previous").stdout == "Version 2 of “Shop” is current.\n"
    keeper.run("credentials", "disable", "Shop", "1")
    keeper.run("credentials", "enable", "Shop", "1")
    assert keeper.agent.called("credentials.promote") == [{"credential": "Shop", "version": "previous"}]
    assert keeper.agent.called("credentials.enable_version") == [
        {"credential": "Shop", "version": "1", "enabled": False},
        {"credential": "Shop", "version": "1", "enabled": True},
    ]


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (NotFound(kind="credential", name="x"), "credentials list"),
        (NotFound(kind="credential_version", name="x"), "credentials history"),
        (CredentialInBin(credential="Shop"), "credentials restore"),
    ],
)
def test_a_refusal_says_which_command_helps(keeper: User, error: Exception, hint: str) -> None:
    code, told = keeper.answering(credentials_promote=error).error("credentials", "promote", "Shop", "1")
    assert code == 2
    assert hint in str(told["message"])


def test_names_and_identifiers_are_completed(keeper: User) -> None:
    keeper.answering(credentials_list=CredentialPage((credential(), credential("prod", "prod")), 2))
    assert keeper.complete("credentials show pr") == ["prod/shop", "prod"]
    assert keeper.complete("credentials add x --kind my") == ["mysql"]
