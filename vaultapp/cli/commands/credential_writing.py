"""Add credentials, change them, and make passwords."""

from __future__ import annotations

from typing import Any

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.commands.credentials import tell
from vaultapp.cli.field_values import FieldValues, missing
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.moment import MOMENT
from vaultapp.cli.options import CREDENTIAL, pairs
from vaultapp.cli.passphrases import wipe
from vaultapp.cli.password_options import password_options, rules_of
from vaultapp.cli.session import Session
from vaultapp.cli.whole_number import WholeNumber
from vaultapp.contracts.credential_kinds import KINDS, CredentialKind, PasswordRules
from vaultapp.contracts.credentials import (
    SCHEME,
    Credential,
    CredentialChange,
    CredentialsApi,
    NewCredential,
    SecretFields,
)
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.credential_errors import VersionNotActive
from vaultapp.core.errors import InvalidValue
from vaultapp.core.printable import printable

_FIELD_HELP = "A field that is not secret; may be repeated."
_FILE_HELP = "Read a field from a file, - for standard input, /dev/fd/N for a descriptor; may be repeated."
_GENERATE_HELP = "Make the secret here."


class _KindName(click.types.StringParamType):
    """A kind's name; completed from those that are built in."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002 - click's signature
        """Return the kinds that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in KINDS if name.startswith(incomplete)]


_KIND = _KindName()


