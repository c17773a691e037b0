from __future__ import annotations

import json
import sys
from typing import Any
from uuid import UUID

import pytest

from tests.unit.cli.fakes import User
from tests.unit.cli.records import NOON
from vaultapp.cli.rotation_run import RotationRun
from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import (
    Proof,
    ProofLine,
    RotationChanged,
    RotationOutcome,
    RotationPlan,
    RotationReason,
    RotationState,
    RotationStep,
    WatchedTrigger,
)
from vaultapp.core.errors import InvalidValue, NotFound

CREDENTIAL_ID, ROTATION_ID = UUID(int=7), UUID(int=8)
MINUTE = 60 * 1_000_000
CREDENTIAL = Credential(CREDENTIAL_ID, "app", "prod/app", "mysql", NOON, NOON, plan=RotationPlan(days=5, next_due=NOON))


def changed(outcome: RotationOutcome = RotationOutcome.SUCCEEDED, **more: Any) -> RotationChanged:
    step = more.pop("step", RotationStep.DONE)
    state = RotationState(ROTATION_ID, RotationReason.ASKED, step, outcome, NOON, **more)
    return RotationChanged(CREDENTIAL_ID, "prod/app", state)


GRACE = changed(step=RotationStep.RETIRE, old_until=NOON + 30 * MINUTE)
FAILED = changed(
    RotationOutcome.FAILED, step=RotationStep.SET, error="target_denied", facts={"target": "db:3306", "account": "app"}
)
LATER = changed(
    RotationOutcome.UNFINISHED,
    step=RotationStep.SET,
    error="target_unreachable",
    facts={"target": "db:3306"},
    attempts=1,
    next_try=NOON + MINUTE,
)


@pytest.mark.parametrize(
    ("outcome", "code", "says"),
    [
        (changed(), 0, "“prod/app” has a new value.\n"),
        (GRACE, 0, "“prod/app” has a new value. The old one is valid until 20"),
        (FAILED, 4, "“prod/app” was not rotated. db:3306 does not let “app” make this change. The old value stays"),
        (LATER, 4, "“prod/app” is not finished. db:3306 does not answer."),
        (changed(RotationOutcome.RUNNING), 4, "“prod/app” is being rotated.\n"),
        (changed(RotationOutcome.CANCELLED), 130, "“prod/app” was not rotated: it was called off."),
        (
            changed(RotationOutcome.STUCK, error="login_refused", facts={"target": "db:3306", "account": "app"}),
            4,
            "“prod/app” cannot go on without you. No password that is known here logs in as “app” at db:3306.",
        ),
    ],
)
def test_every_outcome_is_said_in_a_sentence_and_by_the_exit_code(
    user: User, outcome: RotationChanged, code: int, says: str
) -> None:
    result = user.unlocked(rotation_rotate=(outcome,)).run("rotate", "prod/app")
    assert result.exit_code == code
    assert result.stdout.startswith(says)
    assert user.agent.called("rotation.rotate") == [{"credentials": ("prod/app",), "emergency": False}]


def test_what_is_unfinished_goes_on_at_a_time_that_is_told(user: User) -> None:
    result = user.unlocked(rotation_rotate=(LATER,)).run("rotate", "prod/app")
    assert "It goes on by itself at 20" in result.stdout


def test_an_emergency_shows_its_proof_line_by_line(user: User) -> None:
    proof = (
        Proof(ProofLine.OLD_REFUSED, holds=True, count=1),
        Proof(ProofLine.OLD_SESSIONS_ENDED, holds=True, count=2),
        Proof(ProofLine.NEW_LOGS_IN, holds=False),
    )
    result = user.unlocked(rotation_rotate=(changed(proof=proof),)).run("rotate", "--emergency", "a", "b")
    assert result.stdout.splitlines()[1:] == [
        "  ✓ The old value is refused.",
        "  ✓ 2 sessions of the old value ended.",
        "  ✗ The new value does not log in.",
    ]
    assert user.agent.called("rotation.rotate") == [{"credentials": ("a", "b"), "emergency": True}]


