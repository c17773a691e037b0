from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.gui.fake_activity import FakeActivity
from tests.gui.samples import entry
from vaultapp.contracts import activity_lines
from vaultapp.contracts.activity import Actor
from vaultapp.core.errors import AccessDenied, AgentGone, HostError, OperationCancelled, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.gui.activity_export import export


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> FakeActivity:
    monkeypatch.setattr(activity_lines, "A_PAGE", 10)
    log = FakeActivity()
    log.add(*(entry("key.rotate", facts={"version": number}, subject="Größe") for number in range(1, 26)))
    return log


def work(seen: list[tuple[int, int]] | None = None) -> WorkContext[tuple[int, int]]:
    return WorkContext(on_item=seen.append if seen is not None else None)


def test_every_entry_stands_once_oldest_first_in_either_form(log: FakeActivity, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    assert export(log, tmp_path / "log.jsonl", work(seen)) == 25
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["sequence"] for line in lines] == list(range(1, 26))
    assert lines[4] == activity_lines.entry_json(log.entries[4])
    assert seen == [(10, 25), (20, 25), (25, 25)]
    export(log, tmp_path / "log.CSV", work())
    with open(tmp_path / "log.CSV", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["sequence"]) for row in rows] == list(range(1, 26))
    assert list(rows[0]) == list(lines[0])
    assert (rows[4]["subject"], json.loads(rows[4]["facts"])) == ("Größe", {"version": 5})


def test_the_file_is_its_owners_alone_and_replaces_the_one_before(log: FakeActivity, tmp_path: Path) -> None:
    target = tmp_path / "log.csv"
    target.write_text("old")
    target.chmod(0o644)
    export(log, target, work())
    assert target.read_text().startswith("sequence,time,")
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@cmd", "\t=1"])
def test_no_name_becomes_a_formula(tmp_path: Path, name: str) -> None:
    log = FakeActivity()
    log.add(entry("text.encrypt", actor=Actor("terminal", name, 7), subject=name))
    export(log, tmp_path / "log.csv", work())
    with open(tmp_path / "log.csv", encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["program"], row["subject"]) == (f"'{name}", f"'{name}")


def test_an_empty_log_is_a_head_or_nothing(tmp_path: Path) -> None:
    assert export(FakeActivity(), tmp_path / "a.csv", work()) == 0
    assert export(FakeActivity(), tmp_path / "a.jsonl", work()) == 0
    assert (tmp_path / "a.csv").read_text().count("\n") == 1
    assert (tmp_path / "a.jsonl").read_text() == ""


def stopped(log: FakeActivity) -> WorkContext[tuple[int, int]]:
    def stop(_written: tuple[int, int]) -> None:
        context.cancel()

    context: WorkContext[tuple[int, int]] = WorkContext(on_item=stop)
    return context


def test_what_is_stopped_or_fails_leaves_the_file_that_was_there(log: FakeActivity, tmp_path: Path) -> None:
    target = tmp_path / "log.csv"
    target.write_text("old")
    with pytest.raises(OperationCancelled):
        export(log, target, stopped(log))
    log.raises = AgentGone()
    with pytest.raises(AgentGone):
        export(log, target, work())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize(
    ("target", "error"), [("gone/log.csv", HostError), ("folder", HostError)], ids=["no folder", "a folder"]
)
def test_what_the_system_says_is_an_error_of_ours(
    log: FakeActivity, tmp_path: Path, target: str, error: type[VaultError]
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(error) as caught:
        export(log, tmp_path / target, work())
    assert caught.value.facts["path"] == str(tmp_path / target)
    assert not isinstance(caught.value, AccessDenied)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("name", "as_table", "first"),
    [
        ("log.txt", True, "sequence,time,"),
        ("log.txt", False, '{"sequence": 1,'),
        ("log", True, "sequence,time,"),
        ("log.jsonl", True, '{"sequence": 1,'),
        ("log.csv", False, "sequence,time,"),
    ],
)
def test_a_file_is_what_its_name_says_and_else_what_was_chosen(
    tmp_path: Path, log: FakeActivity, name: str, as_table: bool, first: str
) -> None:
    export(log, tmp_path / name, work(), as_table=as_table)
    assert (tmp_path / name).read_text().startswith(first)
