"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultapp.cli.invocation import Invocation
from vaultapp.contracts.credentials import SCHEME
from vaultapp.core.errors import InvalidValue, VaultError

if TYPE_CHECKING:
    from vaultapp.cli.session import Session

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)


class _NameInVault(click.types.StringParamType):
    """A name that is completed from a vault which this terminal may use already."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002 - click's signature
        """Return names that begin so. A locked vault completes nothing, and nothing is asked."""
        from click.shell_completion import CompletionItem

        invocation = ctx.find_object(Invocation)
        session = None if invocation is None else invocation.admitted()
        if session is None:
            return []
        with session:
            try:
                names = list(self._names(session))
            except VaultError:
                return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]

    def _names(self, session: Session) -> Iterator[str]:
        raise NotImplementedError


class KeyName(_NameInVault):
    """A key by name, alias or id."""

    def _names(self, session: Session) -> Iterator[str]:
        for key in session.keys.list().keys:
            yield from (key.name, *key.aliases)


class CredentialName(_NameInVault):
    """A credential by name, identifier or id."""

    def _names(self, session: Session) -> Iterator[str]:
        for found in session.credentials.list().credentials:
            yield from dict.fromkeys((found.identifier, found.name))


class SecretReference(CredentialName):
    """``vault://NAME``, or NAME alone, which a shell completes more readily; a field may follow."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return identifiers that begin so, written as the word is."""
        scheme = SCHEME if incomplete.startswith(SCHEME) else ""
        found = super().shell_complete(ctx, param, incomplete.removeprefix(SCHEME))
        for item in found:
            item.value = f"{scheme}{item.value}"
        # A name may have blanks in it, a reference may not.
        return [item for item in found if " " not in item.value]


class _PathText(click.types.StringParamType):
    """A path or -, as it was typed; a shell completes names of files and folders."""

    name = "path"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002 - click's signature
        """Leave it to the shell."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


PATH_TEXT = _PathText()
KEY = KeyName()
CREDENTIAL = CredentialName()
REFERENCE = SecretReference()


def pairs(field: str, given: tuple[str, ...]) -> dict[str, str]:
    """Return ``name=value`` pairs as a map.

    Raises:
        InvalidValue: One has no ``=``, no name, or its name was given before.
    """
    found: dict[str, str] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name or name in found:
            raise InvalidValue(field=field, reason="form")
        found[name] = value
    return found


def words_file_option(function: FunctionT) -> FunctionT:
    """Add ``--words-file``."""
    return click.option(
        "--words-file", type=_PATH, metavar="PATH", help="Read the recovery words from a file in place of asking."
    )(function)


def new_passphrase_option(function: FunctionT) -> FunctionT:
    """Add ``--new-passphrase-file``."""
    return click.option(
        "--new-passphrase-file",
        type=_PATH,
        metavar="PATH",
        help="Read the new passphrase from a file in place of asking twice.",
    )(function)


def context_option(text: str) -> Callable[[FunctionT], FunctionT]:
    """Add ``--context``."""
    return click.option("--context", multiple=True, metavar="NAME=VALUE", help=text)


def recipient_passphrase_options(function: FunctionT) -> FunctionT:
    """Add the recipient's passphrase, which is not the vault's."""
    function = click.option(
        "--recipient-passphrase-file",
        type=_PATH,
        multiple=True,
        metavar="PATH",
        help="Read a passphrase of the file from a file.",
    )(function)
    return click.option("--recipient-passphrase", is_flag=True, help="Ask for a passphrase of the file.")(function)


def to_option(function: FunctionT) -> FunctionT:
    """Add ``--to``."""
    return click.option(
        "--to",
        type=PATH_TEXT,
        metavar="DIR",
        help="Where results go; default beside each source. - is standard output.",
    )(function)


def on_exist_option(function: FunctionT) -> FunctionT:
    """Add ``--on-exist``."""
    return click.option(
        "--on-exist",
        type=click.Choice(["keep", "replace", "skip"]),
        default="keep",
        show_default=True,
        help="What to do when the result's name is taken; keep finds another name.",
    )(function)


def progress_option(function: FunctionT) -> FunctionT:
    """Add ``--progress``."""
    return click.option(
        "--progress", "progress_lines", is_flag=True, help="Print JSON Lines as things happen; the last is the report."
    )(function)
