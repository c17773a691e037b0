"""Paths as the desktop passes them: URLs by their encoded bytes, because names need not be UTF-8."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

URI_LIST = "text/uri-list"
_SCHEME = b"file://"
_OF_NO_HOST = b"file:///"
_LOCAL_HOSTS = (b"", b"localhost")


def file_url(path: bytes) -> bytes:
    """Return a path as a file URL."""
    return _SCHEME + quote_from_bytes(path).encode("ascii")


def qurl(path: bytes) -> QUrl:
    """Return a path as Qt's kind of URL."""
    from PySide6.QtCore import QUrl

    return QUrl.fromEncoded(file_url(path))


def local_paths(data: QMimeData) -> tuple[bytes, ...]:
    """Return the absolute paths of the local files that were dropped; what is elsewhere is left out."""
    lines = bytes(data.data(URI_LIST).data()).split(b"\n")
    return tuple(dict.fromkeys(path for line in lines if (path := _path(line.strip()))))


def paths_of(names: Iterable[str]) -> tuple[bytes, ...]:
    """Return what a file dialog answered."""
    return tuple(os.path.abspath(os.fsencode(name)) for name in names if name)


def _path(line: bytes) -> bytes:
    # As nearly all are written; there may be ten thousand.
    path = line[len(_SCHEME) :] if line.startswith(_OF_NO_HOST) else _path_of_host(line)
    if b"%" in path:
        path = unquote_to_bytes(path)
    return path if b"\0" not in path else b""


def _path_of_host(line: bytes) -> bytes:
    """Return the path, encoded as it is; empty when the address is not of this computer."""
    if not line.lower().startswith(_SCHEME):
        return b""
    host, slash, rest = line[len(_SCHEME) :].partition(b"/")
    return slash + rest if host.lower() in _LOCAL_HOSTS else b""
