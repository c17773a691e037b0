"""Look at the vault's credentials."""

from __future__ import annotations

from collections.abc import Iterator

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.credential_records import credential_json, kind_json
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import CREDENTIAL
from vaultapp.cli.output import fields, local_time, table
from vaultapp.cli.rotation_words import OUTCOMES
from vaultapp.contracts.credential_kinds import Field
from vaultapp.contracts.credentials import SCHEME, Credential, CredentialsApi, CredentialVersion
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan
from vaultapp.core.passphrase_strength import GRADES, Grade
from vaultapp.core.printable import printable

_PAGE = 5000
_COMMANDS = "vaultapp.cli.commands"
_LAZY = {
    **{name: f"{_COMMANDS}.credential_writing:{name}" for name in ("add", "edit", "generate")},
    **{
        name: f"{_COMMANDS}.credential_life:{name}"
        for name in ("remove", "restore", "history", "promote", "enable", "disable", "code")
    },
    **{name: f"{_COMMANDS}.credential_files:{name}" for name in ("attach", "detach", "attachment")},
    "import": f"{_COMMANDS}.credential_transfer:import_file",
    "export": f"{_COMMANDS}.credential_transfer:export_file",
}
"""By command: where it is."""


@click.group(cls=VaultGroup, lazy=_LAZY)
def credentials() -> None:
    """Secrets that programs fetch by an identifier.

    CREDENTIAL is a name, an identifier or an id. Values are shown by `vaultapp read` only.
    """


@credentials.command("list")
@click.argument("filter", required=False, default="", metavar="[FILTER]")
@click.option("--kind", metavar="KIND", help="Only of this kind.")
@click.option("--bin", "binned", is_flag=True, help="What lies in the bin, in place of what does not.")
@click.pass_obj
def list_credentials(invocation: Invocation, filter: str, kind: str | None, binned: bool) -> None:  # noqa: A002 - its name in the help
    """List credentials, oldest first.

    FILTER is a part of the name, identifier, account, target or a tag.
    """
    with invocation.unlocked() as session:
        found = [
            one
            for one in every_credential(session.credentials)
            if (one.deletes_at is not None) is binned and kind in (None, one.kind) and _matches(one, filter)
        ]
    heads = ("NAME", "IDENTIFIER", "KIND", "ACCOUNT", "TARGET", "CHANGED", "ROTATES", "STATE")
    lines = table(heads, map(_row, found)) if found else [_nothing(binned=binned, chosen=bool(filter or kind))]
    invocation.out.result({"credentials": [credential_json(one) for one in found]}, *lines)


@credentials.command("show")
@click.argument("credential", type=CREDENTIAL)
@click.pass_obj
def show(invocation: Invocation, credential: str) -> None:
    """Show a credential and its versions, without values."""
    with invocation.unlocked() as session:
        found = session.credentials.show(credential)
    invocation.out.result({"credential": credential_json(found)}, *_lines(found))


@credentials.command("kinds")
@click.pass_obj
def kinds(invocation: Invocation) -> None:
    """List the kinds of credentials, their fields and settings.

    What must be given has a *, what is secret a ~; behind = stands all that a setting can be, its default first.
    """
    with invocation.unlocked() as session:
        found = session.credentials.kinds()
    rows = [(kind.name, " ".join(map(_marked, kind.fields)), " ".join(map(_marked, kind.settings))) for kind in found]
    invocation.out.result({"kinds": [kind_json(kind) for kind in found]}, *table(("KIND", "FIELDS", "SETTINGS"), rows))


def tell(invocation: Invocation, found: Credential, *lines: str) -> None:
    """Print a credential that was made or changed."""
    invocation.out.result({"credential": credential_json(found)}, *lines)


def version_lines(found: Credential) -> list[str]:
    """Return a credential's versions as a table, newest first."""
    heads = ("VERSION", "LABELS", "MADE", "FROM", "STARTS", "EXPIRES", "ID")
    return table(heads, [_version(version) for version in reversed(found.versions)])


def every_credential(api: CredentialsApi) -> Iterator[Credential]:
    """Give all credentials, page by page; one that is made meanwhile may be missed, none is given twice."""
    offset = 0
    while True:
        page = api.list(offset, _PAGE)
        yield from page.credentials
        offset += len(page.credentials)
        if not page.credentials or offset >= page.total:
            return


def _matches(found: Credential, needle: str) -> bool:
    tags = (f"{name}={value}" for name, value in found.tags.items())
    texts = (found.name, found.identifier, f"{SCHEME}{found.identifier}", found.account, found.target, *tags)
    return any(needle.casefold() in text.casefold() for text in texts)


def _nothing(*, binned: bool, chosen: bool) -> str:
    if chosen:
        return "There are none like that."
    return "The bin is empty." if binned else "There are no credentials yet. `vaultapp credentials add` adds one."


def _row(found: Credential) -> tuple[str, ...]:
    return (
        found.name,
        found.identifier,
        found.kind,
        found.account,
        found.target,
        local_time(found.changed),
        _plan(found.plan),
        _state(found),
    )


def _state(found: Credential) -> str:
    if found.deletes_at is not None:
        return f"in the bin until {local_time(found.deletes_at)}"
    rotation = found.rotation
    if rotation is not None and rotation.outcome not in (RotationOutcome.SUCCEEDED, RotationOutcome.CANCELLED):
        return f"rotation {OUTCOMES[rotation.outcome]}"
    return f"expires {local_time(found.expires)}" if found.expires is not None else ""


def _plan(plan: RotationPlan) -> str:
    return f"{plan.days} days" if plan.days else plan.cron


def _marked(field: Field) -> str:
    choices = sorted(field.choices, key=lambda choice: choice != field.default)
    values = f"={'|'.join(choices)}" if choices else ""
    return f"{field.name}{'*' if field.required else ''}{'~' if field.secret else ''}{values}"


def _lines(found: Credential) -> list[str]:
    reused = f"{found.reused} others have the same" if found.reused > 1 else "another one has the same"
    grade = "" if found.strength is None else GRADES[Grade(found.strength)].lower()
    secret = ", ".join(filter(None, (grade, reused if found.reused > 0 else "")))
    shown = [
        ("Name", found.name),
        ("Identifier", found.identifier),
        ("Reference", f"{SCHEME}{found.identifier}"),
        ("Id", str(found.credential_id)),
        ("Kind", found.kind),
        ("Account", found.account),
        ("Target", found.target),
        ("Description", found.description),
        ("Tags", _pairs(found.tags)),
        ("Settings", _pairs(found.settings)),
        ("Made", local_time(found.created)),
        ("Changed", local_time(found.changed)),
        ("Secret", secret),
        ("Rotates", " ".join(filter(None, (_plan(found.plan), _next(found.plan))))),
        ("Remind", local_time(found.remind_at)),
        ("State", _state(found)),
        ("Attachments", ", ".join(f"{one.name} ({one.size:,} bytes)" for one in found.attachments)),
    ]
    return [*fields(shown), "", *version_lines(found)]


def _pairs(values: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())


def _next(plan: RotationPlan) -> str:
    return f"(next {local_time(plan.next_due)})" if plan.next_due is not None else ""


def _version(version: CredentialVersion) -> tuple[str, ...]:
    labels = [label.value for label in version.labels]
    if not version.enabled:
        labels.append("disabled")
    if version.discarded_until is not None:
        labels.append(f"discarded, kept until {local_time(version.discarded_until)}")
    return (
        str(version.number),
        printable(", ".join(labels)),
        local_time(version.created),
        version.origin,
        local_time(version.starts) if version.starts != version.created else "",
        local_time(version.expires),
        version.version_id,
    )
