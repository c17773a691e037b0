from __future__ import annotations

import pytest

from vaultapp.core.errors import InvalidValue
from vaultapp.services.names import checked_alias, checked_description, checked_name, checked_tags, folded


def test_a_name_is_kept_in_nfc_without_surrounding_blanks() -> None:
    assert checked_name("  Cafe\u0301 ") == "Caf\u00e9"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 257, "too_long"),
        ("a\nb", "control_characters"),
        ("a\x7fb", "control_characters"),
        ("pay\u202eroll", "control_characters"),
        ("zero\u200bwidth", "control_characters"),
        ("11111111-2222-4333-8444-555555555555", "looks_like_id"),
        ("11111111-2222-4333-8444-55555555555A", "looks_like_id"),
    ],
)
def test_names_that_people_could_not_tell_apart_or_type_are_refused(name: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        checked_name(name)
    assert caught.value.facts == {"field": "name", "reason": reason}


@pytest.mark.parametrize("name", ["x" * 256, "名前", "Łódź 2026", "a/b: c?", "123"])
def test_usual_names_are_taken_as_they_are(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    "alias", ["", "a b", "x" * 251, "aws/s3", "ümlaut", "a.b", "11111111-2222-4333-8444-555555555555"]
)
def test_aliases_outside_the_alphabet_are_refused(alias: str) -> None:
    with pytest.raises(InvalidValue):
        checked_alias(alias)


@pytest.mark.parametrize("alias", ["a", "prod/payroll_2-x", "x" * 250, "awsome"])
def test_aliases_of_the_alphabet_are_taken(alias: str) -> None:
    assert checked_alias(alias) == alias


@pytest.mark.parametrize(("one", "other"), [("Payroll", "pAYROLL"), ("STRASSE", "straße"), ("Cafe\u0301", "CAFÉ")])
def test_names_that_differ_by_case_or_composition_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_descriptions_and_tags_have_limits() -> None:
    assert checked_description("x" * 8192)
    assert checked_tags({"k" * 128: "v" * 256}) == {"k" * 128: "v" * 256}
    with pytest.raises(InvalidValue):
        checked_description("x" * 8193)
    for tags in ({"": "v"}, {"k" * 129: "v"}, {"k": "v" * 257}, {str(n): "" for n in range(51)}):
        with pytest.raises(InvalidValue):
            checked_tags(tags)
