from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.unit.cli.fakes import User
from vaultapp.contracts.credential_transfer import (
    EntryFate,
    ExportReport,
    ExportRequest,
    ImportPlan,
    ImportReport,
    ImportRequest,
    LossReason,
    LostField,
    OnTaken,
    PlannedCredential,
    RenamedField,
    TransferFormat,
)
from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import NotFound, PassphraseNeeded, SourceChanged

ONE = UUID("00000000-0000-4000-8000-00000000000a")
PLAN = ImportPlan(
    TransferFormat.CSV,
    b"digest",
    (
        PlannedCredential(
            "Shop\x1b[31m",
            EntryFate.NUMBERED,
            "Shop (2)",
            "Shop-2",
            "login",
            kept=("username", "password"),
            renamed=(RenamedField("note", "notes"),),
            lost=(LostField("Favorite", LossReason.NO_PLACE),),
            versions=3,
            attachments=1,
        ),
        PlannedCredential("Old", EntryFate.SKIPPED, reason=LossReason.DELETED),
        PlannedCredential("Big", EntryFate.REFUSED, reason=LossReason.TOO_LARGE),
    ),
    taken=1,
    skipped=1,
    refused=1,
    lost_fields=1,
)
REPORT = ImportReport((ONE,), 1, 1)
LINES = """\
“Shop\\x1b[31m”: login, vault://Shop-2, numbered because the identifier is taken
    kept      username, password
    renamed   note → notes
    with      3 versions, 1 attachment
    lost      Favorite (nothing here does that)
“Old”: left out, it lies in the bin there.
“Big”: refused, too large.
This is a table (CSV). Of its entries 1 goes in, 1 left out, 1 refused; 1 field is lost.
"""


@pytest.fixture
def importer(user: User) -> User:
    return user.unlocked(transfer_plan=PLAN, transfer_apply=REPORT)


def test_an_import_tells_field_by_field_and_asks(importer: User, tmp_path: Path) -> None:
    importer.terminal.lines = ["y"]
    result = importer.run("credentials", "import", str(tmp_path / "a.csv"))
    assert (result.exit_code, result.stdout) == (0, LINES + "1 credential imported.\n")
    assert importer.terminal.asked == ["Go on? [y/N] "]
    (applied,) = importer.agent.called("transfer.apply")
    assert applied["digest"] == b"digest"
    assert applied["request"] == ImportRequest(applied["request"].source)
    assert applied["request"].source.path == bytes(tmp_path / "a.csv")
    assert importer.terminal.said == [f"“{tmp_path}/a.csv” holds these secrets in clear: remove it."]


@pytest.mark.parametrize("answer", ["", "n", "no"])
def test_nothing_is_written_without_a_yes(importer: User, answer: str) -> None:
    importer.terminal.lines = [answer]
    assert importer.run("credentials", "import", "a").exit_code == 130
    assert importer.agent.called("transfer.apply") == []


def test_what_runs_a_program_when_it_rotates_is_said(importer: User) -> None:
    one = PlannedCredential("Job", EntryFate.TAKEN, "Job", "job", "command")
    importer.answering(transfer_plan=ImportPlan(TransferFormat.SEALED, b"", (one,), 1, 0, 0, 0))
    assert "to rotate it runs a program" in importer.run("credentials", "import", "a", "--dry-run").stdout


def test_a_dry_run_only_tells(importer: User) -> None:
    assert importer.run("credentials", "import", "a", "--dry-run").stdout == LINES
    assert importer.agent.called("transfer.apply") == []


def test_without_a_terminal_it_must_be_agreed_to(importer: User) -> None:
    importer.terminal.attended = False
    result = importer.run("credentials", "import", "a")
    assert (result.exit_code, importer.agent.calls) == (2, [])
    assert "--yes" in result.stderr
    assert importer.run("credentials", "import", "a", "--yes").exit_code == 0


def test_programs_get_the_plan_and_the_report(importer: User) -> None:
    found = importer.json("credentials", "import", "a", "--yes")
    assert found["report"] == {"imported": [str(ONE)], "skipped": 1, "refused": 1}
    assert found["plan"]["entries"][0] == {
        "entry": "Shop\x1b[31m",
        "fate": "numbered",
        "reason": None,
        "name": "Shop (2)",
        "identifier": "Shop-2",
        "kind": "login",
        "kept": ["username", "password"],
        "renamed": {"note": "notes"},
        "lost": {"Favorite": "no_place"},
        "versions": 3,
        "attachments": 1,
    }
    assert importer.json("credentials", "import", "a", "--dry-run")["report"] is None


