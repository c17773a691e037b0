from __future__ import annotations

import json

import pykeepass
import pytest

from tests.given_vault import actions, log
from tests.unit.services.conftest import Reopen
from tests.unit.services.credential_samples import login
from tests.unit.services.transfer_desk import CSV, Desk, desk
from vaultapp.contracts.credential_transfer import EntryFate, LossReason, OnTaken, TransferFormat
from vaultapp.contracts.credentials import CredentialsChanged, NewCredential, SecretFields
from vaultapp.core.clock import MICROS
from vaultapp.core.errors import InvalidValue, OperationCancelled, SourceChanged
from vaultapp.core.work import WorkContext
from vaultapp.services import import_plan
from vaultapp.services.secret_traces import grade_of

__all__ = ["desk"]


def test_a_plan_says_what_goes_in_and_writes_nothing(desk: Desk) -> None:
    before = len(log(desk.unlocked))
    plan = desk.transfer.plan(desk.request(desk.file(CSV)), WorkContext())
    assert (plan.format, plan.taken, plan.skipped, plan.refused) == (TransferFormat.CSV, 2, 0, 0)
    first, second = plan.credentials
    assert (first.name, first.identifier, first.kind, first.fate) == ("Shop", "Shop", "login", EntryFate.TAKEN)
    assert (second.name, second.identifier, second.fate) == ("Shop (2)", "Shop-2", EntryFate.NUMBERED)
    assert second.kept == ("name", "url", "username", "password")
    assert [(one.field, one.target) for one in second.renamed] == [("note", "notes")]
    assert desk.all() == []
    assert len(log(desk.unlocked)) == before


def test_what_was_planned_is_written_in_one_go_and_told(desk: Desk) -> None:
    heard = desk.given.heard(CredentialsChanged)
    report = desk.read_in(desk.file(CSV))
    first, second = desk.all()
    assert report.credentials == (first.credential_id, second.credential_id)
    assert [event.credential_ids for event in heard] == [report.credentials]
    assert desk.credentials.read("Shop-2").fields == {
        "username": "ben", "password": "pw-two-2", "url": "https://shop.example", "notes": "x",
    }  # fmt: skip
    assert (first.account, first.target, first.versions[0].origin) == ("mara", "https://shop.example", "imported")
    assert first.reused == 0
    entry = next(one for one in log(desk.unlocked) if one.action == "credential.import")
    assert entry.facts == {"format": "csv", "credentials": 2, "skipped": 0}
    assert "pw-one" not in repr(log(desk.unlocked))


def test_secrets_are_graded_after_the_import_whose_caller_waits_for_none_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("vaultapp.services.secret_traces.estimate", lambda _secret: pytest.fail("it was graded"))
        desk.read_in(desk.file(CSV))
    assert desk.imported == 1
    assert [one.strength for one in desk.all()] == [None, None]
    heard = desk.given.heard(CredentialsChanged)
    assert desk.grading.grade(WorkContext()) == 2
    grades = [grade_of(secret) for secret in ("pw-one-1", "pw-two-2")]
    assert [one.strength for one in desk.all()] == grades
    assert [event.credential_ids for event in heard] == [tuple(one.credential_id for one in desk.all())]
    assert desk.grading.grade(WorkContext()) == 0
    assert len(heard) == 1


def test_grading_goes_on_after_the_next_unlock(desk: Desk, reopen: Reopen) -> None:
    desk.read_in(desk.file(CSV))
    stopped: WorkContext[None] = WorkContext()
    stopped.cancel()
    with pytest.raises(OperationCancelled):
        desk.grading.grade(stopped)
    again = Desk(desk.given, reopen(), desk.folder)
    assert [one.strength for one in again.all()] == [None, None]
    again.grading.grade(WorkContext())
    assert None not in [one.strength for one in again.all()]


