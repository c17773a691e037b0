from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.unit.cli.fakes import User
from vaultapp import __version__
from vaultapp.cli.command_line import root
from vaultapp.cli.running import Terminated
from vaultapp.core.errors import (
    Damaged,
    HostError,
    NotFound,
    OperationCancelled,
    RemoteError,
    VaultError,
)


def every_command(
    group: click.Group = root, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name), found


COMMANDS = dict(every_command())


def test_the_commands_are_those_of_the_design() -> None:
    single = "init unlock lock status doctor backup restore verify encrypt decrypt inspect rewrap activity"
    keys = "create list show rename alias describe tag rotate rotation enable disable delete undelete export"
    grouped = ["passphrase change", "slots list", "recovery new", "recovery drill", "backups list", "settings lock"]
    grouped += [f"desktop {name}" for name in ("install", "remove", "autostart")]
    grouped += [f"keys {name}" for name in keys.split()]
    credentials = "add list show kinds edit generate remove restore history promote enable disable code"
    grouped += [f"credentials {name}" for name in (*credentials.split(), "attach", "detach", "attachment")]
    grouped += ["credentials import", "credentials export", "read", "run", "inject"]
    rotation = "cancel check resume schedule status triggers unwatch watch"
    grouped += ["settings plugins", *(f"rotate {name}" for name in rotation.split())]
    grouped += [f"text {name}" for name in ("encrypt", "decrypt", "inspect")]
    grouped += [f"completion {name}" for name in ("bash", "zsh", "fish")]
    assert sorted(" ".join(path) for path in COMMANDS) == sorted([*single.split(), *grouped])


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_json_and_the_vaults_options(path: tuple[str, ...], user: User) -> None:
    result = user.run(*path, "--help")
    assert result.exit_code == 0
    assert COMMANDS[path].help
    for option in ("--json", "--vault", "--passphrase-file", "--passphrase-fd"):
        assert option in result.stdout
    assert user.agents.started == []


def test_every_command_is_described_in_one_short_line(user: User) -> None:
    for group in ((), ("keys",), ("credentials",), ("text",), ("desktop",)):
        assert "..." not in user.run(*group, "--help").stdout.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound(kind="key", name="zz"), 2),
        (Damaged(reason="cut_short"), 3),
        (RemoteError(), 4),
        (HostError(reason="odd"), 5),
        (VaultError(), 1),
        (OperationCancelled(), 130),
    ],
)
def test_an_error_is_one_line_and_the_exit_code_of_its_family(user: User, error: VaultError, code: int) -> None:
    result = user.unlocked(keys_show=error).run("keys", "show", "zz")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("vaultapp: ")
    assert result.stderr.count("\n") == 1


def test_an_error_says_what_happened_and_which_command_helps(user: User) -> None:
    result = user.unlocked(keys_show=NotFound(kind="key", name="zz")).run("keys", "show", "zz")
    assert result.stderr == "vaultapp: No key is called “zz”. `vaultapp keys list` shows them.\n"


def test_an_error_for_programs_has_code_message_and_facts(user: User) -> None:
    code, error = user.unlocked(keys_show=NotFound(kind="key", name="zz")).error("keys", "show", "zz")
    assert code == 2
    assert error == {
        "code": "not_found",
        "message": "No key is called “zz”. `vaultapp keys list` shows them.",
        "facts": {"kind": "key", "name": "zz"},
    }


def test_a_bug_keeps_its_traceback(user: User) -> None:
    with pytest.raises(ZeroDivisionError):
        user.unlocked(keys_show=ZeroDivisionError()).run("keys", "show", "zz")


@pytest.mark.parametrize(
    "arguments", [("keys", "show"), ("keys", "show", "a", "b"), ("keys", "list", "--nope"), ("encrypt", "x")]
)
def test_a_wrong_command_line_is_exit_code_2_and_asks_no_agent(user: User, arguments: tuple[str, ...]) -> None:
    result = user.run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("vaultapp: ")
    assert "--help`" in result.stderr
    assert user.agents.started == []


