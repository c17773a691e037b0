from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.unit.cli.fakes import User
from tests.unit.cli.records import NOON
from vaultapp.contracts import activity_lines
from vaultapp.contracts.activity import ActivityPage, Actor, ChainReport, Entry
from vaultapp.core.errors import AgentGone, VaultTampered


def entry(sequence: int, **changes: object) -> Entry:
    values = {"sequence": sequence, "time": NOON, "actor": Actor("terminal", "vaultapp", 7), "action": "key.rotate",
              "subject_kind": "key", "subject": "Personal"}  # fmt: skip
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


class Log:
    """A log whose entries have no gaps; asked in pages."""

    def __init__(self, first: int, last: int) -> None:
        self.entries = [entry(sequence) for sequence in range(first, last + 1)]

    def __call__(self, before: int | None = None, limit: int = 200) -> ActivityPage:
        older = [one for one in self.entries if before is None or one.sequence < before]
        return ActivityPage(tuple(older[::-1][:limit]), len(self.entries))


def test_the_newest_are_shown_oldest_first(user: User) -> None:
    user.unlocked(activity_list=Log(1, 9))
    lines = user.run("activity", "--limit", "2").stdout.splitlines()
    assert lines == [
        "2026-11-24 06:00       8  vaultapp  Rotated a key · “Personal”",
        "2026-11-24 06:00       9  vaultapp  Rotated a key · “Personal”",
    ]
    found = user.json("activity", "--limit", "2")
    assert ([one["sequence"] for one in found["entries"]], found["total"]) == ([8, 9], 9)


def test_an_entry_shows_its_outcome_count_and_no_escape_sequences(user: User) -> None:
    odd = entry(1, actor=Actor("terminal", "\x1b[31m", 7), subject="a\x07", outcome="key_disabled", count=3)
    user.unlocked(activity_list=ActivityPage((odd,), 1))
    (line,) = user.run("activity").stdout.splitlines()
    assert line.endswith("\\x1b[31m  Rotate a key ×3 · “a\\x07” · Refused: The key is disabled.")


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (
            entry(1, facts={"version": 5, "reason": "schedule"}),
            "Rotated a key · “Personal” · Version 5, by its schedule",
        ),
        (
            entry(1, action="vault.unlock", subject_kind="vault", subject="personal", actor=Actor("window")),
            "You  Unlocked · With the passphrase",
        ),
        (
            entry(1, action="file.seal", facts={"path": "/d/a.pdf", "version": 4}),
            "Encrypted a file · “Personal” · a.pdf, version 4",
        ),
        (
            entry(
                1,
                action="file.seal",
                subject_kind="",
                subject="",
                outcome="begun",
                facts={"files": 1200, "bytes": 21_600_000_000},
            ),
            "Encrypt 1,200 files · Begun · 21.6 GB",
        ),
        (
            entry(1, action="text.encrypt", subject="Wrok", outcome="not_found"),
            "Encrypt a text · “Wrok” · Refused: No key is called “Wrok”.",
        ),
        (entry(1, action="file.open", subject_kind="passphrase", subject=""), "Decrypted a file · A passphrase"),
    ],
)
def test_people_read_words_and_programs_codes(user: User, told: Entry, line: str) -> None:
    user.unlocked(activity_list=ActivityPage((told,), 1))
    assert user.run("activity").stdout.rstrip().endswith(f"  {line}")
    (found,) = user.json("activity")["entries"]
    assert (found["action"], found["outcome"]) == (told.action, told.outcome)


def test_following_prints_each_entry_once_until_the_vault_is_locked(user: User) -> None:
    log = Log(1, 3)
    rounds = iter([4, 5, 5, 6])

    def more() -> None:
        last = next(rounds, None)
        if last is None:
            user.agent.answers["activity.list"] = AgentGone()
        else:
            log.entries = [entry(sequence) for sequence in range(1, last + 1)]

    user.unlocked(activity_list=log)
    user.terminal.on_wait = more
    result = user.run("activity", "--follow", "--limit", "2", "--json")
    assert result.exit_code == 0
    assert [json.loads(line)["sequence"] for line in result.stdout.splitlines()] == [2, 3, 4, 5, 6]


def test_ctrl_c_ends_following(user: User) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    user.unlocked(activity_list=Log(1, 1))
    user.terminal.on_wait = stop
    assert user.run("activity", "--follow").exit_code == 130


@pytest.mark.parametrize(("first", "last"), [(1, 25), (11, 25), (1, 10), (7, 7)])
def test_an_export_has_every_entry_once_oldest_first(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, last: int
) -> None:
    monkeypatch.setattr(activity_lines, "A_PAGE", 10)
    target = tmp_path / "log.jsonl"
    assert (
        user.unlocked(activity_list=Log(first, last)).json("activity", "--export", str(target))["entries"]
        == last - first + 1
    )
    assert [json.loads(line)["sequence"] for line in target.read_text().splitlines()] == list(range(first, last + 1))
    assert target.stat().st_mode & 0o777 == 0o600


def test_an_export_of_nothing_is_an_empty_file(user: User, tmp_path: Path) -> None:
    user.unlocked(activity_list=ActivityPage((), 0))
    assert user.run("activity", "--export", str(tmp_path / "log")).exit_code == 0
    assert (tmp_path / "log").read_bytes() == b""


def test_an_export_never_replaces_a_file(user: User, tmp_path: Path) -> None:
    (tmp_path / "log").write_text("mine")
    code, error = user.unlocked(activity_list=Log(1, 2)).error("activity", "--export", str(tmp_path / "log"))
    assert (code, error["code"]) == (2, "target_exists")
    assert (tmp_path / "log").read_text() == "mine"


def test_an_export_that_fails_leaves_no_half_file(user: User, tmp_path: Path) -> None:
    pages = [ActivityPage((entry(2),), 2), AgentGone()]
    user.unlocked(activity_list=pages)
    assert user.run("activity", "--export", str(tmp_path / "log")).exit_code == 5
    assert os.listdir(tmp_path) == ["personal.vault"]


def test_an_export_may_go_to_standard_output(user: User) -> None:
    lines = user.unlocked(activity_list=Log(1, 3)).run("activity", "--export", "-").stdout.splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == [1, 2, 3]


def test_a_whole_chain_is_told(user: User) -> None:
    user.unlocked(activity_check=ChainReport(5, 3, 7, 3))
    text = user.run("activity", "--check").stdout
    assert text.startswith("The log is whole: 5 entries, 3 to 7.\n")
    assert "before entry 3" in text
    assert user.json("activity", "--check") == {"entries": 5, "first": 3, "last": 7, "trimmed_before": 3}


def test_a_broken_chain_names_the_entry(user: User) -> None:
    result = user.unlocked(activity_check=VaultTampered(reason="activity", sequence=6)).run("activity", "--check")
    assert result.exit_code == 3
    assert "entry 6 is not as it was written" in result.stderr


def test_only_one_thing_at_a_time(user: User) -> None:
    assert user.unlocked().run("activity", "--check", "--follow").exit_code == 2
