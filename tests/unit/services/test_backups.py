from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.conftest import ROOT_KEY, VAULT_ID
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import InvalidValue, NotFound, TargetExists
from vaultapp.core.work import WorkContext
from vaultapp.services.backups import Backups, folder_of
from vaultapp.services.descriptions import KEY
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import OpenVault, SlotRow, create_vault


@pytest.fixture
def backups(given: GivenVault) -> Backups:
    return Backups(given.path, given.places, VAULT_ID, given.clock)


def keys_in(given: GivenVault, path: Path) -> int:
    vault = OpenVault(path, ROOT_KEY, state_folder=None, clock=given.clock, random=given.random, read_only=True)
    try:
        return vault.records.count(KEY)
    finally:
        vault.close()


def test_due_copies_are_made_once_and_written_down(
    given: GivenVault, unlocked: UnlockedVault, backups: Backups
) -> None:
    kinds = []
    while (made := backups.make_due(unlocked.vault, unlocked.recorder, WorkContext())) is not None:
        kinds.append(made.kind)
    assert sorted(kinds) == ["daily", "weekly"]
    assert [entry.facts for entry in log(unlocked)] == [{"kind": kind} for kind in kinds]
    assert {Path(os.fsdecode(made.path)).parent for made in backups.all()} == {folder_of(given.places, VAULT_ID)}
    given.clock.forward(days=1)
    daily = backups.make_due(unlocked.vault, unlocked.recorder, WorkContext())
    assert daily is not None
    assert daily.kind == "daily"
    assert backups.all()[0] == daily


def test_a_copy_where_it_is_wished_holds_what_the_vault_holds(
    given: GivenVault, unlocked: UnlockedVault, backups: Backups, tmp_path: Path
) -> None:
    given.keys(unlocked).create(NewKey("Payroll"))
    made = backups.make(unlocked.vault, unlocked.recorder, WorkContext(), tmp_path / "copy.vault")
    assert (made.kind, made.path, made.made) == ("copy", bytes(tmp_path / "copy.vault"), given.clock.now())
    assert made.size == (tmp_path / "copy.vault").stat().st_size
    assert keys_in(given, tmp_path / "copy.vault") == 1


def test_in_a_folder_a_copy_gets_a_name_of_its_own(unlocked: UnlockedVault, backups: Backups, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    made = backups.make(unlocked.vault, unlocked.recorder, WorkContext(), folder)
    assert made.path == bytes(folder / "personal-20270115T080000Z.vault")


def test_nothing_is_written_over(unlocked: UnlockedVault, backups: Backups, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    with pytest.raises(TargetExists) as caught:
        backups.make(unlocked.vault, unlocked.recorder, WorkContext(), there)
    assert caught.value.facts == {"path": str(there)}
    assert there.read_bytes() == b"mine"
    assert log(unlocked) == []


def test_a_target_that_is_nowhere_is_said(unlocked: UnlockedVault, backups: Backups, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        backups.make(unlocked.vault, unlocked.recorder, WorkContext(), Path("copy.vault"))
    with pytest.raises(NotFound) as caught:
        backups.make(unlocked.vault, unlocked.recorder, WorkContext(), tmp_path / "no" / "copy.vault")
    assert caught.value.facts == {"kind": "folder", "name": str(tmp_path / "no")}


def test_copies_that_programs_left_beside_the_vault_are_found(
    given: GivenVault, unlocked: UnlockedVault, backups: Backups
) -> None:
    folder = given.path.parent
    names = [
        "personal.sync-conflict-20270110-120000-ABCDEFG.vault",
        "personal (Ann's conflicted copy 2027-01-10).vault",
        "personal (1).vault",
        "personal.replaced-20270110T120000Z.vault",
    ]
    for name in names:
        shutil.copyfile(given.path, folder / name)
    found = {os.fsdecode(Path(os.fsdecode(copy.path)).name): copy.kind for copy in backups.all()}
    assert found == dict(zip(names, ["conflict", "conflict", "conflict", "replaced"], strict=True))


def test_what_is_no_copy_of_this_vault_is_left_out(
    given: GivenVault, unlocked: UnlockedVault, backups: Backups
) -> None:
    folder = given.path.parent
    (folder / "personal notes.vault").write_text("not a vault")
    (folder / "personal folder.vault").mkdir()
    (folder / "personal link.vault").symlink_to(given.path)
    (folder / "personal second name.vault").hardlink_to(given.path)
    shutil.copyfile(given.path, folder / "other.vault")
    other = create_vault(
        folder / "personal of somebody.vault",
        vault_id=type(VAULT_ID)(int=5),
        root_key=ROOT_KEY,
        slots=(SlotRow(VAULT_ID, b"\x80", bytes(60)),),
        state_folder=None,
        clock=given.clock,
        random=given.random,
    )
    other.close()
    assert backups.all() == ()