def test_a_secret_that_changes_while_it_is_graded_keeps_its_own_grade(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.read_in(desk.file(CSV))
    strong = "kkmy0-GmYzT2-zzQw!7-6hVq"

    def changed_meanwhile(secret: str) -> int:
        if secret == "pw-one-1":
            monkeypatch.undo()
            desk.credentials.put("Shop", SecretFields({"username": "mara", "password": strong}))
        return grade_of(secret)

    monkeypatch.setattr("vaultapp.services.secret_traces.grade_of", changed_meanwhile)
    assert desk.grading.grade(WorkContext()) == 1
    assert [one.strength for one in desk.all()] == [grade_of(strong), grade_of("pw-two-2")]


def test_what_is_only_kept_gets_no_grade(desk: Desk) -> None:
    desk.credentials.create(NewCredential("Alarm", "alarm", "note", SecretFields({"note": "1234"})))
    assert desk.grading.grade(WorkContext()) == 0
    assert desk.all()[0].strength is None


def test_what_was_read_in_is_there_after_opening_the_vault_again(desk: Desk, reopen: Reopen) -> None:
    desk.read_in(desk.file(CSV))
    whole = desk.whole()
    assert Desk(desk.given, reopen(), desk.folder).whole() == whole


@pytest.mark.parametrize(
    ("on_taken", "identifiers", "skipped"),
    [(OnTaken.SKIP, ["Shop", "Shop-2"], 2), (OnTaken.KEEP, ["Shop", "Shop-2", "Shop-3", "Shop-2-2"], 0)],
)
def test_reading_the_same_file_again_skips_or_numbers(
    desk: Desk, on_taken: OnTaken, identifiers: list[str], skipped: int
) -> None:
    path = desk.file(CSV)
    desk.read_in(path)
    assert desk.read_in(path, on_taken=on_taken).skipped == skipped
    assert desk.identifiers() == identifiers
    assert len({one.name for one in desk.all()}) == len(identifiers)


def test_identifiers_can_begin_with_a_word_and_have_folders(desk: Desk) -> None:
    text = "Group,Title,Username,Password\nRoot/Büro Süd,Ärzte & Co,mara,pw\n,微信,ben,pw\n"
    desk.read_in(desk.file(text), under="imported/2026")
    first, second = desk.all()
    assert (first.identifier, first.name) == ("imported/2026/Root/Buro-Sud/Arzte-Co", "Ärzte & Co")
    assert first.tags == {"folder": "Root/Büro Süd"}
    assert (second.identifier, second.name) == ("imported/2026/login", "微信")
    with pytest.raises(InvalidValue):
        desk.transfer.plan(desk.request(desk.file(text), under="a b"), WorkContext())


def test_a_value_that_is_too_large_is_refused_and_the_others_go_in(desk: Desk) -> None:
    text = f"title,username,password,notes\nBig,a,b,{'x' * 70_000}\nSmall,a,b,\n"
    plan = desk.transfer.plan(desk.request(desk.file(text)), WorkContext())
    assert [(one.entry, one.fate, one.reason) for one in plan.credentials] == [
        ("Big", EntryFate.REFUSED, LossReason.TOO_LARGE),
        ("Small", EntryFate.TAKEN, None),
    ]
    assert desk.read_in(desk.file(text)).refused == 1
    assert desk.identifiers() == ["Small"]


def test_names_that_cannot_be_names_here_are_made_ones(desk: Desk) -> None:
    text = (
        'title,username,password\n"a\x1b[31m\nb",a,b\n,a,b\n00000000-0000-4000-8000-00000000000a,a,b\n'
        + "x" * 600
        + ",a,b"
    )
    desk.read_in(desk.file(text))
    assert [one.name for one in desk.all()][:3] == ["a [31m b", "login", "00000000-0000-4000-8000-00000000000a."]


def test_bitwardens_earlier_passwords_are_earlier_versions(desk: Desk) -> None:
    item = {
        "type": 1, "name": "Shop", "folderId": None, "creationDate": "2024-01-01T00:00:00Z",
        "login": {"username": "mara", "password": "new", "passwordRevisionDate": "2024-03-01T00:00:00Z"},
        "passwordHistory": [{"lastUsedDate": "2024-03-01T00:00:00Z", "password": "old"}],
    }  # fmt: skip
    desk.read_in(desk.file(json.dumps({"encrypted": False, "items": [item]})))
    (found,) = desk.all()
    assert [(one.number, [str(label) for label in one.labels]) for one in found.versions] == [
        (1, ["previous"]),
        (2, ["current"]),
    ]
    assert desk.credentials.read("Shop", "previous").fields["password"] == "old"
    assert (found.created, found.changed) == (1_704_067_200 * MICROS, 1_709_251_200 * MICROS)


def test_a_keepass_database_with_attachments(desk: Desk) -> None:
    path = desk.folder / "a.kdbx"
    made = pykeepass.create_database(str(path), password="kee")
    entry = made.add_entry(made.add_group(made.root_group, "Work"), "Shop", "mara", "pw")
    entry.add_attachment(made.add_binary(b"small"), "a/b")
    entry.add_attachment(made.add_binary(b"small"), "key")
    entry.add_attachment(made.add_binary(bytes(70_000)), "large")
    made.save()
    plan = desk.transfer.plan(desk.request(path, passphrases=(bytearray(b"kee"),)), WorkContext())
    assert (plan.format, plan.credentials[0].attachments) == (TransferFormat.KDBX, 1)
    assert {(one.field, one.reason) for one in plan.credentials[0].lost} == {
        ("attachment a/b", LossReason.INVALID),
        ("attachment large", LossReason.TOO_LARGE),
    }
    desk.read_in(path, passphrases=(bytearray(b"kee"),))
    assert bytes(desk.credentials.attachment("Work/Shop", "key").data) == b"small"


def test_a_file_that_changed_after_the_plan_is_not_read_in(desk: Desk) -> None:
    path = desk.file(CSV)
    plan = desk.transfer.plan(desk.request(path), WorkContext())
    path.write_text(CSV.replace("pw-one", "pw-six"))
    with pytest.raises(SourceChanged):
        desk.transfer.apply(desk.request(path), plan.digest, WorkContext())
    assert desk.all() == []


def test_a_vault_that_changed_after_the_plan_asks_for_another_plan(desk: Desk) -> None:
    path = desk.file(CSV)
    plan = desk.transfer.plan(desk.request(path), WorkContext())
    desk.credentials.create(login("Mine", "shop"))
    with pytest.raises(SourceChanged):
        desk.transfer.apply(desk.request(path), plan.digest, WorkContext())
    assert desk.identifiers() == ["shop"]


def test_a_cancel_in_the_middle_leaves_nothing(desk: Desk) -> None:
    path = desk.file(CSV)
    plan = desk.transfer.plan(desk.request(path), WorkContext())
    steps: list[int] = []

    def stop(done: int, _total: int) -> None:
        steps.append(done)
        if len(steps) == 4:
            work.cancel()
            work.heed_cancel()

    work: WorkContext[None] = WorkContext(stop)
    with pytest.raises(OperationCancelled):
        desk.transfer.apply(desk.request(path), plan.digest, work)
    assert desk.all() == []
    assert "credential.import" not in actions(desk.unlocked)


def test_a_report_larger_than_an_answer_tells_losses_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_plan, "REPORT_BYTES", 2000)
    rows = "".join(f"Entry {number},u,p,{'1' if number == 99 else ''}\n" for number in range(100))
    plan = desk.transfer.plan(desk.request(desk.file("title,username,password,favorite\n" + rows)), WorkContext())
    assert plan.taken == 100
    assert plan.left_off == 100 - len(plan.credentials) > 50
    assert plan.credentials[0].entry == "Entry 99"


def test_many_entries_of_one_name_are_numbered_in_a_moment(desk: Desk) -> None:
    rows = "".join(f"Same,u{number},p\n" for number in range(3000))
    plan = desk.transfer.plan(desk.request(desk.file("title,username,password\n" + rows)), WorkContext())
    assert plan.credentials[-1].identifier == "Same-3000"
