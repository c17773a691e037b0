"""The command line on the real agent, from making a vault to restoring it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import Any

import pytest

from tests.integration.shell import CHEAP, PASSPHRASE, Shell
from tests.typist import Typist


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    yield shell
    shell.close()


@pytest.fixture
def shell(empty: Shell) -> Shell:
    empty.init()
    return empty


def test_the_whole_way_of_a_vault(empty: Shell) -> None:
    shell = empty
    assert shell.json("status")["state"] == "missing"
    assert shell.refused(2, "keys", "list").startswith(f"There is no vault at “{shell.vault}”.")

    words = shell.json("init", *CHEAP, "--recovery-words")["recovery_words"]
    assert len(words.split()) == 24
    assert shell.vault.stat().st_mode & 0o777 == 0o600
    assert shell.error(2, "init", *CHEAP)["code"] == "vault_exists"

    key = shell.json("keys", "create", "Personal", "--alias", "letters", "--tag", "team=x")["key"]
    assert (key["name"], key["aliases"], key["tags"], key["primary_number"]) == (
        "Personal",
        ["letters"],
        {"team": "x"},
        1,
    )
    assert "Personal" in shell.told("keys", "list")

    shell.write("a.txt", b"hello\n")
    assert "“a.txt.sealed”: Encrypted with Personal, version 1." in shell.told("encrypt", "a.txt", "--key", "letters")
    (shell.here / "a.txt").unlink()
    assert "“a.txt”: Decrypted with Personal, version 1." in shell.told("decrypt", "a.txt.sealed")
    assert (shell.here / "a.txt").read_bytes() == b"hello\n"

    assert shell.json("keys", "rotate", "Personal")["key"]["primary_number"] == 2
    assert shell.json("rewrap", "a.txt.sealed")["files"][0]["keys"][0] == {"name": "Personal", "version": 2}
    assert shell.json("rewrap", "a.txt.sealed")["files"][0]["unchanged"] is True

    backup = shell.json("backup", "--to", "copy.vault")
    assert (backup["kind"], os.stat(shell.here / "copy.vault").st_size) == ("copy", backup["size"])
    shell.run("backup")
    assert {one["kind"] for one in shell.json("backups", "list")["backups"]} == {"daily", "weekly"}
    report = shell.json("verify")
    assert report["keys"] == 1
    assert report["rows"] > 0

    drilled = shell.json("recovery", "drill", "--words-file", shell.write("words", words.encode() + b"\n"))
    assert drilled["keys"] == 1
    new_words = shell.json("recovery", "new")["recovery_words"]
    assert new_words != words
    assert shell.error(2, "recovery", "drill", "--words-file", "words")["code"] == "words_of_another_vault"

    shell.write("new", b"another passphrase\n")
    assert shell.json("passphrase", "change", "--new-passphrase-file", "new") == {"changed": True}
    shell.run("lock")
    assert shell.error(2, "keys", "list")["code"] == "wrong_passphrase"
    assert "Personal" in shell.told("keys", "list", "--passphrase-file", "new")

    # The copy was made before the passphrase was changed.
    restored = shell.json("restore", "copy.vault")
    assert Path(restored["kept"]).exists()
    assert "Personal" in shell.told("keys", "list")
    (shell.here / "a.txt").unlink()
    shell.run("decrypt", "a.txt.sealed")
    assert (shell.here / "a.txt").read_bytes() == b"hello\n"
    log = shell.json("activity", "--check")
    assert log["entries"] == log["last"] - log["first"] + 1


def test_an_agent_that_stays_serves_until_it_is_told_to_quit(shell: Shell) -> None:
    opened = shell.json("unlock")
    assert (opened["state"], opened["persistent"]) == ("unlocked", True)
    status = shell.json("status", VAULTAPP_PASSPHRASE_FILE="")
    assert (status["state"], status["admitted"], status["pid"]) == ("unlocked", False, opened["pid"])
    # Without a terminal nobody is known, so each command gives the passphrase.
    told = shell.refused(2, "keys", "list", VAULTAPP_PASSPHRASE_FILE="")
    assert "There is no terminal to ask for the passphrase." in told
    shell.run("keys", "list")
    assert shell.json("lock") == {"state": "locked", "agent": True}
    assert shell.json("status")["state"] == "locked"
    assert shell.json("status")["agent"] is True
    assert shell.json("lock", "--quit") == {"state": "locked", "agent": False}
    assert shell.json("status") == {"state": "locked", "path": str(shell.vault), "name": "personal", "agent": False}


def test_unlock_by_words_sets_a_passphrase(empty: Shell) -> None:
    words = empty.json("init", *CHEAP, "--recovery-words")["recovery_words"]
    empty.run("lock")
    empty.write("words", words.encode())
    empty.write("new", b"fresh\n")
    assert empty.json("unlock", "--words-file", "words", "--new-passphrase-file", "new")["state"] == "unlocked"
    empty.run("lock")
    assert empty.error(2, "keys", "list")["code"] == "wrong_passphrase"
    empty.run("keys", "list", "--passphrase-file", "new")


def test_a_folder_goes_round_with_links_and_names_that_are_not_utf8(shell: Shell) -> None:
    odd = os.fsdecode(b"tree/odd \xff\n\x1b.txt")
    shell.write("tree/a.txt", b"a")
    shell.write(odd, b"odd")
    (shell.here / "tree/empty").mkdir()
    (shell.here / "tree/link").symlink_to("a.txt")
    before = shell.tree()
    shell.run("encrypt", "tree", "--key", "Personal", "--remove-originals")
    assert set(shell.tree()) == {b"tree.sealed"}
    result = shell.run("decrypt", "tree.sealed")
    assert b"\x1b" not in result.stdout + result.stderr
    after = shell.tree()
    assert after.pop(b"tree.sealed")
    assert after == before


def test_each_file_of_a_folder_by_itself(shell: Shell) -> None:
    for name in ("tree/a", "tree/sub/b"):
        shell.write(name, name.encode())
    (shell.here / "out").mkdir()
    found = shell.json("encrypt", "tree", "--key", "Personal", "--each", "--to", "out")
    assert found["done"] == 2
    assert {name for name in shell.tree() if name.endswith(b".sealed")} == {
        b"out/tree/a.sealed",
        b"out/tree/sub/b.sealed",
    }


def test_names_that_are_not_utf8_are_told_without_harm_and_kept_for_programs(shell: Shell) -> None:
    name = b"odd \xff \x1b]0;x\x07"
    shell.write(os.fsdecode(name), b"odd")
    people = shell.run("encrypt", name, "--key", "Personal")
    assert b"\x1b" not in people.stdout
    assert b"odd \\xff \\x1b]0;x\\x07.sealed" in people.stdout
    programs = json.loads(shell.run("decrypt", name + b".sealed", "--json").stdout)
    assert os.fsencode(programs["files"][0]["output"]) == os.fsencode(shell.here) + b"/odd \xff \x1b]0;x\x07 (2)"


def test_standard_input_and_output(shell: Shell) -> None:
    content = os.urandom(700_000)
    sealed = shell.run("encrypt", "-", "--key", "Personal", "--context", "for=pipe", typed=content).stdout
    assert sealed[:3] == b"\x02\x04\x78"
    assert shell.run("decrypt", "-", "--context", "for=pipe", typed=sealed).stdout == content
    assert shell.run("inspect", "-", "--json", typed=sealed).returncode == 0
    shell.write("a.sealed", sealed)
    assert shell.run("decrypt", "a.sealed", "--to", "-").stdout == content
    assert set(shell.tree()) == {b"a.sealed"}
    cut = shell.run("decrypt", "-", typed=sealed[:-1], code=3)
    assert content.startswith(cut.stdout)
    assert len(cut.stdout) < len(content)
    damaged = shell.run("decrypt", shell.write("cut.sealed", sealed[:-1]), "--to", "-", code=3)
    assert damaged.stdout == b""


def test_a_passphrase_alone_needs_no_vault(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    del shell.environment["VAULTAPP_PASSPHRASE_FILE"]
    shell.write("pw", b"for the file\n")
    shell.write("a.txt", b"shared\n")
    shell.run("encrypt", "a.txt", "--recipient-passphrase-file", "pw")
    (shell.here / "a.txt").unlink()
    described = shell.json("inspect", "a.txt.sealed")["files"][0]
    assert [one["kind"] for one in described["recipients"]] == ["passphrase"]
    shell.write("wrong", b"not it\n")
    told = shell.refused(3, "decrypt", "a.txt.sealed", "--recipient-passphrase-file", "wrong")
    assert "This passphrase does not open the file, or the file was changed. Nothing was written." in told
    assert not (shell.here / "a.txt").exists()
    shell.run("decrypt", "a.txt.sealed", "--recipient-passphrase-file", "pw")
    assert (shell.here / "a.txt").read_bytes() == b"shared\n"
    assert not shell.vault.exists()


def test_inspecting_unlocks_nothing_and_names_keys_where_the_vault_is_open(shell: Shell) -> None:
    shell.write("a.txt")
    shell.run("encrypt", "a.txt", "--key", "Personal", "--context", "for=mail")
    shell.run("lock")
    found = shell.json("inspect", "a.txt.sealed", VAULTAPP_PASSPHRASE_FILE="")["files"][0]
    assert found["context"] == {"for": "mail"}
    assert (found["content_length"], found["complete"], found["recipients"][0]["name"]) == (8, True, None)
    assert shell.json("status")["agent"] is False


def test_texts(shell: Shell) -> None:
    sealed = shell.told("text", "encrypt", "--key", "Personal", "--context", "for=db", typed=b"hunter2").strip()
    assert sealed.startswith("vlt1")
    quoted = f'password = "{sealed}"  # production'
    assert shell.run("text", "decrypt", quoted, "--context", "for=db").stdout == b"hunter2"
    assert shell.json("text", "decrypt", "--context", "for=db", typed=quoted.encode())["text"] == "hunter2"
    assert shell.json("text", "inspect", sealed)["name"] == "Personal"
    assert "needs another context" in shell.refused(3, "text", "decrypt", sealed)
    assert "no encrypted text" in shell.refused(3, "text", "decrypt", "nothing here")
    assert shell.error(2, "text", "encrypt", "--key", "Personal", typed=b"x" * 4097)["code"] == "text_too_long"


def test_the_life_of_a_key(shell: Shell) -> None:
    run = lambda *words: shell.json("keys", *words)["key"]  # noqa: E731
    assert run("rename", "Personal", "Private")["name"] == "Private"
    assert run("describe", "Private", "mine")["description"] == "mine"
    assert run("alias", "Private", "--add", "a/b")["aliases"] == ["a/b"]
    assert run("tag", "a/b", "--set", "x=1", "--set", "y=2")["tags"] == {"x": "1", "y": "2"}
    assert run("tag", "a/b", "--remove", "x")["tags"] == {"y": "2"}
    assert run("rotation", "a/b", "--every", "90")["rotation_days"] == 90
    assert run("rotation", "a/b", "--off")["rotation_days"] is None
    assert run("rotate", "a/b")["primary_number"] == 2
    assert run("disable", "a/b", "--version", "1")["versions"][0]["state"] == "disabled"
    assert run("enable", "a/b", "--version", "1")["versions"][0]["state"] == "enabled"
    assert run("disable", "a/b")["state"] == "disabled"
    assert run("enable", "a/b")["state"] == "enabled"
    assert run("delete", "a/b", "--in", "7")["state"] == "pending_deletion"
    assert run("undelete", "a/b")["state"] == "disabled"
    assert run("alias", "Private", "--remove", "a/b")["aliases"] == []
    assert shell.error(2, "keys", "create", "private")["code"] == "name_taken"
    assert shell.error(2, "keys", "delete", "Private", "--in", "3")["facts"]["field"] == "days"


def test_exported_material_is_what_the_check_value_is_of(shell: Shell) -> None:
    told = shell.refused(2, "keys", "export", "Personal")
    assert "--confirm" in told
    found = shell.json("keys", "export", "Personal", "--confirm", "Personal")
    material = b64decode(found["material"])
    check = digest(material, b"vaultapp-kcv-1", sha256)[:8].hex()
    assert (len(material), check) == (32, shell.json("keys", "show", "Personal")["key"]["versions"][0]["check"])


def test_what_was_done_is_in_the_log_and_no_secret_is(shell: Shell) -> None:
    shell.write("a.txt", b"very secret content")
    shell.run("encrypt", "a.txt", "--key", "Personal")
    shell.run("text", "encrypt", "--key", "Personal", typed=b"very secret text")
    shell.run("activity", "--export", "log.jsonl")
    text = (shell.here / "log.jsonl").read_text()
    actions = [json.loads(line)["action"] for line in text.splitlines()]
    assert {"vault.create", "file.seal"} <= set(actions)
    assert "secret" not in text
    assert PASSPHRASE.decode() not in text
    assert [json.loads(line)["sequence"] for line in text.splitlines()] == list(range(1, len(actions) + 1))


def test_following_tells_of_another_command_and_ends_at_lock(shell: Shell) -> None:
    shell.run("unlock")
    with started(shell, "activity", "--follow", "--json", "--limit", "1") as process:
        json.loads(process.stdout.readline())
        shell.run("keys", "create", "Another")
        assert any(json.loads(line)["action"] == "key.create" for line in process.stdout)
        shell.run("lock")
        process.stdout.read()
        assert process.wait(60) == 0


STOPS = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])


@STOPS
def test_a_signal_stops_the_work_and_leaves_nothing(shell: Shell, number: signal.Signals, code: int) -> None:
    with open(shell.here / "big", "wb") as file:
        file.truncate(4 << 30)  # a hole: it takes long to seal, and no room
    (shell.here / "out").mkdir()
    with started(shell, "encrypt", "big", "--key", "Personal", "--to", "out", "--progress") as process:
        assert "progress" in json.loads(process.stdout.readline())
        process.send_signal(number)
        *_, last = process.stdout.readlines()
        assert process.wait(60) == code
    assert json.loads(last)["report"]["cancelled"] == 1
    assert os.listdir(shell.here / "out") == []
    assert set(os.listdir(shell.here)) == {"big", "out"}


@STOPS
def test_a_signal_stops_a_stream_that_stands_still(shell: Shell, number: signal.Signals, code: int) -> None:
    with started(shell, "encrypt", "-", "--key", "Personal") as process:
        process.stdin.write(bytes(2_000_000))
        process.stdin.flush()
        assert process.stdout.read(300_000)
        process.send_signal(number)
        assert process.wait(60) == code


@contextmanager
def started(shell: Shell, *arguments: str) -> Iterator[Any]:
    """Start a command and take its ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        shell.command(*arguments),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        cwd=shell.here,
        env=shell.environment,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def at_terminal(shell: Shell, *arguments: str, **environment: str) -> Iterator[Typist]:
    """Start a command at a terminal of its own."""
    typist = Typist(shell.command(*arguments), shell.here, shell.environment | environment)
    try:
        yield typist
    except BaseException:
        os.kill(typist.pid, signal.SIGKILL)
        raise


