"""Secrets that were read in are graded in the background, and by the next agent where this one was locked before."""

from __future__ import annotations

import threading

import pytest

from tests.desktop.processes import wait_until
from tests.unit.services.transfer_desk import CSV, Desk, desk
from vaultapp.app.vault_grading import VaultGrading
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.core.errors import VaultLocked
from vaultapp.services import secret_traces
from vaultapp.services.unlocked import UnlockedVault

__all__ = ["desk"]


def ungraded(desk: Desk) -> int:
    return sum(one.strength is None for one in desk.all())


def made(desk: Desk) -> VaultGrading:
    return VaultGrading(lambda: desk.unlocked, lambda: KINDS, desk.given.bus)


def test_what_is_read_in_while_others_are_graded_is_graded_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(secret: str) -> int:
        begun.set()
        assert go_on.wait(20)
        return len(secret) % 5 + 1

    monkeypatch.setattr(secret_traces, "grade_of", slow)
    grading = made(desk)
    desk.read_in(desk.file(CSV))
    grading.begin()
    assert begun.wait(20)
    desk.read_in(desk.file("name,username,password\nBank,mara,pw-three\n", "more"))
    grading.begin()
    assert ungraded(desk) == 3
    go_on.set()
    wait_until(lambda: ungraded(desk) == 0, "the grades")
    grading.stop()


def test_it_can_be_begun_again_once_it_is_done(desk: Desk) -> None:
    grading = made(desk)
    for number in range(2):
        desk.read_in(desk.file(f"name,username,password\nBank {number},mara,pw-{number}\n", f"in{number}"))
        grading.begin()
        wait_until(lambda: ungraded(desk) == 0, "the grade")
    grading.stop()


def test_a_lock_waits_for_one_secret_at_most_and_nothing_is_graded_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_secret: str) -> int:
        begun.set()
        assert go_on.wait(20)
        return 1

    monkeypatch.setattr(secret_traces, "grade_of", slow)
    desk.read_in(desk.file(CSV))
    grading = made(desk)
    grading.begin()
    assert begun.wait(20)
    stopping = threading.Thread(target=grading.stop)
    stopping.start()
    wait_until(lambda: grading._work.cancelled, "the lock to ask for its end")
    go_on.set()
    stopping.join(20)
    assert not stopping.is_alive()
    grading.begin()
    assert ungraded(desk) == 2


def test_a_vault_that_is_locked_is_left_alone(desk: Desk) -> None:
    def locked() -> UnlockedVault:
        raise VaultLocked

    grading = VaultGrading(locked, lambda: KINDS, desk.given.bus)
    grading.begin()
    grading.stop()
