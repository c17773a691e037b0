from __future__ import annotations

import pytest

from vaultapp.contracts.rotation import is_at


@pytest.mark.parametrize("wanted", ["db.example:3306", "db.example", " DB.Example ", "Db.Example:3306"])
def test_a_host_means_all_its_ports_however_it_is_written(wanted: str) -> None:
    assert is_at("db.Example:3306", wanted)


@pytest.mark.parametrize("wanted", ["", " ", "db", "example:3306", "db.example:33", "db.example:", "3306"])
def test_another_target_is_another(wanted: str) -> None:
    assert not is_at("db.example:3306", wanted)


def test_nothing_is_at_no_target() -> None:
    assert not is_at("", "")
