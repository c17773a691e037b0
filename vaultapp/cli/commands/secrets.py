"""Secrets by reference: shown, given to a program, put into a template."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vaultapp.cli import failures
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.env_files import parse_env_file
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.masking import Masker
from vaultapp.cli.new_file import write_new
from vaultapp.cli.options import REFERENCE
from vaultapp.cli.program import NOT_FOUND, NOT_STARTED, run_program
from vaultapp.cli.references import Template, parse_reference, template_of, value_template
from vaultapp.cli.secret_values import fetch, field_of
from vaultapp.cli.sources import STANDARD
from vaultapp.contracts.credentials import SCHEME
from vaultapp.core.errors import InvalidValue, NotAFile, NotFound, SourceMissing, TargetExists
from vaultapp.core.printable import printable, valid_text
from vaultapp.core.refusals import refusal
from vaultapp.core.replaced_file import replaced_file, write_all

_FILE = click.Path(path_type=Path)
_RUN = "run"
_LIMIT = 16 * 1024 * 1024


@click.command(cls=VaultCommand)
@click.argument("reference", type=REFERENCE, metavar="vault://NAME[#FIELD]")
@click.option("--version", default="current", show_default=True, metavar="V", help="A label, a number, or an id.")
@click.option("--no-newline", is_flag=True, help="Write no end of line behind the value, not even on a terminal.")
@click.pass_obj
def read(invocation: Invocation, reference: str, version: str, no_newline: bool) -> None:
    """Write a secret to standard output.

    Without #FIELD it is the kind's own secret: the password of a database or login, the key of an AWS access key.
    --json writes an object of all fields, or of the one named.
    """
    wanted = parse_reference(reference if reference.startswith(SCHEME) else f"{SCHEME}{reference}")
    with invocation.unlocked() as session:
        value = session.credentials.read(wanted.name, version)
    if invocation.as_json and not wanted.field:
        invocation.out.json(value.fields)
        return
    found = field_of(value, wanted.field)
    if found is None:
        raise NotFound(kind="credential_field", name=wanted.field)
    if invocation.as_json:
        invocation.out.json({wanted.field: found})
        return
    sys.stdout.buffer.write(found.encode() + (b"" if no_newline else b"\n"))
    sys.stdout.buffer.flush()


@click.command(cls=VaultCommand, context_settings={"allow_interspersed_args": False})
@click.option("--env-file", "env_files", multiple=True, type=_FILE, metavar="F", help="Variables from a file as well.")
@click.option("--no-mask", is_flag=True, help="Leave secrets in what the program writes, and its terminal as it is.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND…")
@click.pass_context
def run(ctx: click.Context, env_files: tuple[Path, ...], no_mask: bool, command: tuple[str, ...]) -> None:
    """Run a program with secrets in its environment.

    Variables whose value is vault://NAME#FIELD, or has {{ vault://NAME#FIELD }} in it, get the secret in its place, for
    this program only; of a name that comes twice the last file holds. All are fetched before it starts; if one is
    missing it does not start. In what the program writes, secrets of six or more characters are replaced; not so
    what it makes of them, such as base64. Exit code: the program's, 128 + n when signal n ended it, 127 when it was
    not found.
    """
    invocation: Invocation = ctx.obj
    environment = dict(invocation.environment)
    for path in env_files:
        environment |= parse_env_file(_text(path, "env_file"))
    templates = _referring(environment)
    values = fetch(invocation, (one for template in templates.values() for one in template.references), _RUN)
    secrets: list[str] = []
    for name, template in templates.items():
        environment[name] = template.filled(values)
        secrets += map(values, template.references)
        if "\0" in environment[name]:
            raise InvalidValue(field=name, reason="zero_byte")
    masks = not no_mask and bool(secrets)
    sys.stdout.flush()
    try:
        code = run_program(command, environment, (lambda: Masker(secrets)) if masks else None)
    except FileNotFoundError:
        failures.tell_usage(f"There is no program “{printable(command[0])}”.", json=invocation.as_json)
        code = NOT_FOUND
    except OSError as exc:
        text = f"“{printable(command[0])}” could not be started: {exc.strerror or 'refused'}."
        failures.tell_usage(text, json=invocation.as_json)
        code = NOT_STARTED
    ctx.exit(code)


@click.command(cls=VaultCommand)
@click.argument("template", required=False, default=STANDARD, metavar="[TEMPLATE|-]")
@click.option("--out", type=_FILE, metavar="FILE", help="Write a file that only you may read; default standard output.")
@click.option("--force", is_flag=True, help="Take the place of a file that is there.")
@click.pass_obj
def inject(invocation: Invocation, template: str, out: Path | None, force: bool) -> None:
    """Put secrets into a template.

    Each {{ vault://NAME#FIELD }} is replaced; other braces stay as they are. - or nothing reads standard input. The
    result holds secrets: where a program can take its environment, `vaultapp run` leaves nothing behind.
    """
    if out is not None and not force and os.path.lexists(out):
        raise TargetExists(path=_shown(out))
    found = template_of(_text(None if template == STANDARD else Path(template), "template"))
    values = fetch(invocation, found.references)
    data = found.filled(values).encode()
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    _write(out, data, force=force)
    count = len(found.references)
    invocation.out.result({"path": _shown(out), "references": count}, f"“{printable(str(out))}”: written.")


def _referring(environment: dict[str, str]) -> dict[str, Template]:
    """Return the variables that hold references.

    Raises:
        InvalidValue: One is broken.
    """
    found: dict[str, Template] = {}
    for name, value in environment.items():
        if SCHEME in value:
            template = value_template(value)
            if template.references:
                found[name] = template
    return found


def _text(path: Path | None, field: str) -> str:
    """Return a file, or standard input, as text; ends of lines stay as they are."""
    if path is None:
        data = sys.stdin.buffer.read(_LIMIT + 1)
    else:
        try:
            with open(path, "rb") as file:
                data = file.read(_LIMIT + 1)
        except FileNotFoundError:
            raise SourceMissing(path=_shown(path)) from None
        except OSError as exc:
            raise refusal(exc, path) from exc
    if len(data) > _LIMIT:
        raise InvalidValue(field=field, reason="too_large")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidValue(field=field, reason="not_utf8") from None


def _write(path: Path, data: bytes, *, force: bool) -> None:
    if force and os.path.lexists(path) and not (path.is_symlink() or path.is_file()):
        # A pipe or device would be gone, and whoever reads it get nothing.
        raise NotAFile(path=_shown(path), kind="folder" if path.is_dir() else "other")
    if not force:
        write_new(path, data)
        return
    try:
        with replaced_file(path) as file:
            write_all(file, data)
    except OSError as exc:
        raise refusal(exc, path) from exc


def _shown(path: Path) -> str:
    return valid_text(os.fspath(path))
