from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.clock import DAY, MICROS
from vaultapp.core.errors import InvalidValue
from vaultapp.services.rotation_plans import after_rotation, checked_plan, due_at, into_window, planned, starts_at


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * MICROS)


NOW = at("2027-01-15 08:00+01:00")


def test_days_count_from_the_last_rotation() -> None:
    assert planned(RotationPlan(days=30), NOW - 10 * DAY, NOW).next_due == NOW + 20 * DAY
    assert planned(RotationPlan(days=30), NOW - 90 * DAY, NOW).next_due == NOW - 60 * DAY
    assert after_rotation(RotationPlan(days=30, next_due=1), NOW).next_due == NOW + 30 * DAY


def test_a_cron_line_counts_from_now() -> None:
    assert planned(RotationPlan(cron="0 3 * * *"), NOW - 90 * DAY, NOW).next_due == at("2027-01-16 03:00")


def test_it_is_due_when_its_window_opens() -> None:
    plan = RotationPlan(days=1, window_start=150, window_minutes=60)
    assert planned(plan, NOW, NOW).next_due == at("2027-01-17 02:30")
    assert due_at(plan, NOW, NOW) == at("2027-01-17 02:30")
    plan = RotationPlan(cron="0 22 * * *", window_start=150, window_minutes=60)
    assert planned(plan, NOW, NOW).next_due == at("2027-01-16 02:30")
    assert due_at(plan, NOW, NOW) == at("2027-01-16 02:30")


def test_without_either_nothing_is_ever_due() -> None:
    assert planned(RotationPlan(next_due=5), NOW, NOW).next_due is None
    assert due_at(RotationPlan(next_due=5), NOW, NOW) is None


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (RotationPlan(days=5, cron="0 3 * * *"), "plan"),
        (RotationPlan(days=-1), "days"),
        (RotationPlan(days=3651), "days"),
        (RotationPlan(cron="whenever"), "cron"),
        (RotationPlan(days=5, window_start=1440, window_minutes=5), "window"),
        (RotationPlan(days=5, window_start=-1), "window"),
        (RotationPlan(days=5, window_minutes=1441), "window"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(plan: RotationPlan, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        checked_plan(plan)
    assert caught.value.facts["field"] == field


def test_when_it_is_due_is_the_vaults_to_say() -> None:
    assert checked_plan(RotationPlan(cron=" 0  3 * * * ", next_due=7)) == RotationPlan(cron="0 3 * * *")


def test_a_clock_that_was_far_ahead_keeps_nothing_from_being_due() -> None:
    ahead = NOW + 3650 * DAY
    plan = after_rotation(RotationPlan(days=30), ahead)
    assert due_at(plan, ahead, NOW) == NOW + 30 * DAY
    plan = after_rotation(RotationPlan(cron="0 3 * * *"), ahead)
    assert due_at(plan, ahead, NOW) == at("2027-01-16 03:00")


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        ("2027-01-15 08:00", "2027-01-15 22:30"),
        ("2027-01-15 22:29:59", "2027-01-15 22:30"),
        ("2027-01-15 22:45", "2027-01-15 22:45"),
        ("2027-01-16 00:10", "2027-01-16 00:10"),  # the window goes on over midnight
        ("2027-01-16 00:30", "2027-01-16 22:30"),
    ],
)
def test_a_window_of_two_hours_from_half_past_ten(moment: str, begins: str) -> None:
    plan = RotationPlan(days=1, window_start=22 * 60 + 30, window_minutes=120)
    assert into_window(plan, at(moment)) == at(begins)


def test_no_window_and_a_whole_day_are_always_open() -> None:
    assert into_window(RotationPlan(days=1), NOW) == NOW
    assert into_window(RotationPlan(days=1, window_start=60, window_minutes=1440), NOW) == NOW


def test_what_comes_due_in_an_open_vault_begins_then() -> None:
    assert starts_at(RotationPlan(days=1), NOW + 5, NOW) == NOW + 5
    plan = RotationPlan(days=1, window_start=9 * 60, window_minutes=10)
    assert starts_at(plan, NOW + 5, NOW) == at("2027-01-15 09:00")


@pytest.mark.parametrize(
    ("plan", "begins"),
    [
        (RotationPlan(days=1), "2027-01-16 08:00"),
        (RotationPlan(days=1, window_start=9 * 60, window_minutes=10), "2027-01-15 09:00"),
        (RotationPlan(cron="0 3 * * *"), "2027-01-16 03:00"),
        (RotationPlan(cron="0 3 * * *", window_start=4 * 60, window_minutes=10), "2027-01-16 04:00"),
    ],
)
def test_what_was_due_before_the_vault_was_opened_is_offered_first(plan: RotationPlan, begins: str) -> None:
    assert starts_at(plan, NOW - DAY, NOW) == at(begins)
