from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes, remove_tree

# Notes two parts, strikes one out, makes both, and is killed.
KILLED = """
import os, pathlib, signal, sys
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
state, place = map(pathlib.Path, sys.argv[1:])
notes = PartNotes(state, SystemRandom())
names = [place / ".a.00000000.part", place / ".b.00000000.part", place / ".c.00000000.part", place / "d"]
notes.add([os.fsencode(name) for name in names])
names[0].write_text("plaintext")
names[1].mkdir(); (names[1] / "inner").write_text("plaintext")
names[2].write_text("published meanwhile"); names[3].write_text("not a part")
notes.strike([os.fsencode(names[2])])
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(state: Path, place: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, state, place], check=False)


def test_what_a_killed_process_left_is_removed_at_the_next_start(tmp_path: Path, place: Path) -> None:
    killed(tmp_path / "state", place)
    assert len(os.listdir(place)) == 4
    assert PartNotes(tmp_path / "state", SystemRandom()).sweep() == 2
    assert sorted(os.listdir(place)) == [".c.00000000.part", "d"]
    assert os.listdir(tmp_path / "state/parts") == []


def test_what_a_living_process_works_on_is_left_alone(tmp_path: Path, place: Path, notes: PartNotes) -> None:
    part = place / ".a.00000000.part"
    notes.add([os.fsencode(part)])
    part.write_bytes(b"x")
    assert PartNotes(tmp_path / "state", SystemRandom()).sweep() == 0
    assert part.exists()


def test_a_note_cut_short_is_no_note(tmp_path: Path, place: Path) -> None:
    folder = tmp_path / "state/parts"
    folder.mkdir(parents=True)
    (folder / "dead").write_bytes(b"+" + os.fsencode(place / ".a.00000000.part"))
    (place / ".a.00000000.part").write_bytes(b"x")
    assert PartNotes(tmp_path / "state", SystemRandom()).sweep() == 0
    assert (place / ".a.00000000.part").exists()


def test_nothing_is_left_of_the_notes_of_a_process_that_ended(tmp_path: Path, place: Path) -> None:
    notes = PartNotes(tmp_path / "state", SystemRandom())
    notes.add([b"/x/.a.00000000.part"])
    notes.strike([b"/x/.a.00000000.part"])
    notes.close()
    assert os.listdir(tmp_path / "state/parts") == []


def test_notes_are_for_their_owner_alone(tmp_path: Path, notes: PartNotes) -> None:
    notes.add([b"/x/.a.00000000.part"])
    folder = tmp_path / "state/parts"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    notes.strike([b"/x/.a.00000000.part"])


def test_a_link_in_a_tree_is_removed_and_not_followed(place: Path) -> None:
    (place / "kept").mkdir()
    (place / "kept/file").write_bytes(b"x")
    (place / "tree").mkdir()
    (place / "tree/link").symlink_to(place / "kept")
    remove_tree(os.fsencode(place / "tree"))
    assert os.listdir(place) == ["kept"]
    assert os.listdir(place / "kept") == ["file"]
