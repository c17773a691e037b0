from __future__ import annotations

import json
from typing import Any

import pytest

from vaultapp.contracts.credential_transfer import LossReason, LostField, RenamedField
from vaultapp.core.errors import Damaged, UnsupportedFormat
from vaultapp.formats.bitwarden_json import parse_bitwarden
from vaultapp.formats.foreign_entry import ForeignEntry

FOLDER = {"id": "f1", "name": "Work/Databases"}
LOGIN: dict[str, Any] = {
    "id": "i1",
    "organizationId": None,
    "folderId": "f1",
    "type": 1,
    "reprompt": 1,
    "name": "Shop",
    "notes": "a note",
    "favorite": True,
    "fields": [
        {"name": "PIN", "value": "1234", "type": 1, "linkedId": None},
        {"name": "agreed", "value": "true", "type": 2, "linkedId": None},
        {"name": "user", "value": None, "type": 3, "linkedId": 100},
        {"name": None, "value": "nameless", "type": 0, "linkedId": None},
    ],
    "login": {
        "fido2Credentials": [{"credentialId": "x"}],
        "uris": [{"match": None, "uri": "https://a.example"}, {"match": 3, "uri": "https://b.example"}],
        "username": "mara",
        "password": "pw-3",
        "totp": "otpauth://totp/x?secret=ABC",
        "passwordRevisionDate": "2024-03-01T00:00:00.000Z",
    },
    "collectionIds": None,
    "passwordHistory": [
        {"lastUsedDate": "2024-03-01T00:00:00.000Z", "password": "pw-2"},
        {"lastUsedDate": "2024-02-01T00:00:00.000Z", "password": "pw-1"},
    ],
    "revisionDate": "2024-04-01T00:00:00.000Z",
    "creationDate": "2024-01-01T00:00:00.000Z",
    "deletedDate": None,
}


def item(kind: int, **more: Any) -> dict[str, Any]:
    return {"id": "i", "type": kind, "name": "A", "notes": None, "folderId": None, **more}


def parsed(*items: dict[str, Any]) -> list[ForeignEntry]:
    return parse_bitwarden(json.dumps({"encrypted": False, "folders": [FOLDER], "items": items}).encode())


def micros(month: int) -> int:
    from datetime import UTC, datetime

    return int(datetime(2024, month, 1, tzinfo=UTC).timestamp() * 1_000_000)


def test_a_login_is_taken_field_by_field() -> None:
    (found,) = parsed(LOGIN)
    assert (found.title, found.folder, found.kind) == ("Shop", ("Work", "Databases"), "login")
    assert found.fields == {
        "username": "mara",
        "password": "pw-3",
        "totp": "otpauth://totp/x?secret=ABC",
        "url": "https://a.example",
        "url_2": "https://b.example",
        "notes": "a note",
        "PIN": "1234",
        "agreed": "true",
        "field": "nameless",
    }
    assert (found.created, found.since) == (micros(1), micros(3))
    assert {one.field for one in found.lost} == {"reprompt", "favorite", "user", "passkey", "uri match"}
    assert RenamedField("folder", "tag folder") in found.renamed
    assert {"username", "password", "totp", "notes", "PIN"} <= set(found.kept)


def test_earlier_passwords_are_earlier_values_with_their_times() -> None:
    (found,) = parsed(LOGIN)
    assert [(old.fields["password"], old.fields["username"], old.since) for old in found.older] == [
        ("pw-1", "mara", micros(1)),
        ("pw-2", "mara", micros(2)),
    ]


def test_notes_cards_identities_and_keys_become_notes_with_fields() -> None:
    note, card, identity, key = parsed(
        item(2, notes="text", secureNote={"type": 0}),
        item(
            3, notes="n", card={"cardholderName": "M", "brand": "Visa", "number": "4111", "expMonth": "1", "code": ""}
        ),
        item(4, identity={"firstName": "Mara", "address1": "Street", "passportNumber": "P1"}),
        item(5, sshKey={"privateKey": "PK", "publicKey": "pk", "keyFingerprint": "fp"}),
    )
    assert (note.kind, note.fields) == ("note", {"note": "text"})
    assert card.fields == {"note": "n", "cardholder_name": "M", "brand": "Visa", "number": "4111", "exp_month": "1"}
    assert identity.fields == {"note": "A", "first_name": "Mara", "address1": "Street", "passport_number": "P1"}
    assert key.fields == {"note": "A", "private_key": "PK", "public_key": "pk", "key_fingerprint": "fp"}


def test_the_bin_and_unknown_types_are_left_out_and_said() -> None:
    deleted, unknown = parsed(LOGIN | {"deletedDate": "2024-05-01T00:00:00Z"}, item(9))
    assert deleted.skipped is LossReason.DELETED
    assert unknown.skipped is LossReason.UNKNOWN_TYPE


def test_what_a_newer_bitwarden_adds_is_said_to_be_lost() -> None:
    (found,) = parsed(LOGIN | {"sparkles": {"on": True}, "login": LOGIN["login"] | {"aura": "blue"}})
    assert LostField("sparkles", LossReason.NO_PLACE) in found.lost
    assert LostField("aura", LossReason.NO_PLACE) in found.lost


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"encrypted": true, "passwordProtected": true, "data": "x"}', "bitwarden_encrypted"),
        (b"{}", "credentials"),
        (b"[1]", "credentials"),
        (b"{not json pw-1", "credentials"),
        (b"[" * 100_000, "credentials"),
        (b"\xff", "credentials"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        parse_bitwarden(data)
    assert caught.value.facts == {"found": found}


@pytest.mark.parametrize(
    "wrong", [{"items": [1]}, {"items": [{"type": 1}]}, {"items": None}, {"items": [item(1, fields=3)]}]
)
def test_a_file_that_is_not_as_it_should_be_is_damaged(wrong: dict[str, Any]) -> None:
    with pytest.raises(Damaged) as caught:
        parse_bitwarden(json.dumps({"encrypted": False} | wrong).encode())
    assert caught.value.__cause__ is None