def test_a_target_and_what_is_due(user: User) -> None:
    user.unlocked(rotation_rotate_target=(changed(),), rotation_rotate_due=())
    user.run("rotate", "--target", "db", "--emergency")
    assert user.agent.called("rotation.rotate_target") == [{"target": "db", "emergency": True}]
    assert user.run("rotate", "--due").stdout == "Nothing is due.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("rotate", "--emergency"),
        ("rotate", "a", "--due"),
        ("rotate", "--due", "--emergency"),
        ("rotate", "a", "--target", "db"),
        ("rotate", "schedule", "a"),
        ("rotate", "schedule", "a", "--every", "0"),
        ("rotate", "schedule", "a", "--every", "5", "--never"),
        ("rotate", "schedule", "a", "--every", "5", "--window", "25:00+5"),
        ("rotate", "schedule", "a", "--every", "5", "--window", "05:00"),
        ("rotate", "watch", "w", "--rotate", "a"),
        ("rotate", "watch", "w", "--rotate", "a", "--file", "f", "--command", "c"),
        ("rotate", "watch", "w", "--rotate", "a", "--command", "'c"),
        ("rotate", "watch", "w", "--rotate", "a", "--command", " "),
        ("rotate", "watch", "w", "--file", "f"),
    ],
)
def test_what_cannot_be_meant_asks_no_agent(user: User, arguments: tuple[str, ...]) -> None:
    code, error = user.unlocked().error(*arguments)
    assert (code, error["code"]) == (2, "usage")
    assert not [name for name, _ in user.agent.calls if name.startswith("rotation")]


def test_a_credential_that_is_called_as_a_command_is(user: User) -> None:
    user.unlocked(rotation_rotate=(changed(),)).run("rotate", "--", "status")
    assert user.agent.called("rotation.rotate") == [{"credentials": ("status",), "emergency": False}]


def test_a_credential_may_be_called_now(user: User) -> None:
    user.unlocked(rotation_rotate=(changed(),)).run("rotate", "now")
    assert user.agent.called("rotation.rotate") == [{"credentials": ("now",), "emergency": False}]


def test_options_may_stand_before_a_command(user: User) -> None:
    user.unlocked(rotation_status=(), rotation_due=())
    assert json.loads(user.run("rotate", "--json", "status").stdout) == {"rotations": [], "due": []}


def test_a_rotation_for_programs(user: User) -> None:
    (shown,) = user.unlocked(rotation_rotate=(GRACE,)).json("rotate", "prod/app")["rotations"]
    assert shown == {
        "credential": str(CREDENTIAL_ID),
        "identifier": "prod/app",
        "id": str(ROTATION_ID),
        "reason": "asked",
        "step": "retire",
        "outcome": "succeeded",
        "started": "2026-11-24T06:00:00Z",
        "times": {},
        "error": None,
        "attempts": 0,
        "next_try": None,
        "old_until": "2026-11-24T06:30:00Z",
        "proof": [],
    }


def test_progress_is_json_lines_and_the_last_one_has_the_outcomes(user: User) -> None:
    def rotate(credentials: tuple[str, ...], work: Any, *, emergency: bool = False) -> tuple[RotationChanged, ...]:
        work.emit(changed(RotationOutcome.RUNNING, step=RotationStep.SET))
        return (GRACE,)

    result = user.unlocked(rotation_rotate=rotate).run("rotate", "prod/app", "--progress")
    first, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["rotation"]["step"], first["rotation"]["outcome"]) == ("set", "running")
    assert [one["step"] for one in last["rotations"]] == ["retire"]


def test_a_failure_that_is_raised_is_an_error(user: User) -> None:
    user.unlocked(rotation_rotate=NotFound(kind="credential", name="x"))
    code, error = user.error("rotate", "x")
    assert (code, error["code"]) == (2, "not_found")


def test_status_tells_what_is_left_and_what_is_due(user: User) -> None:
    user.unlocked(rotation_status=(LATER, GRACE), rotation_due=(CREDENTIAL_ID,), credentials_show=CREDENTIAL)
    told = user.run("rotate", "status").stdout
    assert "prod/app    unfinished  set" in told
    assert "db:3306 does not answer." in told
    assert "“prod/app” is due since 20" in told
    found = user.json("rotate", "status")
    assert [one["outcome"] for one in found["rotations"]] == ["unfinished", "succeeded"]
    assert [one["identifier"] for one in found["due"]] == ["prod/app"]


def test_nothing_left_is_said(user: User) -> None:
    told = user.unlocked(rotation_status=(), rotation_due=()).run("rotate", "status").stdout
    assert told == "Nothing is unfinished, and nothing is due.\n"


