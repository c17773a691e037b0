"""What an output is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from vaultapp.core.errors import NameTooLong
from vaultapp.files.host import shown

SEALED = b".sealed"
OPENED = b".opened"
TAR = b".tar"
_NAME_LIMIT = 255
_OWN = (SEALED, OPENED)
# Of `.tar.gz` and its like the number goes before both parts.
_EXTENSION = re.compile(rb"(?:\.tar)?\.[^.]+$")


def sealed_name(name: bytes) -> bytes:
    """Return the name of a file's or folder's sealed form.

    Raises:
        NameTooLong: The file system could not take it.
    """
    return _checked(name + SEALED)


def opened_name(name: bytes) -> bytes:
    """Return the name of a sealed file's content: without ``.sealed``, else with ``.opened``."""
    stem = name.removesuffix(SEALED)
    return stem if stem not in (name, b"", b".", b"..") else _checked(name + OPENED)


def tar_name(name: bytes) -> bytes:
    """Return the name of a sealed folder's archive that is not unpacked."""
    return _checked(opened_name(name) + TAR)


def part_name(name: bytes, token: bytes) -> bytes:
    """Return the name under which an output grows where it cannot be nameless: ``.NAME.<8 hex>.part``."""
    tail = b".%s.part" % token.hex().encode()
    return b"." + name[: _NAME_LIMIT - 1 - len(tail)] + tail


def numbered(name: bytes) -> Iterator[bytes]:
    """Yield the name, then ``stem (2).ext``, ``stem (3).ext``, …; the number stands before ``.sealed`` as well."""
    yield name
    stem, own = name, b""
    for suffix in _OWN:
        if stem.endswith(suffix) and len(stem) > len(suffix):
            stem, own = stem.removesuffix(suffix), suffix
            break
    found = _EXTENSION.search(stem, 1)
    at = found.start() if found and found.start() > 0 else len(stem)
    number = 2
    while True:
        yield _checked(stem[:at] + b" (%d)" % number + stem[at:] + own)
        number += 1


def base_name(path: bytes) -> bytes:
    """Return the last part of a path, also of one that ends in a slash."""
    return os.path.basename(path.rstrip(b"/"))


def _checked(name: bytes) -> bytes:
    if len(name) > _NAME_LIMIT:
        raise NameTooLong(path=shown(name))
    return name
