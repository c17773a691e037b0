"""A person's shell with vaultapp in it: a home, a passphrase file, and no terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PASSPHRASE = b"four unrelated words here"
# The floor: tests are about commands, not about the cost of a guess.
CHEAP = ("--kdf-memory", "64", "--kdf-passes", "1")


class Shell:
    """Runs commands in a folder of its own.

    Attributes:
        here: Where commands run.
        vault: The default vault.
    """

    def __init__(self, home: Path) -> None:
        self.here = home / "work"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VAULTAPP_"))
        }
        self.environment |= {"HOME": str(home), "LANG": "C.UTF-8", "TZ": "UTC"}
        for name, folder in (("DATA_HOME", "share"), ("STATE_HOME", "state"), ("RUNTIME_DIR", "run")):
            (home / folder).mkdir(mode=0o700)
            self.environment[f"XDG_{name}"] = str(home / folder)
        self.here.mkdir()
        self.vault = home / "share/vaultapp/personal.vault"
        self.passphrase_file = home / "passphrase"
        self.passphrase_file.write_bytes(PASSPHRASE + b"\n")
        self.environment["VAULTAPP_PASSPHRASE_FILE"] = str(self.passphrase_file)

    def command(self, *arguments: str | bytes | Path) -> list[str | bytes]:
        return [sys.executable, "-m", "vaultapp", *(os.fsencode(one) for one in arguments)]

    def run(
        self, *arguments: str | bytes | Path, code: int = 0, typed: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run vaultapp without a terminal; fail unless it ends with this exit code."""
        ended = subprocess.run(
            self.command(*arguments),
            input=typed,
            capture_output=True,
            cwd=self.here,
            env=self.environment | environment,
            timeout=120,
            start_new_session=True,
            check=False,
        )
        assert ended.returncode == code, (arguments, ended.returncode, ended.stdout, ended.stderr)
        assert b"Traceback" not in ended.stderr
        return ended

    def told(self, *arguments: str | bytes | Path, **options: Any) -> str:
        """Return what was printed for a person."""
        return self.run(*arguments, **options).stdout.decode()

    def json(self, *arguments: str | bytes | Path, **options: Any) -> Any:
        """Return the one object that was printed for a program."""
        printed = self.run(*arguments, "--json", **options).stdout
        assert printed.count(b"\n") == 1
        return json.loads(printed)

    def refused(self, code: int, *arguments: str | bytes | Path, **options: Any) -> str:
        """Run a command that must fail with this exit code; return its one line on standard error."""
        ended = self.run(*arguments, code=code, **options)
        lines = ended.stderr.decode().splitlines()
        assert len(lines) == 1, lines
        assert lines[0].startswith("vaultapp: ")
        return lines[0].removeprefix("vaultapp: ")

    def error(self, code: int, *arguments: str | bytes | Path, **options: Any) -> dict[str, Any]:
        """Return the error that a failing command printed for a program."""
        ended = self.run(*arguments, "--json", code=code, **options)
        assert ended.stdout == b""
        found: dict[str, Any] = json.loads(ended.stderr)["error"]
        return found

    def init(self, *arguments: str) -> None:
        """Make the vault with a key called Personal."""
        self.run("init", *CHEAP, "--first-key", "Personal", *arguments)

    def write(self, name: str, content: bytes = b"content\n") -> Path:
        """Write a file here."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def tree(self) -> dict[bytes, bytes]:
        """Return every file here with its content, every link with its target, every folder."""
        found = {}
        for folder, folders, files in os.walk(os.fsencode(self.here)):
            for name in (*folders, *files):
                path = os.path.join(folder, name)
                key = os.path.relpath(path, os.fsencode(self.here))
                if os.path.islink(path):
                    found[key] = b"-> " + os.readlink(path)
                elif os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[key] = file.read()
                else:
                    found[key] = b"other"
        return found

    def close(self) -> None:
        """End the vault's agent, if one runs."""
        self.run("lock", "--quit")
