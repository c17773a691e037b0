from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QObject
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.gui.fake_activity import FakeActivity
from tests.gui.samples import DEPLOY, YOU, entry
from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.errors import AgentGone
from vaultapp.gui.activity_feed import FIRST_PAGE, ActivityFeed
from vaultapp.gui.models.cells import Cell, Column
from vaultapp.gui.models.log_model import LogModel
from vaultapp.gui.models.log_rows import LogRow, Sort, Wish, joined, rows_of
from vaultapp.gui.tasks import TaskRunner

DAY = 24 * 60


def numbered(*entries: Entry) -> FakeActivity:
    log = FakeActivity()
    log.add(*entries)
    return log


def rows(*entries: Entry) -> list[LogRow]:
    return rows_of(numbered(*entries).list(limit=5000).entries, "v")


def spans(found: Any) -> list[tuple[int, int]]:
    return [(row.newest, row.oldest) for row in found]


def test_equal_neighbours_of_a_minute_are_one_row() -> None:
    use = {"actor": DEPLOY, "subject_kind": "key", "subject": "Work", "facts": {"version": 7}}
    found = rows(
        entry("text.decrypt", **use),
        entry("text.decrypt", 0, **{**use, "actor": Actor("terminal", "deploy.py", 99)}, count=3),
        entry("text.encrypt", **use),
        entry("text.decrypt", **use),
    )
    assert spans(found) == [(4, 4), (3, 3), (2, 1)]
    assert found[2].times == 4


@pytest.mark.parametrize(
    "other",
    [
        {"action": "text.encrypt"},
        {"actor": YOU},
        {"subject": "Home"},
        {"outcome": "key_disabled"},
        {"facts": {"version": 8}},
        {"time": entry("x", 2).time},
    ],
)
def test_what_differs_stays_apart(other: dict[str, Any]) -> None:
    use = {"action": "text.decrypt", "actor": DEPLOY, "subject_kind": "key", "subject": "Work", "facts": {"version": 7}}
    assert len(rows(entry(**use), entry(**use))) == 1
    assert len(rows(entry(**use), entry(**{**use, **other}))) == 2


def test_a_run_is_the_same_wherever_a_page_ends() -> None:
    log = numbered(*(entry("text.decrypt") for _ in range(10)))
    newer, older = (rows_of(log.list(before, 4).entries, "v")[0] for before in (None, 7))
    both = joined(newer, older)
    assert both is not None
    assert (spans([both]), both.times) == ([(10, 3)], 8)
    apart = rows_of(log.list(6, 2).entries, "v")[0]
    assert joined(newer, apart) is None, "there is a gap between them"


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(), [5, 4, 3, 2, 1]),
        (Wish(sort=Sort.FILES), [4, 3]),
        (Wish(sort=Sort.KEYS), [2]),
        (Wish(sort=Sort.VAULT), [5, 1]),
        (Wish(sort=Sort.PROBLEMS), [5, 4]),
        (Wish("größe".casefold()), [2]),
        (Wish("contract"), [3]),
        (Wish("deploy.py", Sort.FILES), [4]),
        (Wish("wrong_passphrase"), [5]),
        (Wish("refused"), [5, 4]),
        (Wish("nothing like it"), []),
    ],
)
def test_a_wish_looks_at_words_codes_and_paths(qtbot: QtBot, wish: Wish, found: list[int]) -> None:
    given = rows(
        entry("vault.unlock"),
        entry("key.rotate", subject_kind="key", subject="Größe"),
        entry("file.seal", facts={"path": "/home/mara/contract.pdf"}),
        entry("text.decrypt", actor=DEPLOY, outcome="key_disabled"),
        entry("vault.admit", actor=DEPLOY, outcome="wrong_passphrase"),
    )
    assert [row.newest for row in wish.among(given)] == found


def columns() -> list[Column[LogRow]]:
    def text(row: LogRow) -> str:
        return row.entry.action

    return [Column("What", lambda row: Cell(text(row)), text, text, 0)]


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def model(parent: QObject) -> LogModel:
    return LogModel(columns(), lambda ordinal: f"day {ordinal}", parent)


