"""Files as an ordinary user in a process as hardened as the agent's: root is refused nothing and may always link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.ordinary_user import OrdinaryUser

# Hardens itself, seals and opens what it is told, and prints code and output of each source.
SCRIPT = """
import json, os, sys
from pathlib import Path
from vaultapp.agent.hardening import harden
harden()
from vaultapp.contracts.files import FileState, OpenRequest, Place, SealRequest
from vaultapp.contracts.vault import KdfCost
from vaultapp.core.clock import SystemClock
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.services.file_journal import NoJournal
from vaultapp.services.files import FilesService
from vaultapp.services.key_ring import NoRing
from vaultapp.services.waiting_files import WaitingList

state, folder, *sources = sys.argv[1:]
random, clock, bus = SystemRandom(), SystemClock(), EventBus()
notes = PartNotes(Path(state), random)
service = FilesService(NoRing(), NoJournal(clock), notes, WaitingList(bus), clock, random,
                       passphrase_cost=KdfCost(64 * 1024, 1, 1))
told = []
def collect(update):
    if update.state is not FileState.RUNNING:
        told.append((update.code, os.fsdecode(update.output)))
where = os.fsencode(folder) if folder else None
for request in (
    SealRequest(tuple(Place(os.fsencode(one)) for one in sources), passphrases=(bytearray(b"x"),), folder=where),
    OpenRequest((Place(os.fsencode(folder or os.path.dirname(sources[0]))),), passphrases=(bytearray(b"x"),)),
):
    getattr(service, type(request).__name__.removesuffix("Request").lower())(request, WorkContext(on_item=collect))
print(json.dumps({"told": told, "parts": os.path.isdir(os.path.join(state, "parts"))}))
"""


def answers(user: OrdinaryUser, folder: Path | None, *sources: Path) -> dict[str, Any]:
    ran = user.run([user.python, "-c", SCRIPT, user.home / "state", folder or "", *sources])
    assert ran.returncode == 0, ran.stderr.decode()
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_hardened_process_publishes_unnamed_files(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.home / "a").write_bytes(b"content")
    (ordinary_user.home / "big").write_bytes(bytes(3_000_000))
    ordinary_user.own(ordinary_user.home)
    folder = ordinary_user.home / "out"
    folder.mkdir()
    ordinary_user.own(folder)
    found = answers(ordinary_user, folder, ordinary_user.home / "a", ordinary_user.home / "big")
    assert sorted(found["told"][:2]) == [["", str(folder / "a.sealed")], ["", str(folder / "big.sealed")]]
    assert (folder / "a").read_bytes() == b"content"
    assert (folder / "big").read_bytes() == bytes(3_000_000)
    assert found["parts"] is False, "unnamed files were given up"


def test_what_the_system_refuses_is_named(ordinary_user: OrdinaryUser) -> None:
    home = ordinary_user.home
    (home / "closed").write_bytes(b"secret")
    (home / "fine").write_bytes(b"content")
    (home / "locked").mkdir()
    (home / "locked/inner").write_bytes(b"content")
    ordinary_user.own(home)
    (home / "closed").chmod(0)
    (home / "locked").chmod(0o500)
    found = answers(ordinary_user, None, home / "closed", home / "locked/inner", home / "fine")
    codes = [code for code, _ in found["told"][:3]]
    assert sorted(codes) == ["", "access_denied", "access_denied"]
    assert (home / "fine.sealed").exists()
    assert sorted(path.name for path in (home / "locked").iterdir()) == ["inner"]
