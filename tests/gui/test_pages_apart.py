"""The contract that keeps pages apart names every page."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_is_in_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = next(it["modules"] for it in contracts if it["type"] == "independence")
    pages = sorted((ROOT / "vaultapp/gui/pages").glob("*_page.py"))
    assert named == [f"vaultapp.gui.pages.{path.stem}" for path in pages]