@pytest.mark.parametrize("group", ["keys", "credentials", "rotate"])
def test_a_group_without_a_command_shows_its_help_line_by_line(user: User, group: str) -> None:
    result = user.run(group)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == user.run(group, "--help").stdout
    assert user.agents.started == []


def test_a_group_without_a_command_is_json_where_that_was_asked(user: User) -> None:
    result = user.run("--json", "keys")
    assert (result.exit_code, result.stdout) == (2, "")
    assert json.loads(result.stderr)["error"]["message"] == "A command is missing. See `vaultapp keys --help`."


def test_a_name_that_begins_with_a_minus_hears_how_it_is_given(user: User) -> None:
    result = user.run("keys", "show", "-name")
    assert "What begins with a minus and is no option goes behind --: `vaultapp keys show -- -…`." in result.stderr
    assert user.unlocked(keys_show=NotFound(kind="key", name="-name")).run("keys", "show", "--", "-name").exit_code == 2
    assert user.agent.called("keys.show") == [{"key": "-name"}]
    assert "--:" not in user.run("keys", "list", "-name").stderr


def test_help_speaks_no_formulas(user: User) -> None:
    for path in COMMANDS:
        assert "x>=" not in user.run(*path, "--help").stdout
        assert "<=x" not in user.run(*path, "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("init", "--kdf-passes", "0"), "0 is not 1 or more."),
        (("activity", "--limit", "5001"), "5001 is not 1 to 5,000."),
        (("activity", "--limit", "many"), "many is not a whole number."),
    ],
)
def test_a_number_outside_its_bounds_is_told_in_words(user: User, arguments: tuple[str, ...], told: str) -> None:
    result = user.run(*arguments)
    assert (result.exit_code, user.agents.started) == (2, [])
    assert told in result.stderr


def test_a_wrong_command_line_is_json_where_that_was_asked(user: User) -> None:
    code, error = user.error("keys", "show")
    assert (code, error["code"]) == (2, "usage")


def test_the_window_can_begin_in_the_tray(user: User) -> None:
    assert user.run("--hidden").exit_code == 0
    assert (user.opened, user.opened_hidden) == ([(user.vault, ())], True)
    user.run()
    assert not user.opened_hidden


def test_an_unknown_command_names_the_nearest(user: User) -> None:
    result = user.run("encript")
    assert result.exit_code == 2
    assert "There is no command encript. Did you mean encrypt?" in result.stderr
    assert user.opened == []


def test_escape_sequences_in_arguments_do_not_reach_the_terminal(user: User) -> None:
    result = user.run("\x1b]0;owned\x07")
    assert "\x1b" not in result.stderr
    assert "\\x1b]0;owned\\x07" in result.stderr


def test_no_arguments_open_the_window(user: User) -> None:
    assert user.run().exit_code == 0
    assert user.opened == [(user.vault, ())]


