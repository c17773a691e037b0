"""Pages cross the wire in one frame, however large what is in them."""

from __future__ import annotations

import msgspec

from tests.given_vault import GivenVault
from vaultapp.contracts.activity_lines import pages_oldest_first
from vaultapp.contracts.keys import NewKey
from vaultapp.ipc.wire import FRAME_LIMIT
from vaultapp.services.activity import ActivityService

TAGS = {f"tag {number:03}": "ä" * 256 for number in range(50)}


def test_large_keys_come_in_short_pages_and_none_is_left_out(given: GivenVault) -> None:
    keeper = given.created()
    keys = given.keys(keeper.unlocked)
    for number in range(250):
        keys.create(NewKey(f"key {number}", "x" * 8192, TAGS))
    found = 0
    pages = 0
    while found < len(keeper.keys):
        page = keys.list(found)
        assert page.keys
        assert len(msgspec.msgpack.encode(page)) < FRAME_LIMIT
        found += len(page.keys)
        pages += 1
    assert pages > 1


def test_large_entries_come_in_short_pages_and_an_export_has_all(given: GivenVault) -> None:
    keeper = given.created()
    pen = given.pen(keeper.unlocked)
    for number in range(800):
        pen.use("text.encrypt", "key", f"{number}", **{f"fact {n}": "x" * 999 for n in range(12)})
    activity = ActivityService(keeper.vault)
    newest = activity.list(limit=5000)
    assert 0 < len(newest.entries) < newest.total
    assert len(msgspec.msgpack.encode(newest)) < FRAME_LIMIT
    exported = [entry for entries, _total in pages_oldest_first(activity) for entry in entries]
    assert [entry.sequence for entry in exported] == list(range(1, newest.total + 1))
