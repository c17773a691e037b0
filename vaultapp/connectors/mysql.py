"""The connector for MySQL and MariaDB. The driver is loaded when it connects."""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.contracts.connectors import Connection, Connector, Target
from vaultapp.contracts.credential_kinds import ADMIN, ALTERNATING, DUAL, MYSQL, STRATEGY


def _connect(connection: Connection) -> Target:
    from vaultapp.connectors.mysql_target import MySqlTarget

    return MySqlTarget(connection)


def _keeps_old(settings: Mapping[str, str]) -> bool:
    """Two passwords take a right that accounts seldom have themselves: only with an admin they are counted upon.

    An account that has it may be named as its own admin.
    """
    strategy = settings.get(STRATEGY)
    return strategy == ALTERNATING or (strategy == DUAL and bool(settings.get(ADMIN.name)))


CONNECTOR = Connector(kind=MYSQL, connect=_connect, keeps_old=_keeps_old)
