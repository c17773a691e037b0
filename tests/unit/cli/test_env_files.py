from __future__ import annotations

import pytest

from vaultapp.cli.env_files import parse_env_file
from vaultapp.core.errors import InvalidValue


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("  A = b c  # of it", "b c"),
        ("A=", ""),
        ("A=b#c", "b#c"),
        ("A=vault://prod/db#password", "vault://prod/db#password"),
        ("A='b # $c \\n'", "b # $c \\n"),
        ('A="b \\"c\\" \\n\\\\d" # e', 'b "c" \n\\d'),
        ("A=$HOME", "$HOME"),
        ("A=x=y", "x=y"),
    ],
)
def test_a_line_is_a_variable(line: str, value: str) -> None:
    assert parse_env_file(f"# first\n\n{line}\r\n") == {"A": value}


def test_the_last_of_a_name_holds() -> None:
    assert parse_env_file("\ufeffA=1\nB=2\nA=3") == {"A": "3", "B": "2"}


@pytest.mark.parametrize("line", ["A", "1A=b", "A-B=c", "A='b", 'A="b', "A='b' c", "=b"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_env_file(f"OK=1\n{line}\n")
    assert caught.value.facts["line"] == 2
