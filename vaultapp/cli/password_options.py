"""How a password is to be made, as options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from vaultapp.cli.whole_number import WholeNumber
from vaultapp.contracts.credential_kinds import PasswordRules

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (
        ("--ambiguous",),
        {"is_flag": True, "default": None, "help": "Allow characters that look alike: 0O1lI|."},
    ),
    (
        ("--exclude", "excluded"),
        {"metavar": "CHARACTERS", "help": "Characters that never come, in place of the kind's."},
    ),
    (("--symbols/--no-symbols",), {"default": None, "help": "With or without punctuation."}),
    (("--digits/--no-digits",), {"default": None, "help": "With or without digits."}),
    (("--letters/--no-letters",), {"default": None, "help": "With or without letters."}),
    (("--length",), {"type": WholeNumber(4, 1024), "metavar": "N", "help": "Characters."}),
)


def password_options(function: FunctionT) -> FunctionT:
    """Add the options, which :func:`rules_of` takes; each not given is None."""
    for names, options in _OPTIONS:
        function = click.option(*names, **options)(function)
    return function


def rules_of(base: PasswordRules | None, **given: Any) -> PasswordRules | None:
    """Return rules with what was given in place of their own; None when nothing was."""
    chosen = {name: value for name, value in given.items() if value is not None}
    return replace(base or PasswordRules(), **chosen) if chosen else None
