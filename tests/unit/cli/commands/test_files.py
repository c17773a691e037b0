from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.fakes import User
from vaultapp.contracts.files import (
    BatchReport,
    FileState,
    FileUpdate,
    Folders,
    OnExist,
    OpenRequest,
    Place,
    RewrapRequest,
    SealRequest,
)
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext


class Batch:
    """Answers a batch call with these updates; keeps the request as it was when it came."""

    def __init__(self, *updates: FileUpdate, error: Exception | None = None) -> None:
        self.updates = updates
        self.error = error
        self.request: Any = None
        self.passphrases: list[bytes] = []
        self.new_passphrases: list[bytes] = []
        self.descriptors: tuple[int, ...] = ()

    def __call__(self, request: Any, work: WorkContext[FileUpdate]) -> BatchReport:
        self.request = request
        self.passphrases = [bytes(one) for one in request.passphrases]
        self.new_passphrases = [bytes(one) for one in getattr(request, "new_passphrases", ())]
        self.descriptors = work.descriptors
        for update in self.updates:
            work.emit(update)
        work.checkpoint(5, 10)
        if self.error is not None:
            raise self.error
        states = [update.state for update in self.updates]
        return BatchReport(
            states.count(FileState.DONE),
            states.count(FileState.FAILED),
            states.count(FileState.EXISTS),
            states.count(FileState.SKIPPED),
            states.count(FileState.CANCELLED),
            sum(update.size for update in self.updates),
            tuple(update for update in self.updates if update.state is not FileState.DONE),
            sum(update.unchanged for update in self.updates),
        )


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def path(here: Path) -> Callable[[str], bytes]:
    return lambda name: bytes(here / name)


def done(source: bytes, output: bytes, **more: Any) -> FileUpdate:
    return FileUpdate(0, FileState.DONE, source, output=output, size=100, keys=("Personal",), versions=(4,), **more)


def failed(source: bytes, code: str, **facts: Any) -> FileUpdate:
    return FileUpdate(0, FileState.FAILED, source, code=code, facts=facts)


def test_encrypt_asks_the_agent_for_what_was_asked(user: User, path: Callable[[str], bytes]) -> None:
    batch = Batch(done(path("a.txt"), path("out/a.txt.sealed")))
    user.unlocked(files_seal=batch)
    options = ("--context", "for=mail", "--each", "--on-exist", "skip", "--remove-originals", "--to", "out")
    result = user.run("encrypt", "a.txt", "b", "--key", "Personal", "--key", "Work", *options)
    assert result.exit_code == 0
    assert batch.request == SealRequest(
        sources=(Place(path=path("a.txt")), Place(path=path("b"))),
        keys=("Personal", "Work"),
        context={"for": "mail"},
        folder=path("out"),
        folders=Folders.EACH,
        on_exist=OnExist.SKIP,
        remove_originals=True,
    )
    assert result.stdout == "“out/a.txt.sealed”: Encrypted with Personal, version 4. The original is kept.\n"


def test_encrypt_is_careful_unless_told_otherwise(user: User) -> None:
    batch = Batch()
    user.unlocked(files_seal=batch).run("encrypt", "a", "--key", "Personal")
    assert (batch.request.remove_originals, batch.request.on_exist, batch.request.folders) == (
        False,
        OnExist.KEEP,
        Folders.ARCHIVE,
    )


def test_encrypt_for_passphrases_alone_needs_no_vault(user: User, here: Path) -> None:
    user.vault.unlink()
    (here / "pw").write_text("from file\n")
    batch = Batch()
    user.answering(files_seal=batch)
    user.terminal.lines = ["typed", "typed"]
    arguments = ("--recipient-passphrase", "--recipient-passphrase-file", "pw")
    assert user.run("encrypt", "a", *arguments).exit_code == 0
    assert (user.agents.started, batch.passphrases) == (["vaultless"], [b"from file", b"typed"])


