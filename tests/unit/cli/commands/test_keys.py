from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import User
from tests.unit.cli.records import DAY, KEY_ID, NOON, key, version
from vaultapp.contracts.keys import ExportedMaterial, KeyPage, KeyState, NewKey

MATERIAL = bytes(range(32))


def test_create_passes_everything_on(user: User) -> None:
    user.unlocked(keys_create=key(versions=1), keys_alias=key(versions=1))
    tags = ("--tag", "team=x", "--tag", "empty=")
    arguments = ("--description", "d", *tags, "--rotate-every", "90", "--alias", "a/b", "--alias", "c")
    result = user.run("keys", "create", "Personal", *arguments)
    assert result.stdout == "“Personal” is there, with version 1.\n"
    new = NewKey("Personal", "d", {"team": "x", "empty": ""}, "symmetric", 90)
    assert user.agent.called("keys.create") == [{"new": new}]
    assert user.agent.called("keys.alias") == [{"key": str(KEY_ID), "add": ("a/b", "c")}]


@pytest.mark.parametrize("tag", ["noequals", "=value"])
def test_a_malformed_tag_makes_no_key(user: User, tag: str) -> None:
    code, error = user.unlocked().error("keys", "create", "x", "--tag", tag)
    assert (code, error["facts"]) == (2, {"field": "tags", "reason": "form"})
    assert user.agent.called("keys.create") == []


def test_a_key_for_programs_has_ids_and_rfc_3339_times(user: User) -> None:
    found = key(rotation_days=90, next_rotation=NOON + DAY, known_files=3, deletes_at=None)
    shown = user.unlocked(keys_show=found).json("keys", "show", "Personal")["key"]
    assert shown == {
        "id": str(KEY_ID),
        "name": "Personal",
        "aliases": ["alias/a"],
        "description": "for letters",
        "tags": {"team": "x"},
        "kind": "symmetric",
        "state": "enabled",
        "created": "2026-11-24T06:00:00Z",
        "origin": "created",
        "primary": "0202020202020202",
        "primary_number": 2,
        "deletes_at": None,
        "rotation_days": 90,
        "next_rotation": "2026-11-25T06:00:00Z",
        "last_used": None,
        "known_files": 3,
        "versions": [
            {
                "id": f"0{number}" * 8,
                "number": number,
                "state": "enabled",
                "created": "2026-11-24T06:00:00Z",
                "origin": "created",
                "check": f"1{number}" * 8,
                "wraps": 1024,
            }
            for number in (1, 2)
        ],
    }


def test_a_key_for_people_has_its_versions_newest_first(user: User) -> None:
    lines = user.unlocked(keys_show=key(description="a\x1b[31mb")).run("keys", "show", "Personal").stdout.splitlines()
    assert "Description  a\\x1b[31mb" in lines
    assert [line.split()[:3] for line in lines[-2:]] == [["2", "enabled,", "primary"], ["1", "enabled", "2026-11-24"]]


def test_a_long_list_is_asked_for_in_pages(user: User) -> None:
    many = [key(f"k{number}") for number in range(12)]

    def pages(offset: int = 0, limit: int = 5000) -> KeyPage:
        return KeyPage(tuple(many[offset : offset + 5]), len(many))

    found = user.unlocked(keys_list=pages).json("keys", "list")["keys"]
    assert [one["name"] for one in found] == [one.name for one in many]
    assert [given["offset"] for given in user.agent.called("keys.list")] == [0, 5, 10]


def test_a_list_that_shrinks_meanwhile_ends(user: User) -> None:
    pages = [KeyPage((key("a"),), 3), KeyPage((), 3)]
    user.unlocked(keys_list=lambda offset=0, limit=5000: pages.pop(0))
    assert len(user.json("keys", "list")["keys"]) == 1


def test_no_keys_are_told(user: User) -> None:
    assert "There are no keys yet." in user.unlocked(keys_list=KeyPage((), 0)).run("keys", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "call", "given"),
    [
        (("rename", "a", "b"), "rename", {"key": "a", "name": "b"}),
        (("alias", "a", "--add", "x", "--remove", "y"), "alias", {"key": "a", "add": ("x",), "remove": ("y",)}),
        (("describe", "a", "text"), "describe", {"key": "a", "description": "text"}),
        (("tag", "a", "--set", "x=1=2", "--remove", "y"), "tag", {"key": "a", "put": {"x": "1=2"}, "remove": ("y",)}),
        (("rotate", "a"), "rotate", {"key": "a"}),
        (("rotation", "a", "--every", "90"), "schedule_rotation", {"key": "a", "days": 90}),
        (("rotation", "a", "--off"), "schedule_rotation", {"key": "a", "days": None}),
        (("enable", "a"), "enable", {"key": "a", "version": None}),
        (("disable", "a", "--version", "2"), "disable", {"key": "a", "version": "2"}),
        (("undelete", "a"), "undelete", {"key": "a"}),
    ],
)
def test_changes_are_passed_on_and_the_key_printed(
    user: User, arguments: tuple[str, ...], call: str, given: dict[str, Any]
) -> None:
    user.unlocked(**{f"keys_{call}": key()})
    assert user.json("keys", *arguments)["key"]["name"] == "Personal"
    assert user.agent.called(f"keys.{call}") == [given]
    assert "“Personal”" in user.run("keys", *arguments).stdout


