"""What the connector for MySQL and MariaDB makes of refusals, on a real MariaDB server, and that nothing leaks."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.mariadb_account import NEW, NEXT, OLD, alone, alternating, app, managed, server, target
from tests.servers.authority import Authority
from tests.servers.free_port import free_port
from tests.servers.mariadb import MariaDbServer
from vaultapp.contracts.connectors import Target, Trial
from vaultapp.core.errors import VaultError
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    LoginRefused,
    PasswordRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
    TargetUnreachable,
    TargetUntrusted,
)

__all__ = ["alone", "alternating", "app", "managed", "server"]

# --- errors


def test_a_change_with_a_wrong_password_is_refused(server: MariaDbServer, managed: Target, alone: Target) -> None:
    for changed in (managed, alone):
        with pytest.raises(LoginRefused):
            changed.set(server.value("app", NEXT), server.value("app", NEW), keep=None)
    assert server.logs_in("app", OLD)


def test_an_admin_without_the_right_is_refused(server: MariaDbServer) -> None:
    server.account("app_admin", OLD)
    powerless = target(server, admin=server.value("app_admin", OLD))
    with pytest.raises(TargetDenied) as caught:
        powerless.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert caught.value.facts == {"target": f"127.0.0.1:{server.port}", "account": "app_admin", "number": 1227}


def test_an_admin_with_a_wrong_password_is_named(server: MariaDbServer) -> None:
    wrong = target(server, admin={**server.admin_value(), "password": "wrong"})
    with pytest.raises(TargetDenied) as caught:
        wrong.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert (caught.value.facts["account"], caught.value.facts["reason"]) == ("rotator", CHANGER_LOGIN)
    with pytest.raises(TargetDenied):
        wrong.exclusive(server.value("app", OLD)).__enter__()


def test_an_admin_of_another_server_is_told_nothing(server: MariaDbServer) -> None:
    elsewhere = target(server, admin={**server.admin_value(), "port": str(free_port())})
    with pytest.raises(TargetFailed) as caught:
        elsewhere.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert caught.value.facts["reason"] == "admin_elsewhere"
    assert server.logs_in("app", OLD)


@pytest.mark.parametrize("managed_by", ["rotator", "owner", "itself"])
def test_a_server_that_can_only_be_read_takes_no_change(server: MariaDbServer, managed_by: str) -> None:
    """Those who may write there nevertheless are refused too: a replica would have the change alone."""
    server.account("owner", OLD)
    server.run("GRANT ALL ON *.* TO owner@'%'")
    admins = {"rotator": server.admin_value(), "owner": server.value("owner", OLD), "itself": None}
    changed = target(server, admin=admins[managed_by])
    server.read_only(on=True)
    with pytest.raises(TargetReadOnly):
        changed.set(server.value("app", OLD), server.value("app", NEW), keep=None)
    assert server.logs_in("app", OLD)


def test_too_many_connections_may_be_tried_again(server: MariaDbServer, alone: Target) -> None:
    server.run("ALTER USER app@'%' WITH MAX_USER_CONNECTIONS 1")
    taken = server.connect("app", OLD)
    with pytest.raises(TargetBusy) as caught:
        alone.try_login(server.value("app", OLD))
    assert caught.value.retryable
    taken.close()


def test_nobody_there_may_be_tried_again(server: MariaDbServer, alone: Target) -> None:
    nowhere = {**server.value("app", OLD), "port": str(free_port())}
    with pytest.raises(TargetUnreachable) as caught:
        alone.try_login(nowhere)
    assert caught.value.retryable
    with pytest.raises(TargetUnreachable):
        alone.try_login({**nowhere, "host": "no such host.invalid"})


def test_a_server_of_another_authority_is_not_trusted(server: MariaDbServer, tmp_path: Any) -> None:
    stranger = target(server, tls_ca=str(Authority(tmp_path).ca))
    with pytest.raises(TargetUntrusted):
        stranger.try_login(server.value("app", OLD))
    with pytest.raises(TargetUntrusted):
        target(server, tls_ca="").try_login(server.value("app", OLD))


def test_a_server_of_another_name_is_not_trusted(server: MariaDbServer, alone: Target) -> None:
    # Another way to write 127.0.0.1, which is not in the certificate.
    with pytest.raises(TargetUntrusted):
        alone.try_login({**server.value("app", OLD), "host": "127.1"})


def test_without_tls_only_when_it_is_turned_off(server: MariaDbServer) -> None:
    server.run("ALTER USER app@'%' REQUIRE SSL")
    assert target(server).try_login(server.value("app", OLD)) is Trial.ACCEPTED
    assert target(server, tls="off").try_login(server.value("app", OLD)) is Trial.REFUSED


def test_a_server_without_tls_is_not_trusted() -> None:
    with MariaDbServer("--skip-ssl") as bare:
        bare.account("app", OLD)
        with pytest.raises(TargetUntrusted):
            target(bare).try_login(bare.value("app", OLD))
        assert target(bare, tls="off").try_login(bare.value("app", OLD)) is Trial.ACCEPTED


# --- a server that checks passwords


@pytest.fixture
def strict(server: MariaDbServer) -> Iterator[None]:
    server.run("INSTALL SONAME 'simple_password_check'")
    yield
    server.run("UNINSTALL SONAME 'simple_password_check'")
    server.run("SET GLOBAL general_log = 1")


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("managed_by", ["rotator", "itself"])
def test_where_passwords_are_checked_strictly_the_account_changes_itself(
    server: MariaDbServer, managed_by: str
) -> None:
    changed = target(server, admin=server.admin_value() if managed_by == "rotator" else None)
    old, new = server.value("app", OLD), server.value("app", f"{NEW}-{managed_by}")
    # The general log would hold the password, and the account may not keep it off.
    with pytest.raises(PasswordRefused) as caught:
        changed.set(old, new, keep=old)
    assert caught.value.facts["reason"] == "strict"
    assert server.logs_in("app", OLD)
    server.run("SET GLOBAL general_log = 0")
    for value in (old, new):
        changed.set(value, new, keep=None)
        assert changed.try_login(new) is Trial.ACCEPTED
        assert changed.try_login(old) is Trial.REFUSED
    changed.retire(new, old)
    with pytest.raises(PasswordRefused) as caught:
        changed.set(new, server.value("app", "weak"), keep=None)
    assert changed.try_login(new) is Trial.ACCEPTED
    assert server.leaks(new["password"]) == []


# --- nothing leaks


def test_no_password_is_written_anywhere(
    server: MariaDbServer, managed: Target, alone: Target, alternating: Target, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = [f"very-Secret-{number}-password" for number in range(5)]
    values = [server.value("app", secret) for secret in secrets]
    managed.set(server.value("app", OLD), values[0], keep=server.value("app", OLD))
    managed.retire(values[0], server.value("app", OLD))
    alone.set(values[0], values[1], keep=None)
    told = []
    with pytest.raises(VaultError) as caught:
        alone.set(values[2], values[3], keep=None)
    told.append("".join(traceback.format_exception(caught.value)))
    server.run("DROP USER app@'%'")
    with pytest.raises(VaultError) as caught:
        managed.set(values[1], values[3], keep=None)
    told.append("".join(traceback.format_exception(caught.value)))
    server.account("app", secrets[1])
    clone = alternating.propose(values[1], secrets[4], values)
    alternating.set(values[1], clone, keep=values[1])
    alternating.retire(clone, values[1])
    alternating.end_sessions(clone, values[1])
    server.run("FLUSH LOGS")
    told += [caplog.text, repr(managed), repr(alone)]
    for secret in secrets:
        assert server.leaks(secret) == []
        assert not any(secret in text for text in told)
    assert server.leaks("SET PASSWORD"), "the logs that were searched are those of the server"