def test_the_request_says_what_was_chosen(importer: User, tmp_path: Path) -> None:
    secret = tmp_path / "p"
    secret.write_text("kee\n")
    seen: list[tuple[Any, ...]] = []

    def plan(request: ImportRequest, work: object) -> ImportPlan:
        seen.append((request.format, request.on_taken, request.under, bytes(request.passphrases[0]), request.key_file))
        request.passphrases[0][:] = bytes(3)
        return PLAN

    importer.answering(transfer_plan=plan)
    importer.run(
        "credentials", "import", "a", "--yes", "--format", "kdbx", "--on-taken", "skip", "--under", "old",
        "--recipient-passphrase-file", str(secret), "--key-file", str(secret),
    )  # fmt: skip
    ((form, on_taken, under, passphrase, key_file),) = seen
    assert (form, on_taken, under, passphrase) == (TransferFormat.KDBX, OnTaken.SKIP, "old", b"kee")
    assert key_file.path == bytes(secret)
    (applied,) = importer.agent.called("transfer.apply")
    assert [bytes(one) for one in applied["request"].passphrases] == [b"kee"], "the second reading has it too"


def test_a_file_that_needs_a_passphrase_is_asked_for_one(importer: User) -> None:
    importer.answering(transfer_plan=[PassphraseNeeded(), PLAN])
    importer.terminal.lines = ["kee", "y"]
    assert importer.run("credentials", "import", "a").exit_code == 0
    assert importer.terminal.asked == ["Passphrase of the file: ", "Go on? [y/N] "]


def test_a_plan_that_holds_no_more_is_said(importer: User) -> None:
    importer.answering(transfer_apply=SourceChanged(path="a"))
    code, error = importer.error("credentials", "import", "a", "--yes")
    assert (code, error["code"]) == (5, "source_changed")


def test_an_export_goes_to_a_file_for_those_named(user: User, tmp_path: Path) -> None:
    user.unlocked(transfer_export=ExportReport(bytes(tmp_path / "a.sealed"), 2, 5, 1, 900))
    result = user.run("credentials", "export", "web/shop", "--to", str(tmp_path / "a.sealed"), "--key", "Personal")
    assert result.stdout == f"“{tmp_path}/a.sealed”: 2 credentials exported, 5 versions, 1 attachment.\n"
    (asked,) = user.agent.called("transfer.export")
    assert asked["request"] == ExportRequest(
        bytes(tmp_path / "a.sealed"), ("web/shop",), ("Personal",), (), OnExist.ASK
    )


def test_an_export_for_a_passphrase_asks_for_it_twice(user: User) -> None:
    given: list[bytes] = []

    def export(request: ExportRequest, work: object) -> ExportReport:
        given.extend(map(bytes, request.passphrases))
        return ExportReport(b"/a", 0, 0, 0, 1)

    user.unlocked(transfer_export=export)
    user.terminal.lines = ["four unrelated words", "four unrelated words"]
    found = user.json("credentials", "export", "--to", "a", "--recipient-passphrase", "--on-exist", "replace")
    assert found == {"path": "/a", "credentials": 0, "versions": 0, "attachments": 0, "size": 1}
    assert given == [b"four unrelated words"]


@pytest.mark.parametrize("arguments", [("--to", "a"), ("--to", "-", "--key", "k"), ("--key", "k")])
def test_an_export_that_nobody_could_open_or_find_is_refused(user: User, arguments: tuple[str, ...]) -> None:
    result = user.unlocked().run("credentials", "export", *arguments)
    assert (result.exit_code, user.agent.calls) == (2, [])


def test_errors_are_typed(user: User) -> None:
    user.unlocked(transfer_export=NotFound(kind="credential", name="x"))
    code, error = user.error("credentials", "export", "x", "--to", "a", "--key", "k")
    assert (code, error["code"]) == (2, "not_found")
    assert json.dumps(error).isascii()