@pytest.mark.parametrize(
    "arguments",
    [("alias", "a"), ("tag", "a"), ("rotation", "a"), ("rotation", "a", "--off", "--every", "3"), ("delete", "a")],
)
def test_a_change_that_says_nothing_is_refused(user: User, arguments: tuple[str, ...]) -> None:
    assert user.unlocked().run("keys", *arguments).exit_code == 2
    assert user.agent.calls == []


def test_deletion_tells_when_and_what_needs_the_key(user: User) -> None:
    gone = key(state=KeyState.PENDING_DELETION, deletes_at=NOON + 30 * DAY)
    user.unlocked(keys_show=key(known_files=12), keys_delete=gone)
    text = user.run("keys", "delete", "a", "--in", "30").stdout
    assert "12 known files need it" in text
    assert "2026-12-24" in text
    assert "`vaultapp keys undelete`" in text
    assert "Backups keep it for up to four weeks longer." in text
    assert user.agent.called("keys.delete") == [{"key": str(KEY_ID), "days": 30}]


@pytest.fixture
def exporting(user: User) -> User:
    def export(key: str, version: str | None = None) -> ExportedMaterial:
        return ExportedMaterial(bytearray(MATERIAL), "vaultapp:namespace", "the-name")

    return user.unlocked(keys_show=key(), keys_export=export)


def test_export_asks_twice(exporting: User) -> None:
    exporting.terminal.lines = ["y", "Personal"]
    result = exporting.run("keys", "export", "a")
    assert len(exporting.terminal.asked) == 2
    assert b64encode(MATERIAL).decode() in result.stdout
    assert "the-name" in result.stdout


@pytest.mark.parametrize(("lines", "code"), [(["n"], 130), ([""], 130), (["y", "personal"], 2), (["yes", ""], 2)])
def test_export_that_is_not_confirmed_prints_nothing(exporting: User, lines: list[str], code: int) -> None:
    exporting.terminal.lines = lines
    result = exporting.run("keys", "export", "a")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.count("Nothing was exported.") == 1
    assert exporting.agent.called("keys.export") == []


def test_a_program_confirms_an_export_by_the_keys_name(exporting: User) -> None:
    exporting.terminal.attended = False
    found = exporting.json("keys", "export", "a", "--version", "1", "--confirm", "Personal")
    assert found == {
        "material": b64encode(MATERIAL).decode(),
        "key_namespace": "vaultapp:namespace",
        "key_name": "the-name",
        "key": str(KEY_ID),
    }
    assert exporting.agent.called("keys.export") == [{"key": str(KEY_ID), "version": "1"}]


@pytest.mark.parametrize("arguments", [(), ("--confirm", "a")])
def test_a_program_that_does_not_confirm_gets_nothing(exporting: User, arguments: tuple[str, ...]) -> None:
    exporting.terminal.attended = False
    assert exporting.error("keys", "export", "a", *arguments)[0] == 2
    assert exporting.agent.called("keys.export") == []


def test_names_with_escape_sequences_are_shown_escaped(user: User) -> None:
    user.unlocked(keys_list=KeyPage((key("\x9b31mred"),), 1))
    assert "\\x9b31mred" in user.run("keys", "list").stdout


def test_key_names_complete_only_from_a_vault_that_is_open_here(user: User) -> None:
    page = KeyPage((key("Personal", versions=1), key("Work", versions=1, aliases=("Pe/work",))), 2)
    assert user.answering(keys_list=page).complete("keys show Pe") == []
    user.unlocked()
    assert user.complete("keys show Pe") == ["Personal", "Pe/work"]
    assert user.agent.called("vault.unlock") == []


def test_a_disabled_version_is_told_in_the_table(user: User) -> None:
    changed = key(versions=2, primary=bytes([2]) * 8)
    changed = replace(changed, versions=(version(1, state=KeyState.DISABLED), version(2)))
    lines = user.unlocked(keys_show=changed).run("keys", "show", "a").stdout.splitlines()
    assert lines[-1].split()[:2] == ["1", "disabled"]
    assert lines[-2].split()[:3] == ["2", "enabled,", "primary"]
