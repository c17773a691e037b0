"""A Wayland compositor without a screen, and its programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.desktop.private_session import PrivateSession
from tests.desktop.processes import wait_until

_NOBODY = 65534
_SOCKET = "wayland-test"
_SWAY = "xwayland disable\noutput HEADLESS-1 mode 900x600\n"


class WaylandSession(PrivateSession):
    """Start a compositor that nobody sees; leave the ``with`` block and it is gone.

    Args:
        compositor: ``sway``, which lets programs without a window see the clipboard, or ``weston``, which has no
            keyboard here and lets nobody.

    Attributes:
        environment: Variables for its programs.
        home: The home folder of its user.
    """

    def __init__(self, compositor: str) -> None:
        super().__init__()
        self._compositor = compositor
        self.home = Path(tempfile.mkdtemp(prefix="vaultapp-wayland-"))
        self._log = self.home / "messages.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "wayland",
            "NO_AT_BRIDGE": "1",
        }

    def start(
        self, argv: Sequence[str | Path], *, pipes: bool = False, more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program of this desktop."""
        return self._processes.start(argv, {**self.environment, **(more or {})}, log=self._log, pipes=pipes)

    def ask(self, *argv: str | Path, text: str | None = None) -> str:
        """Run a program to its end and return what it printed; an empty answer where it failed."""
        done = subprocess.run(
            argv,
            env=self.environment,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout if done.returncode == 0 else ""

    def focused(self) -> str:
        """Return the title of the window that has the keyboard; only of sway."""
        nodes = [json.loads(self.ask("swaymsg", "-t", "get_tree") or "{}")]
        for node in nodes:
            nodes += node.get("nodes", [])
        return next((str(node.get("name")) for node in nodes if node.get("focused")), "")

    def messages(self) -> str:
        """Return what the programs wrote to standard error."""
        return self._log.read_text(errors="replace")

    def close(self) -> None:
        """End everything, last started first."""
        self._processes.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def _begin(self) -> None:
        """Start the compositor and wait for its socket."""
        more = {}
        if self._compositor == "weston":
            command = ["weston", "--backend=headless-backend.so", f"--socket={_SOCKET}", "--no-config"]
        else:
            config = self.home / "sway.conf"
            config.write_text(_SWAY)
            more = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
            command = ["sway", "-c", str(config)]
            if os.getuid() == 0:
                # It does not run as root.
                command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--", *command]
        if os.getuid() == 0:
            os.chown(self.home, _NOBODY if self._compositor == "sway" else 0, -1)
        self.start(command, more=more)
        display = wait_until(lambda: self._socket("wayland-*"), f"a socket of {self._compositor}", 30)
        self.environment["WAYLAND_DISPLAY"] = display.name
        if self._compositor == "sway":
            control = wait_until(lambda: self._socket("sway-ipc.*.sock"), "sway's own socket")
            self.environment["SWAYSOCK"] = str(control)

    def _socket(self, pattern: str) -> Path | None:
        return next((path for path in self.home.glob(pattern) if path.is_socket()), None)
