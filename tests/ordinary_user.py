"""A user without special rights, for tests of rights: root is refused nothing."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
NOBODY = 65534


class OrdinaryUser:
    """A home folder and a way to start programs as its owner.

    Tests that run as root start programs as the user 65534; all others as themselves.

    Attributes:
        uid: Who the programs run as.
        home: The user's home, 0700.
        environment: Variables of the user's programs; XDG folders lie in the home.
        python: An interpreter with vaultapp that the user may read.
    """

    def __init__(self, uid: int, home: Path, python: Path) -> None:
        self.uid = uid
        self.home = home
        self.python = python
        self.environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{python.parent}:/usr/local/bin:/usr/bin:/bin",
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_RUNTIME_DIR": str(home / "run"),
        }

    @classmethod
    def with_home(cls) -> OrdinaryUser:
        """Make the user's home below /tmp, where pytest's own folders are closed to others."""
        uid = NOBODY if os.getuid() == 0 else os.getuid()
        home = Path(tempfile.mkdtemp(prefix="vaultapp-home-"))
        user = cls(uid, home, _readable_python(uid))
        for folder in (home, *(Path(user.environment[name]) for name in user.environment if name.startswith("XDG_"))):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        user.own(home)
        return user

    def own(self, path: Path) -> Path:
        """Give a file or a folder with all in it to the user."""
        for found in (path, *path.rglob("*")):
            os.chown(found, self.uid, -1, follow_symlinks=False)
        return path

    def command(self, argv: Sequence[str | Path]) -> list[str]:
        """Return the command line that runs ``argv`` as this user."""
        return [*_as_user(self.uid), *map(str, argv)]

    def vaultapp(self, *arguments: str | Path) -> list[str]:
        """Return the command line of vaultapp as this user."""
        return self.command([self.python, "-m", "vaultapp", *arguments])

    def run(self, argv: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run a program as this user and wait; output is captured, the exit code is left to the caller."""
        options = {"capture_output": True, "timeout": 120, "cwd": self.home, **options}
        environment = {**self.environment, **options.pop("env", {})}
        return subprocess.run(self.command(argv), check=False, env=environment, **options)

    def start(self, argv: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        """Start a program as this user in a process group of its own."""
        environment = {**self.environment, **options.pop("env", {})}
        options = {"cwd": self.home, "start_new_session": True, **options}
        return subprocess.Popen(self.command(argv), env=environment, **options)

    def close(self) -> None:
        """Remove the home."""
        shutil.rmtree(self.home, ignore_errors=True)


def _as_user(uid: int) -> list[str]:
    if uid == os.getuid():
        return []
    return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--"]


@functools.cache
def _readable_python(uid: int) -> Path:
    """Find an interpreter for the user; a checkout that only root can enter is copied to where it can be read."""
    own = Path(sys.executable)
    probe = [*_as_user(uid), str(own), "-I", "-c", "import vaultapp.core.errors, click"]
    if subprocess.run(probe, capture_output=True, cwd="/", check=False).returncode == 0:
        return own
    place = Path(tempfile.mkdtemp(prefix="vaultapp-readable-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    place.chmod(0o755)
    shutil.copytree(sys.prefix, place / "venv", symlinks=True)
    for folder in ("vaultapp", "resources"):
        shutil.copytree(CHECKOUT / folder, place / folder)
    libraries = place / "venv" / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    for found in libraries.glob("*.pth"):
        found.write_text(found.read_text().replace(str(CHECKOUT), str(place)))
    subprocess.run(["chmod", "-R", "a+rX", str(place)], check=True)
    return place / "venv/bin/python"
