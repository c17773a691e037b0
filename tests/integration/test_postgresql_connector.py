from __future__ import annotations

from contextlib import ExitStack, closing

import pytest

from tests.integration.postgres_account import NEW, OLD, THIRD, ends, target
from tests.servers.postgresql import PostgresServer
from vaultapp.connectors.postgresql import CONNECTOR, PostgresTarget
from vaultapp.contracts.connectors import Connection, Trial
from vaultapp.core.target_errors import LoginRefused, ProbeFailed, TargetBusy, TargetFailed, TargetUnreachable

# One role


def test_a_role_changes_its_own_password_and_each_step_may_be_repeated(postgres: PostgresServer) -> None:
    found = target(postgres)
    old = postgres.value("app", OLD)
    new = found.propose(old, NEW, [old])
    assert new == {**old, "password": NEW}
    assert (found.try_login(old), found.try_login(new)) == (Trial.ACCEPTED, Trial.REFUSED)
    with found.exclusive(old):
        found.set(old, new, keep=None)
    assert (found.try_login(old), found.try_login(new)) == (Trial.REFUSED, Trial.ACCEPTED)
    for _ in range(2):
        with found.exclusive(new):
            found.set(new, new, keep=None)
        found.probe(new)
        found.retire(new, old)
    assert postgres.logs_in("app", NEW)
    assert not postgres.logs_in("app", OLD)
    assert not CONNECTOR.keeps_old(postgres.settings())
    found.close()


def test_an_admin_changes_the_password_of_another_role(postgres: PostgresServer) -> None:
    found = target(postgres, admin=True)
    old, new = postgres.value("app", OLD), postgres.value("app", NEW)
    for _ in range(2):
        found.set(old, new, keep=None)
    assert postgres.logs_in("app", NEW)


def test_neither_logs_nor_tables_of_the_server_hold_a_password(postgres: PostgresServer) -> None:
    old, new = postgres.value("app", OLD), postgres.value("app", THIRD)
    target(postgres).set(old, new, keep=None)
    alternating = target(postgres, admin=True, strategy="alternating")
    clone = alternating.propose(new, NEW, [old, new])
    alternating.set(new, clone, keep=new)
    log = (postgres.folder / "log").read_text()
    assert 'ALTER ROLE "app" PASSWORD \'SCRAM-SHA-256$' in log
    for secret in (OLD, NEW, THIRD, NEW.replace("'", "''")):
        assert postgres.leaks(secret) == []


def test_the_probe_runs_with_the_new_password_and_changes_nothing(postgres: PostgresServer) -> None:
    value = postgres.value("app", OLD)
    postgres.run("CREATE TABLE orders (id int)")
    try:
        with pytest.raises(ProbeFailed) as caught:
            target(postgres, probe="SELECT * FROM orders").probe(value)
        assert caught.value.facts == {"target": f"127.0.0.1:{postgres.port}", "account": "app"}
        postgres.run("GRANT ALL ON orders TO app")
        for _ in range(2):
            target(postgres, probe="INSERT INTO orders VALUES (1)").probe(value)
        assert postgres.run("SELECT count(*) FROM orders") == [(0,)]
    finally:
        postgres.run("DROP TABLE orders")
    with pytest.raises(LoginRefused):
        target(postgres).probe(postgres.value("app", NEW))


def test_all_sessions_of_the_role_die_but_not_those_of_others(postgres: PostgresServer) -> None:
    old, new = postgres.value("app", OLD), postgres.value("app", NEW)
    found = target(postgres)
    with ExitStack() as stack:
        names = (("app", OLD), ("app", OLD), ("rotator", postgres.admin_value()["password"]))
        first, second, other = [stack.enter_context(closing(postgres.connect(*name))) for name in names]
        found.set(old, new, keep=None)
        assert not ends(first), "a session does not outlive the password"
        with found.exclusive(new):
            assert found.end_sessions(new, old) == 2
            assert found.end_sessions(new, old) == 0
        assert [ends(session) for session in (first, second, other)] == [True, True, False]


# Two roles that take turns


def test_two_roles_take_turns_and_both_work_until_the_old_one_is_retired(postgres: PostgresServer) -> None:
    found = target(postgres, admin=True, strategy="alternating")
    assert CONNECTOR.keeps_old(postgres.settings(strategy="alternating"))
    app = postgres.value("app", OLD)
    clone = found.propose(app, NEW, [app])
    assert clone == {**app, "username": "app_clone", "password": NEW}
    for _ in range(2):
        with found.exclusive(app):
            found.set(app, clone, keep=app)
    assert postgres.logs_in("app", OLD)
    assert postgres.logs_in("app_clone", NEW)
    for _ in range(2):
        found.retire(clone, app)
    assert not postgres.logs_in("app", OLD)
    back = found.propose(clone, THIRD, [app, clone])
    assert back == {**app, "password": THIRD}
    for _ in range(2):
        found.set(clone, back, keep=clone)
    assert postgres.logs_in("app_clone", NEW)
    assert postgres.logs_in("app", THIRD)


