from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import RIGHT, User
from vaultapp.contracts.vault import KdfCost, NewVault, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, VaultExists, WordsMistyped

WORDS = " ".join(f"word{number}" for number in range(1, 25))


class Maker:
    """Takes what a vault is made from."""

    def __init__(self, user: User) -> None:
        self._user = user
        self.passphrase = b""
        self.words: bytes | None = None
        self.cost: KdfCost | None = None
        self.first_key = ""

    def __call__(self, new: NewVault, work: Any) -> VaultStatus:
        self.passphrase, self.cost, self.first_key = bytes(new.passphrase), new.cost, new.first_key
        self.words = None if new.recovery_words is None else bytes(new.recovery_words)
        self._user.agent.status = replace(self._user.agent.status, state=VaultState.UNLOCKED, admitted=True)
        return self._user.agent.status


@pytest.fixture
def maker(user: User) -> Maker:
    user.vault.unlink()
    user.agent.status = replace(user.agent.status, state=VaultState.MISSING)
    maker = Maker(user)
    user.answering(vault_create=maker, vault_suggest_words=WORDS)
    return maker


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "passphrase").write_bytes(RIGHT + b"\n")
    return str(tmp_path / "passphrase")


def test_init_asks_twice_and_shows_numbered_words(user: User, maker: Maker) -> None:
    user.terminal.lines = ["new one", "new one"]
    result = user.run("init")
    assert result.exit_code == 0
    assert (maker.passphrase, maker.words, maker.cost) == (b"new one", WORDS.encode(), None)
    for number in (1, 7, 24):
        assert f"{number}. word{number}" in result.stdout
    assert "new one" not in result.stdout


def test_init_from_a_file_makes_words_only_when_asked(user: User, maker: Maker, file: str) -> None:
    assert user.json("init", "--passphrase-file", file)["recovery_words"] is None
    assert maker.words is None
    user.agent.status = replace(user.agent.status, state=VaultState.MISSING)
    assert user.json("init", "--passphrase-file", file, "--recovery-words")["recovery_words"] == WORDS
    assert maker.words == WORDS.encode()


def test_init_takes_cost_and_first_key(user: User, maker: Maker, file: str) -> None:
    arguments = ("--passphrase-file", file, "--kdf-memory", "64", "--kdf-passes", "1", "--first-key", "Personal")
    assert user.run("init", *arguments).exit_code == 0
    assert maker.cost is not None
    assert (maker.cost.memory_kib, maker.cost.passes, maker.first_key) == (64 * 1024, 1, "Personal")
    assert 1 <= maker.cost.lanes <= 4


def test_init_does_not_touch_a_vault_that_is_there(user: User, file: str) -> None:
    code, error = user.error("init", "--passphrase-file", file)
    assert (code, error["code"], error["facts"]) == (2, "vault_exists", {"path": str(user.vault)})
    assert user.agent.called("vault.create") == []


def test_init_tells_of_a_vault_that_was_faster(user: User, maker: Maker, file: str) -> None:
    user.answering(vault_create=VaultExists(path=str(user.vault)))
    assert user.error("init", "--passphrase-file", file)[0] == 2


def test_two_different_passphrases_make_no_vault(user: User, maker: Maker) -> None:
    user.terminal.lines = ["one", "other"]
    result = user.run("init")
    assert result.exit_code == 2
    assert "The two passphrases are not the same." in result.stderr
    assert user.agent.called("vault.create") == []


def test_unlock_starts_an_agent_that_stays(user: User) -> None:
    user.terminal.lines = [RIGHT.decode()]
    result = user.run("unlock")
    assert (result.exit_code, user.agents.started) == (0, ["persistent"])
    assert result.stdout.startswith("“personal” is unlocked.")


def test_unlock_asks_nothing_where_the_agent_stays_and_knows_this_terminal(user: User) -> None:
    user.unlocked()
    assert user.json("unlock")["persistent"] is True
    assert user.agent.called("vault.unlock") == []


def test_unlock_gives_the_passphrase_to_an_agent_that_would_end(user: User) -> None:
    user.unlocked()
    user.agent.status = replace(user.agent.status, persistent=False)
    user.terminal.lines = [RIGHT.decode()]
    assert user.run("unlock").exit_code == 0
    assert len(user.agent.called("vault.unlock")) == 1


def test_unlock_of_a_missing_vault_starts_nothing(user: User) -> None:
    user.vault.unlink()
    assert user.error("unlock")[1]["code"] == "vault_missing"
    assert user.agents.started == []


def test_unlock_by_words_sets_a_new_passphrase(user: User, tmp_path: Path) -> None:
    (tmp_path / "words").write_text(WORDS + "\n")
    (tmp_path / "new").write_text("fresh\n")
    opened = replace(user.agent.status, state=VaultState.UNLOCKED, admitted=True)
    user.answering(vault_unlock_with_words=opened)
    files = ("--words-file", str(tmp_path / "words"), "--new-passphrase-file", str(tmp_path / "new"))
    assert user.run("unlock", *files).exit_code == 0
    assert user.agent.called("vault.unlock_with_words") == [
        {"words": WORDS.encode(), "new_passphrase": b"fresh", "accept_older": False}
    ]


