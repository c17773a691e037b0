from __future__ import annotations

import pytest

from tests.given_vault import WINDOW, GivenVault, log
from vaultapp.contracts.activity import Entry
from vaultapp.core.errors import KeyDisabled, NotFound
from vaultapp.services.unlocked import UnlockedVault


def test_an_entry_tells_who_when_what_and_names_only(given: GivenVault, unlocked: UnlockedVault) -> None:
    entry = given.pen(unlocked).entry("key.rotate", "key", "Payroll", version=3, reason="asked")
    facts: dict[str, str | int] = {"version": 3, "reason": "asked"}
    assert entry == Entry(0, given.clock.now(), WINDOW, "key.rotate", "key", "Payroll", "ok", 1, facts)
    assert log(unlocked) == []


def test_a_use_is_in_the_file_when_the_call_returns(given: GivenVault, unlocked: UnlockedVault) -> None:
    given.pen(unlocked).use("file.open", "file", "x", outcome="damaged")
    (entry,) = log(unlocked)
    assert (entry.sequence, entry.action, entry.outcome) == (1, "file.open", "damaged")


def test_a_failure_is_written_down_and_raised(given: GivenVault, unlocked: UnlockedVault) -> None:
    with pytest.raises(KeyDisabled), given.pen(unlocked).failures("text.encrypt", "key", "Payroll"):
        raise KeyDisabled(key="Payroll", version=0)
    with given.pen(unlocked).failures("text.encrypt", "key", "Payroll"):
        pass
    assert [(entry.action, entry.subject, entry.outcome) for entry in log(unlocked)] == [
        ("text.encrypt", "Payroll", "key_disabled")
    ]


def test_a_failure_that_cannot_be_written_down_is_raised_all_the_same(
    given: GivenVault, unlocked: UnlockedVault
) -> None:
    pen = given.pen(unlocked)
    unlocked.vault.close()
    with pytest.raises(NotFound), pen.failures("text.encrypt"):
        raise NotFound(kind="key", name="x")
