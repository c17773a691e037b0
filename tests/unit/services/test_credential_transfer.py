from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.credential_samples import PASSWORD, login, mysql, rotation
from tests.unit.services.transfer_desk import CSV, Desk, desk, full, other
from vaultapp.contracts.credential_transfer import ExportRequest, ImportRequest, LossReason, TransferFormat
from vaultapp.contracts.credentials import NewCredential, SecretFields
from vaultapp.contracts.files import Place
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan
from vaultapp.core.errors import (
    AuthenticationFailed,
    KeyNotHere,
    NotSealed,
    PassphraseNeeded,
    SourceMissing,
    UnsupportedFormat,
)
from vaultapp.core.work import WorkContext
from vaultapp.services.rotation_agenda import RotationAgenda

__all__ = ["desk", "other"]


def test_export_and_import_is_the_identity(desk: Desk, other: Desk) -> None:
    full(desk)
    target = desk.folder / "out.sealed"
    report = desk.transfer.export(ExportRequest(bytes(target), passphrases=(bytearray(b"of the file"),)), WorkContext())
    assert (report.credentials, report.versions, report.attachments) == (4, 6, 1)
    assert report.size == target.stat().st_size
    other.given.clock.seconds = desk.given.clock.seconds
    plan = other.transfer.plan(other.request(target, passphrases=(bytearray(b"of the file"),)), WorkContext())
    assert (plan.format, plan.taken, plan.lost_fields) == (TransferFormat.SEALED, 4, 0)
    other.read_in(target, passphrases=(bytearray(b"of the file"),))
    assert other.whole() == desk.whole()


def test_a_copy_beside_the_original_does_not_rotate_the_same_account(desk: Desk) -> None:
    desk.key()
    full(desk)
    target = desk.folder / "out.sealed"
    desk.transfer.export(
        ExportRequest(bytes(target), credentials=("prod/mysql/app",), keys=("Personal",)), WorkContext()
    )
    plan = desk.transfer.plan(desk.request(target), WorkContext())
    assert [(one.field, one.reason) for one in plan.credentials[0].lost] == [("rotation", LossReason.TAKEN)]
    (copied,) = desk.read_in(target).credentials
    found = desk.credentials.show(str(copied))
    assert (found.identifier, found.rotation, found.plan) == ("prod/mysql/app-2", None, RotationPlan())
    assert found.reused == 1
    assert desk.credentials.show("prod/mysql/app").rotation is not None


@pytest.mark.parametrize("half_way", [True, False])
def test_what_a_strangers_export_brings_runs_no_program_by_itself(desk: Desk, other: Desk, half_way: bool) -> None:
    program = NewCredential(
        "Relay",
        "mail/relay",
        "command",
        SecretFields({"username": "relay", "password": PASSWORD}),
        settings={"command": "/home/mallory/program"},
        plan=RotationPlan() if half_way else RotationPlan(days=1),
    )
    made = desk.credentials.create(program)
    if half_way:
        rotation(desk.unlocked, desk.credentials.show(str(made.credential_id)))
    target = desk.folder / "out.sealed"
    desk.transfer.export(ExportRequest(bytes(target), passphrases=(bytearray(b"p"),)), WorkContext())
    other.given.clock.seconds = desk.given.clock.seconds
    request = other.request(target, passphrases=(bytearray(b"p"),))
    plan = other.transfer.plan(request, WorkContext())
    assert [(one.field, one.reason) for one in plan.credentials[0].lost] == [("rotation", LossReason.RUNS_PROGRAM)]
    (taken,) = other.read_in(target, passphrases=(bytearray(b"p"),)).credentials
    found = other.credentials.show(str(taken))
    assert found.plan == RotationPlan()
    if half_way:
        assert found.rotation is not None
        assert (found.rotation.outcome, found.rotation.next_try) == (RotationOutcome.STUCK, None)
    clock, bus = other.given.clock, other.given.bus
    agenda = RotationAgenda(other.unlocked, clock, bus)
    agenda.look_up()
    clock.forward(days=400)
    assert (agenda.unexamined(), agenda.ready(), agenda.overdue(), agenda.startable()) == ([], [], [], [])


def test_where_the_identifier_is_another_credentials_the_copy_does_not_rotate_either(desk: Desk, other: Desk) -> None:
    full(desk)
    target = desk.folder / "out.sealed"
    desk.transfer.export(ExportRequest(bytes(target), passphrases=(bytearray(b"p"),)), WorkContext())
    other.given.clock.seconds = desk.given.clock.seconds
    mine = other.credentials.create(mysql(plan=RotationPlan(days=7)))
    other.read_in(target, passphrases=(bytearray(b"p"),))
    found = {one.identifier: one for one in other.all()}
    assert found["prod/mysql/app"].credential_id == mine.credential_id
    assert (found["prod/mysql/app-2"].rotation, found["prod/mysql/app-2"].plan) == (None, RotationPlan())
    assert other.unlocked.credential_store.rotations(found["prod/mysql/app-2"].credential_id) == []
    assert found["prod/mysql/other"].plan.days == 30


def test_files_that_are_none_are_told_apart(desk: Desk, other: Desk) -> None:
    def plan(path: Path, **more: Any) -> None:
        desk.transfer.plan(desk.request(path, **more), WorkContext())

    with pytest.raises(UnsupportedFormat):
        plan(desk.file("nothing of the kind"))
    with pytest.raises(NotSealed):
        plan(desk.file(CSV), format=TransferFormat.SEALED)
    with pytest.raises(SourceMissing):
        plan(desk.folder / "none")
    other.key()
    other.credentials.create(login())
    theirs = desk.folder / "theirs"
    other.transfer.export(ExportRequest(bytes(theirs), keys=("Personal",)), WorkContext())
    with pytest.raises(KeyNotHere):
        plan(theirs)
    by_passphrase = desk.folder / "by_passphrase"
    other.transfer.export(ExportRequest(bytes(by_passphrase), passphrases=(bytearray(b"right"),)), WorkContext())
    with pytest.raises(PassphraseNeeded):
        plan(by_passphrase)
    with pytest.raises(AuthenticationFailed):
        plan(by_passphrase, passphrases=(bytearray(b"wrong"),))
    whole = by_passphrase.read_bytes()
    by_passphrase.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(AuthenticationFailed):
        plan(by_passphrase, passphrases=(bytearray(b"right"),))
    assert desk.all() == []


def test_passphrases_are_overwritten(desk: Desk) -> None:
    desk.credentials.create(login())
    target = desk.folder / "out"
    given = [bytearray(b"one"), bytearray(b"one"), bytearray(b"one")]
    desk.transfer.export(ExportRequest(bytes(target), passphrases=(given[0],)), WorkContext())
    source = Place(bytes(target))
    plan = desk.transfer.plan(ImportRequest(source, passphrases=(given[1],)), WorkContext())
    desk.transfer.apply(ImportRequest(source, passphrases=(given[2],)), plan.digest, WorkContext())
    assert given == [bytearray(3)] * 3
