"""The statements for MySQL 8, by its documentation: a stand-in takes them, for want of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.mysql_stand_in import FakeAccount, MySqlStandIn
from vaultapp.connectors.mysql import CONNECTOR
from vaultapp.contracts.connectors import Connection, Target, Trial
from vaultapp.contracts.credential_kinds import MYSQL
from vaultapp.core.target_errors import TargetDenied, TargetUntrusted

OLD, NEW, NEXT = "Old-1", "New-2", "Next-3"
RETAIN = " RETAIN CURRENT PASSWORD"


@pytest.fixture
def server() -> Iterator[MySqlStandIn]:
    accounts = {"app": FakeAccount(OLD), "rotator": FakeAccount("r", rights={"CREATE USER"})}
    with MySqlStandIn(accounts=accounts) as running:
        yield running


def target(server: MySqlStandIn, *, managed: bool = True, **settings: str) -> Target:
    given = {"strategy": "dual", "tls": "verify", "tls_ca": str(server.ca), **settings}
    admin = server.value("rotator", "r") if managed else None
    return CONNECTOR.connect(Connection(given, admin, timeout_s=5))


def test_it_is_said_that_no_such_server_was_met() -> None:
    assert MYSQL.untried == ("MySQL 5.7+",)


def test_the_old_password_is_retained_and_then_discarded(server: MySqlStandIn) -> None:
    managed, old, new = target(server), server.value("app", OLD), server.value("app", NEW)
    for _ in range(2):
        with managed.exclusive(old):
            managed.set(old, new, keep=old)
        assert [managed.try_login(value) for value in (old, new)] == [Trial.ACCEPTED, Trial.ACCEPTED]
    for _ in range(2):
        managed.retire(new, old)
        assert [managed.try_login(value) for value in (old, new)] == [Trial.REFUSED, Trial.ACCEPTED]
    assert server.statements == [
        ("rotator", f"ALTER USER 'app'@'%' IDENTIFIED BY '{NEW}'{RETAIN}"),
        ("rotator", "ALTER USER 'app'@'%' DISCARD OLD PASSWORD"),
        ("rotator", "ALTER USER 'app'@'%' DISCARD OLD PASSWORD"),
    ]


def test_without_grace_nothing_is_retained(server: MySqlStandIn) -> None:
    managed, old, new = target(server), server.value("app", OLD), server.value("app", NEW)
    server.accounts["app"].retained = NEXT
    for _ in range(2):
        managed.set(old if server.accounts["app"].password == OLD else new, new, keep=None)
        assert server.accounts["app"] == FakeAccount(NEW)


def test_what_was_retained_goes_when_it_is_not_wanted_any_more(server: MySqlStandIn) -> None:
    """A rotation with a grace period that becomes an emergency: the new password is in force already."""
    managed, old, new = target(server), server.value("app", OLD), server.value("app", NEW)
    managed.set(old, new, keep=old)
    managed.set(new, new, keep=None)
    assert server.accounts["app"] == FakeAccount(NEW)


def test_an_account_retains_its_own_where_it_may(server: MySqlStandIn) -> None:
    server.accounts["app"].rights.add("APPLICATION_PASSWORD_ADMIN")
    alone, old, new = target(server, managed=False), server.value("app", OLD), server.value("app", NEW)
    alone.set(old, new, keep=old)
    alone.retire(new, old)
    assert server.statements == [
        ("app", f"ALTER USER USER() IDENTIFIED BY '{NEW}' REPLACE '{OLD}'{RETAIN}"),
        ("app", "ALTER USER USER() DISCARD OLD PASSWORD"),
    ]


def test_an_account_without_the_right_has_one_password(server: MySqlStandIn) -> None:
    alone, old, new = target(server, managed=False), server.value("app", OLD), server.value("app", NEW)
    alone.set(old, new, keep=old)
    alone.retire(new, old)
    assert server.accounts["app"] == FakeAccount(NEW)


def test_what_an_account_may_not_discard_is_not_said_to_be_retired(server: MySqlStandIn) -> None:
    server.accounts["app"] = FakeAccount(NEW, retained=OLD)
    with pytest.raises(TargetDenied):
        target(server, managed=False).retire(server.value("app", NEW), server.value("app", OLD))


@pytest.mark.parametrize(("version", "replace"), [("8.0.13", True), ("8.0.12", False), ("5.7.44-log", False)])
def test_earlier_servers_have_one_password(version: str, *, replace: bool) -> None:
    with MySqlStandIn(version, {"app": FakeAccount(OLD)}) as server:
        alone, old, new = target(server, managed=False), server.value("app", OLD), server.value("app", NEW)
        alone.set(old, new, keep=old)
        alone.retire(new, old)
        present = f" REPLACE '{OLD}'" if replace else ""
        assert server.statements == [("app", f"ALTER USER USER() IDENTIFIED BY '{NEW}'{present}")]


def test_accounts_alternate_with_the_same_rights_and_bounds(server: MySqlStandIn) -> None:
    app = server.accounts["app"]
    app.grants = ["GRANT SELECT ON `shop`.* TO `app`@`%` WITH GRANT OPTION", "GRANT `reader`@`%` TO `app`@`%`"]
    app.roles = "`reader`@`%`,`writer`@`%`"
    app.bound = (
        "REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 PASSWORD EXPIRE DEFAULT ACCOUNT UNLOCK PASSWORD HISTORY DEFAULT "
        "PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT"
    )
    alternating = target(server, strategy="alternating")
    first, second = server.value("app", OLD), server.value("app_clone", NEW)
    alternating.set(first, second, keep=first)
    made, given, *others = server.statements
    nobodys = made[1].split("'")[-2]
    assert made == ("rotator", f"CREATE USER IF NOT EXISTS 'app_clone'@'%' IDENTIFIED BY '{nobodys}'")
    assert given == ("rotator", f"ALTER USER 'app_clone'@'%' IDENTIFIED BY '{nobodys}'")
    assert others == [
        ("rotator", f"ALTER USER 'app_clone'@'%' {app.bound}"),
        ("rotator", "GRANT SELECT ON `shop`.* TO `app_clone`@`%` WITH GRANT OPTION"),
        ("rotator", "GRANT `reader`@`%` TO `app_clone`@`%`"),
        ("rotator", "ALTER USER 'app_clone'@'%' DEFAULT ROLE `reader`@`%`,`writer`@`%`"),
        ("rotator", f"ALTER USER 'app_clone'@'%' IDENTIFIED BY '{NEW}'"),
    ]
    assert NEW not in nobodys
    assert server.accounts["app"].password == OLD

    alternating.retire(second, first)
    assert alternating.try_login(first) is Trial.REFUSED
    assert alternating.try_login(second) is Trial.ACCEPTED


def test_statements_with_a_password_go_by_tls_or_the_loopback_only(server: MySqlStandIn) -> None:
    plain = target(server, tls="off")
    plain.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    server.accounts["app"] = FakeAccount(OLD)
    # Another way to write 127.0.0.1, which could as well be anywhere.
    elsewhere = {"host": "127.1"}
    admin = {**server.value("rotator", "r"), **elsewhere}
    plain = CONNECTOR.connect(Connection({"strategy": "dual", "tls": "off"}, admin, timeout_s=5))
    with pytest.raises(TargetUntrusted):
        plain.set({**server.value("app", OLD), **elsewhere}, {**server.value("app", NEW), **elsewhere}, keep=None)
    assert server.accounts["app"] == FakeAccount(OLD)
