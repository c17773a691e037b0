"""A vault for measuring, with its agent running: a home of its own, nothing of the user's."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

PASSPHRASE = "a passphrase for measuring only"
KEY = "Personal"
CHEAP = ("--kdf-memory", "64", "--kdf-passes", "1")


class OurVault:
    """A vault in a folder, driven by the command line.

    Args:
        home: A new folder; becomes the home of everything that is started.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.passphrase_file = home / "passphrase"
        for folder in ("", "run", "data", "state", "config", "cache"):
            (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.passphrase_file.write_text(PASSPHRASE + "\n")
        self.environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '/usr/bin:/bin')}",
            "XDG_RUNTIME_DIR": str(home / "run"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "VAULTAPP_PASSPHRASE_FILE": str(self.passphrase_file),
        }

    @property
    def path(self) -> Path:
        """Where the vault file lies."""
        return self.home / "data/vaultapp/personal.vault"

    def command(self, *arguments: str | Path) -> list[str]:
        """Return a command line of ours."""
        return [str(Path(sys.executable).with_name("vaultapp")), *map(str, arguments)]

    def call(self, *arguments: str | Path) -> str:
        """Run one of our commands and return what it printed."""
        command = self.command(*arguments)
        answer = subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if answer.returncode:
            raise RuntimeError(f"{command} ended with {answer.returncode}: {answer.stderr.decode()}")
        return answer.stdout.decode()

    def make(self) -> None:
        """Make the vault with a key, at the least cost of its passphrase, which is not what is measured."""
        self.call("init", *CHEAP, "--first-key", KEY, "--no-recovery-words")

    @contextmanager
    def unlocked(self) -> Iterator[int]:
        """Keep an agent running; give its process id."""
        self.call("unlock")
        try:
            yield self.agent()
        finally:
            self.call("lock", "--quit")

    def agent(self) -> int:
        """Find the agent of this vault, by the path that it is started with."""
        wanted = os.fsencode(self.path)
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if b"vaultapp.app.agent" in command and wanted in command:
                return int(process.name)
        raise RuntimeError(f"no agent has {self.path}")


class PeakMemory:
    """The most resident memory of a process, in bytes, looked at every millisecond or two."""

    def __init__(self, process: int) -> None:
        self._statm = Path(f"/proc/{process}/statm")
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="peak-memory")
        self.before = self._now()
        self.peak = self.before

    def __enter__(self) -> Self:
        """Begin to look."""
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._stop.set()
        self._watcher.join()

    def _now(self) -> int:
        return int(self._statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _watch(self) -> None:
        while not self._stop.wait(0.0015):
            self.peak = max(self.peak, self._now())
