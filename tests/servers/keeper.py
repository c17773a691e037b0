"""A service whose passwords are a file, and the program that changes them for the command connector."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

_PROGRAM = """
import json, sys, time
from pathlib import Path
room = Path(sys.argv[1])
place = room / "passwords"
asked, passwords, answer = json.load(sys.stdin), json.loads(place.read_text()), {"ok": True}
step = asked["step"]
if step == "test" and asked["value"]["password"] not in passwords:
    answer = {"ok": False, "error": "refused"}
elif step == "set":
    (room / "asked").touch()
    while (room / "hold").exists():
        time.sleep(0.02)
    passwords = [asked[name]["password"] for name in ("pending", "keep") if asked[name]]
elif step == "retire":
    passwords = [one for one in passwords if one != asked["old"]["password"]]
elif step == "propose":
    answer = {"ok": False, "error": "unsupported"}
fresh = room / "fresh"
fresh.write_text(json.dumps(passwords))
fresh.replace(place)
print(json.dumps(answer))
"""


class Keeper:
    """Takes two passwords at once, and can be held up in the middle of a change.

    Args:
        folder: For the program and its file.
        password: That is valid at first.

    Attributes:
        value: Of a credential for it.
        settings: Of its connection.
    """

    def __init__(self, folder: Path, password: str) -> None:
        self._room = folder / "keeper"
        self._room.mkdir()
        (self._room / "passwords").write_text(json.dumps([password]))
        program = self._room / "program.py"
        program.write_text(_PROGRAM)
        self.value = {"username": "app", "password": password}
        self.settings = {"command": shlex.join([sys.executable, str(program), str(self._room)])}

    @property
    def passwords(self) -> list[str]:
        """Those that are valid."""
        found: list[str] = json.loads((self._room / "passwords").read_text())
        return found

    @property
    def was_asked(self) -> bool:
        """True once a change has begun."""
        return (self._room / "asked").exists()

    def hold(self) -> None:
        """Let no change end."""
        (self._room / "hold").touch()

    def let_go(self) -> None:
        (self._room / "hold").unlink()

    def logs_in(self, value: dict[str, str]) -> bool:
        return value["password"] in self.passwords
