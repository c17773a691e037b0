from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.given_vault import GivenVault, actions
from tests.unit.services.conftest import Reopen
from tests.unit.services.rotation_bench import OLD, WAIT_S, RotationBench
from vaultapp.contracts.rotation import RotationOutcome, RotationReason, WatchedTrigger
from vaultapp.core.errors import InvalidValue, NotFound


@pytest.fixture
def bench(given: GivenVault, reopen: Reopen) -> RotationBench:
    return RotationBench(given, reopen)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "break-in"


def watch_file(bench: RotationBench, file: Path, **more: object) -> WatchedTrigger:
    trigger = WatchedTrigger("ids", (bench.credential_id,), os.fsencode(file))
    trigger = replace(trigger, **more)
    bench.service.watch(trigger)
    return trigger


def look(bench: RotationBench, seconds: float = 61) -> None:
    bench.clock.forward(seconds=seconds)
    bench.triggers.look()


def rotations(bench: RotationBench) -> int:
    return len(bench.server.secrets)


def test_a_file_that_appears_rotates_without_grace_once(bench: RotationBench, file: Path) -> None:
    watch_file(bench, file)
    look(bench)
    assert rotations(bench) == 0
    file.write_text("somebody is in")
    for _ in range(3):
        look(bench)
    assert rotations(bench) == 1
    assert bench.server.accounts["app"] == [bench.value()]
    found = bench.shown().rotation
    assert found is not None
    assert (found.reason, found.outcome, len(found.proof)) == (RotationReason.TRIGGER, RotationOutcome.SUCCEEDED, 3)
    assert actions(bench.unlocked).count("trigger.call") == 1


def test_a_file_that_was_there_rotates_when_it_changes(bench: RotationBench, file: Path) -> None:
    file.write_text("old news")
    watch_file(bench, file)
    look(bench)
    assert rotations(bench) == 0
    file.write_text("news, and longer")
    look(bench)
    assert rotations(bench) == 1
    file.unlink()
    look(bench)
    assert rotations(bench) == 1
    file.write_text("once more")
    look(bench)
    assert rotations(bench) == 2


def test_what_changed_while_the_vault_was_locked_is_seen_after_the_unlock(bench: RotationBench, file: Path) -> None:
    watch_file(bench, file)
    file.write_text("somebody is in")
    bench.open()
    look(bench)
    assert rotations(bench) == 1
    bench.open()
    look(bench)
    assert rotations(bench) == 1


def test_a_command_calls_when_it_begins_to_exit_well(bench: RotationBench) -> None:
    bench.service.watch(WatchedTrigger("ids", (bench.credential_id,), command=("/bin/check", "-q"), every_s=60))
    look(bench)
    look(bench, 30)
    assert bench.commands == [("/bin/check", "-q")], "tried too often"
    bench.vault.command_exits_well = True
    look(bench)
    look(bench)
    assert rotations(bench) == 1
    bench.vault.command_exits_well = False
    look(bench)
    bench.vault.command_exits_well = True
    look(bench)
    assert rotations(bench) == 2


def test_a_gentle_trigger_leaves_a_grace_period(bench: RotationBench, file: Path) -> None:
    watch_file(bench, file, emergency=False)
    file.write_text("x")
    look(bench)
    assert bench.server.accounts["app"] == [OLD, bench.value()]


def test_a_rotation_under_way_is_followed_by_the_triggers_own(bench: RotationBench, file: Path) -> None:
    there, go_on = threading.Event(), threading.Event()
    bench.server.before["set"] = [lambda: (there.set(), go_on.wait(WAIT_S))]
    watch_file(bench, file)
    rotating = bench.in_background(bench.rotate)
    assert there.wait(WAIT_S)
    file.write_text("somebody is in")
    bench.clock.forward(seconds=3)
    threading.Timer(0.1, go_on.set).start()
    bench.triggers.look()
    rotating.join(WAIT_S)
    assert rotations(bench) == 2
    assert bench.server.accounts["app"] == [bench.value()]


def test_triggers_are_listed_replaced_and_removed(bench: RotationBench, file: Path) -> None:
    first = watch_file(bench, file)
    assert bench.service.triggers() == (first,)
    second = watch_file(bench, file, name="IDS", emergency=False)
    assert bench.service.triggers() == (second,)
    bench.service.unwatch("ids")
    assert bench.service.triggers() == ()
    file.write_text("x")
    look(bench)
    assert rotations(bench) == 0
    with pytest.raises(NotFound):
        bench.service.unwatch("ids")


def test_a_credential_that_is_gone_keeps_nobody_else_from_being_rotated(bench: RotationBench, file: Path) -> None:
    from vaultapp.contracts.credentials import NewCredential, SecretFields

    value = SecretFields({"host": "db", "username": "g", "password": "p"})
    gone = bench.credentials.create(NewCredential("gone", "gone", "mysql", value)).credential_id
    watch_file(bench, file, credentials=(gone, bench.credential_id))
    bench.credentials.delete("gone", force=True)
    file.write_text("x")
    look(bench)
    assert bench.server.accounts["app"] == [bench.value()]
    assert bench.value() != OLD


@pytest.mark.parametrize(
    ("given_trigger", "facts"),
    [
        ({"path": b""}, ("trigger", "file_or_command")),
        ({"command": ("true",)}, ("trigger", "file_or_command")),
        ({"path": b"break-in"}, ("trigger", "relative")),
        ({"credentials": ()}, ("trigger", "no_credentials")),
        ({"every_s": 4}, ("every_s", "bounds")),
        ({"name": " "}, ("name", "empty")),
    ],
)
def test_a_trigger_that_cannot_be_followed_is_refused(
    bench: RotationBench, file: Path, given_trigger: dict[str, object], facts: tuple[str, str]
) -> None:
    with pytest.raises(InvalidValue) as caught:
        watch_file(bench, file, **given_trigger)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == facts
    assert bench.service.triggers() == ()


def test_the_thread_looks_until_it_is_stopped(bench: RotationBench, file: Path) -> None:
    watch_file(bench, file)
    file.write_text("x")
    bench.triggers._tick_s = 0.01
    bench.triggers.start()
    until = threading.Event()
    for _ in range(500):
        found = bench.shown().rotation
        if found is not None and found.outcome is RotationOutcome.SUCCEEDED:
            break
        until.wait(0.02)
    assert rotations(bench) == 1
    assert bench.server.accounts["app"] == [bench.value()]
    bench.triggers.stop()
    bench.triggers._thread.join(WAIT_S)
    assert not bench.triggers._thread.is_alive()