def test_encrypt_for_nobody_is_refused(user: User) -> None:
    result = user.unlocked().run("encrypt", "a")
    assert result.exit_code == 2
    assert user.agent.calls == []


def test_a_dash_hands_standard_input_and_output_over(user: User) -> None:
    batch = Batch(FileUpdate(0, FileState.DONE, b"", size=9, keys=("Personal",), versions=(1,)))
    result = user.unlocked(files_seal=batch).run("encrypt", "-", "--key", "Personal")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert batch.request.sources == (Place(descriptor=0),)
    assert batch.request.output == Place(descriptor=1)
    assert batch.descriptors == (0, 1)


def test_json_makes_way_for_data_on_standard_output(user: User) -> None:
    batch = Batch(FileUpdate(0, FileState.DONE, b"", size=9))
    result = user.unlocked(files_open=batch).run("decrypt", "a.sealed", "--to", "-", "--json")
    assert result.stdout == ""
    assert json.loads(result.stderr)["done"] == 1
    assert (batch.request.output, batch.descriptors) == (Place(descriptor=0), (1,))


def test_a_batch_for_programs_is_one_object(user: User, path: Callable[[str], bytes]) -> None:
    odd = path("odd") + b"\xff"
    batch = Batch(
        done(path("a"), path("a.sealed"), left_out=(b"socket",)), failed(odd, "source_missing", path="odd\ufffd")
    )
    result = user.unlocked(files_seal=batch).run("encrypt", "a", "b", "--key", "k", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["done"], found["failed"], found["bytes_out"]) == (5, 1, 1, 100)
    assert found["files"][0] == {
        "source": path("a").decode(),
        "state": "done",
        "output": path("a.sealed").decode(),
        "size": 100,
        "members": 0,
        "keys": [{"name": "Personal", "version": 4}],
        "removed": False,
        "left_out": ["socket"],
        "unchanged": False,
        "error": None,
    }
    assert found["files"][1]["source"].encode("utf-8", "surrogateescape") == odd
    assert found["files"][1]["error"]["code"] == "source_missing"


def test_json_lines_as_things_happen_end_with_the_report(user: User, path: Callable[[str], bytes]) -> None:
    running = FileUpdate(0, FileState.RUNNING, path("a"), done=1, total=2)
    batch = Batch(running, done(path("a"), path("a.sealed")))
    lines = user.unlocked(files_seal=batch).run("encrypt", "a", "--key", "k", "--progress").stdout.splitlines()
    assert [next(iter(json.loads(line))) for line in lines] == ["file", "progress", "report"]
    assert json.loads(lines[1])["progress"] == {"done": 5, "total": 10}


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["key_not_here"], 2),
        (["not_sealed", "key_not_here"], 3),
        (["read_only", "damaged", "key_not_here"], 5),
        (["target_exists"], 2),
    ],
)
def test_a_batch_ends_with_the_highest_exit_code(user: User, codes: list[str], code: int) -> None:
    batch = Batch(*(failed(b"/x", one) for one in codes), done(b"/y", b"/y.sealed"))
    result = user.unlocked(files_open=batch).run("decrypt", "x", "y")
    assert result.exit_code == code
    assert result.stderr.count("vaultapp: ") == len(codes)
    assert result.stdout.endswith(f"1 decrypted, {len(codes)} failed.\n")


def test_a_failure_names_its_file_once(user: User) -> None:
    batch = Batch(failed(b"/d/a\x1b.sealed", "authentication_failed"), failed(b"/d/b", "read_only", path="/d/b"))
    result = user.unlocked(files_open=batch).run("decrypt", "a", "b")
    assert result.stderr.splitlines() == [
        "vaultapp: “/d/a\\x1b.sealed”: This file was changed or cut short. Nothing was written.",
        "vaultapp: “/d/b” cannot be written: the place is read-only. Nothing was written. Choose another place.",
    ]


