"""The ways into a vault: passphrase and recovery words."""

from __future__ import annotations

from pathlib import Path

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.confirmation import ask_to_go_on
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import new_passphrase_option, words_file_option
from vaultapp.cli.output import counted, local_time, table
from vaultapp.cli.passphrases import ask_new_passphrase, read_file, wipe
from vaultapp.cli.records import slot_json
from vaultapp.cli.running import finish
from vaultapp.cli.words import ask_words, shown_words
from vaultapp.contracts.vault import SlotRecord
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.work import WorkContext

_KINDS = {"passphrase": "passphrase", "recovery_words": "recovery words"}
_MIB = 1024


@click.group(cls=VaultGroup)
def passphrase() -> None:
    """The vault's passphrase."""


@passphrase.command("change")
@new_passphrase_option
@click.pass_obj
def change(invocation: Invocation, new_passphrase_file: Path | None) -> None:
    """Replace the passphrase. Backups made before are still opened by the old one."""
    with invocation.unlocked() as session:
        old = invocation.passphrase.get("Current passphrase: ")
        new = bytearray()
        work: WorkContext[None] = WorkContext()
        try:
            if new_passphrase_file is not None:
                new = read_file(new_passphrase_file)
            else:
                new = ask_new_passphrase(invocation.terminal, "New passphrase", (invocation.vault.stem,))
            finish(lambda: session.vault.change_passphrase(old, new, work), work)
        finally:
            wipe(old)
            wipe(new)
    invocation.out.result(
        {"changed": True}, "The passphrase is changed. Backups made before are still opened by the old one."
    )


@click.group(cls=VaultGroup)
def slots() -> None:
    """The ways into the vault."""


@slots.command("list")
@click.pass_obj
def list_slots(invocation: Invocation) -> None:
    """List the ways into the vault."""
    with invocation.unlocked() as session:
        found = session.vault.slots()
    rows = [(_KINDS[slot.kind.value], local_time(slot.created), _cost(slot), str(slot.slot_id)) for slot in found]
    value = {"slots": [slot_json(slot) for slot in found]}
    invocation.out.result(value, *table(("WAY", "MADE", "COST OF A GUESS", "ID"), rows))


@click.group(cls=VaultGroup)
def recovery() -> None:
    """The recovery words, for when the passphrase is forgotten."""


@recovery.command("new")
@click.pass_obj
def new_words(invocation: Invocation) -> None:
    """Make new recovery words and print them. Those that there were stop working.

    Where there are some already, you are asked first.
    """
    with invocation.unlocked() as session:
        there = any(slot.kind is SlotKind.RECOVERY_WORDS for slot in session.vault.slots())
        if there and invocation.terminal.present and not invocation.as_json:
            invocation.say("This vault has recovery words. They stop working when there are new ones.")
            ask_to_go_on(invocation.terminal)
        vault_id = session.vault.status().vault_id
        words = session.vault.new_words()
    lines = ["The recovery words of this vault from now on. Write them down:", "", *shown_words(words), ""]
    lines += [f"They are of the vault {vault_id}.", "Words printed before open only backups made before."]
    invocation.out.result({"recovery_words": words, "vault_id": str(vault_id)}, *lines)


@recovery.command("drill")
@words_file_option
@click.pass_obj
def drill(invocation: Invocation, words_file: Path | None) -> None:
    """Prove on a copy of the vault that the recovery words open it."""
    with invocation.unlocked() as session:
        words = ask_words(invocation.terminal, words_file, session.recovery)
        work: WorkContext[None] = WorkContext()
        try:
            outcome = finish(lambda: session.vault.drill(words, work), work)
        finally:
            wipe(words)
    rows = counted(outcome.rows, "record", "records")
    text = f"The words open this vault: {counted(outcome.keys, 'key', 'keys')} and {rows} were read with them."
    invocation.out.result({"slot": str(outcome.slot_id), "keys": outcome.keys, "rows": outcome.rows}, text)


def _cost(slot: SlotRecord) -> str:
    cost = slot.cost
    if cost is None:
        return ""
    return f"{cost.memory_kib // _MIB} MiB, {counted(cost.passes, 'pass', 'passes')}"
