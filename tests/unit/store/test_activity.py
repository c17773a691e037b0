from __future__ import annotations

import hmac
import sqlite3
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from vaultapp.contracts.activity import ChainReport
from vaultapp.core.clock import DAY
from vaultapp.core.errors import HostError, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.activity import Retention, merged
from vaultapp.store.sealing import Subkeys


def test_entries_are_numbered_and_come_newest_first(vaults: Any) -> None:
    vault = vaults.create()
    for action in ("a", "b", "c"):
        vault.activity.record(vaults.entry(action, facts={"name": "x"}))
    page = vault.activity.page(None, 2)
    assert [(entry.sequence, entry.action, entry.facts) for entry in page.entries] == [
        (3, "c", {"name": "x"}),
        (2, "b", {"name": "x"}),
    ]
    assert page.total == 3
    assert [entry.action for entry in vault.activity.page(2, 5000).entries] == ["a"]
    assert vault.activity.page(1, 10).entries == ()


def test_the_chain_is_as_the_layout_says(vaults: Any) -> None:
    vault = vaults.create()
    for action in ("a", "b"):
        vault.activity.record(vaults.entry(action))
    key, link = Subkeys(vaults.root_key, vaults.vault_id).activity, bytes(32)
    with vault._database.reading() as conn:
        rows = conn.execute("SELECT sequence, sealed, link FROM activity").fetchall()
    for sequence, sealed, stored in rows:
        parts = (b"vaultapp/1/activity-link", link, sequence.to_bytes(8, "big"), sealed)
        link = hmac.digest(key, b"".join(struct.pack(">I", len(part)) + part for part in parts), "sha256")
        assert link == stored
    assert vault._commits.state.head == link
    assert vault.activity.check(WorkContext()) == ChainReport(2, 1, 2, None)


class Gathering:
    """Hold the vault while others come to wait, so that one batch holds them all."""

    def __init__(self, vault: Any, count: int) -> None:
        self._vault = vault
        self._count = count

    def run(self, act: Callable[[int], None]) -> list[BaseException | None]:
        outcomes: list[BaseException | None] = [None] * self._count

        def body(number: int) -> None:
            try:
                act(number)
            except BaseException as exc:  # noqa: BLE001 - handed to the test
                outcomes[number] = exc

        threads = [threading.Thread(target=body, args=(number,)) for number in range(self._count)]
        queue = self._vault.activity._queue
        with self._vault._database.holding():
            for thread in threads:
                thread.start()
            with queue.lock:
                # The leader has taken its own entry; the rest gathers behind it.
                while not (queue.leading and len(queue.entries) == self._count - 1):
                    queue.lock.wait(0.01)
        for thread in threads:
            thread.join()
        return outcomes


def test_one_commit_serves_all_who_wait(vaults: Any) -> None:
    vault = vaults.create()
    before = vault.epoch
    assert Gathering(vault, 12).run(lambda number: vault.activity.record(vaults.entry(f"a{number}"))) == [None] * 12
    assert vault.epoch == before + 2
    assert {entry.action for entry in vault.activity.page(None, 100).entries} == {f"a{n}" for n in range(12)}
    vault.activity.check(WorkContext())


def test_equal_calls_of_one_batch_become_one_entry(vaults: Any) -> None:
    vault = vaults.create()
    Gathering(vault, 9).run(lambda number: vault.activity.record(vaults.entry("a")))
    assert [(entry.count, entry.action) for entry in vault.activity.page(None, 100).entries] == [(8, "a"), (1, "a")]


def test_merging_tells_calls_apart_by_everything_but_time(vaults: Any) -> None:
    one = vaults.entry("a", facts={"x": 1, "y": 2})
    vaults.clock.micros += 5
    same = vaults.entry("a", facts={"y": 2, "x": 1})
    others = [vaults.entry("a"), vaults.entry("a", outcome="not_found"), vaults.entry("a", subject="s")]
    found = merged([one, *others, same])
    assert [entry.count for entry in found] == [2, 1, 1, 1]
    assert found[0].time == one.time


