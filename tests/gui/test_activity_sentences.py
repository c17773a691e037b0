from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import vaultapp
from tests.gui.samples import DEPLOY, ITSELF, YOU, entry
from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.activity_words import ACTIONS
from vaultapp.core.error_codes import classes
from vaultapp.core.errors import VaultError
from vaultapp.gui import activity_sentences as words

_ACTION = re.compile(r"[a-z]+\.[a-z_]+")
_NO_ACTIONS = {"copy.vault"}  # a file's name
SERVICES = Path(vaultapp.__file__).parent / "services"


def recorded() -> set[str]:
    """Return every constant of the services that looks like an action."""
    constants = {
        node.value
        for path in SERVICES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in constants if _ACTION.fullmatch(text)} - _NO_ACTIONS


@pytest.fixture(autouse=True)
def _app(qtbot: QtBot) -> None:
    """Sentences ask the application for their translation."""


def test_every_action_that_the_services_record_has_words_and_no_other() -> None:
    assert "file.seal" in recorded()
    assert set(ACTIONS) == set(words.ICONS) == recorded()


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("outcome", ["ok", "begun", "host_error"])
def test_an_action_reads_as_words_whatever_its_outcome_and_without_facts(action: str, outcome: str) -> None:
    told = entry(action, outcome=outcome)
    for text in (words.what_of(told, 1), words.what_of(told, 3), words.detail_of(told)):
        assert action not in text
        assert "{" not in text
    assert words.what_of(told, 1)[0].isupper()


def test_an_action_that_is_not_known_is_called_by_its_code() -> None:
    assert words.what_of(entry("robot.fly\x1b"), 1) == "robot.fly\\x1b"


@pytest.mark.parametrize(
    ("told", "times", "what", "detail"),
    [
        (entry("file.seal", facts={"path": "/d/a.pdf", "version": 4}), 1, "Encrypted a file", "a.pdf, version 4"),
        (entry("file.seal", facts={"version": 4}), 120, "Encrypted 120 files", "Version 4"),
        (entry("file.open", facts={"path": "/d/a\x1b.pdf"}), 2, "Decrypted a file ×2", "a\\x1b.pdf"),
        (entry("file.seal", outcome="begun", facts={"files": 1200, "bytes": 21_600_000_000}), 1,
         "Encrypt 1,200 files", "21.6 GB"),
        (entry("file.open", outcome="damaged"), 3, "Decrypt 3 files", "The file is damaged."),
        (entry("text.decrypt", facts={"version": 7, "context": "purpose, team"}), 12,
         "Decrypted a text ×12", "Version 7, context names purpose, team"),
        (entry("text.decrypt", outcome="damaged"), 1, "Decrypt a text", "The text is damaged."),
        (entry("key.rotate", facts={"version": 5, "reason": "schedule"}), 1,
         "Rotated a key", "Version 5, by its schedule"),
        (entry("key.rename", facts={"name": "Home\n"}), 1, "Renamed a key", "Now called “Home\\n”"),
        (entry("key.schedule_rotation", facts={"days": 0}), 1, "Set when a key is rotated", "Never by itself"),
        (entry("key.schedule_rotation", facts={"days": 90}), 1, "Set when a key is rotated", "Every 90 days"),
        (entry("vault.unlock"), 1, "Unlocked", "With the passphrase"),
        (entry("vault.unlock", facts={"failed": 2}), 1, "Unlocked", "With the passphrase, after 2 wrong tries"),
        (entry("vault.unlock", facts={"by": "recovery_words"}), 1, "Unlocked", "With the recovery words"),
        (entry("vault.lock"), 1, "Locked", ""),
        (entry("vault.lock", facts={"reason": "asked"}), 1, "Locked", "By hand"),
        (entry("vault.lock", facts={"reason": "sleep"}), 1, "Locked", "Because the computer went to sleep"),
        (entry("vault.lock", facts={"reason": "idle"}), 1, "Locked", "Because nobody was there for a while"),
        (entry("window.lock", facts={"reason": "idle"}), 1,
         "Locked the window", "Because nobody was there for a while"),
        (entry("window.unlock"), 1, "Unlocked the window", ""),
        (entry("setting.locking", facts={"on_sleep": 0}), 1, "Changed when the vault locks by itself", ""),
        (entry("vault.admit", outcome="wrong_passphrase"), 1,
         "Check a passphrase", "This passphrase does not open the vault."),
        (entry("vault.backup", facts={"kind": "daily"}), 1, "Made a backup", "Daily copy"),
        (entry("slot.remove", subject_kind="slot", subject="recovery_words"), 1,
         "Removed a way to unlock", "The recovery words"),
        (entry("credential.read", subject_kind="credential", subject="Shop", facts={"version": 3}), 2,
         "Gave out a credential ×2", "Version 3"),
        (entry("credential.edit", facts={"name": "Orders"}), 1, "Edited a credential", "Now called “Orders”"),
        (entry("credential.attach", facts={"attachment": "ca\x1b.pem"}), 1,
         "Attached a file to a credential", "ca\\x1b.pem"),
        (entry("credential.delete", facts={"days": 7}), 1,
         "Moved a credential to the bin", "In 7 days; until then it can be taken back"),
        (entry("credential.read", outcome="not_found", subject_kind="credential", subject="Shop",
               facts={"asked": "pending"}), 1, "Give out a credential", "The credential has no version “pending”."),
        (entry("credential.code", outcome="not_found", subject_kind="credential", subject="Shop"), 1,
         "Give out a one-time code", "The credential has no field “totp”."),
        (entry("credential.read", outcome="credential_in_bin", subject_kind="credential", subject="Shop"), 1,
         "Give out a credential", "“Shop” lies in the bin."),
        (entry("recovery.drill", facts={"keys": 1}), 1, "Tried the recovery words", "1 key could be read"),
    ],
)  # fmt: skip
def test_what_people_read(told: Entry, times: int, what: str, detail: str) -> None:
    assert (words.what_of(told, times), words.detail_of(told)) == (what, detail)


