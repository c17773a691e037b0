"""The connector for MySQL and MariaDB where two accounts alternate, on a real MariaDB server."""

from __future__ import annotations

import pytest

from tests.integration.mariadb_account import NEW, NEXT, OLD, alternating, app, managed, methods, server, target
from tests.servers.mariadb import MariaDbServer
from vaultapp.contracts.connectors import Target
from vaultapp.core.target_errors import TargetDenied, TargetFailed

__all__ = ["alternating", "app", "managed", "server"]


def test_accounts_alternate_and_each_refuses_the_old_value(server: MariaDbServer, alternating: Target) -> None:
    first = server.value("app", OLD)
    second = alternating.propose(first, NEW, [first])
    assert second == server.value("app_clone", NEW)
    for _ in range(2):
        alternating.set(first, second, keep=first)
        assert server.logs_in("app", OLD)
        assert server.logs_in("app_clone", NEW)
    for _ in range(2):
        alternating.retire(second, first)
        assert not server.logs_in("app", OLD)
    third = alternating.propose(second, NEXT, [first, second])
    assert third == server.value("app", NEXT)
    alternating.set(second, third, keep=second)
    assert server.logs_in("app", NEXT)
    assert server.logs_in("app_clone", NEW)


@pytest.fixture
def by_owner(server: MariaDbServer) -> Target:
    """Give a target whose admin may give every right, roles too."""
    server.account("owner", "owners-own-password")
    server.run("GRANT ALL ON *.* TO owner@'%' WITH GRANT OPTION")
    return target(server, admin=server.value("owner", "owners-own-password"), strategy="alternating")


def rights(server: MariaDbServer, name: str) -> set[str]:
    lines = [str(row[0]) for row in server.run("SHOW GRANTS FOR %s@'%%'", name)]
    return {line.partition(" IDENTIFIED ")[0].replace(f"`{name}`", "`app`") for line in lines}


def test_the_other_account_has_the_same_rights_and_no_more(server: MariaDbServer, by_owner: Target) -> None:
    for role in ("reader", "auditor"):
        server.run(f"CREATE OR REPLACE ROLE {role}")
        server.run(f"GRANT {role} TO owner@'%' WITH ADMIN OPTION")
        server.run(f"GRANT {role} TO app@'%'")
    server.run("SET DEFAULT ROLE reader FOR app@'%'")
    server.run("GRANT SELECT (id), UPDATE (id) ON shop.orders TO app@'%' WITH GRANT OPTION")
    server.run("ALTER USER app@'%' REQUIRE SSL WITH MAX_USER_CONNECTIONS 7 PASSWORD EXPIRE NEVER")
    first = server.value("app", OLD)
    for secret in (NEW, NEW, NEXT):
        by_owner.set(first, server.value("app_clone", secret), keep=first)
        assert server.logs_in("app_clone", secret)
        assert rights(server, "app_clone") == rights(server, "app")
        assert len(rights(server, "app")) == 6
        assert methods(server, "app_clone").endswith("REQUIRE SSL WITH MAX_USER_CONNECTIONS 7 PASSWORD EXPIRE NEVER")

    # What is taken from the one is not given back by the other.
    server.run("REVOKE INSERT ON shop.* FROM app@'%'")
    server.run("REVOKE auditor FROM app@'%'")
    server.run("SET DEFAULT ROLE NONE FOR app@'%'")
    server.run("ALTER USER app@'%' REQUIRE NONE WITH MAX_USER_CONNECTIONS 0 PASSWORD EXPIRE DEFAULT")
    by_owner.set(first, server.value("app_clone", NEW), keep=first)
    assert rights(server, "app_clone") == rights(server, "app")
    assert not any("INSERT" in line or "auditor" in line or "DEFAULT" in line for line in rights(server, "app_clone"))
    assert methods(server, "app_clone").endswith("'")


def test_an_admin_that_may_not_give_the_rights_is_refused(server: MariaDbServer, alternating: Target) -> None:
    server.run("GRANT FILE ON *.* TO app@'%'")
    with pytest.raises(TargetDenied) as caught:
        alternating.set(server.value("app", OLD), server.value("app_clone", NEW), keep=None)
    assert caught.value.facts["account"] == "rotator"
    # Half of it is no success: the new value does not log in before the account has its rights.
    assert not server.logs_in("app_clone", NEW)
    assert server.logs_in("app", OLD)


def test_a_way_back_to_an_account_that_was_not_changed_changes_nothing(
    server: MariaDbServer, alternating: Target
) -> None:
    first, second = server.value("app", OLD), server.value("app_clone", NEW)
    alternating.set(first, second, keep=first)
    server.run("REVOKE INSERT ON shop.* FROM app_clone@'%'")
    before = methods(server), rights(server, "app")
    alternating.set(second, first, keep=None)
    assert (methods(server), rights(server, "app")) == before


def test_values_of_two_accounts_are_refused_unless_they_alternate(server: MariaDbServer, managed: Target) -> None:
    server.account("app_clone", NEXT)
    with pytest.raises(TargetFailed) as caught:
        managed.set(server.value("app", OLD), server.value("app_clone", NEW), keep=None)
    assert caught.value.facts["reason"] == "other_account"
    assert server.logs_in("app_clone", NEXT)
