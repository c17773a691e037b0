from __future__ import annotations

import hashlib
import socket
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
import redis

from tests.servers.free_port import free_port
from tests.servers.redis_server import ROOT_PASSWORD, RedisServer
from vaultapp.connectors.redis_acl import CONNECTOR
from vaultapp.contracts.connectors import Connection, Fields, Target, Trial
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
    TargetUntrusted,
)

OLD, NEW = "old-Passw0rd-%;--", "new-Passw0rd-'\"\\ü"


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with RedisServer() as found:
        found.account("app", OLD)
        yield found


@pytest.fixture
def other() -> Iterator[RedisServer]:
    with RedisServer() as found:
        found.account("app", OLD)
        yield found


def target(
    server: RedisServer, *others: RedisServer, admin: bool = True, timeout_s: float = 5.0, **settings: str
) -> Target:
    nodes = ",".join(f"{node.host}:{node.port}" for node in others)
    value = server.admin_value() if admin else None
    return CONNECTOR.connect(Connection(server.settings(nodes=nodes, **settings), value, timeout_s))


def ends(client: redis.Redis) -> bool:
    try:
        client.ping()
    except redis.ConnectionError:
        return True
    return False


def hashes(server: RedisServer) -> set[str]:
    found = server.run("ACL", "GETUSER", "app")
    return set(dict(zip(found[::2], found[1::2], strict=True))["passwords"])


# One node


def test_both_passwords_are_valid_until_the_old_one_is_retired_and_each_step_may_be_repeated(
    server: RedisServer,
) -> None:
    found = target(server)
    old = server.value("app", OLD)
    new = found.propose(old, NEW, [old])
    assert new == {**old, "password": NEW}
    assert (found.try_login(old), found.try_login(new)) == (Trial.ACCEPTED, Trial.REFUSED)
    for _ in range(2):
        with found.exclusive(old):
            found.set(old, new, keep=old)
        found.probe(new)
    assert server.logs_in("app", OLD)
    assert server.logs_in("app", NEW)
    for _ in range(2):
        with found.exclusive(new):
            found.retire(new, old)
    assert not server.logs_in("app", OLD)
    assert server.logs_in("app", NEW)
    assert CONNECTOR.keeps_old(server.settings())
    found.close()