def test_typed_words_are_shown_and_checked_before_a_new_passphrase_is_asked_for(user: User) -> None:
    opened = replace(user.agent.status, state=VaultState.UNLOCKED, admitted=True)
    user.answering(vault_unlock_with_words=opened, recovery_check=[WordsMistyped(reason="word", position=7), None])
    user.terminal.lines = ["wrong words", "right words", "fresh", "fresh"]
    assert user.run("unlock", "--recovery").exit_code == 0
    assert user.terminal.shown == ["Recovery words: ", "Recovery words: "]
    assert user.terminal.asked == [*user.terminal.shown, "New passphrase: ", "Once more: "]
    assert "are shown while you type them" in user.terminal.said[0]
    assert user.terminal.said[1].startswith("Word 7 is not one of the recovery words.")
    assert [given["words"] for given in user.agent.called("recovery.check")] == [b"wrong words", b"right words"]
    assert user.agent.called("vault.unlock_with_words")[0]["words"] == b"right words"


def test_words_that_are_wrong_three_times_ask_for_no_passphrase(user: User) -> None:
    user.answering(recovery_check=WordsMistyped(reason="word", position=7))
    user.terminal.lines = ["a", "b", "c"]
    result = user.run("unlock", "--recovery")
    assert result.exit_code == 2
    assert "Word 7 is not one of the recovery words." in result.stderr
    assert user.terminal.asked == ["Recovery words: "] * 3


def test_words_of_a_file_are_checked_once(user: User, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("some words\n")
    user.answering(recovery_check=WordsMistyped(reason="checksum", position=0))
    user.terminal.lines = ["fresh", "fresh"]
    assert user.error("unlock", "--words-file", str(tmp_path / "words"))[1]["code"] == "words_mistyped"
    assert user.terminal.asked == []


def test_a_lock_that_meets_another_one_is_asked_of_who_comes_after(user: User) -> None:
    user.unlocked(vault_lock=[AgentGone(), None])
    assert user.run("lock").stdout == "The vault is locked.\n"
    assert user.agent.called("vault.lock") == [{"quit_agent": False}] * 2
    assert user.agent.links == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("password", "Very weak: about 10⁰ guesses, holds a common password. Four or more unrelated words are better."),
        ("personal", "Very weak: about 10⁰ guesses, holds the vault’s name. Four or more unrelated words are better."),
        ("hazel quorum tin river", "Very strong: about 10¹⁷ guesses."),
    ],
)
def test_a_typed_passphrase_hears_how_strong_it_is_and_is_taken(
    user: User, maker: Maker, typed: str, told: str
) -> None:
    user.terminal.lines = [typed, typed]
    assert user.run("init").exit_code == 0
    assert user.terminal.said == [told]
    assert maker.passphrase == typed.encode()


def test_a_passphrase_of_a_file_hears_nothing_of_its_strength(user: User, maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "weak").write_text("password\n")
    result = user.run("init", "--passphrase-file", str(tmp_path / "weak"))
    assert result.exit_code == 0
    assert (user.terminal.said, result.stderr) == ([], "")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("init",), "--passphrase-file"),
        (("passphrase", "change"), "--new-passphrase-file"),
        (("unlock", "--recovery"), "--words-file"),
        (("encrypt", "x", "--recipient-passphrase"), "--recipient-passphrase-file"),
    ],
)
def test_without_a_terminal_the_option_that_helps_is_named(user: User, arguments: tuple[str, ...], option: str) -> None:
    user.terminal.attended = False
    if arguments == ("init",):
        user.vault.unlink()
        user.agent.status = replace(user.agent.status, state=VaultState.MISSING)
    if arguments == ("passphrase", "change"):
        user.environment["VAULTAPP_PASSPHRASE_FILE"] = str(user.vault.parent / "right")
        (user.vault.parent / "right").write_text("correct horse\n")
    assert f"Give it with {option}" in (told := user.error(*arguments)[1]["message"]).replace("Give them", "Give it"), (
        told
    )


def test_lock_without_an_agent_is_no_error(user: User) -> None:
    result = user.run("lock")
    assert (result.exit_code, user.agents.started) == (0, [])
    assert "locked already" in result.stdout


def test_lock_asks_for_no_passphrase(user: User) -> None:
    user.unlocked(vault_lock=None)
    assert user.json("lock") == {"state": "locked", "agent": True}
    assert user.json("lock", "--quit") == {"state": "locked", "agent": False}
    assert user.agent.called("vault.lock") == [{"quit_agent": False}, {"quit_agent": True}]
    assert user.agent.called("vault.unlock") == []


def test_status_starts_nothing_and_asks_nothing(user: User) -> None:
    assert user.json("status") == {"state": "locked", "path": str(user.vault), "name": "personal", "agent": False}
    user.vault.unlink()
    assert user.json("status")["state"] == "missing"
    assert (user.agents.started, user.terminal.asked) == ([], [])


def test_status_of_a_file_that_is_no_vault_says_so(user: User) -> None:
    user.agents.runs = True
    user.agent.status = replace(user.agent.status, vault_id=None)
    assert "cannot be read as a vault" in user.run("status").stdout


def test_status_of_an_agent(user: User) -> None:
    user.unlocked()
    found = user.json("status")
    assert (found["state"], found["admitted"], found["agent"], found["pid"]) == ("unlocked", True, True, 7)
    text = user.run("status").stdout
    assert "unlocked" in text
    assert "stays until `vaultapp lock --quit`" in text


def test_status_and_doctor_say_when_only_the_window_is_locked(user: User) -> None:
    user.unlocked()
    assert user.json("status")["window_locked"] is None
    user.agent.status = replace(user.agent.status, window=True, window_locked=1_800_000_000_000_000)
    found = user.json("status")
    assert (found["state"], found["window_locked"]) == ("unlocked", "2027-01-15T08:00:00Z")
    text = user.run("status").stdout
    assert "open for programs; the window is locked" in text
    assert "Window locked" in text
    assert "open for programs; the window is locked" in user.run("doctor").stdout
    assert user.run("unlock").stdout.endswith("Its window is locked, and opens by the passphrase only.\n")
