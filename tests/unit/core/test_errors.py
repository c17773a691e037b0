from __future__ import annotations

import re

import pytest

from vaultapp.core import error_codes, errors
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import NotFound, VaultError


def classes() -> dict[str, type[VaultError]]:
    return {
        found.__name__: found for found in error_codes.classes(VaultError) if found.__module__.startswith("vaultapp.")
    }


def drawn() -> dict[str, str | None]:
    """Return class name -> name of its parent, as the module's docstring draws the tree."""
    parents: dict[str, str | None] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"    ((?:[│ ]  )*(?:[├└]─ )?)([A-Z]\w+)(?:  |$)", line)
        if found:
            depth = len(found[1]) // 3
            path[depth:] = [found[2]]
            parents[found[2]] = path[depth - 1] if depth else None
    return parents


def test_the_drawn_tree_is_the_classes() -> None:
    assert drawn() == {
        name: None if found is VaultError else found.__base__.__name__ for name, found in classes().items()
    }


def test_codes_are_unique_and_plain() -> None:
    codes = [found.code for found in classes().values()]
    assert sorted(codes) == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", classes().values(), ids=lambda kind: kind.__name__)
def test_a_code_and_facts_make_the_same_error_again(kind: type[VaultError]) -> None:
    error = kind(path="/a", version=3)
    again = by_code(error.code, error.facts)
    assert type(again) is kind
    assert (again.code, again.facts, again.retryable) == (kind.code, {"path": "/a", "version": 3}, kind.retryable)


def test_an_unknown_code_keeps_its_name_and_facts() -> None:
    error = by_code("from_the_future", {"name": "x", "code": "not this"})
    assert type(error) is VaultError
    assert error.facts == {"code": "from_the_future", "name": "x"}


def test_the_text_for_logs_has_code_and_facts() -> None:
    assert str(NotFound(kind="key", name="zz")) == "not_found(kind='key', name='zz')"
