"""Where no window can be opened, a sentence says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultapp.agent.locks import VaultLocks
from vaultapp.core.places import Places


def places_of(folder: Path) -> Places:
    return Places.of_user(
        {f"XDG_{name}": str(folder / name.lower()) for name in ("DATA_HOME", "STATE_HOME", "RUNTIME_DIR")}
    )


def vaultapp(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    places = {f"XDG_{name}": str(folder / name.lower()) for name in ("DATA_HOME", "STATE_HOME", "RUNTIME_DIR")}
    (folder / "runtime_dir").mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-m", "vaultapp"]
    environment = kept | places | more
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_without_a_screen(tmp_path: Path) -> None:
    found = vaultapp(tmp_path)
    assert (found.returncode, found.stdout) == (5, "")
    assert found.stderr.startswith("vaultapp: There is no screen to open the window on. Nothing was done.")


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_without_a_library_of_the_system(tmp_path: Path, display: str) -> None:
    package = tmp_path / "python/PySide6"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
    found = vaultapp(tmp_path, PYTHONPATH=str(package.parent), **{display: ":77"})
    assert found.returncode == 5, found
    assert found.stderr.startswith("vaultapp: The window cannot be loaded: libGL.so.1 is missing on this system.")


def test_where_no_agent_is_to_be_had_although_the_window_is_shown_already(tmp_path: Path) -> None:
    places = places_of(tmp_path)
    (tmp_path / "runtime_dir").mkdir(mode=0o700)
    places.default_vault.parent.mkdir(parents=True)
    places.default_vault.write_bytes(b"there is a file, so it is taken for a locked vault")
    locks = VaultLocks(places, places.default_vault)
    locks.hold()
    found = vaultapp(tmp_path, QT_QPA_PLATFORM="offscreen")
    locks.release()
    assert (found.returncode, found.stdout) == (5, "")
    assert found.stderr.startswith("vaultapp: Another program has the vault at"), found.stderr