def test_resume_and_cancel(user: User) -> None:
    user.unlocked(rotation_resume=(), rotation_cancel=changed(RotationOutcome.CANCELLED))
    assert user.run("rotate", "resume").stdout == "No rotation is unfinished.\n"
    assert "called off" in user.run("rotate", "cancel", "prod/app").stdout
    assert user.unlocked(rotation_cancel=LATER).run("rotate", "cancel", "prod/app").exit_code == 4


def test_check(user: User) -> None:
    assert "logs in" in user.unlocked(rotation_check=None).run("rotate", "check", "prod/app").stdout
    assert user.agent.called("rotation.check") == [{"credential": "prod/app"}]


@pytest.mark.parametrize(
    ("arguments", "plan", "says"),
    [
        (("--every", "30"), RotationPlan(days=30), "“a” rotates every 30 days, next 20"),
        (
            ("--cron", "0 3 * * *", "--window", "2:30+60"),
            RotationPlan(cron="0 3 * * *", window_start=150, window_minutes=60),
            "“a” rotates at “0 3 * * *”, within 60 minutes from 02:30, next 20",
        ),
        (("--never",), RotationPlan(), "“a” rotates only when asked."),
    ],
)
def test_schedule(user: User, arguments: tuple[str, ...], plan: RotationPlan, says: str) -> None:
    from msgspec.structs import replace

    kept = replace(plan, next_due=NOON) if plan.days or plan.cron else plan
    result = user.unlocked(rotation_schedule=kept).run("rotate", "schedule", "a", *arguments)
    assert result.stdout.startswith(says)
    assert user.agent.called("rotation.schedule") == [{"credential": "a", "plan": plan}]


def test_schedule_tells_what_is_refused(user: User) -> None:
    user.unlocked(rotation_schedule=InvalidValue(field="cron", reason="fields"))
    code, error = user.error("rotate", "schedule", "a", "--cron", "whenever")
    assert (code, error["facts"]) == (2, {"field": "cron", "reason": "fields"})


def test_watch_names_ids_and_an_absolute_file(user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    user.unlocked(credentials_show=CREDENTIAL, rotation_watch=None)
    user.run("rotate", "watch", "ids", "--file", "break-in", "--rotate", "prod/app")
    (given,) = user.agent.called("rotation.watch")
    assert given["trigger"] == WatchedTrigger("ids", (CREDENTIAL_ID,), bytes(tmp_path / "break-in"), (), 60, True)


def test_watch_takes_a_command_apart_as_a_shell_would(user: User) -> None:
    user.unlocked(credentials_show=CREDENTIAL, rotation_watch=None)
    command = ("--command", "check 'two words'", "--every", "30", "--gentle")
    user.run("rotate", "watch", "ids", *command, "--rotate", "prod/app")
    (given,) = user.agent.called("rotation.watch")
    assert given["trigger"] == WatchedTrigger("ids", (CREDENTIAL_ID,), b"", ("check", "two words"), 30, False)


def test_triggers_are_listed_by_what_they_rotate(user: User) -> None:
    gone = UUID(int=9)
    trigger = WatchedTrigger("ids", (CREDENTIAL_ID, gone), b"/var/break-in")

    def show(credential: str) -> Credential:
        if credential == str(gone):
            raise NotFound(kind="credential", name=credential)
        return CREDENTIAL

    user.unlocked(rotation_triggers=(trigger,), credentials_show=show, rotation_unwatch=None)
    told = user.run("rotate", "triggers").stdout
    assert "/var/break-in" in told
    assert f"prod/app, {gone}" in told
    (shown,) = user.json("rotate", "triggers")["triggers"]
    assert shown["file"] == "/var/break-in"
    assert user.run("rotate", "unwatch", "ids").stdout == "“ids” is watched no more.\n"


def test_a_shell_completes_commands(user: User) -> None:
    assert user.complete("rotate sta") == ["status"]
    assert "--emergency" in user.complete("rotate prod/app --em")


def test_the_steps_are_shown_live_where_a_person_looks(
    user: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run = RotationRun(user.invocation())
    told: list[str] = []

    def rotate() -> tuple[RotationChanged, ...]:
        for times in ({"create": NOON}, {"create": NOON, "set": NOON}):
            run.work.emit(changed(RotationOutcome.RUNNING, step=RotationStep.SET, times=times))
            told.append(capsys.readouterr().err)
        return (GRACE,)

    assert run.finish(rotate, "") == 0
    assert told == ["prod/app  1 create: new value made\n", "prod/app  2 set: target has it\n"]
    assert capsys.readouterr().out.startswith("“prod/app” has a new value.")
