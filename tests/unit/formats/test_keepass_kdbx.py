from __future__ import annotations

import builtins
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pykeepass
import pytest
from construct import Container
from pykeepass.kdbx_parsing import kdbx4

from vaultapp.contracts.credential_transfer import LossReason
from vaultapp.core.credential_errors import ExtraMissing
from vaultapp.core.errors import AuthenticationFailed, Damaged, OutOfBounds, PassphraseNeeded
from vaultapp.formats import keepass_kdbx
from vaultapp.formats.foreign_entry import ForeignEntry
from vaultapp.formats.keepass_kdbx import SIGNATURE, parse_kdbx

RIGHT = "zwölf Kisten"


def created(path: Path, **options: Any) -> Any:
    """Make a database whose key costs next to nothing."""
    made: Any = pykeepass.create_database(str(path), password=RIGHT, **options)
    parameters = made.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
    parameters["M"].value, parameters["I"].value = 1024 * 1024, 1
    return made


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("kdbx") / "a.kdbx"
    made = created(path)
    group = made.add_group(made.add_group(made.root_group, "Work"), "Databases")
    expiry = datetime(2030, 1, 1, tzinfo=UTC)
    entry = made.add_entry(
        group, "Shop", "mara", "pw-1", url="https://a.example", notes="a note", expiry_time=expiry,
        tags=["eu", "prod"], otp="otpauth://totp/x?secret=ABC", icon="5",
    )  # fmt: skip
    entry.set_custom_property("PIN", "1234", protect=True)
    entry.save_history()
    entry.password = "pw-2"
    entry.save_history()
    entry.notes = "another note"
    entry.add_attachment(made.add_binary(b"\x00key"), "id_rsa")
    other = made.add_entry(made.root_group, "Copy", "mara", "{REF:P@T:Shop}")
    assert other.password
    gone = made.add_entry(made.root_group, "Gone", "x", "y")
    made.trash_entry(gone)
    made.save()
    return path.read_bytes()


def entries(data: bytes, passphrase: str | None = RIGHT, key_file: bytes | None = None) -> dict[str, ForeignEntry]:
    given = None if passphrase is None else bytearray(passphrase, "utf-8")
    return {entry.title: entry for entry in parse_kdbx(data, given, key_file)}


def test_an_entry_is_taken_field_by_field(database: bytes) -> None:
    assert database.startswith(SIGNATURE)
    found = entries(database)["Shop"]
    assert (found.kind, found.folder, found.tags) == ("login", ("Work", "Databases"), ("eu", "prod"))
    assert found.fields == {
        "username": "mara",
        "password": "pw-2",
        "url": "https://a.example",
        "totp": "otpauth://totp/x?secret=ABC",
        "notes": "another note",
        "PIN": "1234",
    }
    assert [(one.name, one.data) for one in found.attachments] == [("id_rsa", b"\x00key")]
    assert found.remind_at == int(datetime(2030, 1, 1, tzinfo=UTC).timestamp() * 1_000_000)
    assert [one.field for one in found.lost] == ["icon"]


def test_the_history_is_earlier_values(database: bytes) -> None:
    found = entries(database)["Shop"]
    assert [(old.fields["password"], old.fields["notes"]) for old in found.older] == [
        ("pw-1", "a note"),
        ("pw-2", "a note"),
    ]


def test_a_reference_to_another_entry_is_followed(database: bytes) -> None:
    assert entries(database)["Copy"].fields["password"] == "pw-2"


def test_the_bin_is_left_out(database: bytes) -> None:
    assert entries(database)["Gone"].skipped is LossReason.DELETED


def test_a_key_file_opens_it(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(b"any file will do")
    path = tmp_path / "b.kdbx"
    made = created(path, keyfile=str(key))
    made.add_entry(made.root_group, "A", "b", "c")
    made.save()
    assert entries(path.read_bytes(), key_file=b"any file will do")["A"].fields["password"] == "c"
    with pytest.raises(AuthenticationFailed):
        entries(path.read_bytes())


@pytest.mark.parametrize("passphrase", ["wrong", ""])
def test_a_wrong_passphrase_is_told_as_such(database: bytes, passphrase: str) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        entries(database, passphrase)
    assert caught.value.__cause__ is None


def test_without_a_passphrase_one_is_asked_for(database: bytes) -> None:
    with pytest.raises(PassphraseNeeded):
        entries(database, None)


@pytest.mark.parametrize("cut", [12, 100, -1])
def test_a_file_that_is_cut_short_is_damaged(database: bytes, cut: int) -> None:
    with pytest.raises(Damaged):
        entries(database[:cut])


def test_work_without_bounds_is_refused_before_memory_is_taken(database: bytes, tmp_path: Path) -> None:
    opened: Any = pykeepass.PyKeePass(io.BytesIO(database), password=RIGHT)
    limits = opened.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keepass_kdbx, "MEMORY_LIMIT_KIB", limits["M"].value // 1024 - 1)
        with pytest.raises(OutOfBounds) as caught:
            entries(database, "wrong")
    assert caught.value.facts["field"] == "kdf_memory"


def test_without_the_library_it_is_said_what_to_install(database: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("pykeepass"):
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ExtraMissing):
        entries(database)


def test_a_key_derived_by_aes_opens_it_too(tmp_path: Path) -> None:
    path = tmp_path / "aes.kdbx"
    made = created(path)
    made.add_entry(made.root_group, "A", "b", "c")
    parameters = made.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
    parameters["$UUID"].value = kdbx4.kdf_uuids["aeskdf"]
    for name in ("M", "I", "P", "V"):
        del parameters[name]
    parameters["R"] = Container(type=0x05, key="R", value=6000, next_byte=0)
    made.save()
    assert entries(path.read_bytes())["A"].fields["password"] == "c"
    with pytest.raises(AuthenticationFailed):
        entries(path.read_bytes(), "wrong")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keepass_kdbx, "ROUNDS_LIMIT", 5999)
        with pytest.raises(OutOfBounds):
            entries(path.read_bytes())
