"""The connector for MySQL and MariaDB, on a real MariaDB server."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

import pymysql
import pytest

from tests.desktop.processes import wait_until
from tests.integration.mariadb_account import (
    NEW,
    NEXT,
    ODD,
    OLD,
    alone,
    alternating,
    app,
    managed,
    methods,
    server,
    target,
)
from tests.servers.mariadb import MariaDbServer
from vaultapp.connectors.mysql import CONNECTOR
from vaultapp.contracts.connectors import Target, Trial
from vaultapp.core.target_errors import (
    AccountLocked,
    LoginRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
)

__all__ = ["alone", "alternating", "app", "managed", "server"]

# --- logging in


def test_a_login_is_accepted_or_refused(server: MariaDbServer, alone: Target) -> None:
    assert alone.try_login(server.value("app", OLD)) is Trial.ACCEPTED
    assert alone.try_login(server.value("app", NEW)) is Trial.REFUSED
    assert alone.try_login(server.value("nobody", OLD)) is Trial.REFUSED


def test_a_login_needs_no_database(server: MariaDbServer, alone: Target) -> None:
    assert alone.try_login({**server.value("app", OLD), "dbname": "nowhere"}) is Trial.ACCEPTED


def test_an_expired_password_logs_in_to_be_changed(server: MariaDbServer, alone: Target) -> None:
    server.run("ALTER USER app@'%' PASSWORD EXPIRE")
    assert alone.try_login(server.value("app", OLD)) is Trial.EXPIRED
    server.run("SET GLOBAL disconnect_on_expired_password = 1")
    assert alone.try_login(server.value("app", OLD)) is Trial.EXPIRED


@pytest.mark.parametrize("disconnects", [0, 1])
@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_an_expired_password_is_rotated(server: MariaDbServer, managed_by: str, disconnects: int) -> None:
    server.run("ALTER USER app@'%' PASSWORD EXPIRE")
    # On, only clients are let in that say they can change it.
    server.run(f"SET GLOBAL disconnect_on_expired_password = {disconnects}")
    admin = server.admin_value() if managed_by == "rotator" else None
    changed = target(server, admin=admin)
    with changed.exclusive(server.value("app", OLD)):
        changed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert changed.try_login(server.value("app", NEW)) is Trial.ACCEPTED
    assert changed.try_login(server.value("app", OLD)) is Trial.REFUSED


def test_no_password_helps_a_locked_account(server: MariaDbServer, alone: Target) -> None:
    server.run("ALTER USER app@'%' ACCOUNT LOCK")
    with pytest.raises(AccountLocked) as caught:
        alone.try_login(server.value("app", OLD))
    assert caught.value.facts == {"target": f"127.0.0.1:{server.port}", "account": "app"}


# --- one password, or two


def test_two_passwords_are_valid_until_the_old_one_is_retired(server: MariaDbServer, managed: Target) -> None:
    old, new = server.value("app", OLD), server.value("app", NEW)
    for _ in range(2):
        managed.set(old, new, keep=old)
        assert server.logs_in("app", OLD)
        assert server.logs_in("app", NEW)
        managed.probe(new)
    for _ in range(2):
        managed.retire(new, old)
        assert not server.logs_in("app", OLD)
        assert server.logs_in("app", NEW)


def test_without_grace_the_old_password_is_refused_at_once(server: MariaDbServer, managed: Target) -> None:
    managed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert not server.logs_in("app", OLD)
    assert server.logs_in("app", NEW)
    managed.set(server.value("app", NEW), server.value("app", NEW), keep=None)
    assert server.logs_in("app", NEW)


def test_two_that_are_valid_give_way_to_two_others(server: MariaDbServer, managed: Target) -> None:
    managed.set(server.value("app", OLD), server.value("app", NEW), keep=server.value("app", OLD))
    managed.set(server.value("app", NEW), server.value("app", NEXT), keep=server.value("app", NEW))
    assert [server.logs_in("app", secret) for secret in (OLD, NEW, NEXT)] == [False, True, True]


def test_an_account_that_changes_itself_has_one_password(server: MariaDbServer, alone: Target) -> None:
    old, new = server.value("app", OLD), server.value("app", NEW)
    alone.set(old, new, keep=old)
    assert not server.logs_in("app", OLD)
    for _ in range(2):
        alone.set(new, new, keep=old)
        alone.retire(new, old)
        assert server.logs_in("app", NEW)


def test_an_account_with_the_right_to_changes_itself_to_two(server: MariaDbServer, alone: Target) -> None:
    server.run("GRANT CREATE USER ON *.* TO app@'%'")
    alone.set(server.value("app", OLD), server.value("app", NEW), keep=server.value("app", OLD))
    assert server.logs_in("app", OLD)
    assert server.logs_in("app", NEW)


def test_what_was_left_valid_by_an_admin_is_not_said_to_be_retired(
    server: MariaDbServer, managed: Target, alone: Target
) -> None:
    managed.set(server.value("app", OLD), server.value("app", NEW), keep=server.value("app", OLD))
    with pytest.raises(TargetDenied):
        alone.retire(server.value("app", NEW), server.value("app", OLD))


def test_only_with_an_admin_is_a_grace_period_counted_upon(server: MariaDbServer) -> None:
    settings = server.settings()
    assert not CONNECTOR.keeps_old(settings)
    assert CONNECTOR.keeps_old({**settings, "admin": "prod/rotator"})
    assert CONNECTOR.keeps_old({**settings, "strategy": "alternating"})
    assert not CONNECTOR.keeps_old({**settings, "strategy": "single", "admin": "prod/rotator"})


def test_what_else_the_account_is_bound_to_stays(server: MariaDbServer, managed: Target) -> None:
    server.run("ALTER USER app@'%' REQUIRE SSL WITH MAX_USER_CONNECTIONS 7 PASSWORD EXPIRE INTERVAL 90 DAY")
    managed.set(server.value("app", OLD), server.value("app", NEW), keep=server.value("app", OLD))
    assert methods(server).endswith("REQUIRE SSL WITH MAX_USER_CONNECTIONS 7 PASSWORD EXPIRE INTERVAL 90 DAY")


def test_another_way_to_log_in_stays(server: MariaDbServer, managed: Target) -> None:
    server.run("ALTER USER app@'%%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD(%s)", OLD)
    managed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert methods(server).endswith("OR unix_socket")
    assert server.logs_in("app", NEW)


@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_a_password_of_a_kind_that_is_not_known_is_not_left_in_force_unsaid(
    server: MariaDbServer, managed_by: str
) -> None:
    old_kind = "mysql_old_password USING '0123456789abcdef'"
    server.run(f"ALTER USER app@'%%' IDENTIFIED VIA mysql_native_password USING PASSWORD(%s) OR {old_kind}", OLD)
    changed = target(server, admin=server.admin_value() if managed_by == "rotator" else None)
    with pytest.raises(TargetFailed) as caught:
        changed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert caught.value.facts["reason"] == "plugin"
    assert server.logs_in("app", OLD)


@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_the_row_that_lets_us_in_is_the_one_that_changes(server: MariaDbServer, managed_by: str) -> None:
    server.account("app", NEXT, host="127.0.0.1")
    before = methods(server)
    changed = target(server, admin=server.admin_value() if managed_by == "rotator" else None)
    changed.set(server.value("app", NEXT), server.value("app", NEW), keep=None)
    assert server.logs_in("app", NEW)
    assert not server.logs_in("app", NEXT)
    assert methods(server) == before


@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_every_character_may_come_in_a_password(server: MariaDbServer, managed_by: str) -> None:
    changed = target(server, admin=server.admin_value() if managed_by == "rotator" else None)
    changed.set(server.value("app", OLD), server.value("app", ODD), keep=None)
    assert changed.try_login(server.value("app", ODD)) is Trial.ACCEPTED


# --- ed25519


@pytest.fixture
def curve(server: MariaDbServer) -> None:
    server.run("ALTER USER app@'%%' IDENTIFIED VIA ed25519 USING PASSWORD(%s)", OLD)


@pytest.mark.usefixtures("curve")
def test_an_account_by_ed25519_takes_two_passwords_of_its_kind(server: MariaDbServer, managed: Target) -> None:
    old, new = server.value("app", OLD), server.value("app", NEW)
    for _ in range(2):
        managed.set(old, new, keep=old)
        assert [managed.try_login(value) for value in (old, new)] == [Trial.ACCEPTED, Trial.ACCEPTED]
    for _ in range(2):
        managed.retire(new, old)
        assert [managed.try_login(value) for value in (old, new)] == [Trial.REFUSED, Trial.ACCEPTED]
    assert "mysql_native_password" not in methods(server)


@pytest.mark.usefixtures("curve")
@pytest.mark.parametrize("expired", [False, True])
def test_an_account_by_ed25519_changes_itself(server: MariaDbServer, alone: Target, *, expired: bool) -> None:
    if expired:
        server.run("ALTER USER app@'%' PASSWORD EXPIRE")
    alone.set(server.value("app", OLD), server.value("app", ODD), keep=None)
    assert alone.try_login(server.value("app", ODD)) is Trial.ACCEPTED
    assert alone.try_login(server.value("app", OLD)) is Trial.REFUSED
    assert "IDENTIFIED VIA ed25519 USING" in methods(server)


@pytest.mark.usefixtures("curve")
def test_accounts_by_ed25519_alternate(server: MariaDbServer, alternating: Target) -> None:
    first, second = server.value("app", OLD), server.value("app_clone", NEW)
    alternating.set(first, second, keep=first)
    assert alternating.try_login(second) is Trial.ACCEPTED
    alternating.retire(second, first)
    assert alternating.try_login(first) is Trial.REFUSED
    assert "IDENTIFIED VIA ed25519 USING" in methods(server, "app_clone")


# --- the lock


@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_another_vault_waits_for_the_lock(server: MariaDbServer, managed_by: str) -> None:
    admin = server.admin_value() if managed_by == "rotator" else None
    one, other = target(server, admin=admin), target(server, admin=admin)
    for _ in range(2):
        with one.exclusive(server.value("app", OLD)):
            with pytest.raises(TargetBusy) as caught, other.exclusive(server.value("app", OLD)):
                pytest.fail("both have the lock")
            assert caught.value.facts["reason"] == "lock"
            one.set(server.value("app", OLD), server.value("app", OLD), keep=None)
        with other.exclusive(server.value("app", OLD)):
            pass


def test_two_that_alternate_have_one_lock(server: MariaDbServer, alternating: Target) -> None:
    alternating.set(server.value("app", OLD), server.value("app_clone", NEW), keep=server.value("app", OLD))
    other = target(server, strategy="alternating", admin=server.admin_value())
    with alternating.exclusive(server.value("app", OLD)), pytest.raises(TargetBusy):
        other.exclusive(server.value("app_clone", NEW)).__enter__()


def test_a_lock_that_is_lost_stops_the_change(server: MariaDbServer, managed: Target) -> None:
    held = managed.exclusive(server.value("app", OLD))
    held.__enter__()
    server.run("KILL HARD USER rotator")
    with pytest.raises((TargetUnreachable, TargetBusy)):
        managed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert not server.logs_in("app", NEW)
    held.__exit__(None, None, None)


# --- sessions


def alive(connection: pymysql.Connection[Any]) -> bool:
    with contextlib.suppress(pymysql.err.OperationalError), connection.cursor() as cursor:
        return cursor.execute("SELECT 1") == 1
    return False


@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_the_old_sessions_end_and_others_do_not(server: MariaDbServer, managed_by: str) -> None:
    server.account("app2", OLD)
    changed = target(server, admin=server.admin_value() if managed_by == "rotator" else None)
    mine, yours = [server.connect("app", OLD) for _ in range(3)], server.connect("app2", OLD)
    old, new = server.value("app", OLD), server.value("app", NEW)
    with changed.exclusive(old):
        changed.set(old, new, keep=None)
        assert all(alive(one) for one in mine), "a change of password alone ends nothing"
        assert changed.end_sessions(new, old) == 3
        assert not any(alive(one) for one in mine)
        assert alive(yours)
        assert changed.end_sessions(new, old) == 0
    yours.close()


def test_programs_that_come_back_at_once_are_let_in(server: MariaDbServer, managed: Target) -> None:
    """A pool that has fetched the new password opens sessions faster than they could be ended."""
    old, new = server.value("app", OLD), server.value("app", NEW)
    before = server.connect("app", OLD)
    managed.set(old, new, keep=None)
    kept: list[pymysql.Connection[Any]] = []
    stop = threading.Event()

    def come_back() -> None:
        while not stop.is_set():
            # Who is ended while it logs in tries again.
            with contextlib.suppress(pymysql.err.OperationalError):
                kept.append(server.connect("app", NEW))

    pool = threading.Thread(target=come_back)
    pool.start()
    try:
        assert managed.end_sessions(new, old) >= 1
        # The last but one may have been on its way in meanwhile; the last one was not.
        ended = len(kept)
        wait_until(lambda: len(kept) > ended + 1, "sessions that begin after that")
    finally:
        stop.set()
        pool.join()
    assert not alive(before)
    assert alive(kept[-1])
    for connection in kept:
        connection.close()


def test_sessions_of_the_other_account_end(server: MariaDbServer, alternating: Target) -> None:
    first, second = server.value("app", OLD), server.value("app_clone", NEW)
    alternating.set(first, second, keep=first)
    before, after = server.connect("app", OLD), server.connect("app_clone", NEW)
    alternating.retire(second, first)
    assert alternating.end_sessions(second, first) == 1
    assert not alive(before)
    assert alive(after)
    assert alternating.end_sessions(second, first) == 0
    after.close()


# --- the probe


def test_the_probe_runs_with_the_new_password(server: MariaDbServer) -> None:
    new = {**server.value("app", OLD), "dbname": "shop"}
    target(server, probe="SELECT * FROM orders WHERE id LIKE '%s%%'").probe(new)
    target(server, probe="  ").probe(new)
    for wrong in ("SELECT * FROM mysql.user", "DELETE FROM shop.orders", "no statement"):
        with pytest.raises(ProbeFailed) as caught:
            target(server, probe=wrong).probe(new)
        assert caught.value.facts == {"target": f"127.0.0.1:{server.port}", "account": "app"}


def test_a_probe_without_its_database_fails(server: MariaDbServer, alone: Target) -> None:
    with pytest.raises(ProbeFailed):
        alone.probe({**server.value("app", OLD), "dbname": "nowhere"})


def test_a_probe_that_cannot_log_in_says_so(server: MariaDbServer, alone: Target) -> None:
    with pytest.raises(LoginRefused):
        alone.probe(server.value("app", NEW))
