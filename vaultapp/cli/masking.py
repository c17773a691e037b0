"""Hiding secrets in what a program writes, while it writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = b"<concealed by vaultapp>"
SHORTEST = 6
"""Characters. Shorter values are ordinary words and numbers too often to be hidden."""


class Masker:
    """Replaces secrets in a stream, wherever it is cut into chunks.

    What could be the beginning of a secret is held back until it is one, or is not. Of values with several lines each
    line is hidden too, because terminals and logs put their own ends there.

    Args:
        secrets: Values; those shorter than six characters are not hidden.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._needles = sorted(_needles(secrets), key=len, reverse=True)
        # Longest first: at one place the longest secret is taken.
        self._pattern = re.compile(b"|".join(map(re.escape, self._needles))) if self._needles else None
        self._longest = len(self._needles[0]) if self._needles else 0
        self._first = frozenset(needle[0] for needle in self._needles)
        self._held = b""

    def feed(self, chunk: bytes) -> bytes:
        """Take the next bytes; return those that may be shown now."""
        if self._pattern is None:
            return chunk
        data = self._held + chunk
        out, at = [], 0
        while True:
            open_at = self._open_from(data, at)
            found = self._pattern.search(data, at)
            if found is None or found.start() >= open_at:
                break
            out += [data[at : found.start()], MASK]
            at = found.end()
        out.append(data[at:open_at])
        self._held = data[open_at:]
        return b"".join(out)

    def end(self) -> bytes:
        """Return what was held back, when nothing more comes."""
        held, self._held = self._held, b""
        return self._pattern.sub(MASK, held) if self._pattern is not None else held

    def _open_from(self, data: bytes, at: int) -> int:
        """Return where the end of the data begins that a longer secret could begin with."""
        for place in range(max(at, len(data) - self._longest + 1), len(data)):
            if data[place] in self._first:
                tail = data[place:]
                if any(len(needle) > len(tail) and needle.startswith(tail) for needle in self._needles):
                    return place
        return len(data)


def _needles(secrets: Iterable[str]) -> set[bytes]:
    found: set[bytes] = set()
    for secret in secrets:
        for text in (secret, *(line.strip() for line in secret.splitlines())):
            if len(text) >= SHORTEST:
                found.add(text.encode("utf-8", "surrogateescape"))
    return found
