"""How a rotation stands, in words for people and as JSON for programs."""

from __future__ import annotations

from vaultapp.cli import failures
from vaultapp.cli.output import counted, local_time, rfc3339
from vaultapp.cli.records import Json, path_json
from vaultapp.contracts.rotation import (
    Proof,
    ProofLine,
    RotationChanged,
    RotationOutcome,
    RotationPlan,
    RotationStep,
    WatchedTrigger,
)
from vaultapp.core.printable import printable

STEPS = {
    RotationStep.CREATE: "new value made",
    RotationStep.SET: "target has it",
    RotationStep.TEST: "logged in with it",
    RotationStep.FINISH: "current now",
    RotationStep.RETIRE: "old value taken away",
}
"""What is said of a step that is done."""
OUTCOMES = {
    RotationOutcome.RUNNING: "under way",
    RotationOutcome.SUCCEEDED: "succeeded",
    RotationOutcome.UNFINISHED: "unfinished",
    RotationOutcome.FAILED: "failed",
    RotationOutcome.CANCELLED: "cancelled",
    RotationOutcome.STUCK: "needs you",
}


def outcome_sentence(changed: RotationChanged) -> str:
    """Return how it stands, what is safe, and what to do."""
    state, name = changed.state, f"“{printable(changed.identifier)}”"
    why = f" {failures.message(state.error, state.facts)}" if state.error else ""
    if state.outcome is RotationOutcome.SUCCEEDED:
        if state.old_until is None:
            return f"{name} has a new value."
        until = local_time(state.old_until)
        return f"{name} has a new value. The old one is valid until {until}, or longer if the vault is locked then."
    if state.outcome is RotationOutcome.RUNNING:
        return f"{name} is being rotated."
    if state.outcome is RotationOutcome.CANCELLED:
        return f"{name} was not rotated: it was called off. The old value stays current."
    if state.outcome is RotationOutcome.FAILED:
        return f"{name} was not rotated.{why}"
    if state.outcome is RotationOutcome.STUCK:
        return f"{name} cannot go on without you.{why}"
    when = ""
    if state.next_try is not None:
        when = f" It goes on by itself at {local_time(state.next_try)}, or when the vault is unlocked after that."
    return f"{name} is not finished.{why}{when}"


def proof_line(proof: Proof) -> str:
    """Return one line of the proof."""
    holds = {
        ProofLine.OLD_REFUSED: "The old value is refused.",
        ProofLine.OLD_SESSIONS_ENDED: (
            f"{counted(proof.count, 'session', 'sessions')} of the old value ended." if proof.count else ""
        )
        or "No session of the old value is open.",
        ProofLine.NEW_LOGS_IN: "The new value logs in.",
    }
    fails = {
        ProofLine.OLD_REFUSED: "The old value still logs in.",
        ProofLine.OLD_SESSIONS_ENDED: "Sessions of the old value may still be open.",
        ProofLine.NEW_LOGS_IN: "The new value does not log in.",
    }
    return f"✓ {holds[proof.line]}" if proof.holds else f"✗ {fails[proof.line]}"


def plan_sentence(identifier: str, plan: RotationPlan) -> str:
    """Return when a credential rotates by itself."""
    name = f"“{printable(identifier)}”"
    if plan.days:
        text = f"{name} rotates every {counted(plan.days, 'day', 'days')}"
    elif plan.cron:
        text = f"{name} rotates at “{printable(plan.cron)}”"
    else:
        return f"{name} rotates only when asked."
    if plan.window_minutes:
        begin = f"{plan.window_start // 60:02}:{plan.window_start % 60:02}"
        text += f", within {plan.window_minutes} minutes from {begin}"
    return f"{text}, next {local_time(plan.next_due)}." if plan.next_due is not None else f"{text}."


def rotation_json(changed: RotationChanged) -> Json:
    """Return a rotation."""
    state = changed.state
    return {
        "credential": str(changed.credential_id),
        "identifier": changed.identifier,
        "id": str(state.rotation_id),
        "reason": state.reason.value,
        "step": state.step.value,
        "outcome": state.outcome.value,
        "started": rfc3339(state.started),
        "times": {step: rfc3339(at) for step, at in state.times.items()},
        "error": failures.as_json(state.error, state.facts) if state.error else None,
        "attempts": state.attempts,
        "next_try": rfc3339(state.next_try),
        "old_until": rfc3339(state.old_until),
        "proof": [{"line": one.line.value, "holds": one.holds, "count": one.count} for one in state.proof],
    }


def plan_json(plan: RotationPlan) -> Json:
    """Return a plan."""
    return {
        "days": plan.days or None,
        "cron": plan.cron or None,
        "window_start": plan.window_start if plan.window_minutes else None,
        "window_minutes": plan.window_minutes or None,
        "next_due": rfc3339(plan.next_due),
    }


def trigger_json(trigger: WatchedTrigger) -> Json:
    """Return what is watched."""
    return {
        "name": trigger.name,
        "file": path_json(trigger.path),
        "command": list(trigger.command) or None,
        "every_s": trigger.every_s,
        "emergency": trigger.emergency,
        "credentials": [str(credential) for credential in trigger.credentials],
    }
