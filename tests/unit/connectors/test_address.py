from __future__ import annotations

import pytest

from vaultapp.connectors.address import Account, Address, account_of, changer_of
from vaultapp.contracts.connectors import Connection
from vaultapp.core.target_errors import TargetFailed

VALUE = {"host": "db.example.org", "port": "5433", "username": "app", "password": "hunter22"}


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("db", "db", 7),
        ("db:1", "db", 1),
        (" db:65535 ", "db", 65535),
        ("[::1]:9", "::1", 9),
        ("[::1]", "::1", 7),
        ("fe80::1", "fe80::1", 7),
        ("10.0.0.1:6380", "10.0.0.1", 6380),
    ],
)
def test_an_address_is_a_host_with_or_without_a_port(text: str, host: str, port: int) -> None:
    assert Address.parse(text, 7) == Address(host, port)


@pytest.mark.parametrize("text", ["db:0", "db:65536", "db:x", "db:-1", "db:٣", "[::1]:x", "db:1.5"])
def test_a_port_that_is_none_is_told(text: str) -> None:
    with pytest.raises(TargetFailed) as caught:
        Address.parse(text, 7)
    assert caught.value.facts["reason"] == "port"


def test_an_empty_port_is_the_kinds() -> None:
    assert str(Address.of({"host": "db", "port": ""}, 3306)) == "db:3306"
    assert str(Address.of({"host": "db"}, 3306)) == "db:3306"


def test_an_account_shows_no_password() -> None:
    found = account_of(VALUE, 1)
    assert found == Account(Address("db.example.org", 5433), "app", "hunter22")
    assert "hunter22" not in repr(found)


def test_without_an_admin_the_account_changes_itself() -> None:
    assert changer_of(Connection({}), VALUE, 1) == account_of(VALUE, 1)


def test_an_admin_of_the_same_server_changes_it_and_one_of_another_is_refused() -> None:
    admin = {**VALUE, "username": "root", "password": "other"}
    assert changer_of(Connection({}, admin), VALUE, 1).name == "root"
    for elsewhere in ({"host": "other.example.org"}, {"port": "1"}):
        with pytest.raises(TargetFailed) as caught:
            changer_of(Connection({}, {**admin, **elsewhere}), VALUE, 1)
        assert caught.value.facts == {"target": "db.example.org:5433", "number": 0, "reason": "admin_elsewhere"}
