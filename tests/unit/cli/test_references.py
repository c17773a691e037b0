from __future__ import annotations

import pytest

from vaultapp.cli.references import Reference, parse_reference, template_of, value_template
from vaultapp.core.errors import InvalidValue


@pytest.mark.parametrize(
    ("text", "name", "field"),
    [
        ("vault://prod/mysql/app", "prod/mysql/app", ""),
        ("vault://prod/mysql/app#username", "prod/mysql/app", "username"),
        ("vault://a@b.c+d=e#Recovery code", "a@b.c+d=e", "Recovery code"),
    ],
)
def test_a_reference_names_a_credential_and_a_field(text: str, name: str, field: str) -> None:
    found = parse_reference(text)
    assert (found.name, found.field, str(found)) == (name, field, text)


@pytest.mark.parametrize("text", ["", "vault://", "vault://#x", "vault://a b", "vault://a#", "http://a", "vault://a\n"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_reference(text)


def test_a_template_is_filled_and_the_rest_stays_as_it_is() -> None:
    text = "url: mysql://{{ vault://db#username }}:{{vault://db}}@h/\r\n{{ .Values.x }} {{other}} }} {\n"
    found = template_of(text)
    assert found.references == (Reference("db", "username"), Reference("db"))
    filled = found.filled({Reference("db", "username"): "app", Reference("db"): "{{ vault://x }}"}.__getitem__)
    assert filled == "url: mysql://app:{{ vault://x }}@h/\r\n{{ .Values.x }} {{other}} }} {\n"


@pytest.mark.parametrize("rest", ["a", "a }", " }}", "a b }}", "a\nb }}"])
def test_a_broken_reference_is_not_passed_through(rest: str) -> None:
    with pytest.raises(InvalidValue):
        template_of("{{ vault://" + rest)


def test_a_value_is_a_reference_or_has_some_in_it() -> None:
    assert value_template("vault://a#b").references == (Reference("a", "b"),)
    assert value_template("x={{ vault://a }}").references == (Reference("a"),)
    assert value_template("see vault://a").references == ()
    with pytest.raises(InvalidValue):
        value_template("vault://a and more")
