"""What people read of a rotation: its steps, how it ended, what was proved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import (
    OPEN_OUTCOMES,
    Proof,
    ProofLine,
    RotationChanged,
    RotationOutcome,
    RotationReason,
    RotationState,
    RotationStep,
)
from vaultapp.core.clock import MICROS
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.gui import messages, moments, quantities
from vaultapp.gui.credentials.credential_words import STEPS, short
from vaultapp.gui.widgets.labels import breakable
from vaultapp.gui.widgets.timeline import Mark, Step

translate = QCoreApplication.translate

_HOUR = 3600 * MICROS
_DAY = 24 * _HOUR
_ENDED = (RotationOutcome.SUCCEEDED, RotationOutcome.CANCELLED)


def is_open(state: RotationState | None) -> bool:
    """Tell whether a rotation is not finished, so that values cannot be changed by hand."""
    return state is not None and state.outcome in OPEN_OUTCOMES


def is_news(credential: Credential, now: int) -> bool:
    """Tell whether the last rotation is to be shown: it is not over, went wrong, or was just now."""
    state = credential.rotation
    if state is None:
        return False
    if state.outcome is RotationOutcome.FAILED:
        return state.started >= credential.changed
    if state.outcome not in _ENDED:
        return True
    if state.old_until is not None and state.old_until > now:
        return True
    return now - state.started < (_DAY if state.proof else _HOUR)


def heading(state: RotationState) -> str:
    """Return how it stands, in a word or two."""
    match state.outcome:
        case RotationOutcome.RUNNING:
            return translate("RotationWords", "Rotating now")
        case RotationOutcome.SUCCEEDED:
            return translate("RotationWords", "Rotated")
        case RotationOutcome.UNFINISHED:
            return translate("RotationWords", "Rotation unfinished")
        case RotationOutcome.FAILED:
            return translate("RotationWords", "Not rotated")
        case RotationOutcome.CANCELLED:
            return translate("RotationWords", "Rotation cancelled")
        case RotationOutcome.STUCK:
            return translate("RotationWords", "Rotation stuck")


def begun(state: RotationState, now: int) -> str:
    """Return when it began, and by whom."""
    when = _time(state.started, now)
    match state.reason:
        case RotationReason.ASKED:
            return translate("RotationWords", "started {time} by hand").format(time=when)
        case RotationReason.SCHEDULE:
            return translate("RotationWords", "started {time} by schedule").format(time=when)
        case RotationReason.EMERGENCY:
            return translate("RotationWords", "started {time}, emergency").format(time=when)
        case RotationReason.TRIGGER:
            return translate("RotationWords", "started {time} by a trigger").format(time=when)


def steps(credential: Credential, state: RotationState, now: int) -> Sequence[Step]:
    """Return the four steps as they stand."""
    facts = _facts(credential, state, now)
    at = STEPS.index(state.step) if state.step in STEPS else len(STEPS)
    found = []
    for number, step in enumerate(STEPS):
        title, done, doing, todo = _texts(step, state, now)
        mark, caption = Mark.TODO, todo
        if number < at:
            mark, caption = Mark.DONE, done
        elif number == at and state.outcome is RotationOutcome.RUNNING:
            mark, caption = Mark.RUNNING, doing
        elif number == at:
            mark = _stopped(state)
            caption = _refused(step) if mark is Mark.FAILED else todo
        ended = state.times.get(step.value)
        time = _time(ended, now) if ended is not None and number < at else ""
        if mark is Mark.RUNNING:
            begin = max([state.started, *state.times.values()])
            time = quantities.duration(max(1, (now - begin) / MICROS))
        found.append(Step(step, mark, title, caption.format(**facts), time=time))
    return found


def problem(state: RotationState) -> Sentence | None:
    """Return what stopped it: what happened, what is still true, what to do."""
    return messages.sentence(*map(breakable, messages.message(state.error, state.facts))) if state.error else None


def after(credential: Credential, state: RotationState, now: int) -> str:
    """Return what comes next by itself: until when the old one works, when it is tried again."""
    if state.next_try is not None and state.outcome is not RotationOutcome.SUCCEEDED:
        return translate("RotationWords", "It goes on by itself at {time}, or when you press Go on.").format(
            time=_time(state.next_try, now)
        )
    if state.old_until is not None and state.old_until > now:
        return translate("RotationWords", "The old {secret} works until {time} too.").format(
            secret=secret_word(credential), time=_time(state.old_until, now)
        )
    return ""


def proof_line(proof: Proof) -> str:
    """Return one line of the proof."""
    match proof.line, proof.holds:
        case ProofLine.NEW_LOGS_IN, True:
            return translate("RotationWords", "The new one logs in.")
        case ProofLine.NEW_LOGS_IN, False:
            return translate("RotationWords", "The new one does not log in.")
        case ProofLine.OLD_REFUSED, True:
            return translate("RotationWords", "The old one is refused.")
        case ProofLine.OLD_REFUSED, False:
            return translate("RotationWords", "The old one still logs in.")
        case _, True:
            if not proof.count:
                return translate("RotationWords", "No session was open with the old one.")
            one = translate("RotationWords", "1 session opened with the old one was ended.")
            many = translate("RotationWords", "{n} sessions opened with the old one were ended.")
            return quantities.counted(proof.count, one, many)
    return translate("RotationWords", "Sessions that were opened with the old one go on.")


def outcome(name: str, told: RotationChanged) -> Sentence:
    """Return how one rotation ended, in whole sentences."""
    state = told.state
    stopped = problem(state)
    rest = ("", "") if stopped is None else (stopped.what, stopped.todo)
    words = {
        RotationOutcome.SUCCEEDED: translate("RotationWords", "“{name}” is rotated."),
        RotationOutcome.RUNNING: translate("RotationWords", "“{name}” is being rotated."),
        RotationOutcome.UNFINISHED: translate("RotationWords", "“{name}” is not rotated yet. All its values are kept."),
        RotationOutcome.FAILED: translate("RotationWords", "“{name}” was not rotated. The old value still works."),
        RotationOutcome.CANCELLED: translate("RotationWords", "The rotation of “{name}” was cancelled."),
        RotationOutcome.STUCK: translate("RotationWords", "“{name}” is stuck: no value that is known here logs in."),
    }
    return messages.sentence(words[state.outcome].format(name=short(name)), *rest)


def secret_word(credential: Credential) -> str:
    """Return what is rotated: a password, a key."""
    return translate("RotationWords", "key") if credential.kind == "aws" else translate("RotationWords", "password")


def _stopped(state: RotationState) -> Mark:
    if state.outcome is RotationOutcome.UNFINISHED:
        return Mark.PENDING
    return Mark.FAILED if state.outcome in (RotationOutcome.FAILED, RotationOutcome.STUCK) else Mark.DISABLED


def _facts(credential: Credential, state: RotationState, now: int) -> dict[str, str]:
    return {
        "secret": secret_word(credential),
        "target": breakable(printable(credential.target.partition(":")[0])) or translate("RotationWords", "The target"),
        "account": breakable(printable(credential.account) or printable(credential.name)),
        "time": _time(state.old_until, now) if state.old_until is not None else "",
    }


def _refused(step: RotationStep) -> str:
    """Return what is said of the step at which a rotation failed."""
    match step:
        case RotationStep.CREATE:
            return translate("RotationWords", "No new {secret} was saved.")
        case RotationStep.SET:
            return translate("RotationWords", "{target} did not take it.")
        case RotationStep.TEST:
            return translate("RotationWords", "The new {secret} did not pass.")
        case _:
            return translate("RotationWords", "The new {secret} did not become current.")


def _texts(step: RotationStep, state: RotationState, now: int) -> tuple[str, str, str, str]:
    """Return a step's name, and what is said of it when it is done, under way, and to come."""
    match step:
        case RotationStep.CREATE:
            return (
                translate("RotationWords", "Create"),
                translate("RotationWords", "A new {secret} is saved as pending."),
                translate("RotationWords", "Making a new {secret}…"),
                translate("RotationWords", "A new {secret} is made and saved."),
            )
        case RotationStep.SET:
            both = state.old_until is not None and state.old_until > now
            return (
                translate("RotationWords", "Set"),
                translate("RotationWords", "{target} took it. Both work until {time}.")
                if both
                else translate("RotationWords", "{target} took it."),
                translate("RotationWords", "Telling {target}…"),
                translate("RotationWords", "{target} takes it."),
            )
        case RotationStep.TEST:
            return (
                translate("RotationWords", "Test"),
                translate("RotationWords", "{account} logs in with it."),
                translate("RotationWords", "Logging in as {account} with the new {secret}…"),
                translate("RotationWords", "{account} logs in with the new {secret}."),
            )
        case _:
            return (
                translate("RotationWords", "Finish"),
                translate("RotationWords", "The new {secret} is current."),
                translate("RotationWords", "Making the new {secret} current…"),
                translate("RotationWords", "The new {secret} becomes current."),
            )


def _time(micros: int, now: int) -> str:
    """Return a time of this day, with the day where it is another one."""
    return moments.clock(micros, now)
