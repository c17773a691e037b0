"""Everything that people read can be translated: lupdate finds it, and nothing is written past it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vaultapp.core.sentence_table import TABLE
from vaultapp.gui.quantities import LONG_TIMES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted((ROOT / "vaultapp/gui").rglob("*.py")) if "gallery" not in path.parts]
# Two words or more, one of them in small letters: what is no name, code or path.
_WORDS = re.compile(r"[A-Za-z’']{2,},? [a-z’']{2,}")
_NAMES = {"Qt for Python"}
_NOT_READ = (ast.Raise, ast.Assert)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Return context and source of everything that lupdate found."""
    folder = tmp_path_factory.mktemp("translatable")
    command = [sys.executable, str(ROOT / "packaging/translatable.py"), "--to", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    assert "warning" not in told.stderr.casefold(), told.stderr
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in ElementTree.parse(folder / "vaultapp.ts").iter("context")  # noqa: S314 - just written
        for message in context.iter("message")
    }


def _calls(tree: ast.AST) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in ("tr", "translate") and node.args:
                yield name, node.args


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_lupdate_finds_every_text_in_the_sources(found: set[tuple[str, str]]) -> None:
    sources = {source for _, source in found}
    missed = [
        f"{path.name}: {text}"
        for path in SOURCES
        for _, arguments in _calls(ast.parse(path.read_text()))
        if (text := _literal(arguments[-1])) and text not in sources
    ]
    assert missed == []


def test_only_words_of_tables_are_translated_by_a_name(found: set[tuple[str, str]]) -> None:
    """A variable is not seen by lupdate; where there is one, its words come from a table that is listed."""
    by_name = {
        (path.stem, _literal(arguments[0]))
        for path in SOURCES
        for name, arguments in _calls(ast.parse(path.read_text()))
        if len(arguments) == 1 or name == "translate"
        if _literal(arguments[-1]) is None and (name == "tr" or _literal(arguments[0]) is not None)
    }
    assert by_name == {
        ("messages", "Errors"),
        ("activity_sentences", "Activity"),
        ("locking_section", "Triggers"),
        ("named_settings", "Triggers"),
        ("quantities", "Quantities"),
        ("strength", "Strength"),
    }


def test_the_words_of_tables_are_found(found: set[tuple[str, str]]) -> None:
    errors = {part for cases in TABLE.values() for case in cases for part in (case.what, case.safe, case.todo) if part}
    times = {word for _, _, one, many in LONG_TIMES for word in (one, many)}
    assert {("Errors", text) for text in errors} | {("Quantities", text) for text in times} <= found
    assert {("Activity", "Encrypted {n} files"), ("Activity", "By"), ("Activity", "asked for")} <= found


def test_no_sentence_is_written_past_the_translation(found: set[tuple[str, str]]) -> None:
    sources = {source for _, source in found}
    past = []
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        silent = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, _NOT_READ) or _is_docstring(node) or _is_list(node)
            for part in ast.walk(node)
        }
        past += [
            f"{path.name}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
            if _WORDS.search(node.value) and node.value not in sources | _NAMES
        ]
    assert past == []


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_list(node: ast.AST) -> bool:
    """Tell a list of words that is written as one text."""
    return isinstance(node, ast.Attribute) and node.attr == "split"
