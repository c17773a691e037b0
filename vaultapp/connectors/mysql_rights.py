"""Giving an account the rights of another one: no fewer, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vaultapp.connectors.mysql_rows import TEXT, AccountRow, quoted
from vaultapp.connectors.mysql_session import MySqlSession

_TEXT = re.compile(TEXT, re.DOTALL)
_OPTION = re.compile(r" WITH (?:GRANT|ADMIN) OPTION")


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account may do, without its name.

    Attributes:
        grants: Pairs of what is granted (``GRANT …``) and what follows the name (``WITH GRANT OPTION``).
        default_role: As MariaDB writes it; empty for none, and in MySQL, which has it in the row.
    """

    grants: frozenset[tuple[str, str]]
    default_role: str = ""


def own_rights(session: MySqlSession, row: AccountRow) -> Rights:
    """Return the rights of the account that this session belongs to; that takes none of its own."""
    lines = (str(found[0]) for found in session.run("SHOW GRANTS FOR CURRENT_USER()"))
    return parse_rights(lines, row.name, row.host)


def parse_rights(lines: Iterable[str], name: str, host: str) -> Rights:
    """Take apart what SHOW GRANTS prints; lines of roles and of PUBLIC are no rights of the account itself."""
    grantee = f"{quoted(name)}@{quoted(host)}"
    grants: set[tuple[str, str]] = set()
    role = ""
    for line in lines:
        what, found, after = line.partition(f" TO {grantee}")
        if found and what.startswith("GRANT "):
            # How it logs in, and what it is bound to, stands here again; only the right to give it on is a right.
            option = _OPTION.search(_TEXT.sub("", after))
            grants.add((what, option.group() if option else ""))
        elif line.startswith("SET DEFAULT ROLE ") and line.endswith(f" FOR {grantee}"):
            role = line.removeprefix("SET DEFAULT ROLE ").removesuffix(f" FOR {grantee}")
    return Rights(frozenset(grants), role)


def grant_like(
    own: MySqlSession, row: AccountRow, its: MySqlSession, its_row: AccountRow, manager: MySqlSession
) -> None:
    """Bring the rights of an account to those of another.

    Both are asked for their own, which takes no right; the manager must be allowed to give what is given. Rights that
    the account has besides are taken away: else what was taken from one would come back with the next rotation.

    Args:
        own: A session of the account whose rights hold.
        row: Its row.
        its: A session of the account that is to have them.
        its_row: The row of that one.
        manager: Who gives them.

    Raises:
        TargetDenied: The manager may not give them.
    """
    wanted, found = own_rights(own, row), own_rights(its, its_row)
    grantee = f"{quoted(its_row.name)}@{quoted(its_row.host)}"
    if found.grants - wanted.grants:
        manager.run(f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {grantee}")
        found = Rights(frozenset(), found.default_role)
    for what, option in sorted(wanted.grants - found.grants):
        manager.run(f"{what} TO {grantee}{option}")
    if wanted.default_role != found.default_role:
        # For itself an account may choose among the roles that it has.
        its.run(f"SET DEFAULT ROLE {wanted.default_role or 'NONE'}")
