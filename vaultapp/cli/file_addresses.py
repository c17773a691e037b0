"""Files by the addresses that desktops write."""

from __future__ import annotations

import os

_SCHEME = "file://"
_LOCAL_HOSTS = ("", "localhost")


def path_of(text: str) -> str:
    """Return the path that ``file:///a%20b`` means; anything else, as what lies on another computer, as it is.

    Source:
        RFC 8089, the ``file`` URI scheme.
    """
    host, slash, rest = text.removeprefix(_SCHEME).partition("/")
    if not text.startswith(_SCHEME) or host not in _LOCAL_HOSTS or not slash or os.path.lexists(text):
        return text
    from urllib.parse import unquote_to_bytes

    # By its bytes: a name that is no UTF-8 may stand there as it is.
    path = unquote_to_bytes(os.fsencode(slash + rest))
    return text if b"\0" in path else os.fsdecode(path)