def test_files_are_taken_to_the_window_as_absolute_bytes(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = os.fsdecode(b"odd \xff.txt")
    (tmp_path / odd).touch()
    (tmp_path / "b").symlink_to("elsewhere")
    assert user.run(odd, "b").exit_code == 0
    assert user.opened == [(user.vault, (bytes(tmp_path / odd), bytes(tmp_path / "b")))]


def test_files_are_taken_to_the_window_by_their_addresses(user: User, tmp_path: Path) -> None:
    odd = os.fsdecode(b"100%f %41 \xff\n.txt")
    (tmp_path / odd).touch()
    (tmp_path / "b#c?").touch()
    address = (tmp_path / odd).as_uri()
    assert user.run(address, f"file://localhost{tmp_path}/b%23c%3f").exit_code == 0
    assert user.opened == [(user.vault, (bytes(tmp_path / odd), bytes(tmp_path / "b#c?")))]


def test_an_address_may_hold_a_name_that_is_no_utf_8_as_it_is(user: User, tmp_path: Path) -> None:
    odd = os.fsdecode(b"odd \xff.txt")
    (tmp_path / odd).touch()
    assert user.run(f"file://{tmp_path}/{odd}").exit_code == 0
    assert user.opened == [(user.vault, (bytes(tmp_path / odd),))]


def test_an_address_without_a_path_is_not_the_folder_that_one_is_in(user: User, tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert user.run(str(tmp_path / "a"), "file://", "file://localhost").exit_code == 0
    ((_, paths),) = user.opened
    assert os.fsencode(os.getcwd()) not in paths


def test_a_file_by_its_address_that_is_gone_is_called_so(user: User, tmp_path: Path) -> None:
    code, error = user.error((tmp_path / "gone.sealed").as_uri())
    assert (code, error["code"]) == (5, "source_missing")
    assert user.opened == []


@pytest.mark.parametrize(
    "address", ["file://elsewhere/etc/hostname", "sftp://localhost/etc/hostname", "file:///etc%00"]
)
def test_what_is_no_file_of_this_computer_is_no_command_either(user: User, address: str) -> None:
    assert user.run(address).exit_code == 2
    assert user.opened == []


def test_a_file_that_is_gone_is_called_so(user: User, tmp_path: Path) -> None:
    code, error = user.error(str(tmp_path / "gone.sealed"))
    assert (code, error["code"]) == (5, "source_missing")
    assert user.opened == []


def test_a_command_comes_before_a_file_of_its_name(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "status").touch()
    assert "locked" in user.run("status").stdout
    assert user.opened == []


def test_the_vault_is_named_by_option_before_environment_before_default(user: User, tmp_path: Path) -> None:
    other = tmp_path / "other.vault"
    assert user.json("status")["path"] == str(user.vault)
    assert user.json("status", "--vault", str(other))["path"] == str(other)
    assert user.json("--vault", str(other), "status")["path"] == str(other)
    user.environment["VAULTAPP_VAULT"] = ""
    assert user.json("status")["path"] == str(user.places.data / "personal.vault")


def test_a_path_of_a_vault_is_made_absolute_without_following_links(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.vault").symlink_to(user.vault)
    assert user.json("status", "--vault", "link.vault")["path"] == str(tmp_path / "link.vault")


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt(), 130), (Terminated(signal.SIGTERM), 143)])
def test_a_signal_ends_a_command_with_its_exit_code(user: User, stop: BaseException, code: int) -> None:
    result = user.unlocked(keys_show=stop).run("keys", "show", "zz")
    assert (result.exit_code, result.stdout) == (code, "")


def vaultapp(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "vaultapp", *arguments], capture_output=True, timeout=60, check=False, **options
    )  # type: ignore[call-overload, no-any-return]


def test_the_version_is_told_without_loading_what_it_does_not_need() -> None:
    script = (
        "import sys; sys.argv = ['vaultapp', '--version']\n"
        "from vaultapp.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as exc: assert not exc.code\n"
        "print(*sorted(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    version, modules = found.stdout.splitlines()
    assert version == f"vaultapp {__version__}"
    loaded = set(modules.split())
    needless = {
        "PySide6",
        "rich",
        "cryptography",
        "argon2",
        "sqlite3",
        "msgspec",
        "boto3",
        "aws_encryption_sdk",
        "json",
    }
    assert not needless & loaded
    ours = {name for name in loaded if name.startswith("vaultapp.")}
    assert not {name for name in ours if name.split(".")[1] not in ("cli", "core", "__main__")}


def test_nobody_reading_is_not_a_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb") as out:
        found = subprocess.run(
            [sys.executable, "-m", "vaultapp", "completion", "bash"],
            stdout=out,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert found.returncode == 128 + signal.SIGPIPE
    assert found.stderr == b""


def test_a_terminal_without_our_quotes_ends_no_command() -> None:
    found = vaultapp("status", env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert found.returncode == 0
    missing = vaultapp("keys", "list", env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"vaultapp: There is no vault at \\u201c/")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_vaultapp_back(user: User, shell: str) -> None:
    script = user.run("completion", shell).stdout
    assert "_VAULTAPP_COMPLETE" in script
    assert json.loads(user.run("completion", shell, "--json").stdout)["script"] == script[:-1]
