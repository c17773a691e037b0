"""A private desktop: X server, session bus, window manager, folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.desktop.private_session import PrivateSession
from tests.desktop.processes import wait_until

_FOLDERS = {
    "HOME": "home",
    "XDG_RUNTIME_DIR": "run",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
}


class DesktopSession(PrivateSession):
    """Start a desktop that nobody sees; leave the ``with`` block and it is gone.

    Args:
        size: Width and height of the screen in pixels.
        accessible: Let programs tell screen readers, and our hand, what they show.
        owner: User id of the folders and of all programs but the X server; whoever runs this, if it is not given.

    Attributes:
        environment: Variables for programs of this desktop.
        home: The home folder of its user.
        logs: Where the programs' messages go.
    """

    def __init__(
        self, size: tuple[int, int] = (1600, 900), *, accessible: bool = True, owner: int | None = None
    ) -> None:
        super().__init__()
        self._size = size
        self._folder = Path(tempfile.mkdtemp(prefix="vaultapp-desktop-"))
        self._owner = os.getuid() if owner is None else owner
        self.home = self._folder / "home"
        self.logs = self._folder / "logs"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") or name.startswith("VIRTUAL_ENV")
        }
        self.environment |= {
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
        }
        if accessible:
            self.environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        else:
            self.environment["NO_AT_BRIDGE"] = "1"

    def start(
        self, argv: Sequence[str | Path], *, pipes: bool = False, more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; it ends with it at the latest."""
        log = self.logs / f"{Path(argv[0]).name}.log"
        return self._processes.start(self._as_owner(argv), {**self.environment, **(more or {})}, log=log, pipes=pipes)

    def ask(self, *argv: str | Path, seconds: float = 30) -> str:
        """Run a program to its end and return what it printed; an empty answer where it failed."""
        command = self._as_owner(argv)
        answer = subprocess.run(command, env=self.environment, capture_output=True, timeout=seconds, check=False)
        return answer.stdout.decode(errors="replace").strip()

    def messages(self) -> str:
        """Return what the programs wrote to standard error, for a failure's report."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text(errors='replace')}" for log in sorted(self.logs.glob("*.log"))
        )

    def running(self, part: str = "") -> list[int]:
        """Return the processes that were told a path of this desktop, and ``part``, on their command line."""
        wanted = os.fsencode(self._folder), os.fsencode(part)
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (process / "cmdline").read_bytes()
                if all(text in command for text in wanted):
                    found.append(int(process.name))
        return found

    def close(self) -> None:
        """End every program of this desktop, let what those started end by itself, and remove the folders."""
        self._processes.close()
        with suppress(TimeoutError):
            wait_until(lambda: not self.running(), "programs that were started by others", 10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self) -> None:
        self._make_folders()
        self._start_x()
        self._start_bus()
        self._start_window_manager()

    def _make_folders(self) -> None:
        self._folder.chmod(0o755)
        self.logs.mkdir()
        for name, folder in _FOLDERS.items():
            place = self._folder / folder
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.environment[name] = str(place)
        for place in (self.home, *self.home.rglob("*"), self._folder / "run"):
            os.chown(place, self._owner, -1)

    def _as_owner(self, argv: Sequence[str | Path]) -> list[str]:
        """Return the command line that runs a program as the owner, and still ends with whoever started it."""
        command = [str(part) for part in argv]
        if self._owner == os.getuid():
            return command
        user = [f"--reuid={self._owner}", f"--regid={self._owner}", "--clear-groups", "--pdeathsig=TERM"]
        return ["setpriv", *user, "--", *command]

    def _start_x(self) -> None:
        width, height = self._size
        screen = ["-screen", "0", f"{width}x{height}x24", "-dpi", "96"]
        said = self._processes.announced(
            lambda ready: self._processes.start(
                ["Xvfb", "-displayfd", str(ready), *screen, "-nolisten", "tcp", "-noreset"],
                self.environment,
                log=self.logs / "Xvfb.log",
                pass_fds=[ready],
            )
        )
        self.environment["DISPLAY"] = f":{said}"

    def _start_bus(self) -> None:
        # The bus starts the services of accessibility, which need the display: its variables are the desktop's.
        said = self._processes.announced(
            lambda ready: self._processes.start(
                self._as_owner(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={ready}"]),
                self.environment,
                log=self.logs / "dbus-daemon.log",
                pass_fds=[ready],
            )
        )
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = said.splitlines()[0]

    def _start_window_manager(self) -> None:
        self.start(["openbox", "--sm-disable"])
        wait_until(lambda: "window id" in self.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "the window manager")
