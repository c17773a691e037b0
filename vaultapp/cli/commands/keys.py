"""Make keys, look at them, and name them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import KEY, pairs
from vaultapp.cli.output import fields, local_time, table
from vaultapp.cli.records import key_json
from vaultapp.contracts.keys import Key, KeysApi, KeyState, KeyVersion, NewKey
from vaultapp.core.printable import printable

_PAGE = 5000
_LIFE = "vaultapp.cli.commands.key_life"
_LAZY = {
    name: f"{_LIFE}:{name}"
    for name in ("rotate", "rotation", "enable", "disable", "delete", "undelete", "export")
}  # fmt: skip
STATES = {
    KeyState.ENABLED: "enabled",
    KeyState.DISABLED: "disabled",
    KeyState.PENDING_DELETION: "waits for its deletion",
    KeyState.PENDING_IMPORT: "waits for its material",
}


@click.group(cls=VaultGroup, lazy=_LAZY)
def keys() -> None:
    """The vault's keys. KEY is a name, an alias or an id."""


@keys.command("create")
@click.argument("name")
@click.option("--description", default="", metavar="TEXT", help="What it is for.")
@click.option("--tag", "tags", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@click.option("--alias", "aliases", multiple=True, metavar="ALIAS", help="May be repeated.")
@click.option("--rotate-every", type=int, metavar="DAYS", help="Make a new version by itself every so many days.")
@click.option("--kind", default="symmetric", show_default=True, help="Kind of key; there is no other yet.")
@click.pass_obj
def create(
    invocation: Invocation,
    name: str,
    description: str,
    tags: tuple[str, ...],
    aliases: tuple[str, ...],
    rotate_every: int | None,
    kind: str,
) -> None:
    """Make a key with one version.

    Its primary version encrypts; `vaultapp keys rotate` makes a new one, and older versions still decrypt.
    """
    new = NewKey(name, description, pairs("tags", tags), kind, rotate_every)
    with invocation.unlocked() as session:
        key = session.keys.create(new)
        if aliases:
            key = session.keys.alias(str(key.key_id), aliases)
    tell(invocation, key, f"“{printable(key.name)}” is there, with version {key.primary_number}.")


@keys.command("list")
@click.pass_obj
def list_keys(invocation: Invocation) -> None:
    """List all keys, oldest first."""
    with invocation.unlocked() as session:
        found = list(_all(session.keys))
    rows = [
        (
            key.name,
            STATES[key.state],
            str(key.primary_number),
            f"{key.rotation_days} days" if key.rotation_days else "",
            ", ".join(key.aliases),
            str(key.key_id),
        )
        for key in found
    ]
    heads = ("NAME", "STATE", "VERSION", "ROTATES EVERY", "ALIASES", "ID")
    lines = table(heads, rows) if rows else ["There are no keys yet. `vaultapp keys create` makes one."]
    invocation.out.result({"keys": [key_json(key) for key in found]}, *lines)


@keys.command("show")
@click.argument("key", type=KEY)
@click.pass_obj
def show(invocation: Invocation, key: str) -> None:
    """Show a key and its versions.

    And how many files are known to need it.
    """
    with invocation.unlocked() as session:
        found = session.keys.show(key)
    invocation.out.result({"key": key_json(found)}, *_lines(found))


@keys.command("rename")
@click.argument("key", type=KEY)
@click.argument("name")
@click.pass_obj
def rename(invocation: Invocation, key: str, name: str) -> None:
    """Give a key another name.

    What it encrypted goes by the key's id and opens as before.
    """
    with invocation.unlocked() as session:
        found = session.keys.rename(key, name)
    tell(invocation, found, f"The key is called “{printable(found.name)}” now.")


@keys.command("alias")
@click.argument("key", type=KEY)
@click.option("--add", multiple=True, metavar="ALIAS", help="May be repeated.")
@click.option("--remove", multiple=True, metavar="ALIAS", help="May be repeated.")
@click.pass_obj
def alias(invocation: Invocation, key: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Add and remove a key's other names.

    Up to 250 letters, digits, /, _ and -.
    """
    if not (add or remove):
        raise click.UsageError("Name an alias with --add or --remove.")
    with invocation.unlocked() as session:
        found = session.keys.alias(key, add, remove)
    names = ", ".join(found.aliases) or "none"
    tell(invocation, found, f"The aliases of “{printable(found.name)}”: {printable(names)}.")


@keys.command("describe")
@click.argument("key", type=KEY)
@click.argument("description")
@click.pass_obj
def describe(invocation: Invocation, key: str, description: str) -> None:
    """Set a key's description.

    An empty one removes it.
    """
    with invocation.unlocked() as session:
        found = session.keys.describe(key, description)
    tell(invocation, found, f"“{printable(found.name)}” is described.")


@keys.command("tag")
@click.argument("key", type=KEY)
@click.option("--set", "put", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@click.option("--remove", multiple=True, metavar="NAME", help="May be repeated.")
@click.pass_obj
def tag(invocation: Invocation, key: str, put: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Set and remove a key's tags."""
    if not (put or remove):
        raise click.UsageError("Name a tag with --set or --remove.")
    tags = pairs("tags", put)
    with invocation.unlocked() as session:
        found = session.keys.tag(key, tags, remove)
    shown = ", ".join(f"{name}={value}" for name, value in found.tags.items()) or "none"
    tell(invocation, found, f"The tags of “{printable(found.name)}”: {printable(shown)}.")


def tell(invocation: Invocation, key: Key, *lines: str) -> None:
    """Print a key that was made or changed."""
    invocation.out.result({"key": key_json(key)}, *lines)


def _all(api: KeysApi) -> Iterator[Key]:
    """Give all keys, page by page; one that is made meanwhile may be missed, none is given twice."""
    offset = 0
    while True:
        page = api.list(offset, _PAGE)
        yield from page.keys
        offset += len(page.keys)
        if not page.keys or offset >= page.total:
            return


def _lines(key: Key) -> list[str]:
    rotates = f"every {key.rotation_days} days, next {local_time(key.next_rotation)}" if key.rotation_days else ""
    pairs_shown = [
        ("Name", key.name),
        ("Id", str(key.key_id)),
        ("Aliases", ", ".join(key.aliases)),
        ("Description", key.description),
        ("Tags", ", ".join(f"{name}={value}" for name, value in key.tags.items())),
        ("Kind", key.kind),
        ("State", STATES[key.state]),
        ("Deleted", local_time(key.deletes_at)),
        ("Made", f"{local_time(key.created)}, {key.origin}"),
        ("Rotates", rotates),
        ("Last used", local_time(key.last_used)),
        ("Known files", str(key.known_files) if key.known_files >= 0 else ""),
    ]
    heads = ("VERSION", "STATE", "MADE", "WRAPS", "CHECK VALUE", "ID")
    return [*fields(pairs_shown), "", *table(heads, [_version(key, version) for version in reversed(key.versions)])]


def _version(key: Key, version: KeyVersion) -> tuple[str, ...]:
    primary = ", primary" if version.version_id == key.primary else ""
    return (
        str(version.number),
        STATES[version.state] + primary,
        local_time(version.created),
        f"≤ {version.wraps:,}",
        version.check.hex(),
        version.version_id.hex(),
    )
