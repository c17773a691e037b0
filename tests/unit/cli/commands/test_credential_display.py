from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from tests.unit.cli.credential_records import CREDENTIAL_ID, credential, version
from tests.unit.cli.fakes import User
from tests.unit.cli.records import NOON
from vaultapp.contracts.activity import ActivityPage, Actor, Entry
from vaultapp.contracts.credential_kinds import KINDS, PasswordRules
from vaultapp.contracts.credentials import Attachment, Credential, CredentialPage, Label, OneTimeCode
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan, RotationReason, RotationState, RotationStep

ROTATION = RotationState(UUID(int=9), RotationReason.ASKED, RotationStep.SET, RotationOutcome.UNFINISHED, NOON)


def pages(*many: Credential) -> Any:
    return lambda offset=0, limit=5000: CredentialPage(tuple(many[offset : offset + 2]), len(many))


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((), ["Shop", "Web", "Note"]),
        (("SHOP",), ["Shop"]),
        (("db:33",), ["Shop", "Web"]),
        (("env=test",), ["Web"]),
        (("vault://web",), ["Web"]),
        (("--kind", "note"), ["Note"]),
        (("--bin",), ["Old"]),
        (("nothing",), []),
    ],
)
def test_the_list_is_asked_for_in_pages_and_chosen_from(
    keeper: User, arguments: tuple[str, ...], names: list[str]
) -> None:
    many = (
        credential(),
        credential("Web", "web", tags={"env": "test"}, account=""),
        credential("Old", "old", deletes_at=NOON),
        credential("Note", "note", kind="note", target="", account=""),
    )
    keeper.answering(credentials_list=pages(*many))
    found = keeper.json("credentials", "list", *arguments)["credentials"]
    assert [one["name"] for one in found] == names


def test_a_list_for_people_tells_what_is_to_be_done(keeper: User) -> None:
    stuck = replace(ROTATION, outcome=RotationOutcome.STUCK)
    many = (
        credential(plan=RotationPlan(days=30)),
        credential("B", "b", rotation=stuck, plan=RotationPlan(cron="0 3 * * *")),
        credential("C\x1b", "c", expires=NOON),
    )
    keeper.answering(credentials_list=pages(*many))
    lines = keeper.run("credentials", "list").stdout.splitlines()
    assert "30 days" in lines[1]
    assert "rotation needs you" in lines[2]
    assert "0 3 * * *" in lines[2]
    assert "expires 2026-11-24" in lines[3]
    assert "C\\x1b" in lines[3]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [((), "There are no credentials yet."), (("--bin",), "The bin is empty."), (("x",), "There are none like that.")],
)
def test_an_empty_list_says_so(keeper: User, arguments: tuple[str, ...], line: str) -> None:
    keeper.answering(credentials_list=CredentialPage((), 0))
    assert keeper.run("credentials", "list", *arguments).stdout.startswith(line)


def test_a_credential_for_programs(keeper: User) -> None:
    found = credential(
        reused=1, rotation=ROTATION, plan=RotationPlan(days=3, next_due=NOON), attachments=(Attachment("a", 3),)
    )
    shown = keeper.answering(credentials_show=found).json("credentials", "show", "Shop")["credential"]
    assert shown["id"] == str(CREDENTIAL_ID)
    assert shown["reference"] == "vault://prod/shop"
    assert (shown["strength"], shown["reused"], shown["expires"]) == (4, 1, None)
    assert shown["changed"] == "2026-11-24T06:00:00Z"
    assert shown["plan"]["days"] == 3
    assert (shown["rotation"]["outcome"], shown["rotation"]["credential"]) == ("unfinished", str(CREDENTIAL_ID))
    assert shown["attachments"] == [{"name": "a", "size": 3}]
    assert shown["versions"][1] == {
        "id": "v2" * 18,
        "number": 2,
        "labels": ["current"],
        "created": "2026-11-24T06:00:00Z",
        "starts": "2026-11-24T06:00:00Z",
        "expires": None,
        "enabled": True,
        "discarded_until": None,
        "origin": "created",
    }


