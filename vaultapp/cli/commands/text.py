"""Encrypt and decrypt small texts."""

from __future__ import annotations

import sys
from base64 import b64encode

import click

from vaultapp.cli import failures
from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import KEY, context_option, pairs
from vaultapp.cli.output import fields
from vaultapp.cli.passphrases import wipe
from vaultapp.cli.sources import STANDARD
from vaultapp.contracts.text import TEXT_LIMIT
from vaultapp.core.errors import DataError, KeyNotHere, NotSealed, TextTooLong

# Surroundings of an encrypted text are tolerated, but not without bound.
_INPUT_LIMIT = 1 << 20
_ABOUT = "text"


@click.group(cls=VaultGroup)
def text() -> None:
    """Small encrypted texts, which fit anywhere."""


@text.command("encrypt")
@click.argument("plaintext", required=False, default=STANDARD, metavar="[TEXT|-]")
@click.option("--key", required=True, type=KEY, metavar="KEY", help="The key that can open it.")
@context_option("A pair that must be given again to decrypt; may be repeated.")
@click.pass_obj
def encrypt(invocation: Invocation, plaintext: str, key: str, context: tuple[str, ...]) -> None:
    """Encrypt up to 4,096 bytes.

    Exactly as they are given, with the end of line that echo writes; - or nothing reads standard input. Other programs
    see the arguments of a command: a secret is better read from standard input.
    """
    pairs_given = pairs("context", context)
    data = _given(plaintext, TEXT_LIMIT + 1)
    try:
        if len(data) > TEXT_LIMIT:
            raise TextTooLong(size=len(data), limit=TEXT_LIMIT)
        with invocation.unlocked() as session:
            sealed = session.text.encrypt(key, data, pairs_given)
    finally:
        wipe(data)
    invocation.out.result({"text": sealed}, sealed)


@text.command("decrypt")
@click.argument("ciphertext", required=False, default=STANDARD, metavar="[TEXT|-]")
@context_option("A pair that was given to encrypt; may be repeated.")
@click.pass_context
def decrypt(ctx: click.Context, ciphertext: str, context: tuple[str, ...]) -> None:
    """Decrypt a text that begins with vlt1.

    What surrounds it is tolerated. - or nothing reads standard input.
    """
    invocation: Invocation = ctx.obj
    pairs_given = pairs("context", context)
    given = _text_of(ciphertext)
    with invocation.unlocked() as session:
        try:
            opened = session.text.decrypt(given, pairs_given)
        except (DataError, KeyNotHere) as exc:
            failures.tell(exc, json=invocation.as_json, about=_ABOUT)
            ctx.exit(failures.exit_code(exc))
    try:
        if invocation.as_json:
            invocation.out.json(_opened_json(opened.plaintext, opened.key_name, opened.number, str(opened.key_id)))
        else:
            _write(opened.plaintext)
    finally:
        wipe(opened.plaintext)


@text.command("inspect")
@click.argument("ciphertext", required=False, default=STANDARD, metavar="[TEXT|-]")
@click.pass_context
def inspect(ctx: click.Context, ciphertext: str) -> None:
    """Tell which key a text needs.

    It says nothing else of itself.
    """
    invocation: Invocation = ctx.obj
    given = _text_of(ciphertext)
    with invocation.unlocked() as session:
        try:
            found = session.text.inspect(given)
        except DataError as exc:
            failures.tell(exc, json=invocation.as_json, about=_ABOUT)
            ctx.exit(failures.exit_code(exc))
    value = {
        "key": str(found.key_id),
        "version": found.version_id.hex(),
        "name": found.name or None,
        "number": found.number or None,
        "here": bool(found.name),
    }
    pairs_shown = [
        ("Key", f"“{found.name}”" if found.name else "not here"),
        ("Version", str(found.number) if found.number else ""),
        ("Key id", str(found.key_id)),
        ("Version id", found.version_id.hex()),
    ]
    invocation.out.result(value, *fields(pairs_shown))


def _given(argument: str, limit: int) -> bytearray:
    """Return an argument's bytes, or standard input up to a limit."""
    if argument != STANDARD:
        return bytearray(argument.encode("utf-8", "surrogateescape"))
    return bytearray(sys.stdin.buffer.read(limit))


def _text_of(argument: str) -> str:
    data = _given(argument, _INPUT_LIMIT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotSealed(reason="other") from None


def _opened_json(plaintext: bytearray, name: str, number: int, key_id: str) -> dict[str, object]:
    try:
        readable = plaintext.decode("utf-8")
    except UnicodeDecodeError:
        readable = None
    encoded = b64encode(plaintext).decode("ascii")
    return {"text": readable, "base64": encoded, "key": key_id, "name": name, "number": number}


def _write(plaintext: bytearray) -> None:
    """Write the text exactly; a terminal gets an end of line, so that its prompt begins a line."""
    sys.stdout.buffer.write(plaintext)
    if sys.stdout.isatty() and not plaintext.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
