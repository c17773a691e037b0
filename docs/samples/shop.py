"""A shop that takes orders all day and knows no password: it holds a reference, and asks again when a login fails.

It keeps a pool of connections. Run it in a terminal that may use the vault, or with VAULTAPP_PASSPHRASE_FILE. It stops
when its standard input ends, and tells how it went.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from typing import Any

import pymysql

REFERENCE = "vault://prod/mysql/app"
# "Access denied": the password has changed since it was asked for.
ACCESS_DENIED = 1045
# The server ended the connection, or does not answer on it.
CONNECTION_GONE = (0, 2006, 2013, 1927)
# Bears being done twice: a connection may go after the order was written and before that was said.
TAKE_ORDER = "INSERT IGNORE INTO orders (id) VALUES (%s)"


def fetch() -> dict[str, str]:
    """Ask the vault; the answer stays in memory."""
    done = subprocess.run(["vaultapp", "read", REFERENCE, "--json"], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


class Pool:
    """Connections that are used again, made with what the vault says now."""

    def __init__(self) -> None:
        self._idle: queue.LifoQueue[pymysql.Connection[Any]] = queue.LifoQueue()
        self._asking = threading.Lock()
        self._value = fetch()

    def connect(self) -> pymysql.Connection[Any]:
        """Return an idle connection or a new one; when the login fails, with the password that is current now."""
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            value = self._value
        try:
            return log_in(value)
        except pymysql.err.OperationalError as exc:
            if exc.args[0] != ACCESS_DENIED:
                raise
        with self._asking:
            if self._value is value:  # else another thread has asked meanwhile
                self._value = fetch()
        return log_in(self._value)

    def give_back(self, connection: pymysql.Connection[Any]) -> None:
        """Keep a connection for the next request."""
        self._idle.put(connection)


def log_in(value: dict[str, str]) -> pymysql.Connection[Any]:
    """Connect as the credential says."""
    return pymysql.connect(
        host=value["host"],
        port=int(value["port"]),
        user=value["username"],
        password=value["password"],
        database=value["dbname"],
        ssl_ca=os.environ.get("SHOP_CA"),
        autocommit=True,
    )


def request(pool: Pool, statement: str, *values: object) -> int:
    """Execute a statement; return how many tries it took. A connection that is gone is tried anew, once."""
    for attempt in (1, 2):
        connection = pool.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
        except (pymysql.err.OperationalError, pymysql.err.InterfaceError) as exc:
            connection.close()
            if attempt == 2 or exc.args[0] not in CONNECTION_GONE:
                raise
        else:
            pool.give_back(connection)
            return attempt
    raise AssertionError


def main() -> None:
    """Take orders with four clerks until standard input ends."""
    pool, counts, closing = Pool(), Counter[str](), threading.Event()

    def clerk(number: int) -> None:
        taken = 0
        while not closing.is_set():
            taken += 1
            try:
                order = number * 1_000_000 + taken
                tries = request(pool, TAKE_ORDER, order)
                counts["served" if tries == 1 else "at the second try"] += 1
            except (pymysql.err.MySQLError, subprocess.CalledProcessError) as exc:
                counts["failed"] += 1
                print(f"order {order}: {exc}", file=sys.stderr)

    clerks = [threading.Thread(target=clerk, args=(number,)) for number in range(4)]
    for one in clerks:
        one.start()
    print("open", flush=True)
    sys.stdin.read()
    closing.set()
    for one in clerks:
        one.join()
    print(json.dumps({name: counts[name] for name in ("served", "at the second try", "failed")}))


if __name__ == "__main__":
    main()
