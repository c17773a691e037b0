"""A key's life: versions, use, deletion, and its material on paper."""

from __future__ import annotations

from base64 import b64encode

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.commands.keys import tell
from vaultapp.cli.confirmation import ask_to_go_on
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import KEY
from vaultapp.cli.output import counted, fields, local_time
from vaultapp.cli.passphrases import wipe
from vaultapp.contracts.keys import Key
from vaultapp.core.printable import printable

_VERSION_HELP = "Number or id of one version."


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.pass_obj
def rotate(invocation: Invocation, key: str) -> None:
    """Make a new version, which encrypts from now on.

    What older versions encrypted is still readable.
    """
    with invocation.unlocked() as session:
        found = session.keys.rotate(key)
    name = printable(found.name)
    text = f"“{name}” encrypts with version {found.primary_number} now. Older versions still decrypt."
    tell(invocation, found, text)


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.option("--every", type=int, metavar="DAYS", help="Make a new version every so many days.")
@click.option("--off", is_flag=True, help="Rotate only when asked.")
@click.pass_obj
def rotation(invocation: Invocation, key: str, every: int | None, off: bool) -> None:
    """Let a key rotate by itself, or stop that."""
    if off == (every is not None):
        raise click.UsageError("Give either --every DAYS or --off.")
    with invocation.unlocked() as session:
        found = session.keys.schedule_rotation(key, every)
    name = printable(found.name)
    if found.rotation_days:
        text = f"“{name}” rotates every {counted(found.rotation_days, 'day', 'days')}, next "
        text += f"{local_time(found.next_rotation)}."
    else:
        text = f"“{name}” rotates only when asked."
    tell(invocation, found, text)


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.option("--version", metavar="VERSION", help=_VERSION_HELP)
@click.pass_obj
def enable(invocation: Invocation, key: str, version: str | None) -> None:
    """Allow the use of a key, or of one version, again."""
    with invocation.unlocked() as session:
        found = session.keys.enable(key, version)
    tell(invocation, found, f"{_what(found, version)} is enabled.")


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.option("--version", metavar="VERSION", help=_VERSION_HELP)
@click.pass_obj
def disable(invocation: Invocation, key: str, version: str | None) -> None:
    """Refuse the use of a key, or of one version.

    Until it is enabled again. The primary version cannot be disabled by itself.
    """
    with invocation.unlocked() as session:
        found = session.keys.disable(key, version)
    tell(invocation, found, f"{_what(found, version)} is disabled.")


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.option("--in", "days", type=int, required=True, metavar="DAYS", help="7 to 30; until then it can be undone.")
@click.pass_obj
def delete(invocation: Invocation, key: str, days: int) -> None:
    """Delete a key for good, some days from now.

    Its use is refused at once. Backups keep it for up to four weeks longer.
    """
    with invocation.unlocked() as session:
        before = session.keys.show(key)
        found = session.keys.delete(str(before.key_id), days)
    name, when = printable(found.name), local_time(found.deletes_at)
    lines = [f"“{name}” is refused from now on and deleted for good on {when}."]
    if before.known_files > 0:
        files = counted(before.known_files, "known file needs", "known files need")
        lines.append(f"{files} it and cannot be opened after that.")
    lines.append("Until then `vaultapp keys undelete` takes it back. Backups keep it for up to four weeks longer.")
    tell(invocation, found, *lines)


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.pass_obj
def undelete(invocation: Invocation, key: str) -> None:
    """Take a key's deletion back.

    It is disabled until it is enabled.
    """
    with invocation.unlocked() as session:
        found = session.keys.undelete(key)
    text = f"“{printable(found.name)}” stays. It is disabled; `vaultapp keys enable` allows its use again."
    tell(invocation, found, text)


@click.command(cls=VaultCommand)
@click.argument("key", type=KEY)
@click.option("--version", metavar="VERSION", help=f"{_VERSION_HELP} Default: the primary.")
@click.option("--confirm", metavar="NAME", help="The key's name once more, in place of being asked.")
@click.pass_obj
def export(invocation: Invocation, key: str, version: str | None, confirm: str | None) -> None:
    """Print a key's material.

    With the names that the AWS Encryption SDK's raw keyring takes. Whoever has it opens everything that this
    version encrypted, for ever, and no passphrase guards it.
    """
    with invocation.unlocked() as session:
        found = session.keys.show(key)
        _confirmed(invocation, found, version, confirm)
        exported = session.keys.export(str(found.key_id), version)
    encoded = b64encode(exported.material).decode("ascii")
    wipe(exported.material)
    value = {
        "material": encoded,
        "key_namespace": exported.key_namespace,
        "key_name": exported.key_name,
        "key": str(found.key_id),
    }
    pairs = [("Key namespace", exported.key_namespace), ("Key name", exported.key_name), ("Material", encoded)]
    invocation.out.result(value, *fields(pairs))


def _confirmed(invocation: Invocation, key: Key, version: str | None, confirm: str | None) -> None:
    """Ask twice: whether it is meant, and which key; a program answers both by naming the key.

    Raises:
        click.UsageError: It was not confirmed, or there is nobody to ask.
        OperationCancelled: It is not meant.
    """
    if confirm is not None:
        if confirm != key.name:
            raise click.UsageError("--confirm does not name this key. Nothing was exported.")
        return
    terminal = invocation.terminal
    if not terminal.present:
        raise click.UsageError("There is no terminal to ask; confirm with --confirm and the key's name.")
    name = printable(key.name)
    terminal.say(f"The material of “{name}”, {f'version {version}' if version else 'its primary version'}, is printed.")
    terminal.say("Whoever has it opens everything that this version encrypted, for ever.")
    ask_to_go_on(terminal, "export")
    if terminal.ask("Type the key's name to confirm: ").strip() != key.name:
        raise click.UsageError("That is not this key's name. Nothing was exported.")


def _what(key: Key, version: str | None) -> str:
    name = f"“{printable(key.name)}”"
    return f"Version {printable(version)} of {name}" if version else name
