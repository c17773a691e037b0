from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.errors import Damaged, UnsupportedFormat
from vaultapp.formats.credential_export import (
    CredentialExport,
    ExportedAttachment,
    ExportedCredential,
    ExportedVersion,
    decode_export,
    encode_export,
)
from vaultapp.services.import_candidates import of_export

# As version 1 was written first. It must be read for ever.
FIRST = b"""{"exported":1800000000000000,"credentials":[{"id":"00000000-0000-4000-8000-00000000000a","description":{
"name":"Shop database","identifier":"prod/mysql/app","kind":"mysql","created":1700000000000000,
"labels":{"current":"v-2","previous":"v-1"},"changed":1750000000000000,"account":"app","target":"db:3306",
"description":"","tags":{"team":"shop"},"deletes_at":null,"strength":5,"reuse":"","expires":null,"remind_at":null,
"settings":{"strategy":"dual"},"plan":{"days":30,"cron":"","window_start":0,"window_minutes":0,
"next_due":1800000000000000},"rotation":null,"last_rotated":null},
"versions":[{"description":{"version_id":"v-1","number":1,"created":1700000000000000,"starts":1700000000000000,
"origin":"created","expires":null,"enabled":true,"discarded_until":null},"fields":{"username":"app","password":"old"}},
{"description":{"version_id":"v-2","number":2,"created":1750000000000000,"starts":1750000000000000,"origin":"rotated",
"expires":null,"enabled":true,"discarded_until":null},"fields":{"username":"app","password":"new"}}],
"attachments":[{"name":"ca.pem","data":"AP8="}],"rotations":[]}],"format":"vaultapp-credentials","version":1}"""


def test_the_first_form_is_read() -> None:
    (one,) = decode_export(FIRST).credentials
    assert one.id == UUID("00000000-0000-4000-8000-00000000000a")
    assert [version.fields["password"] for version in one.versions] == ["old", "new"]
    assert one.attachments == (ExportedAttachment("ca.pem", b"\x00\xff"),)
    found = of_export(one)
    assert found.description is not None
    assert (found.description.identifier, found.description.plan) == (
        "prod/mysql/app",
        RotationPlan(days=30, next_due=1_800_000_000_000_000),
    )
    assert [version.description.origin for version in found.versions] == ["created", "rotated"]


def test_what_is_written_is_read_again_and_shows_no_value() -> None:
    one = ExportedCredential(UUID(int=7), {"name": "A"}, (ExportedVersion({"number": 1}, {"p": "s3cret"}),))
    export = CredentialExport(5, (one,))
    assert decode_export(encode_export(export)) == export
    assert "s3cret" not in repr(export)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnsupportedFormat),
        (b"{}", UnsupportedFormat),
        (b'{"format": "other", "version": 1}', UnsupportedFormat),
        (b'{"format": "vaultapp-credentials", "version": 2}', UnsupportedFormat),
        (b'{"format": "vaultapp-credentials", "version": 1, "exported": 1}', Damaged),
        (FIRST.replace(b'"password":"new"', b'"password":7'), Damaged),
        (FIRST.replace(b'"AP8="', b'"?"'), Damaged),
        (FIRST[:-1], UnsupportedFormat),
    ],
)
def test_what_is_something_else_is_refused_without_quoting_it(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        decode_export(data)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("missing", ["name", "identifier", "kind", "labels", "created", "changed"])
def test_a_description_that_lacks_something_is_damaged(missing: str) -> None:
    (one,) = decode_export(FIRST).credentials
    told = {name: value for name, value in one.description.items() if name != missing}
    with pytest.raises(Damaged):
        of_export(msgspec.structs.replace(one, description=told))
