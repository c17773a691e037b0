"""What differs between MariaDB and MySQL, as the target sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from vaultapp.connectors.mysql_session import MySqlSession

LogIn = Callable[[str, str], MySqlSession]
"""From a name and a password to a session at the same server."""


class Dialect(Protocol):
    """How one of the two takes passwords. Each call may be repeated.

    ``own`` is a session of the account that is changed, ``manager`` one of the account that may change it; they are
    the same session when an account changes itself.

    Raises:
        RemoteError: As :class:`vaultapp.contracts.connectors.Target` has it.
    """

    def set_password(self, own: MySqlSession, manager: MySqlSession, password: str, keep: str | None) -> None:
        """Let the account's own row take a password, and beside it the one to keep, or no other."""

    def set_other(self, own: MySqlSession, manager: MySqlSession, name: str, password: str) -> None:
        """Give another account the rights and bounds of the account's own row, and a password; make it if need be.

        The password comes last: one that logs in shows that all the rest is done.
        """

    def drop_old(self, own: MySqlSession, manager: MySqlSession, password: str, old: str) -> None:
        """Let the account's own row refuse the old password."""

    def shut(self, manager: MySqlSession, own: MySqlSession, name: str) -> None:
        """Let another account, which is like the own one, refuse every password until it is given the next."""

    def end_sessions_of(self, manager: MySqlSession, name: str) -> int | None:
        """End all sessions of another account at one stroke; None when there is no statement for that."""
