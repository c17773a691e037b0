"""Rows of accounts as the server writes them: how they log in, and what they are bound to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vaultapp.connectors.mysql_session import MySqlSession

TEXT = r"'(?:[^'\\]|''|\\.)*'"
"""A text in quotes, as a pattern."""
# A name in backticks, a text in quotes, or a word.
_TOKEN = re.compile(rf"`(?:[^`]|``)*`|{TEXT}|[^\s`']+", re.DOTALL)
# CREATE USER `name`@`host`
_TOKENS_OF_NAME = 5
_CLAUSES = {"ACCOUNT", "COMMENT", "DEFAULT", "PASSWORD", "REQUIRE", "WITH"}
_MUST_CHANGE = "PASSWORD EXPIRE"
_LIMITS = ("MAX_QUERIES_PER_HOUR", "MAX_UPDATES_PER_HOUR", "MAX_CONNECTIONS_PER_HOUR", "MAX_USER_CONNECTIONS")


@dataclass(frozen=True, slots=True)
class Method:
    """One way to log in: a plug-in, and what it keeps; empty when it keeps nothing."""

    plugin: str
    kept: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The row by which a login was accepted.

    Attributes:
        name: First part of its key.
        host: Second part, which may be a pattern.
        methods: Ways to log in, any of which is enough.
        bound: What else the row holds (TLS, limits, expiry), as the server writes it.
    """

    name: str
    host: str
    methods: tuple[Method, ...]
    bound: str = ""


def own_row(session: MySqlSession) -> AccountRow:
    """Return the row that let this session in.

    There may be several rows of a name (``app@'%'``, ``app@'127.0.0.1'``), and to change another one would change
    nothing for the credential.
    """
    name, _, host = str(session.run("SELECT CURRENT_USER()")[0][0]).rpartition("@")
    methods, bound = parse_row(str(session.run("SHOW CREATE USER CURRENT_USER()")[0][0]))
    return AccountRow(name, host, methods, bound)


def parse_row(written: str) -> tuple[tuple[Method, ...], str]:
    """Take apart what SHOW CREATE USER prints, of MariaDB or MySQL.

    Returns:
        The ways to log in, and what is printed after them.
    """
    found = list(_TOKEN.finditer(written))
    tokens = [match.group() for match in found]
    # No way to log in is printed for an account without a password.
    at = _TOKENS_OF_NAME
    methods: list[Method] = []
    if tokens[at : at + 3] == ["IDENTIFIED", "BY", "PASSWORD"]:
        methods.append(Method("mysql_native_password", _bare(tokens[at + 3])))
        at += 4
    elif tokens[at : at + 1] == ["IDENTIFIED"]:
        at += 1
        while tokens[at : at + 1] in (["VIA"], ["WITH"], ["OR"]):
            plugin, kept = _bare(tokens[at + 1]), ""
            at += 2
            if tokens[at : at + 1] in (["USING"], ["AS"]):
                kept = _bare(tokens[at + 1])
                at += 2
            methods.append(Method(plugin, kept))
    return tuple(methods), written[found[at].start() :] if at < len(found) else ""


def bound_like(bound: str) -> str:
    """Return the clauses that bind another row as this one is bound, and take off what it had besides (MariaDB)."""
    limits = dict.fromkeys(_LIMITS, "0")
    limits.update(re.findall(r"(MAX_\w+) ([\d.]+)", _clause(bound, "WITH", "")))
    expiry = _clause(bound, "PASSWORD", _MUST_CHANGE)
    return " ".join(
        (
            _clause(bound, "REQUIRE", "REQUIRE NONE"),
            "WITH",
            *(f"{name} {limit}" for name, limit in limits.items()),
            # Alone it says that the password must be changed: that of the other row need not be.
            f"{_MUST_CHANGE} DEFAULT" if expiry == _MUST_CHANGE else expiry,
        )
    )


def bound_as_written(bound: str) -> str:
    """Return the clauses that MySQL prints in full, without the default roles and that the password must be changed."""
    return " ".join(text for text in _clauses(bound) if not text.startswith("DEFAULT") and text != _MUST_CHANGE)


def default_roles(bound: str) -> str:
    """Return the default roles that MySQL prints, with commas between; empty for none."""
    return _clause(bound, "DEFAULT", "").removeprefix("DEFAULT ROLE").strip()


def quoted(name: str) -> str:
    """Return a name as an identifier."""
    return "`" + name.replace("`", "``") + "`"


def _clauses(bound: str) -> list[str]:
    """Return the clauses in order, each from its first word on."""
    words = [("", 0), *((match.group(), match.start()) for match in _TOKEN.finditer(bound)), ("", len(bound))]
    starts = [
        start
        for (before, _), (word, start), (after, _) in zip(words, words[1:], words[2:], strict=False)
        # PASSWORD REQUIRE CURRENT is one clause, and DEFAULT a value of most, unless it is DEFAULT ROLE.
        if word in _CLAUSES and before != "PASSWORD" and (word != "DEFAULT" or after == "ROLE")
    ]
    return [bound[start:end].strip() for start, end in zip(starts, [*starts[1:], len(bound)], strict=False)]


def _clause(bound: str, word: str, default: str) -> str:
    return next((clause for clause in _clauses(bound) if clause.startswith(word)), default)


def _bare(token: str) -> str:
    if token[:1] == "`":
        return token[1:-1].replace("``", "`")
    if token[:1] == "'":
        return re.sub(r"\\(.)", r"\1", token[1:-1].replace("''", "'"), flags=re.DOTALL)
    return token
