"""Make, unlock, lock a vault, and tell its state."""

from __future__ import annotations

import os
from pathlib import Path

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import new_passphrase_option, words_file_option
from vaultapp.cli.output import fields, local_time
from vaultapp.cli.passphrases import ask_new_passphrase, read_file, wipe
from vaultapp.cli.records import status_json
from vaultapp.cli.running import finish
from vaultapp.cli.state_words import STATES, state_text
from vaultapp.cli.whole_number import WholeNumber
from vaultapp.cli.words import ask_words, shown_words
from vaultapp.contracts.vault import KdfCost, NewVault, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, VaultExists
from vaultapp.core.printable import printable, printable_path
from vaultapp.core.work import WorkContext

_MIB = 1024
_DEFAULT_MEMORY_MIB = 256
_DEFAULT_PASSES = 3
_MOST_LANES = 4


@click.command(cls=VaultCommand)
@click.option("--kdf-memory", type=WholeNumber(1), metavar="MiB", help="Memory of a guess (Argon2id); 64 or more.")
@click.option("--kdf-passes", type=WholeNumber(1), metavar="N", help="How often a guess goes over that memory.")
@click.option("--first-key", metavar="NAME", default="", help="Make a key of this name too.")
@click.option(
    "--recovery-words/--no-recovery-words",
    "words_wanted",
    default=None,
    help="Make recovery words and print them; by default where there is a terminal and no --json.",
)
@click.pass_obj
def init(
    invocation: Invocation, kdf_memory: int | None, kdf_passes: int | None, first_key: str, words_wanted: bool | None
) -> None:
    """Make a vault: one file that holds the keys.

    Without --kdf-memory and --kdf-passes the cost of a guess is measured here, towards one second.
    """
    terminal, path = invocation.terminal, os.fsencode(invocation.vault)
    if words_wanted is None:
        words_wanted = terminal.present and not invocation.as_json and not invocation.passphrase.given
    with invocation.locked(new=True) as session:
        if session.vault.status().state is not VaultState.MISSING:
            raise VaultExists(path=path.decode("utf-8", "replace"))
        given = invocation.passphrase.given
        passphrase = (
            invocation.passphrase.get()
            if given
            else ask_new_passphrase(terminal, "New passphrase", (invocation.vault.stem,), "passphrase")
        )
        words = session.vault.suggest_words() if words_wanted else ""
        work: WorkContext[None] = WorkContext()
        new = NewVault(
            passphrase=passphrase,
            recovery_words=bytearray(words, "ascii") if words else None,
            cost=_cost(kdf_memory, kdf_passes),
            first_key=first_key,
        )
        try:
            made = finish(lambda: session.vault.create(new, work), work)
        finally:
            wipe(passphrase)
            if new.recovery_words is not None:
                wipe(new.recovery_words)
    value = status_json(made) | {"recovery_words": words or None}
    lines = [f"There is a vault now at “{printable_path(path)}”."]
    if words:
        lines += ["", "Its recovery words, for when the passphrase is forgotten. Write them down:", ""]
        lines += [*shown_words(words), "", f"They are of the vault {made.vault_id}."]
        lines += ["`vaultapp recovery drill` proves that they were written down right."]
    else:
        lines += ["`vaultapp recovery new` makes recovery words, for when the passphrase is forgotten."]
    invocation.out.result(value, *lines)


@click.command(cls=VaultCommand)
@click.option("--accept-older", is_flag=True, help="Go on with a file that is older than the one used here last.")
@click.option("--recovery", is_flag=True, help="Unlock by the recovery words, and set a new passphrase.")
@words_file_option
@new_passphrase_option
@click.pass_obj
def unlock(
    invocation: Invocation,
    accept_older: bool,
    recovery: bool,
    words_file: Path | None,
    new_passphrase_file: Path | None,
) -> None:
    """Unlock the vault for this terminal.

    It stays so until it is locked. Other terminals give the passphrase once; programs without a terminal give it
    with each command.
    """
    with invocation.persistent() as session:
        if recovery or words_file is not None:
            words = ask_words(invocation.terminal, words_file, session.recovery)
            new = bytearray()
            work: WorkContext[None] = WorkContext()
            try:
                new = (
                    read_file(new_passphrase_file)
                    if new_passphrase_file
                    else ask_new_passphrase(invocation.terminal, "New passphrase", (invocation.vault.stem,))
                )
                found = finish(
                    lambda: session.vault.unlock_with_words(words, new, work, accept_older=accept_older), work
                )
            finally:
                wipe(words)
                wipe(new)
        else:
            found = invocation.unlocking.keep(session.vault, accept_older=accept_older)
    invocation.out.result(status_json(found), *_unlocked_lines(found))


