"""The Chinese catalogue: complete, up to date with the sources, and compiled."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vaultapp.core import resources

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = resources.folder() / "i18n" / "vaultapp_zh_CN.ts"
_HELD = re.compile(r"\{[^}]*\}")
_PATTERN = re.compile(r"\(\*[^)]*\)")


def _tool(name: str, *arguments: str | Path) -> str:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    told = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout


def _messages(path: Path) -> Iterator[tuple[str, str, ElementTree.Element]]:
    for context in ElementTree.parse(path).iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            told = message.find("translation")
            assert told is not None
            yield context.findtext("name", ""), message.findtext("source", ""), told


MESSAGES = [(source, told.text or "") for _, source, told in _messages(CATALOGUE)]


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy that was brought up to date with the sources."""
    folder = tmp_path_factory.mktemp("i18n")
    shutil.copy(CATALOGUE, folder)
    command = [sys.executable, str(ROOT / "packaging/translatable.py"), "--update", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    return folder


def test_every_text_in_the_sources_has_a_finished_translation(updated: Path) -> None:
    left = [
        f"{context}: {source}"
        for context, source, told in _messages(updated / CATALOGUE.name)
        if told.get("type") or not told.text
    ]
    assert left == []


def test_nothing_is_translated_that_is_in_the_sources_no_more(updated: Path) -> None:
    there = {(context, source) for context, source, _ in _messages(updated / CATALOGUE.name)}
    ours = {(context, source) for context, source, _ in _messages(CATALOGUE)}
    assert ours == there


def test_what_is_compiled_is_the_catalogue(updated: Path) -> None:
    """Run ``make words`` after a change of the catalogue."""
    compiled = CATALOGUE.with_suffix(".qm").read_bytes()
    again = updated / "again.qm"
    _tool("lrelease", "-silent", CATALOGUE, "-qm", again)
    assert again.read_bytes() == compiled


def test_the_same_places_are_filled_in() -> None:
    wrong = [
        f"{source} / {told}"
        for source, told in MESSAGES
        if Counter(_HELD.findall(source)) != Counter(_HELD.findall(told))
        or _PATTERN.findall(source) != _PATTERN.findall(told)
    ]
    assert wrong == []


def test_what_goes_on_in_another_window_says_so_in_both() -> None:
    assert [source for source, told in MESSAGES if source.endswith("…") != told.endswith("…")] == []


def test_sentences_end_as_chinese_ones_do() -> None:
    wrong = [told for _, told in MESSAGES if re.search(r"[\u4e00-\u9fff][.,;:?!](?:\s|$)", told)]
    assert wrong == []


def test_nobody_is_addressed_ceremoniously_or_shouted_at() -> None:
    assert [told for _, told in MESSAGES if "您" in told or "！" in told] == []


def test_what_is_updated_keeps_its_translations(updated: Path) -> None:
    kept = {(context, source): told.text for context, source, told in _messages(updated / CATALOGUE.name)}
    assert kept == {(context, source): told.text for context, source, told in _messages(CATALOGUE)}


def test_what_is_new_is_told(tmp_path: Path) -> None:
    copy = tmp_path / CATALOGUE.name
    text = CATALOGUE.read_text(encoding="utf-8")
    first = re.search(r"<message>\s*<source>Lock</source>.*?</message>", text, re.DOTALL)
    assert first is not None
    copy.write_text(text.replace(first.group(), ""), encoding="utf-8")
    command = [sys.executable, str(ROOT / "packaging/translatable.py"), "--update", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ": Lock\n" in told.stdout
