from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from vaultapp.cli.sources import Sources, sources_of
from vaultapp.contracts.files import Place


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_paths_become_absolute_bytes_and_links_stay(here: Path) -> None:
    (here / "link").symlink_to("target")
    odd = os.fsdecode(b"odd \xff")
    found = sources_of(("link", f"./{odd}", "/etc/../tmp"), "out")
    expected = (bytes(here) + b"/link", bytes(here) + b"/odd \xff", b"/tmp")
    assert found == Sources(tuple(Place(path=path) for path in expected), bytes(here) + b"/out", None, ())


def test_a_dash_is_standard_input_and_output() -> None:
    assert sources_of(("-",), None) == Sources((Place(descriptor=0),), None, Place(descriptor=1), (0, 1))


def test_a_file_may_go_to_standard_output(here: Path) -> None:
    found = sources_of(("a",), "-")
    assert found == Sources((Place(path=bytes(here) + b"/a"),), None, Place(descriptor=0), (1,))


def test_a_file_called_dash_has_a_path(here: Path) -> None:
    assert sources_of(("./-",), None).places == (Place(path=bytes(here) + b"/-"),)


@pytest.mark.parametrize(
    ("paths", "to"), [(("-", "a"), None), (("a", "b"), "-"), (("-",), "folder"), (("-", "-"), None)]
)
def test_what_cannot_be_meant_is_refused(paths: tuple[str, ...], to: str | None) -> None:
    with pytest.raises(click.UsageError):
        sources_of(paths, to)