def test_a_refusal_names_the_key_that_was_asked_for() -> None:
    told = entry("text.encrypt", subject_kind="key", subject="Wrok", outcome="not_found")
    assert words.detail_of(told) == "No key is called “Wrok”."
    assert words.used_of(told, "Mara’s vault") == words.Used("Wrok", "key-round", plate=False)


@pytest.mark.parametrize(
    ("told", "used"),
    [
        (entry("key.rotate", subject_kind="key", subject="Work"), words.Used("Work", "key-round", plate=True)),
        (entry("credential.read", subject_kind="credential", subject="Shop"), words.Used("Shop", "rectangle-ellipsis")),
        (entry("file.seal", subject_kind="passphrase"), words.Used("A passphrase", "rectangle-ellipsis")),
        (entry("vault.lock", subject_kind="vault", subject="v"), words.Used("Mara’s vault", "vault")),
        (entry("file.seal", outcome="begun"), words.Used("Mara’s vault", "vault")),
    ],
)
def test_what_it_was_done_with(told: Entry, used: words.Used) -> None:
    assert words.used_of(told, "Mara’s vault") == used


@pytest.mark.parametrize(
    ("actor", "who"),
    [
        (YOU, "You"),
        (ITSELF, "The vault itself"),
        (DEPLOY, "deploy.py"),
        (Actor("terminal", "x\x1b[31m", 7), "x\\x1b[31m"),
        (Actor("terminal", "python", 7, "Shop deploy"), "Shop deploy"),
        (Actor("anybody"), "A program"),
    ],
)
def test_who_asked(actor: Actor, who: str) -> None:
    assert words.who_of(actor) == who


@pytest.mark.parametrize(
    ("outcome", "word", "kind"),
    [
        ("ok", "Done", "ok"),
        ("begun", "Begun", "info"),
        ("wrong_passphrase", "Refused", "bad"),
        ("key_disabled", "Refused", "bad"),
        ("space_missing", "Failed", "bad"),
        ("authentication_failed", "Failed", "bad"),
        ("cancelled", "Cancelled", "mute"),
        ("from_the_future", "Failed", "bad"),
    ],
)
def test_how_it_ended(outcome: str, word: str, kind: str) -> None:
    result = words.result_of(entry("file.seal", outcome=outcome))
    assert (result.word, result.kind) == (word, kind)


@pytest.mark.parametrize("code", sorted({kind.code for kind in classes(VaultError)}))
def test_every_error_has_a_sentence_for_the_second_line(code: str) -> None:
    assert words.detail_of(entry("text.decrypt", subject_kind="key", subject="Work", outcome=code)).endswith(".")


def test_facts_are_named_and_nothing_of_them_is_left_out() -> None:
    assert (words.fact_name("bytes"), words.fact_value("bytes", 2_400_000)) == ("Size", "2.4 MB")
    assert (words.fact_name("reason"), words.fact_value("reason", "wraps")) == ("Reason", "used as often as is safe")
    assert (words.fact_name("odd\x07"), words.fact_value("odd", "daily")) == ("odd\\x07", "daily")
    path = "/home/" + "x" * 4000
    assert words.fact_value("path", path) == path
