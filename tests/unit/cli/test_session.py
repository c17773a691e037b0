from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import RIGHT, User
from vaultapp.contracts.keys import KeyPage
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, TooManyAttempts, VaultOlder

EMPTY = KeyPage((), 0)
WRONG = "This passphrase does not open the vault."


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "right"
    path.write_bytes(RIGHT + b"\n")
    return path


def tried(user: User) -> list[bytes]:
    return [given["passphrase"] for given in user.agent.called("vault.unlock")]


def test_without_an_agent_a_private_one_is_started_and_unlocked(user: User, right: Path) -> None:
    user.answering(keys_list=EMPTY)
    assert user.run("keys", "list", "--passphrase-file", str(right)).exit_code == 0
    assert user.agents.started == ["private"]
    assert tried(user) == [RIGHT]


def test_an_agent_that_lets_this_terminal_in_asks_nothing(user: User) -> None:
    user.unlocked(keys_list=EMPTY)
    assert user.run("keys", "list").exit_code == 0
    assert (user.agents.started, tried(user), user.terminal.asked) == ([], [], [])


def test_an_unlocked_vault_asks_a_terminal_that_it_does_not_know(user: User) -> None:
    user.unlocked(keys_list=EMPTY)
    user.agent.status = replace(user.agent.status, admitted=False)
    user.terminal.lines = [RIGHT.decode()]
    assert user.run("keys", "list").exit_code == 0
    assert tried(user) == [RIGHT]
    assert user.terminal.asked == ["Passphrase of personal: "]


def test_a_missing_vault_starts_no_agent(user: User) -> None:
    user.vault.unlink()
    code, error = user.error("keys", "list")
    assert (code, error["code"], error["facts"]) == (2, "vault_missing", {"path": str(user.vault)})
    assert user.agents.started == []


def test_a_vault_that_went_away_is_missing(user: User) -> None:
    user.agents.runs = True
    user.agent.status = replace(user.agent.status, state=VaultState.MISSING)
    assert user.error("keys", "list")[1]["code"] == "vault_missing"


def test_three_typed_passphrases_are_taken(user: User) -> None:
    user.answering(keys_list=EMPTY)
    user.terminal.lines = ["wrong", "also wrong", RIGHT.decode()]
    assert user.run("keys", "list").exit_code == 0
    assert tried(user) == [b"wrong", b"also wrong", RIGHT]
    assert user.terminal.said == [WRONG, WRONG]


def test_the_third_wrong_passphrase_ends_the_command(user: User) -> None:
    user.terminal.lines = ["wrong"] * 4
    result = user.run("keys", "list")
    assert (result.exit_code, len(tried(user)), user.terminal.lines) == (2, 3, ["wrong"])
    assert "This passphrase does not open the vault. The vault is as it was." in result.stderr