@click.command(cls=VaultCommand)
@click.argument("name")
@click.option("--kind", type=_KIND, required=True, help="`vaultapp credentials kinds` lists them.")
@click.option("--identifier", metavar="ID", help="What programs hold; default the name.")
@click.option("--field", "given", multiple=True, metavar="NAME=VALUE", help=_FIELD_HELP)
@click.option("--field-file", "files", multiple=True, metavar="NAME=PATH", help=_FILE_HELP)
@click.option("--generate", is_flag=True, help=f"{_GENERATE_HELP} A rotation makes it by the kind's own rules.")
@password_options
@click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="Of the connection; may be repeated.")
@click.option("--description", default="", metavar="TEXT", help="What it is for.")
@click.option("--tag", "tags", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@click.option("--rotate-every", type=WholeNumber(1, 3650), metavar="DAYS", help="Rotate by itself.")
@click.option("--starts", type=MOMENT, metavar="TIME", help="Not given to programs before.")
@click.option("--expires", type=MOMENT, metavar="TIME", help="Not given to programs from then on.")
@click.option("--remind", type=MOMENT, metavar="TIME", help="When you want to be reminded of it.")
@click.pass_obj
def add(
    invocation: Invocation,
    /,
    name: str,
    kind: str,
    identifier: str | None,
    given: tuple[str, ...],
    files: tuple[str, ...],
    generate: bool,
    settings: tuple[str, ...],
    description: str,
    tags: tuple[str, ...],
    rotate_every: int | None,
    starts: int | None,
    expires: int | None,
    remind: int | None,
    **rules: Any,
) -> None:
    """Add a credential.

    Secret fields are asked for, or come from files or descriptors, never from arguments, which every program of the
    machine can see.
    """
    values = FieldValues(invocation.terminal, given, files)
    with invocation.unlocked() as session:
        found = _kind_of(session, kind)
        fields = _complete(values, found, values.read(found), name, generate=generate)
        made = session.credentials.create(
            NewCredential(
                name=name,
                identifier=name if identifier is None else identifier.removeprefix(SCHEME),
                kind=kind,
                value=SecretFields(fields),
                description=description,
                tags=pairs("tags", tags),
                settings=pairs("settings", settings),
                plan=RotationPlan(days=rotate_every or 0),
                generate=generate,
                rules=_rules(found, rules, generate=generate),
                starts=starts,
                expires=expires,
                remind_at=remind,
            )
        )
    tell(invocation, made, f"“{printable(made.name)}” is there. Programs hold {SCHEME}{printable(made.identifier)}.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.option("--name", metavar="NAME", help="Call it otherwise; programs do not care.")
@click.option("--identifier", metavar="ID", help="Programs that hold the old one find nothing any more.")
@click.option("--description", metavar="TEXT", help="What it is for.")
@click.option("--tag", "tags", multiple=True, metavar="NAME=VALUE", help="Set a tag; may be repeated.")
@click.option("--untag", "untagged", multiple=True, metavar="NAME", help="Remove a tag; may be repeated.")
@click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="Of the connection; empty resets it.")
@click.option("--remind", type=MOMENT, metavar="TIME", help="When you want to be reminded of it.")
@click.option("--no-remind", is_flag=True, help="Take the reminder away.")
@click.option("--field", "given", multiple=True, metavar="NAME=VALUE", help=_FIELD_HELP)
@click.option("--field-file", "files", multiple=True, metavar="NAME=PATH", help=_FILE_HELP)
@click.option("--ask", "asked", multiple=True, metavar="NAME", help="Ask for a secret field; may be repeated.")
@click.option("--unset", multiple=True, metavar="NAME", help="Leave a field out; may be repeated.")
@click.option("--generate", is_flag=True, help=f"{_GENERATE_HELP} The target is not told: `vaultapp rotate` does that.")
@password_options
@click.option("--starts", type=MOMENT, metavar="TIME", help="The new value is not given to programs before.")
@click.option("--expires", type=MOMENT, metavar="TIME", help="Nor from then on.")
@click.pass_obj
def edit(
    invocation: Invocation,
    /,
    credential: str,
    name: str | None,
    identifier: str | None,
    description: str | None,
    tags: tuple[str, ...],
    untagged: tuple[str, ...],
    settings: tuple[str, ...],
    remind: int | None,
    no_remind: bool,
    given: tuple[str, ...],
    files: tuple[str, ...],
    asked: tuple[str, ...],
    unset: tuple[str, ...],
    generate: bool,
    starts: int | None,
    expires: int | None,
    **rules: Any,
) -> None:
    """Change a credential.

    Fields make a new version, which is current from then on; the target is not told. Fields that are not named stay.
    """
    if no_remind and remind is not None:
        raise click.UsageError("Give either --remind or --no-remind.")
    values = FieldValues(invocation.terminal, given, files)
    writes = bool(values or asked or unset or generate or starts is not None or expires is not None)
    said = (name, identifier, description, remind, *tags, *untagged, *settings)
    describes = no_remind or any(one is not None for one in said)
    if not (writes or describes):
        raise click.UsageError("Say what is to change.")
    with invocation.unlocked() as session:
        found = session.credentials.show(credential)
        wanted = str(found.credential_id)
        if writes:
            kind = _kind_of(session, found.kind)
            fields = values.read(kind) | {one: values.asked(kind, one, found.name) for one in asked}
            # Of a value that has expired nothing can be taken over, so that all of it is to be given.
            fields = {
                one: text for one, text in (_present(session.credentials, wanted) | fields).items() if one not in unset
            }
            fields = _complete(values, kind, fields, found.name, generate=generate)
            chosen = _rules(kind, rules, generate=generate)
            found = session.credentials.put(
                wanted, SecretFields(fields), generate=generate, rules=chosen, starts=starts, expires=expires
            )
        if describes:
            change = CredentialChange(
                name=name,
                identifier=None if identifier is None else identifier.removeprefix(SCHEME),
                description=description,
                tags=_changed(found.tags, pairs("tags", tags), untagged) if tags or untagged else None,
                settings=_changed(found.settings, pairs("settings", settings)) if settings else None,
                remind_at=0 if no_remind else remind,
            )
            found = session.credentials.edit(wanted, change)
    tell(invocation, found, _edited(found, writes=writes))


@click.command(cls=VaultCommand)
@click.option("--kind", type=_KIND, help="By the rules of a kind.")
@password_options
@click.pass_obj
def generate(invocation: Invocation, /, kind: str | None, **rules: Any) -> None:
    """Make a password and print it; nothing is kept."""
    with invocation.unlocked() as session:
        base = (None if kind is None else _kind_of(session, kind).rules) or PasswordRules()
        made = session.credentials.generate(rules_of(base, **rules) or base)
    password = made.decode("ascii")
    wipe(made)
    invocation.out.result({"password": password}, password)


def _kind_of(session: Session, name: str) -> CredentialKind:
    for kind in session.credentials.kinds():
        if kind.name == name:
            return kind
    raise InvalidValue(field="kind", reason="unknown_credential")


def _rules(kind: CredentialKind, given: dict[str, Any], *, generate: bool) -> PasswordRules | None:
    chosen = rules_of(kind.rules, **given)
    if chosen is not None and not generate:
        raise click.UsageError("How a password is made is told together with --generate.")
    return chosen


def _complete(
    values: FieldValues, kind: CredentialKind, fields: dict[str, str], name: str, *, generate: bool
) -> dict[str, str]:
    """Return a value with the secrets that were asked for because they are required and were not given."""
    if generate:
        fields = {one: text for one, text in fields.items() if one != kind.secret}
    lacking, secret = missing(kind, fields)
    if lacking:
        text = f"A {printable(kind.name)} credential needs {', '.join(lacking)}; give each with --field NAME=VALUE."
        raise click.UsageError(text)
    for one in secret:
        if not (generate and one == kind.secret):
            fields[one] = values.asked(kind, one, name)
    return fields


def _present(api: CredentialsApi, credential: str) -> dict[str, str]:
    try:
        return api.read(credential).fields
    except VersionNotActive:
        return {}


def _changed(before: dict[str, str], put: dict[str, str], removed: tuple[str, ...] = ()) -> dict[str, str]:
    return {name: text for name, text in (before | put).items() if name not in removed}


def _edited(found: Credential, *, writes: bool) -> str:
    name = printable(found.name)
    return f"“{name}” has version {found.versions[-1].number} now." if writes else f"“{name}” is changed."
