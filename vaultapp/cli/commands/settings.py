"""What is set for a vault."""

from __future__ import annotations

import click
from msgspec import structs

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, fields
from vaultapp.contracts.locking import LockSettings, TriggerState
from vaultapp.core.trigger_words import NOTES, TRIGGERS


@click.group(cls=VaultGroup)
def settings() -> None:
    """What is set for the vault. The window changes it."""


@settings.command("lock")
@click.pass_obj
def lock(invocation: Invocation) -> None:
    """Show when the vault locks by itself, and what of it this desktop does not tell."""
    with invocation.unlocked() as session:
        kept, states = session.lock.settings(), session.lock.triggers()
    value = structs.asdict(kept) | {
        "triggers": [
            {"trigger": state.trigger.value, "available": state.available, "note": state.note or None}
            for state in states
        ]
    }
    pairs = [(TRIGGERS[state.trigger.value], _answer(kept, state)) for state in states]
    invocation.out.result(value, *fields(pairs), "It is changed in the window, under Settings.")


def _answer(kept: LockSettings, state: TriggerState) -> str:
    answer = "yes" if kept.counts(state.trigger) else "no"
    if state.trigger == "idle":
        answer = counted(kept.idle_minutes, "minute", "minutes") if kept.idle_minutes else "never"
    note = NOTES.get((state.trigger.value, state.note), "")
    return f"{answer}. {note}" if note else answer
