from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from tests.given_vault import actions, log
from tests.unit.services.credential_samples import PASSWORD, login
from tests.unit.services.transfer_desk import Desk, desk, full
from vaultapp.contracts.credential_transfer import ExportRequest, OnTaken
from vaultapp.contracts.files import OnExist, OpenRequest, Place
from vaultapp.core.errors import Damaged, InvalidValue, NotFound, TargetExists
from vaultapp.core.work import WorkContext
from vaultapp.services.file_journal import NoJournal
from vaultapp.services.files import FilesService
from vaultapp.services.waiting_files import WaitingList

__all__ = ["desk"]


def test_an_export_for_a_key_opens_by_that_key_and_is_known(desk: Desk) -> None:
    desk.key()
    desk.credentials.create(login())
    target = desk.folder / "out.sealed"
    desk.transfer.export(ExportRequest(bytes(target), keys=("Personal",)), WorkContext())
    assert PASSWORD.encode() not in target.read_bytes()
    plan = desk.transfer.plan(desk.request(target, on_taken=OnTaken.SKIP), WorkContext())
    assert (plan.taken, plan.skipped) == (0, 1)
    entry = next(one for one in log(desk.unlocked) if one.action == "credential.export")
    assert entry.facts == {"credentials": 1, "with_keys": "Personal"}
    rotated = desk.given.keys(desk.unlocked).rotate("Personal")
    files = desk.given.keys(desk.unlocked).older_files("Personal")
    assert bytes(target) in msgspec.msgpack.encode(files), rotated


def test_an_export_is_an_ordinary_sealed_file_with_one_json_object(desk: Desk) -> None:
    full(desk)
    desk.key()
    target = desk.folder / "out.sealed"
    desk.transfer.export(ExportRequest(bytes(target), keys=("Personal",)), WorkContext())
    files = FilesService(
        desk.unlocked.ring,
        NoJournal(desk.given.clock),
        desk.notes,
        WaitingList(desk.given.bus),
        desk.given.clock,
        desk.given.random,
    )
    assert files.open(OpenRequest((Place(bytes(target)),)), WorkContext()).done == 1
    found = json.loads((desk.folder / "out").read_bytes())
    assert (found["format"], found["version"], len(found["credentials"])) == ("vaultapp-credentials", 1, 4)
    first = found["credentials"][0]
    assert first["description"]["identifier"] == "prod/mysql/app"
    assert [version["fields"]["password"] for version in first["versions"]] == [PASSWORD, "second", "third"]
    assert first["attachments"] == [{"name": "ca.pem", "data": "AP9wZW0="}]
    assert first["description"]["reuse"] == ""


def test_an_export_never_takes_the_place_of_something_unasked(desk: Desk) -> None:
    desk.credentials.create(login())
    target = desk.file("mine", "out.sealed")
    for on_exist in (OnExist.ASK, OnExist.SKIP):
        with pytest.raises(TargetExists):
            desk.transfer.export(
                ExportRequest(bytes(target), passphrases=(bytearray(b"p"),), on_exist=on_exist), WorkContext()
            )
    assert target.read_text() == "mine"
    kept = desk.transfer.export(
        ExportRequest(bytes(target), passphrases=(bytearray(b"p"),), on_exist=OnExist.KEEP), WorkContext()
    )
    assert kept.path == bytes(desk.folder / "out (2).sealed")
    desk.transfer.export(
        ExportRequest(bytes(target), passphrases=(bytearray(b"p"),), on_exist=OnExist.REPLACE), WorkContext()
    )
    assert target.read_bytes()[:1] == b"\x02"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, InvalidValue),
        ({"keys": ("Nobody",)}, NotFound),
        ({"passphrases": True, "credentials": ("nobody",)}, NotFound),
        ({"passphrases": True, "target": b"relative"}, InvalidValue),
        ({"passphrases": True, "target": b"/nowhere/at/all"}, NotFound),
    ],
)
def test_an_export_that_cannot_be_leaves_nothing(desk: Desk, changes: dict[str, Any], error: type[Exception]) -> None:
    desk.credentials.create(login())
    if changes.get("passphrases"):
        changes = changes | {"passphrases": (bytearray(b"p"),)}
    with pytest.raises(error):
        desk.transfer.export(ExportRequest(**({"target": bytes(desk.folder / "out")} | changes)), WorkContext())
    assert not (desk.folder / "out").exists()
    assert "credential.export" not in actions(desk.unlocked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"identifier": "a b"},
        {"name": ""},
        {"labels": {}},
        {"labels": {"current": "nobody"}},
        {"tags": {"": "x"}},
        {"kind": 7},
    ],
)
def test_an_export_that_no_vault_would_write_is_damaged(desk: Desk, wrong: dict[str, Any]) -> None:
    from vaultapp.formats.credential_export import CredentialExport, ExportedCredential
    from vaultapp.services.import_candidates import of_export

    desk.credentials.create(login())
    (found,) = desk.transfer._content([one.credential_id for one in desk.all()], WorkContext())[0]
    assert isinstance(found, ExportedCredential)
    of_export(found)
    with pytest.raises(Damaged):
        of_export(msgspec.structs.replace(found, description=found.description | wrong))
    assert PASSWORD not in repr(CredentialExport(0, (found,)))