def test_where_none_is_kept_only_the_new_one_is_valid(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", ">somebody-elses")
    old, new = server.value("app", OLD), server.value("app", NEW)
    for _ in range(2):
        target(server).set(old, new, keep=None)
    assert hashes(server) == {hashlib.sha256(NEW.encode()).hexdigest()}


def test_a_user_that_may_changes_itself_and_so_does_the_default_one(server: RedisServer) -> None:
    found = target(server, admin=False)
    found.set(server.value("app", OLD), server.value("app", NEW), keep=server.value("app", OLD))
    found.retire(server.value("app", NEW), server.value("app", OLD))
    assert not server.logs_in("app", OLD)
    old, new = server.value("default", ROOT_PASSWORD), server.value("default", NEW)
    unnamed = {name: value for name, value in old.items() if name != "username"}
    assert found.try_login({**unnamed, "username": ""}) is Trial.ACCEPTED
    found.set(old, new, keep=None)
    assert server.logs_in("default", NEW)
    assert not server.logs_in("default", ROOT_PASSWORD)


def test_rights_and_state_of_the_user_stay(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", "resetkeys", "~orders:*", "-@dangerous")

    def rights() -> str:
        (line,) = [line for line in server.run("ACL", "LIST") if line.startswith("user app ")]
        return " ".join(word for word in line.split() if not word.startswith("#"))

    before = rights()
    found = target(server)
    found.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert rights() == before


def test_what_was_set_is_there_after_a_restart(server: RedisServer) -> None:
    found = target(server)
    old, new = server.value("app", OLD), server.value("app", NEW)
    found.set(old, new, keep=old)
    server.restart()
    assert found.try_login(new) is Trial.ACCEPTED
    found.retire(new, old)
    server.restart()
    assert (found.try_login(old), found.try_login(new)) == (Trial.REFUSED, Trial.ACCEPTED)


def test_a_server_that_keeps_no_access_lists_is_refused_before_anything_is_changed() -> None:
    with RedisServer(acl_file=False) as forgetful:
        forgetful.account("app", OLD)
        before = hashes(forgetful)
        old, found = forgetful.value("app", OLD), target(forgetful)
        with pytest.raises(TargetFailed) as caught, found.exclusive(old):
            pass
        assert caught.value.facts["reason"] == "no_aclfile"
        with pytest.raises(TargetFailed) as caught:
            found.set(old, forgetful.value("app", NEW), keep=None)
        assert caught.value.facts["reason"] == "no_aclfile"
        assert hashes(forgetful) == before


def test_neither_log_nor_file_of_the_server_holds_a_password(server: RedisServer) -> None:
    found = target(server)
    old, new = server.value("app", OLD), server.value("app", NEW)
    server.run("CONFIG", "SET", "slowlog-log-slower-than", "0")
    with found.exclusive(old):
        found.set(old, new, keep=old)
    found.retire(new, old)
    assert found.try_login({**old, "password": "never-valid-here"}) is Trial.REFUSED
    told = str(server.run("SLOWLOG", "GET", "1000")) + str(server.run("ACL", "LOG"))
    for secret in (OLD, NEW, "never-valid-here"):
        assert server.leaks(secret) == []
        assert secret not in told


def test_all_connections_of_the_user_die_but_not_those_of_others(server: RedisServer) -> None:
    old, new = server.value("app", OLD), server.value("app", NEW)
    for found in (target(server), target(server, admin=False)):
        found.set(old, new, keep=old)
        with ExitStack() as stack:
            names = (("app", OLD), ("app", OLD), ("default", ROOT_PASSWORD))
            first, second, bystander = [stack.enter_context(closing(server.connect(*name))) for name in names]
            assert not any(ends(client) for client in (first, second, bystander))
            with found.exclusive(new):
                assert found.end_sessions(new, old) == 2
                assert found.end_sessions(new, old) == 0
            assert [ends(client) for client in (first, second, bystander)] == [True, True, False]


# Several nodes


def test_every_node_takes_the_new_password_and_every_node_drops_the_old(
    server: RedisServer, other: RedisServer
) -> None:
    found = target(server, other)
    old, new = server.value("app", OLD), server.value("app", NEW)
    with closing(other.connect("app", OLD)) as session:
        session.ping()
        with found.exclusive(old):
            found.set(old, new, keep=old)
        assert other.logs_in("app", NEW)
        assert found.end_sessions(new, old) == 1
        assert ends(session)
    found.retire(new, old)
    assert not server.logs_in("app", OLD)
    assert not other.logs_in("app", OLD)


def test_a_node_that_does_not_answer_leaves_the_old_password_valid_everywhere(
    server: RedisServer, other: RedisServer
) -> None:
    found = target(server, other)
    old, new = server.value("app", OLD), server.value("app", NEW)
    other.kill()
    for keep in (old, None):
        with pytest.raises(TargetUnreachable):
            found.set(old, new, keep=keep)
        assert server.logs_in("app", OLD)
    other.start()
    found.set(old, new, keep=None)
    assert found.try_login(new) is Trial.ACCEPTED
    assert found.try_login(old) is Trial.REFUSED


def test_a_value_counts_only_when_every_node_accepts_it(server: RedisServer, other: RedisServer) -> None:
    server.account("app", NEW)
    assert target(server).try_login(server.value("app", NEW)) is Trial.ACCEPTED
    assert target(server, other).try_login(server.value("app", NEW)) is Trial.REFUSED


def test_the_old_one_stays_while_a_node_has_not_got_the_new_one(server: RedisServer, other: RedisServer) -> None:
    server.account("app", NEW)
    with pytest.raises(LoginRefused):
        target(server, other).retire(server.value("app", NEW), server.value("app", OLD))
    assert server.logs_in("app", OLD)


def test_an_old_password_that_anything_would_replace_is_not_called_retired(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", "nopass")
    with pytest.raises(TargetFailed) as caught:
        target(server).retire(server.value("app", NEW), server.value("app", OLD))
    assert caught.value.facts["reason"] == "old_stays"


# The lock


def test_a_second_vault_is_kept_out_and_the_lock_goes_with_its_connection(server: RedisServer) -> None:
    value = server.value("app", OLD)
    first, second = target(server), target(server, admin=False)
    server.account("neighbour", OLD)
    with first.exclusive(value):
        for _ in range(2):
            with pytest.raises(TargetBusy) as caught, second.exclusive(value):
                pass
        assert caught.value.facts["reason"] == "lock"
        with second.exclusive(server.value("neighbour", OLD)):
            pass
    with second.exclusive(value):
        pass


def test_an_account_that_may_not_list_clients_rotates_without_a_lock(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "rotator", "-client")
    found = target(server)
    with found.exclusive(server.value("app", OLD)):
        found.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert server.logs_in("app", NEW)


# What a server says


def test_an_account_without_the_right_is_told_so(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", "-acl")
    with pytest.raises(TargetDenied) as caught:
        target(server, admin=False).set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert caught.value.facts["account"] == "app"
    assert server.logs_in("app", OLD)


def test_an_admin_whose_password_is_wrong_is_not_taken_for_the_account(server: RedisServer) -> None:
    admin = {**server.admin_value(), "password": "wrong"}
    found = CONNECTOR.connect(Connection(server.settings(), admin))
    with pytest.raises(TargetDenied) as caught:
        found.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert (caught.value.facts["account"], caught.value.facts["reason"]) == ("rotator", CHANGER_LOGIN)


def test_a_user_that_is_off_is_locked_and_not_only_refused(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", "off")
    found = target(server)
    with pytest.raises(AccountLocked):
        found.try_login(server.value("app", OLD))
    with pytest.raises(AccountLocked):
        found.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert target(server, admin=False).try_login(server.value("app", OLD)) is Trial.REFUSED


def test_a_user_that_is_not_there_is_refused_and_not_made(server: RedisServer) -> None:
    value = server.value("gone", OLD)
    assert target(server).try_login(value) is Trial.REFUSED
    with pytest.raises(TargetFailed) as caught:
        target(server).set(value, {**value, "password": NEW}, keep=None)
    assert caught.value.facts["reason"] == "no_account"
    assert "gone" not in server.run("ACL", "USERS")


def test_values_of_other_accounts_and_empty_passwords_are_refused(server: RedisServer) -> None:
    with pytest.raises(TargetFailed) as caught:
        target(server).set(server.value("app", OLD), server.value("rotator", NEW), keep=None)
    assert caught.value.facts["reason"] == "other_account"
    with pytest.raises(PasswordRefused):
        target(server).set(server.value("app", OLD), server.value("app", ""), keep=None)


def test_a_server_that_has_no_room_is_busy_which_is_no_wrong_password(server: RedisServer) -> None:
    value = server.value("app", OLD)
    with closing(server.connect("app", OLD)) as one, closing(server.connect("default", ROOT_PASSWORD)) as two:
        one.ping()
        two.execute_command("CONFIG", "SET", "maxclients", "2")
        with pytest.raises(TargetBusy) as caught:
            target(server).try_login(value)
        two.execute_command("CONFIG", "SET", "maxclients", "100")
    assert caught.value.retryable


def test_nobody_at_the_port_is_unreachable() -> None:
    with pytest.raises(TargetUnreachable) as caught:
        CONNECTOR.connect(Connection({"tls": "off"}, timeout_s=2)).try_login(_value(free_port()))
    assert caught.value.retryable


def test_a_server_that_never_answers_is_waited_for_no_longer_than_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for tls in ("off", "verify"):
            with pytest.raises(TargetUnreachable):
                CONNECTOR.connect(Connection({"tls": tls}, timeout_s=0.3)).try_login(_value(silent.getsockname()[1]))


# TLS


def test_a_certificate_that_nobody_trusts_or_of_another_name_gets_no_password() -> None:
    with RedisServer("--bind", "127.0.0.1", "127.0.0.2", tls=True) as secured:
        secured.account("app", OLD)
        value = secured.value("app", OLD)
        assert target(secured).try_login(value) is Trial.ACCEPTED
        for settings in (secured.settings(tls_ca=""), secured.settings(tls_ca="/nowhere/ca.pem")):
            with pytest.raises(TargetUntrusted):
                CONNECTOR.connect(Connection(settings)).try_login(value)
        with pytest.raises(TargetUntrusted):
            target(secured, admin=False).try_login({**value, "host": "127.0.0.2"})


def test_a_server_without_tls_gets_no_password_unless_that_was_turned_off(server: RedisServer) -> None:
    value = server.value("app", OLD)
    # A key of certificates that is there, so that this is not what is wrong.
    with pytest.raises((TargetUntrusted, TargetUnreachable)):
        target(server, tls="verify", tls_ca=str(server.ca)).try_login(value)
    assert target(server, tls="off").try_login(value) is Trial.ACCEPTED


# What is told


def test_no_error_quotes_what_was_sent(server: RedisServer) -> None:
    server.run("ACL", "SETUSER", "app", "-acl")
    with pytest.raises(TargetDenied) as caught:
        target(server, admin=False).set(server.value("app", OLD), server.value("app", NEW), keep=None)
    told = "".join(traceback.format_exception(caught.value))
    for secret in (OLD, NEW, hashlib.sha256(NEW.encode()).hexdigest()):
        assert secret not in told
    assert caught.value.__cause__ is None


def _value(port: int) -> Fields:
    return {"host": "127.0.0.1", "port": str(port), "username": "app", "password": OLD}
