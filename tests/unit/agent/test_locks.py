from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultapp.agent.locks import VaultLocks
from vaultapp.core.errors import VaultBusy
from vaultapp.core.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(data=tmp_path / "data", state=tmp_path / "state", runtime=tmp_path / "runtime")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "a.vault"
    path.write_bytes(b"vault")
    return path


def test_a_second_agent_is_refused_until_the_first_lets_go(places: Places, vault: Path) -> None:
    first, second = VaultLocks(places, vault), VaultLocks(places, vault)
    first.hold()
    with pytest.raises(VaultBusy):
        second.hold()
    first.release()
    second.hold()
    second.release()


def test_another_name_of_the_same_file_is_the_same_vault(places: Places, vault: Path) -> None:
    other = vault.with_name("b.vault")
    os.link(vault, other)
    first, second = VaultLocks(places, vault), VaultLocks(places, other)
    first.hold()
    with pytest.raises(VaultBusy):
        second.hold()
    first.release()
    second.release()


def test_locks_are_inherited_by_descriptor(places: Places, vault: Path) -> None:
    first = VaultLocks(places, vault)
    first.hold()
    heir = VaultLocks(places, vault, inherited=[os.dup(descriptor) for descriptor in first.descriptors])
    heir.hold()
    first.release()
    with pytest.raises(VaultBusy):
        VaultLocks(places, vault).hold()
    heir.release()


def test_a_vault_that_is_not_made_yet_is_locked_by_its_path(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "new.vault"
    first = VaultLocks(places, path)
    first.hold()
    with pytest.raises(VaultBusy):
        VaultLocks(places, path).hold()
    path.write_bytes(b"")
    first.hold()
    assert len(first.descriptors) == 2
    first.release()