def test_rows_come_at_both_ends_and_the_ends_grow(model: LogModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    log = numbered(*(entry("vault.unlock", DAY * (3 - n // 10)) for n in range(40)))
    everything = log.list(limit=100).entries

    def part(high: int, low: int) -> list[LogRow]:
        return rows_of([one for one in everything if low <= one.sequence <= high], "v")

    model.replace(part(25, 15))
    assert spans(model.shown) == [(25, 21), (20, 15)]
    model.append(part(14, 5))
    model.prepend(part(40, 26))
    assert spans(model.shown) == [(40, 31), (30, 21), (20, 11), (10, 5)]
    assert model.cell(model.index(3, 0)).text == "vault.unlock"
    qtmodeltester.check(model)


def test_a_day_begins_with_a_title_but_for_the_first(model: LogModel) -> None:
    model.replace(rows(*(entry("vault.lock" if n % 2 else "vault.unlock", DAY * (2 - n // 4)) for n in range(12))))
    assert model.bands() == [4, 8]
    titles = [model.band(number) for number in range(12)]
    assert [number for number, title in enumerate(titles) if title] == [4, 8]
    assert titles[4] == f"day {model.shown[4].day}"


def test_a_row_is_found_by_any_of_its_numbers(model: LogModel) -> None:
    model.replace(rows(*(entry("vault.unlock") for _ in range(3)), entry("vault.lock"), entry("vault.unlock")))
    assert [model.find(number).row() for number in (1, 2, 3, 4, 5)] == [2, 2, 2, 1, 0]
    assert not model.find(6).isValid()
    model.replace(model.shown[:1] + model.shown[2:])
    assert not model.find(4).isValid()


@pytest.fixture
def log() -> Iterator[FakeActivity]:
    log = FakeActivity()
    yield log
    log.gate.set()


def use(number: int) -> Entry:
    rare = number % 1000 == 7
    return entry("key.rotate" if rare else "vault.lock" if number % 2 else "vault.unlock", 30_000 - number)


@pytest.fixture
def feed(qtbot: QtBot, log: FakeActivity, tasks: TaskRunner, model: LogModel, parent: QObject) -> ActivityFeed:
    feed = ActivityFeed(log, tasks, model, "v", parent)
    feed.resume()
    qtbot.waitUntil(lambda: feed.loaded)
    return feed


def settled(qtbot: QtBot, feed: ActivityFeed) -> None:
    qtbot.waitUntil(lambda: not feed.looking and feed._newer is None, timeout=20_000)


@pytest.fixture
def long_log(log: FakeActivity) -> FakeActivity:
    log.add(*(use(number) for number in range(1, 12_001)))
    return log


def test_older_pages_come_when_asked_until_the_log_ends(
    qtbot: QtBot, long_log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    assert (model.rowCount(), feed.total, feed.ended) == (FIRST_PAGE, 12_000, False)
    seen = 0
    while not feed.ended:
        feed.more()
        settled(qtbot, feed)
        assert model.rowCount() > seen or feed.ended
        seen = model.rowCount()
    assert [row.newest for row in model.shown] == list(range(12_000, 0, -1))
    assert max(limit for _, limit in long_log.asked) <= 5000
    asked = len(long_log.asked)
    feed.more()
    settled(qtbot, feed)
    assert len(long_log.asked) == asked


def test_a_filter_shows_what_is_loaded_at_once_and_goes_on_to_the_end(
    qtbot: QtBot, long_log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    for _ in range(2):
        feed.more()
        settled(qtbot, feed)
    long_log.gate.clear()
    feed.want(Wish(sort=Sort.KEYS))
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    assert (feed.looking, feed.ended) == (True, False)
    long_log.gate.set()
    settled(qtbot, feed)
    assert (model.rowCount(), feed.ended) == (12, True)
    assert all(row.entry.action == "key.rotate" for row in model.shown)


def test_another_wish_stops_the_search_and_nothing_of_it_arrives(
    qtbot: QtBot, long_log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    long_log.gate.clear()
    feed.want(Wish(sort=Sort.KEYS))
    qtbot.waitUntil(lambda: feed._older is not None)
    feed.want(Wish())
    long_log.gate.set()
    settled(qtbot, feed)
    assert [row.newest for row in model.shown[:3]] == [12_000, 11_999, 11_998]
    newest = [row.newest for row in model.shown]
    assert newest == list(range(12_000, newest[-1] - 1, -1))


def test_a_pause_stops_the_search_and_more_takes_it_up_again(
    qtbot: QtBot, long_log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    long_log.gate.clear()
    feed.want(Wish(sort=Sort.KEYS))
    qtbot.waitUntil(lambda: feed._older is not None)
    feed.pause()
    assert not feed.looking
    asked = len(long_log.asked)
    long_log.gate.set()
    feed.more()
    settled(qtbot, feed)
    assert (feed.ended, model.rowCount()) == (True, 12)
    assert len(long_log.asked) <= asked + 4


def test_newer_entries_come_on_top_and_join_what_is_equal(
    qtbot: QtBot, log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    log.add(entry("vault.unlock"))
    feed.refresh()
    settled(qtbot, feed)
    log.add(entry("vault.unlock"), entry("key.rotate"), entry("vault.lock"))
    feed.refresh()
    settled(qtbot, feed)
    assert spans(model.shown) == [(4, 4), (3, 3), (2, 1)]
    feed.want(Wish(sort=Sort.KEYS))
    settled(qtbot, feed)
    log.add(*(entry("text.encrypt", number) for number in range(300, 0, -1)), entry("key.enable"))
    feed.refresh()
    settled(qtbot, feed)
    assert spans(model.shown) == [(305, 305), (3, 3)]
    feed.want(Wish())
    settled(qtbot, feed)
    assert spans(model.shown)[-3:] == [(4, 4), (3, 3), (2, 1)]
    assert len(model.shown) == 304


def test_an_older_copy_of_the_vault_replaces_everything(
    qtbot: QtBot, log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    log.add(*(entry("vault.unlock", 9 - number) for number in range(9)))
    feed.refresh()
    settled(qtbot, feed)
    del log.entries[4:]
    log.add(entry("vault.restore"))
    feed.refresh()
    settled(qtbot, feed)
    assert [row.newest for row in model.shown] == [5, 4, 3, 2, 1]
    assert model.shown[0].entry.action == "vault.restore"


def test_what_failed_is_told_once_and_not_tried_again_by_itself(
    qtbot: QtBot, long_log: FakeActivity, feed: ActivityFeed, model: LogModel
) -> None:
    told: list[object] = []
    feed.failed.connect(told.append)
    feed.changed.connect(feed.more)
    long_log.raises = AgentGone()
    feed.more()
    qtbot.waitUntil(lambda: len(told) == 1)
    settled(qtbot, feed)
    asked = len(long_log.asked)
    feed.more()
    assert len(long_log.asked) == asked
    assert model.rowCount() == FIRST_PAGE
    long_log.raises = None
    feed.resume()
    settled(qtbot, feed)
    assert (len(told), model.rowCount() > FIRST_PAGE) == (1, True)


def test_a_model_without_rows_is_sound(model: LogModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.append([])
    model.prepend([])
    assert (model.rowCount(), model.bands(), model.rowCount(QModelIndex())) == (0, [], 0)
