"""What is set for a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, fields, table
from vaultapp.cli.passphrases import wipe
from vaultapp.cli.whole_number import WholeNumber
from vaultapp.contracts.locking import IDLE_LIMIT, LockSettings, TriggerState
from vaultapp.contracts.plugins import PluginState
from vaultapp.core.trigger_words import NOTES, TRIGGERS

if TYPE_CHECKING:
    from vaultapp.cli.session import Session

_ON_OFF = click.Choice(("on", "off"))


@click.group(cls=VaultGroup)
def settings() -> None:
    """What is set for the vault."""


@settings.command("lock")
@click.option(
    "--idle-minutes", type=WholeNumber(0, IDLE_LIMIT), metavar="N", help="After so long without you; 0 never."
)
@click.option("--on-sleep", type=_ON_OFF, help="Before the computer sleeps.")
@click.option("--on-session-lock", type=_ON_OFF, help="When the screen is locked.")
@click.option("--on-screen-saver", type=_ON_OFF, help="When a screen saver comes on.")
@click.option("--on-user-switch", type=_ON_OFF, help="When someone else logs in.")
@click.option(
    "--programs-go-on",
    type=_ON_OFF,
    help="Lock the window only: terminals that were let in and due rotations go on until sleep or quit.",
)
@click.pass_obj
def lock(invocation: Invocation, /, idle_minutes: int | None, **wished: str | None) -> None:
    """Show or change when the vault locks by itself, and show what of it this desktop does not tell.

    A change takes the passphrase, also in a terminal that was let in.
    """
    changed: dict[str, int | bool] = {name: value == "on" for name, value in wished.items() if value is not None}
    if idle_minutes is not None:
        changed["idle_minutes"] = idle_minutes
    with invocation.unlocked() as session:
        kept = session.lock.settings()
        if changed:
            kept = _change(invocation, session, structs.replace(kept, **changed))
        states = session.lock.triggers()
    value = structs.asdict(kept) | {
        "triggers": [
            {"trigger": state.trigger.value, "available": state.available, "note": state.note or None}
            for state in states
        ]
    }
    pairs = [(TRIGGERS[state.trigger.value], _answer(kept, state)) for state in states]
    pairs.append(("While the window is locked", "programs go on" if kept.programs_go_on else "everything is locked"))
    hint = () if changed else ("It is changed by the options of this command, or in the window under Settings.",)
    invocation.out.result(value, *fields(pairs), *hint)


def _change(invocation: Invocation, session: Session, settings: LockSettings) -> LockSettings:
    """Keep settings, for who gives the passphrase: an open terminal alone is not enough."""
    passphrase = invocation.passphrase.get()
    try:
        return session.lock.change_with(settings, passphrase)
    finally:
        wipe(passphrase)


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
