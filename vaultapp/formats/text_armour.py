"""Finding a blob's base64 in text that people copied: wrapped lines, quotes, words around it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

from vaultapp.core.errors import Damaged, NotSealed

PREFIX = "vlt1"
SEARCH_LIMIT = 64 * 1024
"""Characters of a text that is searched; the longest armoured text has some 5,600."""

# Not inside another word, but right behind an escaped line break.
_BEGIN = re.compile(r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))vlt1")
_RUN = re.compile(r"[A-Za-z0-9+/_-]++={0,2}+")
# A line break with the quotes of source code and mail around it, then a line that holds base64 and nothing else.
_NEXT_RUN = re.compile(
    r"""[\ \t"'`\\+]{0,80}(?:\r\n|\r|\n|\\r\\n|\\n)[\ \t"'`>|#*]{0,80}+([A-Za-z0-9+/_-]++={0,2}+)"""
    r"""(?=[\ \t"'`\\+,;.)\]}>]{0,80}(?:[\r\n]|\\[rn]|\Z))""",
)
_URL_SAFE = str.maketrans("-_", "+/")
# Shorter beginnings are words about the format, not pieces of a text.
_TELLING_CHARS = 24
# Lines that were joined though they are words of the text around.
_JOINS_TAKEN_BACK = 8
# Each beginning that comes to nothing may have been joined from thousands of lines.
_FAILURES = 16


def find_armoured(text: str, minimum: int, limit: int) -> bytes:
    """Return the bytes of the first base64 that begins with ``vlt1`` and is long enough.

    Args:
        text: Whatever surrounds it.
        minimum: Fewest bytes that count.
        limit: Most bytes that are decoded.

    Raises:
        NotSealed: There is none, or the text is longer than 64 Ki characters.
        Damaged: One begins but is cut short, too long or not base64; after 16 of those no more are tried.
    """
    if len(text) > SEARCH_LIMIT:
        raise NotSealed(reason="too_long")
    problem, failures = "", 0
    limit_chars = -(-limit // 3) * 4
    begin = _BEGIN.search(text)
    while begin is not None and failures < _FAILURES:
        runs = _runs_at(text, begin.start(), -(-minimum // 3) * 4, limit_chars)
        for count in range(len(runs), max(0, len(runs) - _JOINS_TAKEN_BACK), -1):
            data = _decoded("".join(runs[:count]), limit_chars)
            if data is not None and minimum <= len(data) <= limit:
                return data
        chars = sum(map(len, runs))
        if chars >= _TELLING_CHARS:
            failures += 1
            problem = problem or ("length" if chars > limit_chars else "cut_short")
        # Behind the whole run, or a text full of beginnings would be read as often as it is long.
        begin = _BEGIN.search(text, begin.start() + len(runs[0]))
    if problem:
        raise Damaged(reason=problem)
    raise NotSealed(reason="other")


def _runs_at(text: str, begin: int, minimum_chars: int, limit_chars: int) -> list[str]:
    """Collect the lines that belong together.

    A text says nowhere how long it is, so the next line is joined only where it must be (too short so far, or not
    a whole number of groups) or where the lines look wrapped: all as wide as the first, the last one perhaps shorter.
    """
    first = _RUN.match(text, begin)
    if first is None:
        raise ValueError("no run begins here")
    runs = [first[0]]
    chars, at = len(first[0]), first.end()
    while not runs[-1].endswith("="):
        following = _NEXT_RUN.match(text, at)
        if following is None or following[1].startswith(PREFIX) or chars + len(following[1]) > limit_chars:
            break
        if chars >= minimum_chars and chars % 4 == 0 and not _wrapped(runs, following[1]):
            break
        runs.append(following[1])
        chars += len(following[1])
        at = following.end()
    return runs


def _wrapped(runs: list[str], following: str) -> bool:
    if len(runs) == 1:
        return len(following) == len(runs[0])
    # The first line may be shorter than the width because of words before it.
    width = max(len(runs[0]), len(runs[1]))
    return len(runs[-1]) == width and len(following) <= width


def _decoded(run: str, limit_chars: int) -> bytes | None:
    if len(run) > limit_chars:
        return None
    digits = run.rstrip("=").translate(_URL_SAFE)
    padded = digits + "=" * (-len(digits) % 4)
    if len(digits) % 4 == 1 or (run.endswith("=") and len(run) != len(padded)):
        return None
    data = b64decode(padded)
    # Bits beyond the last byte must be zero, or several texts would be one blob.
    return data if b64encode(data).decode("ascii") == padded else None