def test_a_folder_that_failed_says_how_many_files_are_done(user: User) -> None:
    update = FileUpdate(0, FileState.FAILED, b"/d", members=12, code="source_missing", facts={"path": "/d/b"})
    result = user.unlocked(files_seal=Batch(update)).run("encrypt", "d", "--key", "k")
    assert result.stderr == "vaultapp: “/d/b” is not there. 12 other files were encrypted; they stay.\n"


def test_what_concerns_the_whole_batch_is_one_error(user: User) -> None:
    user.unlocked(files_seal=Batch(error=by_code("not_found", {"kind": "key", "name": "zz"})))
    code, error = user.error("encrypt", "a", "--key", "zz")
    assert (code, error["code"]) == (2, "not_found")


def test_a_cancelled_batch_still_tells_what_was_done(user: User, path: Callable[[str], bytes]) -> None:
    updates = (done(path("a"), path("a.sealed")), FileUpdate(1, FileState.CANCELLED, path("b")))
    user.unlocked(files_seal=Batch(*updates, error=OperationCancelled()))
    result = user.run("encrypt", "a", "b", "--key", "k")
    assert result.exit_code == 130
    assert "“a.sealed”: Encrypted" in result.stdout
    assert result.stdout.endswith("1 encrypted, 1 cancelled.\n")
    assert result.stderr == "vaultapp: Cancelled. What was done before that stays.\n"


@pytest.mark.parametrize(
    ("update", "line"),
    [
        (done(b"/a", b"/a.sealed", removed=True), "The original was removed after the encrypted copy was read back."),
        (FileUpdate(0, FileState.DONE, b"/d", members=7), "“/d”: 7 files. Encrypted. The originals are kept."),
        (
            FileUpdate(0, FileState.DONE, b"/d", members=7, removed=True),
            "“/d”: 7 files. Encrypted. The originals were removed after the encrypted copies were read back.",
        ),
        (
            FileUpdate(0, FileState.EXISTS, b"/d", output=b"/d/b", members=2),
            "“/d”: not done, “/d/b” is already there. 2 other files were encrypted; they stay.",
        ),
        (
            FileUpdate(0, FileState.CANCELLED, b"/d", members=1),
            "“/d”: cancelled. 1 file was encrypted; it stays.",
        ),
        (FileUpdate(0, FileState.SKIPPED, b"/a", output=b"/a.sealed"), "“/a”: skipped, “/a.sealed” is already there."),
        (FileUpdate(0, FileState.SKIPPED, b"/a"), "“/a”: skipped."),
        (FileUpdate(0, FileState.EXISTS, b"/a", output=b"/b"), "“/a”: not done, “/b” is already there."),
        (done(b"/a", b"/a.sealed", unchanged=True), "“/a.sealed”: up to date. Nothing was changed."),
    ],
)
def test_each_outcome_is_a_sentence(user: User, update: FileUpdate, line: str) -> None:
    result = user.unlocked(files_seal=Batch(update)).run("encrypt", "a", "--key", "k")
    assert (result.exit_code, result.stderr) == (0, "")
    assert line in result.stdout


def test_what_was_left_out_is_told(user: User) -> None:
    left = tuple(f"s{number}".encode() for number in range(12))
    result = user.unlocked(files_seal=Batch(done(b"/d", b"/d.sealed", left_out=left))).run("encrypt", "d", "--key", "k")
    assert result.exit_code == 0
    assert "“/d”: 12 members were left out: “s0”, " in result.stderr
    assert "“s9”, …." in result.stderr
    assert "s10" not in result.stderr


def test_decrypt_asks_the_agent_for_what_was_asked(user: User, path: Callable[[str], bytes]) -> None:
    batch = Batch(done(path("a.sealed"), path("a")))
    user.unlocked(files_open=batch)
    result = user.run("decrypt", "a.sealed", "--no-unpack", "--context", "for=mail", "--on-exist", "replace")
    assert batch.request == OpenRequest(
        sources=(Place(path=path("a.sealed")),),
        context={"for": "mail"},
        unpack=False,
        on_exist=OnExist.REPLACE,
    )
    assert result.stdout == "“a”: Decrypted with Personal, version 4. The encrypted file is kept.\n"


