"""What is set for a vault."""

from __future__ import annotations

import click
from msgspec import structs

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, fields, table
from vaultapp.contracts.locking import LockSettings, TriggerState
from vaultapp.contracts.plugins import PluginState
from vaultapp.core.trigger_words import NOTES, TRIGGERS


@click.group(cls=VaultGroup)
def settings() -> None:
    """What is set for the vault."""


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


@settings.command("plugins")
@click.option("--allow", metavar="NAME", help="Let this one run beside the keys.")
@click.option("--refuse", metavar="NAME", help="Do not load this one any more.")
@click.pass_obj
def plugins(invocation: Invocation, allow: str | None, refuse: str | None) -> None:
    """Show which connectors of others are installed, and choose which of them may rotate credentials.

    A plug-in is a program of somebody else, and runs in the process that holds the keys.
    """
    if allow is not None and refuse is not None:
        raise click.UsageError("Give either --allow or --refuse.")
    with invocation.unlocked() as session:
        if allow is not None:
            found = session.plugins.allow_plugin(allow, allowed=True)
        elif refuse is not None:
            found = session.plugins.allow_plugin(refuse, allowed=False)
        else:
            found = session.plugins.plugins()
    rows = [(state.name, _source(state), _state(state), state.kind) for state in found]
    lines = table(("NAME", "FROM", "STATE", "ROTATES"), rows) if rows else ["No plug-ins are installed."]
    invocation.out.result({"plugins": [structs.asdict(state) for state in found]}, *lines)


def _source(state: PluginState) -> str:
    return f"{state.distribution} {state.version}".strip()


def _state(state: PluginState) -> str:
    if not state.allowed:
        return "off"
    return f"cannot be used: {state.error}" if state.error else "on"
