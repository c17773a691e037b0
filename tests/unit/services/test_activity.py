from __future__ import annotations

from tests.given_vault import GivenVault
from vaultapp.contracts.keys import NewKey
from vaultapp.core.work import WorkContext
from vaultapp.services.activity import ActivityService
from vaultapp.services.unlocked import UnlockedVault


def test_the_log_is_read_newest_first_in_pages(given: GivenVault, unlocked: UnlockedVault) -> None:
    keys = given.keys(unlocked)
    for number in range(5):
        keys.create(NewKey(f"key {number}"))
    activity = ActivityService(unlocked.vault)
    first = activity.list(limit=2)
    assert ([entry.subject for entry in first.entries], first.total) == (["key 4", "key 3"], 5)
    second = activity.list(before=first.entries[-1].sequence, limit=10)
    assert [entry.subject for entry in second.entries] == ["key 2", "key 1", "key 0"]


def test_the_chain_is_walked_whole(given: GivenVault, unlocked: UnlockedVault) -> None:
    for number in range(3):
        given.keys(unlocked).create(NewKey(f"key {number}"))
    report = ActivityService(unlocked.vault).check(WorkContext())
    assert (report.entries, report.first, report.last, report.trimmed_before) == (3, 1, 3, None)