def test_doctor_finds_the_hardened_agent(shell: Shell) -> None:
    shell.run("unlock")
    found = {one["subject"]: one["state"] for one in shell.json("doctor")["findings"]}
    assert (found["hardening"], found["agent"], found["vault file"]) == ("ok", "ok", "ok")


def test_two_commands_share_one_agent(shell: Shell) -> None:
    outcomes: list[int] = []

    def create(name: str) -> None:
        outcomes.append(shell.run("keys", "create", name).returncode)

    threads = [threading.Thread(target=create, args=(f"key {number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [0, 0, 0]
    assert len(shell.json("keys", "list")["keys"]) == 4


def test_words_typed_at_a_terminal_are_shown_and_checked_before_the_passphrase_is_asked_for(empty: Shell) -> None:
    words = empty.json("init", *CHEAP, "--recovery-words")["recovery_words"]
    empty.run("lock", "--quit")
    with at_terminal(empty, "unlock", "--recovery", VAULTAPP_PASSPHRASE_FILE="") as typist:
        typist.until(b"Recovery words: ")
        typist.type(b"abandon " * 23 + b"nonsense\n")
        typist.until(b"Word 24 is not one of the recovery words.")
        typist.until(b"Recovery words: ")
        typist.type(words.encode() + b"\n")
        typist.until(b"New passphrase: ")
        assert words.split()[-1].encode() in typist.shown
        typist.type(b"password1\n")
        typist.until(b"Very weak: ")
        typist.until(b"Once more: ")
        typist.type(b"password1\n")
        typist.until(b"is unlocked.")
        assert typist.wait() == 0
    assert b"password1" not in typist.shown
    empty.write("new", b"password1\n")
    empty.run("keys", "list", "--passphrase-file", "new")


def test_the_log_is_read_in_words(shell: Shell) -> None:
    shell.write("a.txt")
    shell.run("encrypt", "a.txt", "--key", "Personal")
    shell.run("keys", "rotate", "Personal")
    told = shell.told("activity")
    assert "Encrypted a file · “Personal” · a.txt, version 1\n" in told
    assert "Rotated a key · “Personal” · Version 2, asked for\n" in told
    assert "file.seal" not in told


def test_copies_of_a_broken_vault_say_whose_they_are(shell: Shell) -> None:
    shell.vault.rename(shell.vault.with_name("old.vault"))
    shell.vault.write_bytes(b"")
    told = shell.told("backups", "list")
    assert f"“{shell.vault}” cannot be read." in told
    assert told.splitlines()[-1].startswith("old ")


def test_an_empty_file_is_called_empty(shell: Shell) -> None:
    shell.write("a.sealed", b"")
    told = "“a.sealed”: The file is empty, so it is not an encrypted one."
    assert shell.refused(3, "inspect", "a.sealed") == told
    assert shell.refused(3, "decrypt", "a.sealed") == f"{told} Nothing was written."
