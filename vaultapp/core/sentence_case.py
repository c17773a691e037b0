"""Words for an error code, or for some facts of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Case(NamedTuple):
    """Words for a code, or for some facts of it.

    Attributes:
        what: What happened.
        safe: What is still true.
        todo: What to do.
        when: Facts that must have these values.
    """

    what: str
    safe: str = ""
    todo: str = ""
    when: Mapping[str, str | int] = {}


NOTHING_WRITTEN = "Nothing was written."
NOTHING_CHANGED = "Nothing was changed."
VAULT_AS_IT_WAS = "The vault is as it was."
