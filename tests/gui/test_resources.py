from __future__ import annotations

import re
from pathlib import Path

import pytest

import vaultapp
from vaultapp.core import resources

PACKAGE = Path(vaultapp.__file__).parent
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "gui").rglob("*.py"))
ICONS = {path.stem for path in (resources.folder() / "icons").glob("*.svg")}


def test_in_a_checkout_they_lie_beside_the_package() -> None:
    assert resources.folder() == PACKAGE.parent / "resources"


def test_installed_they_lie_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages" / "vaultapp"
    installed.mkdir(parents=True)
    (installed / "_resources").symlink_to(PACKAGE.parent / "resources")
    monkeypatch.setattr(resources, "_PACKAGE", installed)
    resources.folder.cache_clear()
    try:
        assert resources.folder() == installed / "_resources"
        assert "currentColor" in resources.read("icons/lock.svg")
        assert (resources.folder() / "i18n" / "vaultapp_zh_CN.qm").is_file()
    finally:
        resources.folder.cache_clear()


def test_every_icon_that_is_there_is_used() -> None:
    named = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', SOURCE))
    assert ICONS - named == set()


def test_every_icon_that_is_used_is_there() -> None:
    calls = re.findall(r'(?:icon=|Glyph\(\s*look, |icons\.draw\(\s*painter, |icons\.icon\()"([a-z0-9-]+)"', SOURCE)
    assert calls
    assert set(calls) <= ICONS


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_can_be_tinted_and_its_stroke_set(name: str) -> None:
    svg = resources.read(f"icons/{name}.svg")
    assert 'stroke="currentColor"' in svg
    assert 'stroke-width="2"' in svg


def test_the_licence_lies_beside_the_icons() -> None:
    text = resources.read("icons/LICENSE")
    assert "ISC License" in text
    assert "Cole Bemis" in text