def test_decrypt_with_the_files_passphrase_needs_no_vault(user: User) -> None:
    batch = Batch(failed(b"/a", "authentication_failed"))
    user.answering(files_open=batch)
    user.terminal.lines = ["typed"]
    result = user.run("decrypt", "a", "--recipient-passphrase")
    assert (user.agents.started, batch.passphrases, user.terminal.asked) == (
        ["vaultless"],
        [b"typed"],
        ["Passphrase of the file: "],
    )
    assert "This passphrase does not open the file, or the file was changed." in result.stderr


def test_decrypt_with_a_passphrase_uses_a_vault_that_is_open_here(user: User) -> None:
    user.unlocked(files_open=Batch())
    user.terminal.lines = ["typed"]
    assert user.run("decrypt", "a", "--recipient-passphrase").exit_code == 0
    assert user.agents.started == []
    assert len(user.agent.called("files.open")) == 1


def test_decrypt_with_a_passphrase_uses_a_vault_that_is_named(user: User, here: Path) -> None:
    (here / "vault-pw").write_text("correct horse\n")
    user.answering(files_open=Batch())
    user.terminal.lines = ["typed"]
    assert user.run("decrypt", "a", "--recipient-passphrase", "--passphrase-file", "vault-pw").exit_code == 0
    assert user.agents.started == ["private"]


def test_a_file_that_only_a_passphrase_opens_says_how_to_give_it(user: User) -> None:
    result = user.unlocked(files_open=Batch(failed(b"/a", "passphrase_needed"))).run("decrypt", "a")
    assert result.exit_code == 2
    assert "--recipient-passphrase" in result.stderr


def test_rewrap_asks_the_agent_for_what_was_asked(user: User, here: Path, path: Callable[[str], bytes]) -> None:
    for name in ("old", "new"):
        (here / name).write_text(name)
    batch = Batch(done(path("a.sealed"), path("a.sealed")))
    user.unlocked(files_rewrap=batch)
    arguments = ("--recipient-passphrase-file", "old", "--new-recipient-passphrase-file", "new", "--drop-passphrases")
    result = user.run("rewrap", "a.sealed", "--key", "Work", *arguments)
    assert (batch.request.keys, batch.request.keep_passphrases) == (("Work",), False)
    assert (batch.passphrases, batch.new_passphrases) == ([b"old"], [b"new"])
    assert "Re-wrapped with Personal, version 4. The content is as it was." in result.stdout


def test_rewrap_keeps_the_keys_and_passphrases_unless_told(user: User, path: Callable[[str], bytes]) -> None:
    batch = Batch()
    user.unlocked(files_rewrap=batch).run("rewrap", "a")
    assert batch.request == RewrapRequest(sources=(Place(path=path("a")),))


def test_a_rewrap_counts_what_was_up_to_date_apart(user: User) -> None:
    updates = (done(b"/a", b"/a"), done(b"/b", b"/b", unchanged=True), done(b"/c", b"/c", unchanged=True))
    user.unlocked(files_rewrap=Batch(*updates))
    assert user.run("rewrap", "a", "b", "c").stdout.endswith("1 re-wrapped, 2 up to date.\n")
    found = user.json("rewrap", "a", "b", "c")
    assert (found["done"], found["unchanged"]) == (3, 2)


def test_rewrap_of_standard_input_is_refused(user: User) -> None:
    assert user.unlocked().run("rewrap", "-").exit_code == 2
    assert user.agent.calls == []


@pytest.mark.parametrize("pair", ["nothing", "=x", ""])
def test_a_malformed_context_asks_no_agent(user: User, pair: str) -> None:
    code, error = user.unlocked().error("encrypt", "a", "--key", "k", "--context", pair)
    assert (code, error["facts"]) == (2, {"field": "context", "reason": "form"})
    assert user.agent.calls == []
