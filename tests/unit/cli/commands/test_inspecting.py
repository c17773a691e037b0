from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.cli.fakes import User
from vaultapp.contracts.files import FileDescription, Place, Recipient
from vaultapp.core.errors import NotSealed, SourceMissing
from vaultapp.core.work import WorkContext

KEY = "00000000-0000-4000-8000-00000000000a"


def described(**changes: Any) -> FileDescription:
    recipients = (
        Recipient("key", "vaultapp:v1", KEY, "Work", "ab" * 8, 3, here=True),
        Recipient("kms", "aws-kms", KEY, "Work", "ab" * 8, 3, here=True),
        Recipient("passphrase", "vaultapp:passphrase"),
        Recipient("other", "aws-kms", "arn:aws:kms:x"),
    )
    values = {
        "source": b"/a.sealed", "size": 300, "format": "message 2", "suite": "0478", "message_id": bytes(32),
        "context": {"for": "mail\x1b[31m"}, "recipients": recipients, "frame_length": 262144, "header_length": 200,
        "frames": 2, "content_length": 300_000, "signed": False, "complete": True, "folder": False,
    }  # fmt: skip
    return FileDescription(**{**values, **changes})


def test_inspecting_unlocks_nothing(user: User, tmp_path: Path) -> None:
    user.answering(files_inspect=described())
    result = user.run("inspect", str(tmp_path / "a.sealed"))
    assert (result.exit_code, user.agents.started, user.terminal.asked) == (0, ["vaultless"], [])
    assert user.vaultless.called("files.inspect") == [{"source": Place(path=bytes(tmp_path / "a.sealed"))}]


def test_an_open_vault_gives_its_names(user: User) -> None:
    user.unlocked(files_inspect=described())
    assert user.run("inspect", "a").exit_code == 0
    assert user.agents.started == []


def test_people_read_each_recipient_once(user: User) -> None:
    lines = user.answering(files_inspect=described()).run("inspect", "a").stdout.splitlines()
    opened = [line.removeprefix("Opened by").strip() for line in lines if line.startswith("Opened by")]
    assert opened == ["“Work”, version 3, which is here", "a passphrase", "aws-kms arn:aws:kms:x"]
    assert "Context     for=mail\\x1b[31m" in lines
    assert "Content     300 kB in 2 frames" in lines


def test_a_file_that_is_cut_short_says_so(user: User) -> None:
    text = (
        user.answering(files_inspect=described(complete=False, frames=0, content_length=0)).run("inspect", "a").stdout
    )
    assert "not known: the file is cut short, damaged or a stream" in text


def test_programs_read_everything(user: User) -> None:
    (found,) = user.answering(files_inspect=described()).json("inspect", "a")["files"]
    assert found["recipients"][0] == {
        "kind": "key",
        "provider": "vaultapp:v1",
        "key": KEY,
        "name": "Work",
        "version": "ab" * 8,
        "number": 3,
        "here": True,
    }
    assert found["recipients"][2]["name"] is None
    assert (found["message_id"], found["content_length"], found["complete"]) == ("00" * 32, 300_000, True)


def test_one_bad_file_does_not_hide_the_others(user: User) -> None:
    def inspect(source: Place, work: WorkContext[None]) -> FileDescription:
        if source.path.endswith(b"plain"):
            raise NotSealed(reason="other")
        if source.path.endswith(b"gone"):
            raise SourceMissing(path="gone")
        return described()

    user.answering(files_inspect=inspect)
    result = user.run("inspect", "plain", "gone", "good")
    assert result.exit_code == 5
    assert "Message id" in result.stdout
    assert "plain”: This is not an encrypted file." in result.stderr
    assert "Nothing was written" not in result.stderr
    found = json.loads(user.run("inspect", "plain", "good", "--json").stdout)["files"]
    assert [one.get("error", {}).get("code") for one in found] == ["not_sealed", None]
    assert found[0]["error"]["message"] == "This is not an encrypted file."


def test_standard_input_is_handed_over(user: User) -> None:
    seen: list[tuple[int, ...]] = []

    def inspect(source: Place, work: WorkContext[None]) -> FileDescription:
        seen.append(work.descriptors)
        return described(source=b"")

    assert user.answering(files_inspect=inspect).run("inspect", "-").stdout.startswith("Standard input\n")
    assert seen == [(0,)]
