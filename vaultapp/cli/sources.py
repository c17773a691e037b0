"""What a command on files works on: absolute paths, or standard input and output."""

from __future__ import annotations

import os
from dataclasses import dataclass

import click

from vaultapp.contracts.files import Place

STANDARD = "-"
_INPUT, _OUTPUT = 0, 1


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources and where their outputs go.

    Attributes:
        places: Files, folders, or standard input.
        folder: Where outputs go; None beside each source.
        output: Standard output; None for files.
        descriptors: What the places' numbers stand for.
    """

    places: tuple[Place, ...]
    folder: bytes | None
    output: Place | None
    descriptors: tuple[int, ...]


def absolute(path: str) -> bytes:
    """Return a path as the agent takes it: absolute, links not resolved, not necessarily UTF-8."""
    return os.fsencode(os.path.abspath(path))


def sources_of(paths: tuple[str, ...], to: str | None) -> Sources:
    """Return what is meant by the paths and ``--to``; ``-`` is standard input, or standard output after ``--to``.

    Raises:
        click.UsageError: Standard input beside other sources, or to a folder; several sources to standard output.
    """
    reads = STANDARD in paths
    writes = to == STANDARD or (reads and to is None)
    if len(paths) > 1 and (reads or writes):
        raise click.UsageError("Standard input and output take one file.")
    if reads and not writes:
        raise click.UsageError("Standard input has no name to make a file under; leave --to out.")
    for descriptor, used in ((_INPUT, reads), (_OUTPUT, writes)):
        if used and not _is_open(descriptor):
            raise click.UsageError(f"Descriptor {descriptor} is closed.")
    descriptors = (_INPUT, _OUTPUT) if reads else (_OUTPUT,) if writes else ()
    return Sources(
        places=(Place(descriptor=0),) if reads else tuple(Place(path=absolute(path)) for path in paths),
        folder=None if writes or to is None else absolute(to),
        output=Place(descriptor=len(descriptors) - 1) if writes else None,
        descriptors=descriptors,
    )


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