def test_a_credential_for_people_has_its_versions_newest_first(keeper: User) -> None:
    found = credential(
        reused=2,
        description="a\x1b[31mb",
        versions=(version(1, enabled=False), version(2, discarded_until=NOON), version(3, Label.CURRENT)),
    )
    lines = keeper.answering(credentials_show=found).run("credentials", "show", "Shop").stdout.splitlines()
    assert "Description  a\\x1b[31mb" in lines
    assert "Secret       strong, 2 others have the same" in lines
    assert lines[-3].split()[:2] == ["3", "current"]
    assert "discarded, kept until 2026-11-24" in lines[-2]
    assert lines[-1].split()[:2] == ["1", "disabled"]


def test_kinds_name_what_must_be_given_and_what_is_secret(keeper: User) -> None:
    lines = keeper.run("credentials", "kinds").stdout.splitlines()
    assert lines[1].split()[:5] == ["mysql", "host*", "port", "username*", "password*~"]
    assert "strategy=dual|alternating|single" in lines[1].split()
    (first, *_) = keeper.json("credentials", "kinds")["kinds"]
    assert (first["name"], first["secret"], first["rotates"]) == ("mysql", "password", True)
    assert first["fields"][1] == {
        "name": "port", "secret": False, "required": False, "default": "3306", "choices": None,
    }  # fmt: skip


def entry(sequence: int, action: str, credential_id: UUID = CREDENTIAL_ID, time: int = NOON, **facts: Any) -> Entry:
    told = {"credential": str(credential_id)} | facts
    return Entry(sequence, time, Actor("terminal", "shop.py"), action, "credential", "Shop", facts=told)


def test_history_is_the_versions_and_what_the_log_says_of_it(keeper: User) -> None:
    entries = [
        entry(7, "credential.read", version=2),
        entry(6, "credential.read", UUID(int=1), version=9),
        Entry(5, NOON, Actor("window"), "vault.unlock"),
        entry(4, "credential.put", version=2),
        entry(3, "credential.create"),
        Entry(2, NOON - 1, Actor("window"), "vault.create"),
    ]
    asked: list[int | None] = []

    def page(before: int | None = None, limit: int = 200) -> ActivityPage:
        asked.append(before)
        found = [one for one in entries if before is None or one.sequence < before][:3]
        return ActivityPage(tuple(found), len(entries))

    keeper.answering(activity_list=page)
    lines = keeper.run("credentials", "history", "Shop").stdout.splitlines()
    assert lines[1].split()[:2] == ["2", "current"]
    assert [line.split("  ", 1)[1] for line in lines[4:]] == [
        "shop.py  Added a credential",
        "shop.py  Gave a credential a new value · Version 2",
        "shop.py  Gave out a credential · Version 2",
    ]
    # Nothing before its making is looked at.
    assert asked == [None, 5]
    shown = keeper.json("credentials", "history", "Shop", "--limit", "1")
    assert [one["sequence"] for one in shown["entries"]] == [7]
    assert shown["credential"]["name"] == "Shop"


def test_a_code_is_printed_with_its_time(keeper: User) -> None:
    keeper.answering(credentials_code=OneTimeCode("012345", 7))
    assert keeper.run("credentials", "code", "Shop").stdout == "012345\n"
    assert keeper.terminal.said == ["Valid for 7 s."]
    assert keeper.json("credentials", "code", "Shop") == {"code": "012345", "seconds": 7}


def test_generate_prints_a_password_by_rules(keeper: User) -> None:
    keeper.answering(credentials_generate=lambda rules: bytearray(b"p" * rules.length))
    assert keeper.run("credentials", "generate", "--length", "5").stdout == "ppppp\n"
    assert keeper.json("credentials", "generate", "--kind", "redis") == {"password": "p" * 32}
    first, second = keeper.agent.called("credentials.generate")
    assert first["rules"] == PasswordRules(length=5)
    assert second["rules"] == KINDS["redis"].rules
