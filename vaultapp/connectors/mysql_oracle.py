"""How MySQL takes passwords: a second one that is retained, and dropped later."""

from __future__ import annotations

import re
import secrets

from vaultapp.connectors.mysql_dialects import LogIn
from vaultapp.connectors.mysql_hashes import NOBODYS_BYTES
from vaultapp.connectors.mysql_rights import grant_like
from vaultapp.connectors.mysql_rows import bound_as_written, default_roles, own_row
from vaultapp.connectors.mysql_session import MySqlSession
from vaultapp.core.target_errors import LoginRefused, TargetDenied, TargetFailed, TargetUntrusted

_RETAIN_SINCE = (8, 0, 14)
_REPLACE_SINCE = (8, 0, 13)


class MySql:
    """MySQL 5.7 and later; see :class:`vaultapp.connectors.mysql_dialects.Dialect`.

    Written by its documentation and held against a stand-in; **not tried against a server**, which ``untried`` of the
    kind tells to those who show it.

    Statements hold the password, for only then the server retains the one before; MySQL itself writes the hash in its
    place into its logs, and nothing but TLS or the loopback carries such a statement. Before 8.0.14 one password is
    valid at a time.

    Args:
        log_in: Makes a session of another account at the same server.
        version: As SELECT VERSION() says it.

    Source:
        MySQL 8.0 Reference Manual, 8.2.15 "Password Management" (dual password support), 15.7.1.1 "ALTER USER".
    """

    def __init__(self, log_in: LogIn, version: str) -> None:
        self._log_in = log_in
        numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
        self._version = tuple(int(part) for part in numbers.groups()) if numbers else (0, 0, 0)

    def set_password(self, own: MySqlSession, manager: MySqlSession, password: str, keep: str | None) -> None:
        """Let the account's own row take a password, and beside it the one to keep, or no other."""
        self._must_be_private(manager)
        dual = self._version >= _RETAIN_SINCE
        if self._logs_in(own.account.name, password):
            # A second time it would be retained itself, and the one to keep be lost.
            if keep is None and dual:
                self._discard(own, manager)
            return
        if keep is not None and dual:
            try:
                self._identify(own, manager, password, " RETAIN CURRENT PASSWORD")
            except TargetDenied:
                if manager is not own:
                    raise
            else:
                return
        self._identify(own, manager, password, "")
        if dual:
            self._discard(own, manager)

    def drop_old(self, own: MySqlSession, manager: MySqlSession, password: str, old: str) -> None:
        """Let the account's own row refuse the old password."""
        if self._version >= _RETAIN_SINCE:
            self._discard(own, manager)
        if old != password and self._logs_in(own.account.name, old):
            raise TargetDenied(target=str(own.account.address), account=own.account.name, number=0)

    def set_other(self, own: MySqlSession, manager: MySqlSession, name: str, password: str) -> None:
        """Give another account the rights and bounds of the account's own row, and a password; make it if need be."""
        self._must_be_private(manager)
        row = own_row(own)
        bound = _escaped(bound_as_written(row.bound))
        nobodys = _nobodys()
        manager.run("CREATE USER IF NOT EXISTS %s@%s IDENTIFIED BY %s", name, row.host, nobodys)
        manager.run("ALTER USER %s@%s IDENTIFIED BY %s", name, row.host, nobodys)
        manager.run(f"ALTER USER %s@%s {bound}".rstrip(), name, row.host)
        with self._log_in(name, nobodys) as its:
            found = own_row(its)
            if (found.name, found.host) != (name, row.host):
                raise TargetFailed(target=str(own.account.address), number=0, reason="other_row")
            grant_like(own, row, its, found, manager)
            if default_roles(row.bound) != default_roles(found.bound):
                manager.run(
                    f"ALTER USER %s@%s DEFAULT ROLE {_escaped(default_roles(row.bound)) or 'NONE'}", name, row.host
                )
        manager.run("ALTER USER %s@%s IDENTIFIED BY %s", name, row.host, password)

    def shut(self, manager: MySqlSession, own: MySqlSession, name: str) -> None:
        """Let another account, which is like the own one, refuse every password until it is given the next."""
        self._must_be_private(manager)
        manager.run("ALTER USER %s@%s IDENTIFIED BY %s", name, own_row(own).host, _nobodys())
        if self._version >= _RETAIN_SINCE:
            manager.run("ALTER USER %s@%s DISCARD OLD PASSWORD", name, own_row(own).host)

    def end_sessions_of(self, manager: MySqlSession, name: str) -> int | None:
        """Return None: MySQL ends sessions one by one."""
        del manager, name
        return None

    def _identify(self, own: MySqlSession, manager: MySqlSession, password: str, clause: str) -> None:
        if manager is not own:
            row = own_row(own)
            manager.run(f"ALTER USER %s@%s IDENTIFIED BY %s{clause}", row.name, row.host, password)
        elif self._version >= _REPLACE_SINCE:
            # Where the server wants to be told the present one; elsewhere it does no harm.
            own.run(f"ALTER USER USER() IDENTIFIED BY %s REPLACE %s{clause}", password, own.account.password)
        else:
            own.run(f"ALTER USER USER() IDENTIFIED BY %s{clause}", password)

    def _discard(self, own: MySqlSession, manager: MySqlSession) -> None:
        try:
            if manager is own:
                own.run("ALTER USER USER() DISCARD OLD PASSWORD")
            else:
                row = own_row(own)
                manager.run("ALTER USER %s@%s DISCARD OLD PASSWORD", row.name, row.host)
        except TargetDenied:
            # An account without that right has retained nothing either.
            if manager is not own:
                raise

    def _logs_in(self, name: str, password: str) -> bool:
        try:
            self._log_in(name, password).close()
        except LoginRefused:
            return False
        return True

    def _must_be_private(self, manager: MySqlSession) -> None:
        if not manager.private:
            raise TargetUntrusted(target=str(manager.account.address))


def _nobodys() -> str:
    """Return a password that is thrown away, of every kind of character for those who check."""
    return f"{secrets.token_urlsafe(NOBODYS_BYTES)}aA1-"


def _escaped(clause: str) -> str:
    """Return text of a statement that has arguments: a percent sign stands twice."""
    return clause.replace("%", "%%")
