from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from vaultapp.core.clock import MICROS
from vaultapp.core.errors import InvalidValue
from vaultapp.services.cron import CronLine


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * MICROS)


def following(line: str, text: str) -> str:
    found = CronLine.parse(line).after(at(text))
    assert found is not None
    return datetime.fromtimestamp(found / MICROS).astimezone().strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("line", "now", "due"),
    [
        ("30 2 * * *", "2027-01-15 02:29:59", "2027-01-15 02:30"),
        ("30 2 * * *", "2027-01-15 02:30:00", "2027-01-16 02:30"),
        ("*/15 * * * *", "2027-01-15 08:50", "2027-01-15 09:00"),
        ("0 22 * * sun", "2027-01-15 08:00", "2027-01-17 22:00"),
        ("0 22 * * 7", "2027-01-15 08:00", "2027-01-17 22:00"),
        ("0 3 1,15 * *", "2027-01-15 08:00", "2027-02-01 03:00"),
        ("0 3 13 * fri", "2027-01-10 00:00", "2027-01-13 03:00"),  # one of both is enough
        ("0 3 13 * fri", "2027-01-13 04:00", "2027-01-15 03:00"),
        ("0 3 */2 * fri", "2027-01-10 00:00", "2027-01-15 03:00"),  # a star: both must fit
        ("5 4 29 2 *", "2027-01-15 08:00", "2028-02-29 04:05"),
        ("0 9-17/4 * * mon-fri", "2027-01-15 13:30", "2027-01-15 17:00"),
        ("0 0 1 JAN *", "2027-01-15 08:00", "2028-01-01 00:00"),
        ("10 20/2 * * *", "2027-01-15 20:11", "2027-01-15 22:10"),
    ],
)
def test_the_next_time(line: str, now: str, due: str) -> None:
    assert following(line, now) == due


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    assert following("30 2 * * *", "2027-03-27 12:00") == "2027-03-28 03:30"


def test_a_time_that_comes_twice_is_due_once() -> None:
    first = CronLine.parse("30 2 * * *").after(at("2027-10-30 12:00"))
    assert first == at("2027-10-31 02:30+02:00")
    assert following("30 2 * * *", "2027-10-31 02:30+02:00") == "2027-11-01 02:30"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "fields"),
        ("* * * *", "fields"),
        ("60 * * * *", "fields"),
        ("* 24 * * *", "fields"),
        ("* * 0 * *", "fields"),
        ("* * * 13 *", "fields"),
        ("* * * * 8", "fields"),
        ("5-1 * * * *", "fields"),
        ("*/0 * * * *", "fields"),
        ("*-5 * * * *", "fields"),
        ("a * * * *", "fields"),
        ("1, * * * *", "fields"),
        ("* * * mon *", "fields"),
        ("٣ * * * *", "fields"),
        ("0 0 30 2 *", "never"),
    ],
)
def test_what_is_no_line_is_refused(line: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        CronLine.parse(line)
    assert caught.value.facts == {"field": "cron", "reason": reason}