def _unlocked_lines(status: VaultStatus) -> list[str]:
    lines = [f"“{printable(status.name)}” is unlocked."]
    if status.window_locked is not None:
        lines.append("Its window is locked, and opens by the passphrase only.")
    elif not status.persistent:
        lines.append("It is open in the window, and locked when that ends.")
    return lines


@click.command(cls=VaultCommand)
@click.option("--quit", "quit_agent", is_flag=True, help="End the agent too.")
@click.pass_obj
def lock(invocation: Invocation, quit_agent: bool) -> None:
    """Lock the vault.

    The agent, which is the process that holds the keys, is replaced by a fresh one; all work on the vault stops, also
    what goes on while the window is locked.
    """
    session = invocation.running()
    ran = session is not None
    while session is not None:
        try:
            with session:
                session.vault.lock(quit_agent=quit_agent)
            break
        except AgentGone:
            # It was locking or ending already. Only who comes after it can say that it has.
            session = invocation.running()
    text = "The vault is locked." if ran else "The vault was locked already: no agent runs."
    invocation.out.result({"state": "locked", "agent": ran and not quit_agent}, text)


@click.command(cls=VaultCommand)
@click.pass_obj
def status(invocation: Invocation) -> None:
    """Tell the vault's state.

    Nothing is started and nothing asked.
    """
    session = invocation.running()
    if session is None:
        there = os.path.lexists(invocation.vault)
        state = VaultState.LOCKED if there else VaultState.MISSING
        path = os.fsencode(invocation.vault)
        value = {"state": state.value, "path": os.fsdecode(path), "name": invocation.vault.stem, "agent": False}
        invocation.out.result(value, *fields([("Vault", os.fsdecode(path)), ("State", STATES[state])]))
        return
    with session:
        found = session.vault.status()
    stay = "ends with the window" if found.window else "ends with its last client"
    stay = "stays until `vaultapp lock --quit`" if found.persistent else stay
    unreadable = found.state is VaultState.LOCKED and found.vault_id is None
    pairs = [
        ("Vault", os.fsdecode(found.path)),
        ("State", _UNREADABLE if unreadable else state_text(found)),
        ("Window locked", local_time(found.window_locked)),
        ("This terminal", "may use it" if found.admitted else "gives the passphrase first"),
        ("Ways in", ", ".join(_WAYS[kind.value] for kind in found.slot_kinds)),
        ("Check", _CHECKS.get(found.checked, "")),
        ("Agent", f"process {found.pid}, version {found.version}, {stay}"),
        ("Files that wait", str(found.waiting) if found.waiting else ""),
        ("Work under way", str(found.running) if found.running else ""),
    ]
    invocation.out.result(status_json(found), *fields(pairs))


_UNREADABLE = "cannot be read as a vault; `vaultapp backups list` shows the copies that there are"
_WAYS = {"passphrase": "passphrase", "recovery_words": "recovery words"}
_CHECKS = {
    "pending": "not yet begun",
    "running": "running",
    "sound": "every row is as it was written",
    "failed": "the vault was changed from outside; `vaultapp verify` tells what",
}


def _cost(memory_mib: int | None, passes: int | None) -> KdfCost | None:
    """Return the cost that was asked for; None to measure it."""
    if memory_mib is None and passes is None:
        return None
    lanes = min(_MOST_LANES, len(os.sched_getaffinity(0)))
    return KdfCost((memory_mib or _DEFAULT_MEMORY_MIB) * _MIB, passes or _DEFAULT_PASSES, lanes)
