from __future__ import annotations

import time

import pytest

from vaultapp.contracts.credential_transfer import LossReason, LostField, RenamedField
from vaultapp.core.errors import Damaged, UnsupportedFormat
from vaultapp.formats.foreign_entry import ForeignEntry
from vaultapp.formats.login_csv import parse_csv

CHROME = "name,url,username,password,note\nshop.example,https://shop.example/login,mara,pw-1,a note\n"
FIREFOX = (
    '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"\n'
    '"https://shop.example","mara","pw-1","","https://shop.example","{0-1}","1700000000000","1700000001000","1700000002000"\n'
)
ONEPASSWORD = (
    "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\n"
    'Shop,https://shop.example,mara,pw-1,otpauth://totp/x?secret=ABC,true,false,"work;eu",a note\n'
)
KEEPASSXC = (
    '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"\n'
    '"Root/Work","Shop","mara","pw-1","https://shop.example","two\nlines","","5",'
    '"2024-05-01T10:00:00Z","2024-04-01T10:00:00Z"\n'
)
BITWARDEN = (
    "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n"
    'Work,,login,Shop,,"PIN: 1234\nColour: red",0,https://shop.example,mara,pw-1,ABCD\n'
)


def only(text: str) -> ForeignEntry:
    (found,) = parse_csv(text.encode())
    return found


@pytest.mark.parametrize("text", [CHROME, FIREFOX, ONEPASSWORD, KEEPASSXC, BITWARDEN])
def test_each_programs_table_gives_the_login(text: str) -> None:
    found = only(text)
    assert found.kind == "login"
    assert {name: found.fields[name] for name in ("username", "password")} == {"username": "mara", "password": "pw-1"}
    assert found.fields["url"].startswith("https://shop.example")
    assert found.title in ("shop.example", "Shop")


def test_what_each_program_has_besides() -> None:
    assert only(CHROME).fields["notes"] == "a note"
    firefox = only(FIREFOX)
    assert (firefox.created, firefox.since) == (1_700_000_000_000_000, 1_700_000_002_000_000)
    assert {lost.field for lost in firefox.lost} == {"formActionOrigin", "guid", "timeLastUsed"}
    one = only(ONEPASSWORD)
    assert (one.tags, one.fields["totp"]) == (("work", "eu"), "otpauth://totp/x?secret=ABC")
    assert one.lost == (LostField("Favorite", LossReason.NO_PLACE),)
    keepass = only(KEEPASSXC)
    assert (keepass.folder, keepass.fields["notes"]) == (("Root", "Work"), "two\nlines")
    assert (keepass.created, keepass.since) == (1_711_965_600_000_000, 1_714_557_600_000_000)
    assert RenamedField("Group", "tag folder") in keepass.renamed
    bitwarden = only(BITWARDEN)
    assert (bitwarden.fields["PIN"], bitwarden.fields["Colour"], bitwarden.folder) == ("1234", "red", ("Work",))


def test_every_cell_is_kept_renamed_or_lost() -> None:
    text = "Title,Username,Password,Pet,Favorite,Last Modified\nA,mara,pw-1,cat,1,yesterday\n"
    found = only(text)
    assert found.kept == ("Pet",)
    assert {(one.field, one.target) for one in found.renamed} == {
        ("Title", "name"), ("Username", "username"), ("Password", "password"),
    }  # fmt: skip
    assert {(one.field, one.reason) for one in found.lost} == {
        ("Favorite", LossReason.NO_PLACE),
        ("Last Modified", LossReason.INVALID),
    }


def test_what_is_no_login_becomes_a_token_or_a_note() -> None:
    token, note, address = parse_csv(
        b"title,url,username,password,notes\nWi-Fi,,,pw-1,upstairs\nDiary,,,,text\nPage,https://a.example,mara,,\n"
    )
    assert (token.kind, token.fields) == ("token", {"token": "pw-1", "notes": "upstairs"})
    assert (note.kind, note.fields) == ("note", {"note": "text"})
    assert (address.kind, address.fields) == ("note", {"url": "https://a.example", "username": "mara", "note": "Page"})
    assert RenamedField("notes", "note") in note.renamed


def test_two_columns_of_one_kind_are_both_kept() -> None:
    found = only("title,username,email,password,url,website\nA,mara,mara@a.example,pw-1,https://a,https://b\n")
    assert found.fields["username"] == "mara"
    assert found.fields["username_2"] == "mara@a.example"
    assert found.fields["url_2"] == "https://b"


@pytest.mark.parametrize(
    "text",
    ["title;username;password\nA;mara;pw-1\n", "title\tusername\tpassword\r\nA\tmara\tpw-1\r\n", "\ufeff" + CHROME],
)
def test_other_separators_and_byte_order_marks(text: str) -> None:
    assert only(text).fields["username"] == "mara"
    assert parse_csv(text.removeprefix("\ufeff").encode("utf-16"))[0].fields["username"] == "mara"


def test_empty_lines_and_cells_are_passed_over() -> None:
    found = parse_csv(b"title,username,password\n,,\n\nA,mara,pw-1\n")
    assert [one.title for one in found] == ["A"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnsupportedFormat),
        (b"one,two\n1,2\n", UnsupportedFormat),
        (b"\xff\x00\x80 binary", UnsupportedFormat),
        (b"title,password\na\0b,c\n", UnsupportedFormat),
        (b"title,username,password\nA,mara,pw-1,more\n", Damaged),
        (b'title,username,password\n"A,mara,pw-1\n', Damaged),
    ],
)
def test_what_is_no_such_table_is_refused_without_quoting_it(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        parse_csv(data)
    assert "pw-1" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_entries_show_no_values() -> None:
    assert "pw-1" not in repr(only(CHROME))


def test_a_table_of_columns_that_are_all_called_alike_takes_no_time() -> None:
    count = 50_000
    began = time.monotonic()
    (entry,) = parse_csv(b"name,password," + b"c," * count + b"d\n" + b"x," * (count + 2) + b"y\n")
    assert time.monotonic() - began < 10
    assert len(entry.fields) == count + 2
