from __future__ import annotations

import os
from pathlib import Path

from tests.given_vault import GivenVault
from tests.unit.services.conftest import VAULT_ID, Reopen
from vaultapp.services.locked_view import LockedView


def test_a_locked_vault_shows_its_id_and_slots(given: GivenVault, reopen: Reopen) -> None:
    view = LockedView(given.path)
    assert (view.exists, view.look()) == (False, None)
    reopen().vault.close()
    seen = view.look()
    assert view.exists
    assert seen is not None
    assert (seen.header.vault_id, len(seen.slots)) == (VAULT_ID, 1)


def test_a_file_is_read_once_for_each_state_of_it(given: GivenVault, reopen: Reopen) -> None:
    reopen().vault.close()
    view = LockedView(given.path)
    seen = view.look()
    assert view.look() is seen
    os.utime(given.path, ns=(1, 1))
    again = view.look()
    assert again == seen
    assert again is not seen


def test_looking_writes_nothing(given: GivenVault, reopen: Reopen) -> None:
    reopen().vault.close()
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    assert LockedView(given.path).look() is not None
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before


def test_what_cannot_be_read_as_a_vault_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.vault"
    path.write_bytes(b"not a vault")
    view = LockedView(path)
    assert (view.exists, view.look()) == (True, None)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    assert (view.exists, view.look()) == (True, None)
