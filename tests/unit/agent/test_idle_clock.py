from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vaultapp.agent.triggers.idle_clock import IdleClock

MINUTE = 60.0


class TwoClocks:
    """The wall's and the monotonic one."""

    def __init__(self) -> None:
        self.wall = 1_800_000_000.0
        self.ticks = 1000.0

    def now(self) -> int:
        return round(self.wall * 1_000_000)

    def monotonic(self) -> float:
        return self.ticks

    def run(self, seconds: float) -> None:
        self.wall += seconds
        self.ticks += seconds

    def sleep(self, seconds: float) -> None:
        self.wall += seconds


def begun(minutes: int = 15) -> tuple[IdleClock, TwoClocks]:
    clocks = TwoClocks()
    idle = IdleClock(clocks)
    idle.begin(minutes)
    return idle, clocks


def test_the_time_runs_down_and_begins_anew_with_the_person() -> None:
    idle, clocks = begun()
    clocks.run(14 * MINUTE)
    assert idle.left() == MINUTE
    idle.touch()
    assert idle.left() == 15 * MINUTE
    clocks.run(15 * MINUTE)
    assert idle.left() == 0
    # It is asked of a desktop that knows better: nobody slept, so that counts.
    assert not idle.expired
    idle.touch(30)
    assert idle.left() == 15 * MINUTE - 30


def test_an_older_word_takes_nothing_back() -> None:
    idle, clocks = begun()
    clocks.run(MINUTE)
    idle.touch()
    idle.touch(50)
    assert idle.left() == 15 * MINUTE


def test_what_was_slept_is_added_to_input_before_it() -> None:
    idle, clocks = begun()
    clocks.run(MINUTE)
    clocks.sleep(10 * MINUTE)
    clocks.run(10)
    # A desktop whose clock stood still too says that it was half a minute ago: that was before the sleep.
    idle.touch(30)
    assert idle.left() == 15 * MINUTE - 30 - 10 * MINUTE


def test_time_that_ran_out_in_sleep_is_not_given_back() -> None:
    idle, clocks = begun()
    clocks.sleep(16 * MINUTE)
    clocks.run(5)
    idle.touch()
    assert idle.left() == 0
    assert idle.expired


def test_work_at_a_pipe_puts_it_off_only_while_it_moves() -> None:
    idle, clocks = begun()
    done = 0
    with idle.work(lambda: done):
        for _ in range(40):
            clocks.run(MINUTE - 1)
            done += 1
            assert idle.left() is None
            assert idle.held
        clocks.run(MINUTE)
        assert idle.left() == 14 * MINUTE
        assert not idle.held
        clocks.run(14 * MINUTE)
        assert idle.left() == 0
    # Whoever ended what waited there need not be the person.
    assert idle.left() == 0


def test_work_at_a_pipe_that_goes_on_again_puts_it_off_again() -> None:
    idle, clocks = begun()
    done = 0
    with idle.work(lambda: done):
        clocks.run(5 * MINUTE)
        assert idle.left() == 10 * MINUTE
        done = 7
        assert idle.left() is None
    assert idle.left() == 15 * MINUTE


def test_work_puts_it_off_and_the_last_one_begins_the_time_anew() -> None:
    idle, clocks = begun()
    with idle.work():
        with idle.work():
            clocks.run(60 * MINUTE)
        clocks.sleep(60 * MINUTE)
        assert idle.held
        assert idle.left() is None
        assert not idle.expired
    assert idle.left() == 15 * MINUTE


def test_never_is_never() -> None:
    idle, clocks = begun(0)
    clocks.sleep(600 * MINUTE)
    assert idle.left() is None
    assert not idle.expired
    assert not idle.held


class Idling(RuleBasedStateMachine):
    """By chance: whatever happens, the vault is due at most 15 minutes after the person was there last."""

    def __init__(self) -> None:
        super().__init__()
        self.idle, self.clocks = begun()
        # True time, and when in it the person was there.
        self.time = self.seen = 0.0
        self.works: list[object] = []
        self.overslept = False

    @rule(seconds=st.floats(0, 400))
    def passes(self, seconds: float) -> None:
        self.clocks.run(seconds)
        self.time += seconds
        self.idle.left()

    @rule(seconds=st.floats(3, 1200))
    def sleeps(self, seconds: float) -> None:
        self.clocks.sleep(seconds)
        self.time += seconds
        self.overslept = self.overslept or (not self.works and self.time - self.seen >= 15 * MINUTE)
        self.idle.left()

    @rule(seconds=st.floats(3, 3600))
    def clock_is_put_back(self, seconds: float) -> None:
        self.clocks.wall -= seconds
        self.idle.left()

    @precondition(lambda self: not self.overslept)
    @rule()
    def person_types(self) -> None:
        self.seen = self.time
        self.idle.touch()

    @precondition(lambda self: not self.overslept)
    @rule()
    def work_begins(self) -> None:
        work = self.idle.work()
        work.__enter__()
        self.works.append(work)

    @precondition(lambda self: self.works)
    @rule()
    def work_ends(self) -> None:
        self.works.pop().__exit__(None, None, None)  # type: ignore[attr-defined]
        self.seen = self.time

    @invariant()
    def is_due_in_time(self) -> None:
        left = self.idle.left()
        if self.works:
            assert left is None
        elif self.overslept:
            assert left == 0
        else:
            assert left is not None
            assert left <= max(0.0, 15 * MINUTE - (self.time - self.seen)) + 0.001


TestIdling = Idling.TestCase
