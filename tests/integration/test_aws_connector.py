"""Against moto, which is an emulator: what AWS itself does is in botocore's model and in its documentation."""

from __future__ import annotations

import logging
import socket
import traceback
import zlib
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.servers.free_port import free_port
from tests.servers.moto_server import MotoServer
from vaultapp.connectors.aws_access_key import CONNECTOR
from vaultapp.contracts.connectors import Connection, Fields, Target, Trial
from vaultapp.core.target_errors import (
    LoginRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
    TargetUntrusted,
)


@pytest.fixture(scope="module")
def aws() -> Iterator[MotoServer]:
    with MotoServer() as found:
        yield found


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Give a user's name that no other test has, within IAM's 64 characters."""
    return f"{request.node.originalname[5:40]}-{zlib.crc32(request.node.name.encode()):08x}"


def target(aws: MotoServer, admin: Fields | None = None, timeout_s: float = 5.0, **settings: str) -> Target:
    return CONNECTOR.connect(Connection(aws.settings(**settings), admin, timeout_s))


def test_a_second_key_comes_and_the_first_one_goes_and_each_step_may_be_repeated(aws: MotoServer, name: str) -> None:
    found = target(aws)
    old = aws.user(name)
    assert found.try_login(old) is Trial.ACCEPTED
    assert found.try_login({**old, "secret_access_key": "wrong"}) is Trial.REFUSED
    assert found.try_login({**old, "access_key_id": "AKIANOBODY"}) is Trial.REFUSED
    new = found.propose(old, "", [old])
    assert {**new, "access_key_id": "", "secret_access_key": ""} == {
        **old,
        "access_key_id": "",
        "secret_access_key": "",
    }
    for _ in range(2):
        with found.exclusive(old):
            found.set(old, new, keep=old)
        found.probe(new)
    assert set(aws.keys(name).values()) == {"Active"}
    for _ in range(2):
        found.retire(new, old)
        assert found.end_sessions(new, old) == 0
    assert aws.keys(name) == {new["access_key_id"]: "Active"}
    assert found.try_login(old) is Trial.REFUSED
    with pytest.raises(LoginRefused):
        found.probe(old)
    assert CONNECTOR.keeps_old(aws.settings())
    found.close()


def test_a_key_whose_answer_was_lost_makes_room(aws: MotoServer, name: str) -> None:
    found = target(aws)
    old = aws.user(name)
    lost = found.propose(old, "", [old])
    new = found.propose(old, "", [old])
    assert aws.keys(name).keys() == {old["access_key_id"], new["access_key_id"]}
    assert lost["access_key_id"] != new["access_key_id"]


def test_a_key_of_somebody_else_that_is_in_use_is_left_alone(aws: MotoServer, name: str) -> None:
    old = aws.user(name)
    other = aws.another_key(name)
    with closing(aws.iam(other)) as iam:
        iam.list_access_keys(UserName=name)
    with pytest.raises(TargetFailed) as caught:
        target(aws).propose(old, "", [old])
    assert caught.value.facts == {"target": f"AWS user {name}", "number": 0, "reason": "second_key"}
    assert aws.keys(name) == {old["access_key_id"]: "Active", other["access_key_id"]: "Active"}


def test_a_key_that_is_known_here_and_not_current_makes_room_though_it_was_used(aws: MotoServer, name: str) -> None:
    found = target(aws)
    old = aws.user(name)
    discarded = found.propose(old, "", [old])
    found.probe(discarded)
    new = found.propose(old, "", [old, discarded])
    assert aws.keys(name).keys() == {old["access_key_id"], new["access_key_id"]}


def test_where_none_is_kept_every_other_key_is_off_and_it_can_be_set_back(aws: MotoServer, name: str) -> None:
    found = target(aws)
    old = aws.user(name)
    new = found.propose(old, "", [old])
    for _ in range(2):
        found.set(new, new, keep=None)
    assert aws.keys(name) == {old["access_key_id"]: "Inactive", new["access_key_id"]: "Active"}
    assert found.try_login(old) is Trial.REFUSED
    found.set(new, old, keep=None)
    assert aws.keys(name) == {old["access_key_id"]: "Active", new["access_key_id"]: "Inactive"}


def test_an_admin_changes_the_keys_of_a_user_who_may_not(aws: MotoServer, name: str) -> None:
    old = aws.user(name, ("sts:*",))
    with pytest.raises(TargetDenied) as caught:
        target(aws).propose(old, "", [old])
    assert caught.value.facts["account"] == old["access_key_id"]
    with pytest.raises(TargetDenied), target(aws).exclusive(old):
        pass
    found = target(aws, aws.user(f"{name}-admin"))
    new = found.propose(old, "", [old])
    found.set(old, new, keep=old)
    found.retire(new, old)
    assert aws.keys(name) == {new["access_key_id"]: "Active"}


def test_a_key_that_is_gone_cannot_be_set(aws: MotoServer, name: str) -> None:
    old = aws.user(name)
    with pytest.raises(TargetFailed) as caught:
        target(aws).set(old, {**old, "access_key_id": "AKIAGONEAKIAGONE1234"}, keep=old)
    assert caught.value.facts["reason"] == "NoSuchEntity"


def test_a_key_that_is_not_known_everywhere_yet_is_waited_for_no_longer_than_said(aws: MotoServer, name: str) -> None:
    found = target(aws, timeout_s=0.5)
    old = aws.user(name)
    new = found.propose(old, "", [old])
    with pytest.raises(TargetBusy) as caught:
        found.set(old, {**new, "secret_access_key": "not yet"}, keep=None)
    assert caught.value.facts["reason"] == "not_yet"
    assert aws.keys(name)[old["access_key_id"]] == "Active", "it was turned off before the new one worked"


def test_nobody_at_the_endpoint_is_unreachable(aws: MotoServer, name: str) -> None:
    value = aws.user(name)
    with pytest.raises(TargetUnreachable) as caught:
        target(aws, endpoint=f"http://127.0.0.1:{free_port()}").try_login(value)
    assert caught.value.retryable
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TargetUnreachable):
        target(aws, timeout_s=0.3, endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}").try_login(value)


@pytest.mark.parametrize("endpoint", ["http://192.0.2.1:1", "http://localhost.example.org", "ftp://127.0.0.2x", "junk"])
def test_without_tls_nothing_goes_further_than_this_machine(aws: MotoServer, name: str, endpoint: str) -> None:
    with pytest.raises(TargetUntrusted):
        target(aws, endpoint=endpoint).try_login(aws.user(name))


def test_an_endpoint_without_the_tls_that_it_should_have_is_not_trusted(aws: MotoServer, name: str) -> None:
    with pytest.raises(TargetUntrusted):
        target(aws, endpoint=aws.endpoint.replace("http:", "https:")).try_login(aws.user(name))


def test_a_region_that_is_none_is_told(aws: MotoServer, name: str) -> None:
    with pytest.raises(TargetFailed) as caught:
        target(aws).try_login({**aws.user(name), "region": "no region"})
    assert caught.value.facts["reason"] == "endpoint"


def test_credentials_of_this_machine_are_never_taken_in_place_of_empty_ones(
    aws: MotoServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = aws.user(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", value["access_key_id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", value["secret_access_key"])
    for empty in ("access_key_id", "secret_access_key"):
        assert target(aws).try_login({**value, empty: ""}) is Trial.REFUSED
    assert target(aws).try_login({**value, "access_key_id": "", "secret_access_key": ""}) is Trial.REFUSED


def test_neither_errors_nor_logs_hold_a_secret(aws: MotoServer, name: str, caplog: pytest.LogCaptureFixture) -> None:
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        found = target(aws)
        old = aws.user(name)
        new = found.propose(old, "", [old])
        found.set(old, new, keep=old)
        with pytest.raises(LoginRefused) as caught:
            found.probe({**new, "access_key_id": "AKIANOBODY"})
    finally:
        root.setLevel(before)
    told = caplog.text + "".join(traceback.format_exception(caught.value))
    assert old["secret_access_key"] not in told
    assert new["secret_access_key"] not in told
    assert caught.value.__cause__ is None