def test_a_failed_commit_is_raised_to_each_who_waits_as_its_own(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.create()

    def fails() -> None:
        raise HostError(reason="io")

    monkeypatch.setattr(vault._database, "commit", fails)
    outcomes = Gathering(vault, 6).run(lambda number: vault.activity.record(vaults.entry(f"a{number}")))
    assert all(isinstance(outcome, HostError) and outcome.facts == {"reason": "io"} for outcome in outcomes)
    assert len({id(outcome) for outcome in outcomes}) == 6
    monkeypatch.undo()
    assert vault.activity.page(None, 10).total == 0
    vault.activity.record(vaults.entry("later"))
    assert vault.activity.check(WorkContext()).entries == 1


class TestTrimming:
    def test_by_number_behind_a_checkpoint(self, vaults: Any) -> None:
        vaults.create().close()
        vault = vaults.open(retention=Retention(entries=20, step=5))
        for number in range(43):
            vault.activity.record(vaults.entry(f"a{number}"))
        assert vault.activity.check(WorkContext()) == ChainReport(23, 21, 43, vaults.clock.now())
        assert vault.activity.page(None, 100).entries[-1].action == "a20"
        vault.close()
        assert vaults.open().activity.check(WorkContext()).first == 21

    def test_by_age(self, vaults: Any) -> None:
        vaults.create().close()
        vault = vaults.open(retention=Retention(step=5))
        for _ in range(12):
            vault.activity.record(vaults.entry())
        vaults.clock.micros += 91 * DAY
        for _ in range(3):
            vault.activity.record(vaults.entry())
        report = vault.activity.check(WorkContext())
        # Ten were wholly old steps; two old ones share theirs with younger entries.
        assert (report.first, report.last, report.trimmed_before) == (11, 15, vaults.clock.now())

    def test_a_remembered_head_that_was_trimmed_is_no_fork(self, vaults: Any) -> None:
        vaults.create().close()
        memory = (vaults.state / f"{vaults.vault_id}.epoch").read_bytes()
        vault = vaults.open(retention=Retention(entries=5, step=5))
        for _ in range(30):
            vault.activity.record(vaults.entry())
        vault.close()
        (vaults.state / f"{vaults.vault_id}.epoch").write_bytes(memory)
        assert vaults.open().activity.check(WorkContext()).last == 30

    def test_a_vault_whose_log_was_wholly_trimmed_opens(self, vaults: Any) -> None:
        vaults.create().close()
        vault = vaults.open(retention=Retention(entries=0, step=5))
        for _ in range(5):
            vault.activity.record(vaults.entry())
        assert vault.activity.check(WorkContext()).entries == 0
        vault.close()
        vault = vaults.open()
        vault.activity.record(vaults.entry())
        assert vault.activity.page(None, 10).total == 1


EXCHANGED = """
UPDATE activity SET sequence = -3 WHERE sequence = 3;
UPDATE activity SET sequence = 3 WHERE sequence = 4;
UPDATE activity SET sequence = 4 WHERE sequence = -3;
"""


@pytest.mark.parametrize(
    ("script", "sequence"),
    [
        ("UPDATE activity SET sealed = zeroblob(80) WHERE sequence = 3", 3),
        ("UPDATE activity SET link = zeroblob(32) WHERE sequence = 3", 3),
        (EXCHANGED, 3),
    ],
)
def test_a_changed_middle_is_found_by_walking(
    vaults: Any, tampered: Callable[[str], None], script: str, sequence: int
) -> None:
    vault = vaults.create()
    for number in range(6):
        vault.activity.record(vaults.entry(f"a{number}"))
    vault.close()
    tampered(script)
    vault = vaults.open()
    with pytest.raises(VaultTampered) as caught:
        vault.activity.check(WorkContext())
    assert caught.value.facts == {"reason": "activity", "sequence": sequence}


def test_a_changed_entry_is_not_shown(vaults: Any, tampered: Callable[[str], None]) -> None:
    vault = vaults.create()
    for number in range(3):
        vault.activity.record(vaults.entry(f"a{number}"))
    vault.close()
    tampered("UPDATE activity SET sealed = (SELECT sealed FROM activity WHERE sequence = 1) WHERE sequence = 2")
    with pytest.raises(VaultTampered):
        vaults.open().activity.page(None, 10)


class TestForks:
    """Two lines of one vault's states: every entry of either opens in the place of the other's."""

    @pytest.fixture
    def forked(self, vaults: Any) -> Callable[[], list[tuple[int, bytes, bytes]]]:
        """Leave a closed vault with ten entries and return ten of another line, which has the first three as well."""

        def entries(prefix: str, count: int) -> list[tuple[int, bytes, bytes]]:
            vault = vaults.open(state_folder=None)
            for number in range(count):
                vault.activity.record(vaults.entry(f"{prefix}{number}"))
            vault.close()
            conn = sqlite3.connect(vaults.path)
            rows = conn.execute("SELECT sequence, sealed, link FROM activity").fetchall()
            conn.close()
            return rows

        def make() -> list[tuple[int, bytes, bytes]]:
            vaults.create().close()
            entries("both", 3)
            common = vaults.path.read_bytes()
            other = entries("other", 7)
            vaults.path.write_bytes(common)
            entries("own", 7)
            return other

        return make

    @pytest.mark.parametrize("linked", [True, False])
    @pytest.mark.parametrize("sequences", [(4,), (5,), (4, 5), (7,), (9,), (10,), (4, 5, 6, 7, 8, 9, 10)])
    @pytest.mark.parametrize("limit", [1, 2, 3, 5000])
    def test_no_entry_of_another_line_is_shown(
        self,
        vaults: Any,
        forked: Callable[[], list[tuple[int, bytes, bytes]]],
        sequences: tuple[int, ...],
        limit: int,
        linked: bool,
    ) -> None:
        other = forked()
        conn = sqlite3.connect(vaults.path)
        with conn:
            for sequence, sealed, link in other:
                if sequence in sequences and sequence < 10:
                    conn.execute("UPDATE activity SET sealed = ? WHERE sequence = ?", (sealed, sequence))
                    if linked:
                        conn.execute("UPDATE activity SET link = ? WHERE sequence = ?", (link, sequence))
                elif sequence in sequences:
                    # The last link is looked at when the vault is opened.
                    conn.execute("UPDATE activity SET sealed = ? WHERE sequence = ?", (sealed, sequence))
        conn.close()
        vault = vaults.open()
        shown: list[str] = []

        def leaf() -> None:
            before = None
            while before is None or before > 1:
                page = vault.activity.page(before, limit)
                shown.extend(entry.action for entry in page.entries)
                before = page.entries[-1].sequence

        with pytest.raises(VaultTampered):
            leaf()
        assert not [action for action in shown if action.startswith("other")]

    def test_an_untouched_log_is_read_page_by_page(self, vaults: Any, forked: Callable[[], object]) -> None:
        forked()
        vault = vaults.open()
        expected = [*(f"own{n}" for n in reversed(range(7))), "both2", "both1", "both0"]
        for limit in (1, 3, 10, 5000):
            shown: list[str] = []
            before = None
            while entries := vault.activity.page(before, limit).entries:
                shown.extend(entry.action for entry in entries)
                before = entries[-1].sequence
            assert shown == expected
        assert [entry.action for entry in vault.activity.page(99, 1).entries] == ["own6"]
        assert vault.activity.page(-5, 10).entries == ()

    @pytest.mark.parametrize(
        "script",
        [
            "DELETE FROM activity WHERE sequence = 5",
            "DELETE FROM activity WHERE sequence = 10",
            "UPDATE activity SET link = NULL WHERE sequence = 5",
            "UPDATE activity SET sequence = 0 WHERE sequence = 1",
        ],
    )
    def test_a_gap_is_said(
        self, vaults: Any, forked: Callable[[], object], loosened: Callable[[str], None], script: str
    ) -> None:
        forked()
        vault = vaults.open()
        with vault._database.transaction() as db, suppress(sqlite3.IntegrityError):
            db.execute(script)
        if "NULL" in script:
            vault.close()
            loosened(script)
            vault = vaults.open(checked_at_opening=-1)
        with pytest.raises(VaultTampered):
            vault.activity.page(None, 10)


def test_pages_reach_down_to_where_the_log_was_trimmed(vaults: Any) -> None:
    vaults.create().close()
    vault = vaults.open(retention=Retention(entries=20, step=5))
    for number in range(43):
        vault.activity.record(vaults.entry(f"a{number}"))
    assert [entry.sequence for entry in vault.activity.page(25, 100).entries] == [24, 23, 22, 21]
    assert vault.activity.page(21, 100).entries == ()
