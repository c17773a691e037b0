from __future__ import annotations

from pathlib import Path
from uuid import UUID

from tests.unit.cli.fakes import RIGHT, User
from tests.unit.cli.records import NOON
from vaultapp.contracts.vault import DrillOutcome, KdfCost, SlotRecord
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.errors import WordsOfAnotherVault

SLOT = UUID("00000000-0000-4000-8000-0000000000aa")


def test_a_typed_passphrase_that_unlocked_is_not_asked_again(user: User) -> None:
    user.answering(vault_change_passphrase=None)
    user.terminal.lines = [RIGHT.decode(), "fresh", "fresh"]
    assert user.run("passphrase", "change").exit_code == 0
    assert user.agent.called("vault.change_passphrase") == [{"old": RIGHT, "new": b"fresh"}]
    assert user.terminal.asked == ["Passphrase of personal: ", "New passphrase: ", "Once more: "]


def test_an_open_vault_still_takes_the_present_passphrase(user: User, tmp_path: Path) -> None:
    user.unlocked(vault_change_passphrase=None)
    (tmp_path / "new").write_text("fresh\n")
    user.terminal.lines = [RIGHT.decode()]
    assert user.json("passphrase", "change", "--new-passphrase-file", str(tmp_path / "new")) == {"changed": True}
    assert user.agent.called("vault.change_passphrase") == [{"old": RIGHT, "new": b"fresh"}]
    assert user.terminal.asked == ["Current passphrase: "]


def test_a_new_passphrase_that_is_not_repeated_changes_nothing(user: User) -> None:
    user.unlocked(vault_change_passphrase=None)
    user.terminal.lines = [RIGHT.decode(), "one", "other"]
    assert user.run("passphrase", "change").exit_code == 2
    assert user.agent.called("vault.change_passphrase") == []


def test_slots_are_listed_with_the_cost_of_a_guess(user: User) -> None:
    user.unlocked(vault_slots=(SlotRecord(SLOT, SlotKind.PASSPHRASE, NOON, KdfCost(262144, 3, 2)),))
    assert user.json("slots", "list") == {
        "slots": [
            {
                "id": str(SLOT),
                "kind": "passphrase",
                "created": "2026-11-24T06:00:00Z",
                "kdf": {"memory_kib": 262144, "passes": 3, "lanes": 2},
            }
        ]
    }
    assert "256 MiB, 3 passes" in user.run("slots", "list").stdout


def test_new_words_are_printed_once_and_numbered(user: User) -> None:
    words = " ".join(f"w{number}" for number in range(24))
    user.unlocked(vault_new_words=words, vault_slots=())
    vault_id = str(user.agent.status.vault_id)
    assert user.json("recovery", "new") == {"recovery_words": words, "vault_id": vault_id}
    printed = user.run("recovery", "new").stdout
    assert "24. w23" in printed
    assert f"They are of the vault {vault_id}." in printed
    assert user.terminal.asked == []


def test_words_that_there_are_go_only_when_the_terminal_says_so(user: User) -> None:
    words = SlotRecord(SLOT, SlotKind.RECOVERY_WORDS, 0)
    user.unlocked(vault_new_words="new", vault_slots=(words,))
    user.terminal.lines = ["", "y"]
    assert user.run("recovery", "new").exit_code == 130
    assert user.agent.called("vault.new_words") == []
    assert user.run("recovery", "new").exit_code == 0
    assert len(user.agent.called("vault.new_words")) == 1
    # A program is not asked.
    assert user.json("recovery", "new")["recovery_words"] == "new"


def test_a_drill_tells_what_the_words_opened(user: User, tmp_path: Path) -> None:
    user.unlocked(vault_drill=DrillOutcome(SLOT, 1, 12))
    (tmp_path / "words").write_text("a b c\n")
    result = user.run("recovery", "drill", "--words-file", str(tmp_path / "words"))
    assert result.stdout == "The words open this vault: 1 key and 12 records were read with them.\n"
    assert user.agent.called("vault.drill") == [{"words": b"a b c"}]


def test_words_of_another_vault_are_told_apart(user: User) -> None:
    def check(words: bytearray) -> None:
        raise WordsOfAnotherVault

    user.unlocked(recovery_check=check)
    user.terminal.lines = ["typed words", "others", "again"]
    code, error = user.error("recovery", "drill")
    assert (code, error["code"]) == (2, "words_of_another_vault")
