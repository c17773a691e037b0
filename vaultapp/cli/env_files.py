"""Files of environment variables, as many programs read them (``.env``)."""

from __future__ import annotations

import re

from vaultapp.core.errors import InvalidValue

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(?:#.*)?')
_SINGLE = re.compile(r"'([^']*)'\s*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|\s+)#.*")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def parse_env_file(text: str) -> dict[str, str]:
    r"""Return the variables; of a name that comes twice the last.

    One ``NAME=value`` a line, ``export`` before it allowed; empty lines and lines that begin with ``#`` are passed
    over. A value in single quotes is taken as it is, one in double quotes with ``\n``, ``\"``, ``\\`` and the like
    undone; one without quotes ends before `` #``. Nothing else is expanded. ``vault://name#field`` needs no quotes.

    Raises:
        InvalidValue: A line is none of these. Facts: line.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None or "\0" in line:
            raise InvalidValue(field="env_file", reason="form", line=number)
        found[match[1]] = _value(match[2], number)
    return found


def _value(text: str, line: int) -> str:
    if text.startswith(('"', "'")):
        match = (_DOUBLE if text[0] == '"' else _SINGLE).fullmatch(text)
        if match is None:
            raise InvalidValue(field="env_file", reason="form", line=line)
        if text[0] == "'":
            return match[1]
        return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), match[1])
    return _COMMENT.sub("", text).rstrip()