def test_a_wrong_passphrase_from_a_file_is_tried_once(user: User, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("wrong\n")
    code, error = user.error("keys", "list", "--passphrase-file", str(tmp_path / "wrong"))
    assert (code, error["code"]) == (2, "wrong_passphrase")
    assert tried(user) == [b"wrong"]


def test_the_wait_after_wrong_passphrases_is_told_and_kept(user: User) -> None:
    user.agent.status = replace(user.agent.status, retry_after=3.2)
    user.answering(keys_list=EMPTY)
    user.terminal.lines = [RIGHT.decode()]
    assert user.run("keys", "list").exit_code == 0
    assert user.terminal.waited == [3.2]
    assert "in 4 s" in user.terminal.said[0]


def test_a_passphrase_that_came_too_early_is_tried_again_after_the_wait(user: User) -> None:
    unlock = user.agent.answers["vault.unlock"]
    user.answering(keys_list=EMPTY, vault_unlock=[TooManyAttempts(seconds=2), unlock])
    user.terminal.lines = [RIGHT.decode()]
    user.agent.answers["vault.unlock"] = Early(unlock)
    assert user.run("keys", "list").exit_code == 0
    assert (user.terminal.waited, tried(user)) == ([2.0], [RIGHT, RIGHT])
    assert user.terminal.asked == ["Passphrase of personal: "]


class Early:
    def __init__(self, then: object) -> None:
        self._then = then
        self._early = True

    def __call__(self, **given: object) -> object:
        if self._early:
            self._early = False
            raise TooManyAttempts(seconds=2)
        return self._then(**given)  # type: ignore[operator]


def test_without_a_terminal_the_seconds_to_wait_are_an_error(user: User, right: Path) -> None:
    user.terminal.attended = False
    user.answering(vault_unlock=TooManyAttempts(seconds=7))
    code, error = user.error("keys", "list", "--passphrase-file", str(right))
    assert (code, error["code"], error["facts"]) == (2, "too_many_attempts", {"seconds": 7})
    assert "Try again in 7 s." in error["message"]


def test_without_a_terminal_and_a_passphrase_the_way_to_give_it_is_told(user: User) -> None:
    user.terminal.attended = False
    result = user.run("keys", "list")
    assert result.exit_code == 2
    assert result.stderr == (
        "vaultapp: There is no terminal to ask for the passphrase. Nothing was changed. "
        "Give it with --passphrase-file or --passphrase-fd.\n"
    )


def test_a_descriptor_comes_before_a_file_and_a_file_before_the_environment(
    user: User, right: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").write_text("other")
    user.answering(keys_list=EMPTY)
    user.environment["VAULTAPP_PASSPHRASE_FILE"] = str(tmp_path / "other")
    assert user.run("keys", "list", "--passphrase-file", str(right)).exit_code == 0
    user.agent.status = replace(user.agent.status, state=VaultState.LOCKED, admitted=False)
    descriptor = os.open(right, os.O_RDONLY)
    try:
        arguments = ("--passphrase-file", str(tmp_path / "other"), "--passphrase-fd", str(descriptor))
        assert user.run("keys", "list", *arguments).exit_code == 0
    finally:
        os.close(descriptor)
    assert user.run("keys", "list").exit_code == 0  # unlocked by now
    assert tried(user) == [RIGHT, RIGHT]


def test_the_environment_names_a_file_never_a_passphrase(user: User, right: Path) -> None:
    user.answering(keys_list=EMPTY)
    user.environment["VAULTAPP_PASSPHRASE_FILE"] = str(right)
    assert user.run("keys", "list").exit_code == 0
    assert tried(user) == [RIGHT]


def test_an_older_vault_is_refused_until_that_is_accepted(user: User, right: Path) -> None:
    def unlock(passphrase: bytearray, work: object, accept_older: bool = False) -> object:
        if not accept_older:
            raise VaultOlder(seen=9, found=4, fork=0)
        return replace(user.agent.status, state=VaultState.UNLOCKED, admitted=True, persistent=True)

    user.answering(vault_unlock=unlock)
    refused = user.run("unlock", "--passphrase-file", str(right))
    assert refused.exit_code == 2
    assert "an older copy" in refused.stderr
    assert "`vaultapp unlock --accept-older`" in refused.stderr
    assert user.run("unlock", "--passphrase-file", str(right), "--accept-older").exit_code == 0


def test_an_agent_that_ended_just_as_the_command_came_is_replaced(user: User) -> None:
    user.unlocked(keys_list=EMPTY)
    user.agent.answers["vault.status"] = [AgentGone(), user.agent.status]
    assert user.run("keys", "list").exit_code == 0
    user.agent.answers["vault.status"] = [AgentGone(), AgentGone()]
    assert user.run("keys", "list").exit_code == 5


def test_a_passphrase_that_was_typed_is_not_asked_for_again_when_the_agent_ended_meanwhile(user: User) -> None:
    user.answering(keys_list=EMPTY)
    user.terminal.lines = [RIGHT.decode()]
    usual = user.agent.answers["vault.unlock"]

    def gone_once(**given: object) -> object:
        user.agent.answers["vault.unlock"] = usual
        raise AgentGone

    user.agent.answers["vault.unlock"] = gone_once
    assert user.run("keys", "list").exit_code == 0
    assert len(user.terminal.asked) == 1
    assert tried(user) == [RIGHT, RIGHT]


def test_a_wrong_one_is_asked_for_again_all_the_same(user: User) -> None:
    user.answering(keys_list=EMPTY)
    user.terminal.lines = ["wrong", RIGHT.decode()]
    usual = user.agent.answers["vault.unlock"]

    def gone_once(**given: object) -> object:
        user.agent.answers["vault.unlock"] = usual
        raise AgentGone

    user.agent.answers["vault.unlock"] = gone_once
    assert user.run("keys", "list").exit_code == 0
    assert tried(user) == [b"wrong", b"wrong", RIGHT]