def test_the_clone_has_the_rights_the_settings_and_the_property_of_the_other(postgres: PostgresServer) -> None:
    postgres.run("CREATE SCHEMA app_data AUTHORIZATION app")
    postgres.run('ALTER ROLE app SET search_path = app_data, \'Odd, "one"\', "$user"')
    postgres.run("ALTER ROLE app IN DATABASE postgres SET work_mem = '5MB'")
    postgres.run("ALTER ROLE app CONNECTION LIMIT 7")
    found = target(postgres, admin=True, strategy="alternating")
    app = postgres.value("app", OLD)
    clone = found.propose(app, NEW, [app])
    found.set(app, clone, keep=app)
    with closing(postgres.connect("app", OLD)) as first, closing(postgres.connect("app_clone", NEW)) as second:
        for asked in ("search_path", "work_mem"):
            values = {session.execute("SELECT current_setting(%s)", [asked]).fetchone() for session in (first, second)}
            assert len(values) == 1, values
        second.execute("CREATE TABLE made_by_clone (id int)")
        # Only the owner may.
        first.execute("ALTER TABLE made_by_clone ADD COLUMN other int")
    assert postgres.run("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'app_clone'") == [(7,)]


def test_sessions_of_the_other_role_die_whichever_it_is(postgres: PostgresServer) -> None:
    found = target(postgres, admin=True, strategy="alternating")
    app = postgres.value("app", OLD)
    clone = found.propose(app, NEW, [app])
    found.set(app, clone, keep=app)
    with closing(postgres.connect("app", OLD)) as first, closing(postgres.connect("app_clone", NEW)) as second:
        assert found.end_sessions(clone, app) == 1
        assert ends(first)
        assert not ends(second)
        assert found.end_sessions(app, clone) == 1
        assert ends(second)


def test_a_role_that_happens_to_be_called_like_the_clone_is_left_alone(postgres: PostgresServer) -> None:
    postgres.role("app_clone", THIRD)
    found = target(postgres, admin=True, strategy="alternating")
    app = postgres.value("app", OLD)
    with pytest.raises(TargetFailed) as caught:
        found.set(app, found.propose(app, NEW, [app]), keep=app)
    assert caught.value.facts["reason"] == "clone_taken"
    assert postgres.logs_in("app_clone", THIRD)


def test_a_name_that_the_server_would_cut_is_refused() -> None:
    long = {"host": "127.0.0.1", "port": "5432", "username": "n" * 58, "password": OLD}
    found = PostgresTarget(Connection({"strategy": "alternating"}))
    with pytest.raises(TargetFailed) as caught:
        found.propose(long, NEW, [])
    assert caught.value.facts["reason"] == "long_name"


def test_a_clone_changes_itself_though_it_acts_as_another(postgres: PostgresServer) -> None:
    found = target(postgres, admin=True, strategy="alternating")
    app = postgres.value("app", OLD)
    clone = found.propose(app, NEW, [app])
    found.set(app, clone, keep=app)
    alone = target(postgres)
    third = alone.propose(clone, THIRD, [app, clone])
    with alone.exclusive(clone):
        alone.set(clone, third, keep=None)
    assert postgres.logs_in("app_clone", THIRD)
    assert postgres.logs_in("app", OLD)


# The lock


def test_a_second_vault_is_kept_out_and_the_lock_goes_with_its_session(postgres: PostgresServer) -> None:
    value = postgres.value("app", OLD)
    first, second = target(postgres), target(postgres, admin=True, strategy="alternating")
    with first.exclusive(value):
        with pytest.raises(TargetBusy) as caught, second.exclusive({**value, "username": "app_clone"}):
            pass
        assert caught.value.facts["reason"] == "lock"
        with target(postgres).exclusive(postgres.admin_value()):
            pass
    with second.exclusive(value):
        pass


def test_whoever_lost_the_lock_sets_nothing(postgres: PostgresServer) -> None:
    value = postgres.value("app", OLD)
    found = target(postgres)
    with found.exclusive(value):
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")
        with pytest.raises(TargetUnreachable):
            found.set(value, postgres.value("app", NEW), keep=None)
    assert postgres.logs_in("app", OLD)
