from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import vaultapp
from vaultapp.core import error_codes
from vaultapp.core.errors import VaultError
from vaultapp.core.sentence_case import Case
from vaultapp.core.sentence_table import TABLE, UNKNOWN
from vaultapp.core.sentences import fields_of, fill, sentence, size, template

CODES = {found.code: found for found in error_codes.classes(VaultError) if found.__module__.startswith("vaultapp.")}
NAMES = {found.__name__: found for found in CODES.values()}
CASES = [(code, case) for code, cases in TABLE.items() for case in cases]
PACKAGE = Path(vaultapp.__file__).parent


def parts(case: Case) -> tuple[str, str, str]:
    return case.what, case.safe, case.todo


def test_every_code_has_words_and_no_words_are_without_a_code() -> None:
    assert set(TABLE) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words_when_no_fact_is_known(code: str) -> None:
    assert sentence(code, {}).what


@pytest.mark.parametrize(("code", "case"), CASES)
def test_every_case_is_reached_and_filled(code: str, case: Case) -> None:
    facts: dict[str, str | int] = {name: 7 for part in parts(case) for name in fields_of(part)} | dict(case.when)
    found = template(code, facts)
    assert (found.what, found.safe, found.todo) == parts(case)
    assert "{" not in str(sentence(code, facts))


@pytest.mark.parametrize(("code", "case"), CASES)
def test_wording_follows_the_rules(code: str, case: Case) -> None:
    assert case.what
    for part in parts(case):
        assert part == part.strip()
        assert not part or part.endswith(".")
        lowered = part.casefold()
        assert not any(word in lowered for word in ("please", "oops", "successful", "are you sure", "sorry", "!"))
        assert "--" not in part
        assert "`" not in part


def named_reasons(*raised: str) -> set[tuple[str, str]]:
    """Return every reason that the source names where it raises one of these classes."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in raised:
                for argument in node.keywords:
                    if argument.arg == "reason" and isinstance(argument.value, ast.Constant):
                        found.add((NAMES[node.func.id].code, str(argument.value.value)))
    return found


ROWS = (
    "rows_missing",
    "rows_added",
    "rows_rolled_back",
    "rows_swapped",
    "row_copied",
    "row_rolled_back",
    "row_changed",
)


@pytest.mark.parametrize(
    ("code", "reason"),
    sorted(named_reasons("HostError", "VaultTampered") | {("vault_tampered", reason) for reason in ROWS}),
)
def test_a_reason_that_is_a_name_is_never_shown_as_such(code: str, reason: str) -> None:
    assert any(case.when.get("reason") == reason for case in TABLE[code])


def test_the_reasons_of_the_whole_check_are_those() -> None:
    source = (PACKAGE / "store/check.py").read_text()
    assert set(re.findall(r'"(rows?_[a-z_]+)"', source)) == set(ROWS)


def test_an_unknown_code_has_general_words() -> None:
    assert sentence("from_the_future", {"path": "/x"}).what == UNKNOWN.what


@pytest.mark.parametrize(
    ("code", "facts", "line"),
    [
        (
            "space_missing",
            {"path": "/mnt/Data", "needed": 21_600_000_000, "free": 8_100_000_000},
            "Not enough space at “/mnt/Data”: 21.6 GB needed, 8.1 GB free. Nothing was written.",
        ),
        ("space_missing", {"path": "/d", "needed": 0, "free": 5}, "Not enough space at “/d”. Nothing was written."),
        ("key_not_here", {"key": "Work laptop"}, "No key here opens this file. It needs “Work laptop”."),
        ("authentication_failed", {}, "This file was changed or cut short. Nothing was written."),
        ("key_disabled", {"key": "Work", "version": 0}, "“Work” is disabled. Nothing was written."),
        ("key_disabled", {"key": "Work", "version": 2}, "Version 2 of “Work” is disabled. Nothing was written."),
        ("text_too_long", {"size": 5000, "limit": 4096}, "The text has 5,000 bytes; 4,096 are the most."),
    ],
)
def test_sentences_people_read(code: str, facts: dict[str, str | int], line: str) -> None:
    assert str(sentence(code, facts)).startswith(line)


def test_names_from_hostile_files_cannot_reach_the_terminal() -> None:
    told = str(sentence("archive_refused", {"name": "../\x1b]0;owned\x07"}))
    assert told.isprintable()
    assert "../\\x1b]0;owned\\x07" in told


def test_facts_that_look_like_templates_are_only_text() -> None:
    assert sentence("name_taken", {"name": "{path.__class__}"}).what.startswith("“{path.__class__}” is")


def test_a_translation_is_filled_with_the_numbers_of_its_language() -> None:
    filled = fill(
        "Es fehlen {needed:size}.",
        {"needed": 1500},
        show_size=lambda number: f"{number / 1000:.1f} kB".replace(".", ","),
    )
    assert filled == "Es fehlen 1,5 kB."


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (99_949, "99.9 kB"),
        (150_000, "150 kB"),
        (999_999, "1.0 MB"),
        (8_100_000_000, "8.1 GB"),
        (10**15, "1.0 PB"),
        (10**19, "10000 PB"),
    ],
)
def test_amounts_of_bytes(number: int, text: str) -> None:
    assert size(number) == text


def raised_values() -> list[tuple[str, str, dict[str, str | int]]]:
    """Return (file, code, constant facts) of every error that the package makes with a constant reason or kind."""
    names = {found.__name__: found.code for found in CODES.values()}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                facts = {
                    word.arg: word.value.value
                    for word in node.keywords
                    if word.arg and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str | int)
                }
                if {"reason", "kind"} & facts.keys():
                    found.append((f"{path.relative_to(PACKAGE)}:{node.lineno}", names[node.func.id], facts))
    return found


def test_every_reason_that_the_code_gives_has_words_of_its_own() -> None:
    # One sentence says what there is to say for all reasons of these.
    general = {"host_error", "damaged", "vault_damaged", "not_sealed", "error"}
    exempt = {
        ("not_found", "record"),  # only a bug asks for a row that is not there
        ("invalid_value", "arguments"),  # only another program than ours sends these three
        ("invalid_value", "descriptor"),
        ("invalid_value", "not_absolute"),
        ("not_a_file", "other"),
        ("words_mistyped", "checksum"),
    }
    without = []
    for where, code, facts in raised_values():
        told = facts.get("reason", facts.get("kind"))
        own = any(told in (case.when.get("reason"), case.when.get("kind")) for case in TABLE[code])
        if not own and code not in general and (code, told) not in exempt:
            without.append(f"{where} {code} {facts}")
    assert "\n".join(without) == ""
