"""How MariaDB takes passwords: two at once by two ways to log in, and never in clear."""

from __future__ import annotations

import secrets

from vaultapp.connectors.mysql_dialects import LogIn
from vaultapp.connectors.mysql_ed25519 import ED25519
from vaultapp.connectors.mysql_errors import STRICT, WRONG_HASH, number_of
from vaultapp.connectors.mysql_hashes import KEPT, NATIVE, NOBODYS_BYTES
from vaultapp.connectors.mysql_rights import grant_like
from vaultapp.connectors.mysql_rows import AccountRow, Method, bound_like, own_row
from vaultapp.connectors.mysql_session import MySqlSession
from vaultapp.core.target_errors import PasswordRefused, TargetDenied, TargetFailed

# What lets somebody in without a password of the server's own; it stays as it is.
_WITHOUT_PASSWORD = {"gssapi", "named_pipe", "pam", "unix_socket"}


class MariaDb:
    """MariaDB 10.4 and later; see :class:`vaultapp.connectors.mysql_dialects.Dialect`.

    The server is given hashes, because it writes statements with passwords in clear into its binary log. An account
    without the right CREATE USER changes itself by SET PASSWORD, and then only one password is valid.

    A row with ``ed25519`` keeps it. While two passwords are valid by it, clients that follow the server to one other
    way to log in only (PyMySQL) are let in with the new one alone.

    Where a plug-in checks passwords strictly, the server takes no hash. Then the account changes itself by
    ``SET PASSWORD = PASSWORD('…')``: of that the binary log holds the hash only. The general log would hold the
    password: where it is on and may not be kept off for the session, the change is refused. Two accounts cannot
    alternate there.

    Args:
        log_in: Makes a session of another account at the same server.
    """

    def __init__(self, log_in: LogIn) -> None:
        self._log_in = log_in

    def set_password(self, own: MySqlSession, manager: MySqlSession, password: str, keep: str | None) -> None:
        """Let the account's own row take a password, and beside it the one to keep, or no other."""
        if own.expired():
            self._set_own(own, password)
        row = own_row(own)
        plugin = _plugin(row)
        wanted = (password,) if keep is None or keep == password else (password, keep)
        try:
            self._alter(manager, row, _methods(row, *(KEPT[plugin](secret) for secret in wanted)))
        except TargetDenied:
            if manager is not own:
                raise
            self._set_own(own, password)
        except PasswordRefused as exc:
            if exc.facts.get("reason") != STRICT:
                raise
            self._set_own(own, password)

    def drop_old(self, own: MySqlSession, manager: MySqlSession, password: str, old: str) -> None:
        """Let the account's own row refuse the old password."""
        self.set_password(own, manager, password, None)
        left = {(method.plugin, method.kept) for method in own_row(own).methods}
        if old != password and any((plugin, keep(old)) in left for plugin, keep in KEPT.items()):
            # SET PASSWORD changes the first way to log in only.
            raise TargetDenied(target=str(own.account.address), account=own.account.name, number=0)

    def set_other(self, own: MySqlSession, manager: MySqlSession, name: str, password: str) -> None:
        """Give another account the rights and bounds of the account's own row, and a password; make it if need be."""
        row = own_row(own)
        keep = KEPT[_plugin(row)]
        other = AccountRow(name, row.host, row.methods)
        nobodys = secrets.token_urlsafe(NOBODYS_BYTES)
        methods = _methods(row, keep(nobodys))
        ways, kept = _clause(methods)
        manager.run(f"CREATE USER IF NOT EXISTS %s@%s IDENTIFIED VIA {ways}", name, row.host, *kept)
        self._alter(manager, other, methods, bound_like(row.bound))
        with self._log_in(name, nobodys) as its:
            found = own_row(its)
            if (found.name, found.host) != (name, row.host):
                raise TargetFailed(target=str(own.account.address), number=0, reason="other_row")
            grant_like(own, row, its, found, manager)
        self._alter(manager, other, _methods(row, keep(password)))

    def shut(self, manager: MySqlSession, own: MySqlSession, name: str) -> None:
        """Let another account, which is like the own one, refuse every password until it is given the next."""
        row = own_row(own)
        nobodys = KEPT[_plugin(row)](secrets.token_urlsafe(NOBODYS_BYTES))
        self._alter(manager, AccountRow(name, row.host, row.methods), _methods(row, nobodys))

    def end_sessions_of(self, manager: MySqlSession, name: str) -> int | None:
        """End all sessions of another account at one stroke; for this it need not be allowed to see them."""
        return manager.count("KILL HARD USER %s", name)

    def _alter(self, manager: MySqlSession, row: AccountRow, methods: tuple[Method, ...], bound: str = "") -> None:
        strange = {method.plugin for method in row.methods} - KEPT.keys() - _WITHOUT_PASSWORD
        if strange:
            # A password by a way that is not known here would stay in force, and nobody would know.
            raise TargetFailed(target=str(manager.account.address), number=0, reason="plugin")
        ways, kept = _clause(methods)
        # What is not named stays as it is: TLS, limits, expiry, rights.
        clauses = bound.replace("%", "%%")
        manager.run(f"ALTER USER %s@%s IDENTIFIED VIA {ways} {clauses}".rstrip(), row.name, row.host, *kept)

    def _set_own(self, own: MySqlSession, password: str) -> None:
        try:
            try:
                own.run("SET PASSWORD = %s", KEPT[NATIVE](password))
            except TargetFailed as exc:
                # Which plug-in it is for, an account whose password has expired is not told.
                if number_of(exc) != WRONG_HASH:
                    raise
                own.run("SET PASSWORD = %s", KEPT[ED25519](password))
        except PasswordRefused as exc:
            if exc.facts.get("reason") != STRICT or not self._unheard(own):
                raise
            own.run("SET PASSWORD = PASSWORD(%s)", password)

    def _unheard(self, own: MySqlSession) -> bool:
        """Tell whether a statement of this session can hold a password, and nobody but the server sees it."""
        if not own.private:
            return False
        try:
            own.run("SET SESSION sql_log_off = 1")
        except TargetDenied:
            logged = own.run("SELECT @@GLOBAL.general_log OR @@GLOBAL.slow_query_log")
            return not logged[0][0]
        return True


def _plugin(row: AccountRow) -> str:
    return ED25519 if any(method.plugin == ED25519 for method in row.methods) else NATIVE


def _methods(row: AccountRow, *kept: str) -> tuple[Method, ...]:
    """Return the row's ways to log in with these for passwords; what needs no password (a socket) stays."""
    others = tuple(method for method in row.methods if method.plugin not in KEPT)
    return (*(Method(_plugin(row), one) for one in kept), *others)


def _clause(methods: tuple[Method, ...]) -> tuple[str, list[str]]:
    ways = " OR ".join(f"{method.plugin} USING %s" if method.kept else method.plugin for method in methods)
    return ways, [method.kept for method in methods if method.kept]
