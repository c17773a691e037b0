from __future__ import annotations

import threading

import pytest

from tests.given_vault import GivenClock
from vaultapp.core.errors import NoSuchSlot, TooManyAttempts, WrongPassphrase
from vaultapp.services.attempts import Attempts, wait_after


def fail(attempts: Attempts) -> None:
    with pytest.raises(WrongPassphrase), attempts.one():
        raise WrongPassphrase


def test_the_waits_double_up_to_a_minute() -> None:
    assert [wait_after(failed) for failed in range(12)] == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait_after(10**9) == 60


def test_two_wrong_ones_are_free_and_the_third_makes_the_next_wait() -> None:
    clock = GivenClock()
    attempts = Attempts(clock)
    fail(attempts)
    fail(attempts)
    assert attempts.retry_after == 0
    fail(attempts)
    assert attempts.retry_after == 1
    with pytest.raises(TooManyAttempts) as caught, attempts.one():
        pytest.fail("it was tried")
    assert caught.value.facts == {"seconds": 1}
    assert attempts.failed == 3


def test_too_early_is_not_one_more_failure() -> None:
    clock = GivenClock()
    attempts = Attempts(clock)
    for _ in range(3):
        fail(attempts)
    for _ in range(5):
        with pytest.raises(TooManyAttempts), attempts.one():
            pass
    clock.forward(seconds=0.75)
    assert attempts.retry_after == 0.25
    clock.forward(seconds=0.25)
    fail(attempts)
    assert attempts.retry_after == 2


def test_a_right_one_ends_the_count() -> None:
    clock = GivenClock()
    attempts = Attempts(clock)
    for _ in range(3):
        fail(attempts)
    clock.forward(seconds=1)
    with attempts.one():
        pass
    assert attempts.failed == 0
    fail(attempts)
    assert attempts.retry_after == 0


def test_other_errors_are_no_wrong_passphrase() -> None:
    attempts = Attempts(GivenClock())
    with pytest.raises(NoSuchSlot), attempts.one():
        raise NoSuchSlot(kind="passphrase")
    assert attempts.failed == 0


def test_of_many_at_once_none_slips_past_the_wait() -> None:
    attempts = Attempts(GivenClock())
    tried: list[int] = []
    refused: list[int] = []

    def attempt() -> None:
        try:
            with attempts.one():
                tried.append(1)
                raise WrongPassphrase
        except WrongPassphrase:
            pass
        except TooManyAttempts:
            refused.append(1)

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(tried), len(refused)) == (3, 13)
